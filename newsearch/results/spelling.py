"""'Mungkin maksud Anda': a query's unknown words spelled like words of the index."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from newsearch.language import spans

MAX_WORDS = 5
"""Unknown words of a query that are looked at."""
MAX_CANDIDATES = 20_000
"""Words of the index that one unknown word is compared with."""
MIN_LENGTH = 4
"""Characters of the shortest word that is corrected; shorter ones are near everything."""

Known = Callable[[str], int]
"""Word → how many articles have it."""
Terms = Callable[[str, int], Sequence[tuple[str, int]]]
"""Prefix and limit → words and how many articles have each."""


def respell(query: str, words: Sequence[str], known: Known, terms: Terms) -> str | None:
    """The query with its unknown words replaced by near known ones; None if there is nothing.

    A candidate shares the first letter and is at most 1 (up to 6 characters) or 2 edits away
    (optimal string alignment); the nearest is chosen, then the most frequent.
    """
    replaced = query
    for word in [word for word in words if len(word) >= MIN_LENGTH and not known(word)][:MAX_WORDS]:
        better = _nearest(word, terms(word[0], MAX_CANDIDATES))
        if better:
            replaced = _replace(replaced, word, better)
    return replaced if replaced != query else None


def _nearest(word: str, candidates: Sequence[tuple[str, int]]) -> str | None:
    # Imported here: only searches with unknown words need it.
    from rapidfuzz.distance import OSA

    allowed = 1 if len(word) <= 6 else 2
    best: tuple[int, int, str] | None = None
    for other, count in candidates:
        if abs(len(other) - len(word)) > allowed:
            continue
        distance = OSA.distance(word, other, score_cutoff=allowed)
        if distance <= allowed and (best is None or (distance, -count, other) < best):
            best = (distance, -count, other)
    return best[2] if best else None


def _replace(query: str, word: str, better: str) -> str:
    for start, end, token in spans(query):
        if token == word:
            return query[:start] + better + query[end:]
    return query
