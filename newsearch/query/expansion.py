"""Prefixes, wildcards and spelling variants → the words of an index that they stand for.

They are looked up in the dictionary of surface words, so that every engine gives the same words.
"""

from __future__ import annotations

from collections.abc import Iterator

import whoosh.query as wq

from newsearch.errors import QueryError
from newsearch.language import spans, tokens
from newsearch.query.tree import Node
from newsearch.query.vocabulary import Dictionary

MAX_EXPANSIONS = 1_000
"""Words that a prefix, a wildcard or a spelling variant may stand for."""
MAX_SCAN = 100_000
"""Words of the dictionary that a wildcard or a spelling variant is compared with."""


def expand(node: Node, text: str, dictionary: Dictionary) -> list[str]:
    """The words that the last token of a leaf stands for; more than `MAX_EXPANSIONS` if so.

    Raises:
        QueryError: it begins with no letter, so that the whole dictionary would be looked through.
    """
    if isinstance(node, wq.FuzzyTerm):
        return _fuzzy(text, node.maxdist, dictionary)
    if isinstance(node, wq.Wildcard):
        return _wildcard(text, dictionary)
    return _prefix(text, dictionary)


def _prefix(text: str, dictionary: Dictionary) -> list[str]:
    prefix = _one_token(text)
    return [word for word, _ in dictionary.terms(prefix, MAX_EXPANSIONS + 1)]


def _wildcard(text: str, dictionary: Dictionary) -> list[str]:
    first, *middle, last = [_one_token(part) for part in text.split("*")]
    return [
        word
        for word in _scan(first, dictionary)
        if len(word) >= len(first) + len(last)
        and word.endswith(last)
        and _holds_in_order(word[len(first) : len(word) - len(last)], middle)
    ]


def _fuzzy(text: str, distance: int, dictionary: Dictionary) -> list[str]:
    # Imported here: most searches have no spelling variants.
    from rapidfuzz.distance import OSA

    word = _one_token(text)
    # The first letter holds: misspellings seldom change it, and it bounds the work.
    near = _scan(word[:1], dictionary)
    return [other for other in near if OSA.distance(word, other, score_cutoff=distance) <= distance]


def _scan(prefix: str, dictionary: Dictionary) -> Iterator[str]:
    if not prefix:
        raise QueryError("a wildcard or spelling variant needs a letter to begin with")
    return (word for word, _ in dictionary.terms(prefix, MAX_SCAN))


def _holds_in_order(text: str, parts: list[str]) -> bool:
    """Whether the parts stand in a text one behind the other; each as early as can be."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def part_last_token(text: str) -> tuple[str, str]:
    """A text before the token to expand (the last, or that of the first star), and from there."""
    starts = [start for start, _, _ in spans(text.partition("*")[0])]
    start = starts[-1] if starts else 0
    return text[:start], text[start:]


def _one_token(text: str) -> str:
    """The token of a part of a word; empty where it holds no letter or digit."""
    found = tokens(text)
    return found[-1] if found else ""
