"""Completions of what is being typed: words, phrases of headlines, names of regions."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import whoosh.query as wq

from newsearch.engines import Reader, WordField
from newsearch.language import JOINT, PHRASE_WORDS, spans, stop_words, tokens
from newsearch.regions import regions
from newsearch.results.records import Suggestion

FREQUENT = 2
"""Headlines that have a phrase, so that it is offered."""
SHORTEST = 4
"""Letters of a single word from which phrases, and regions behind other words, are looked for:
before, there are too many."""
GOING_ON = 2
"""Phrases that are offered with what follows them too."""
MOST_FOLLOWED = 5_000
"""Headlines that have the last word of those, at most: to list all that follows a word of so many
takes 1.5 ms, of the most frequent ones in 500,000 articles 7 ms."""
BESIDE = 2
"""Letters from which words beside others are counted, unless there is nothing else to offer and no
more than `FEW` articles: a single one begins thousands, which takes 9 ms in 500,000 articles."""
FEW = 100_000
MAX_BEFORE = 5
"""Whole words before the one being typed that count."""
_LAST = chr(sys.maxunicode)


class _Typed(NamedTuple):
    """What has been typed.

    Attributes:
        text: as it stands.
        starts: where each of its last tokens begins.
        words: those tokens.
        is_open: whether the last of them may go on.
    """

    text: str
    starts: list[int]
    words: list[str]
    is_open: bool


def complete(text: str, limit: int, reader: Reader) -> list[Suggestion]:
    """The completions of a text, the most frequent first; see `newsearch.NewsIndex.suggest`."""
    found = list(spans(text))[-MAX_BEFORE - 1 :]
    if not found or not limit:
        return []
    # Behind a word only a blank says that it is whole; brackets and the like are no words.
    if not (text[-1].isalnum() or text[-1].isspace()):
        return []
    typed = _Typed(
        text, [start for start, _, _ in found], [word for *_, word in found], text[-1].isalnum()
    )
    offered = [
        *_regions(typed, reader),
        *_phrases(typed, limit, reader),
        *_words(typed, limit, reader),
    ]
    best: dict[str, Suggestion] = {}
    if not offered and reader.count <= FEW:
        offered = list(_words(typed, limit, reader, shortest=1))
    for one in offered:
        best.setdefault(one.text, one)
    ranked = sorted(best.values(), key=lambda one: (-one.count, one.text))
    if len(ranked) < limit:
        # Counted in articles, these would stand above words of headlines.
        more = (one for one in _words(typed, limit, reader, "words") if one.text not in best)
        ranked += more
    return ranked[:limit]


def _words(
    typed: _Typed,
    limit: int,
    reader: Reader,
    field: WordField = "title_words",
    shortest: int = BESIDE,
) -> Iterator[Suggestion]:
    """Words that go on with the last one, counted beside the whole words before it."""
    *before, last = typed.words
    if not typed.is_open or (field == "words" and len(last) < SHORTEST):
        return
    stop = stop_words()
    within = _all_of(before, field)
    if within and len(last) < shortest:
        return
    kept = typed.text[: typed.starts[-1]]
    found = reader.terms(last, limit + len(stop) + len(before), within, field)
    words = [(word, count) for word, count in found if word not in stop and word not in before]
    for word, count in words[:limit]:
        yield Suggestion(kept + word, count)


def _phrases(typed: _Typed, limit: int, reader: Reader) -> Iterator[Suggestion]:
    """Phrases that begin with the last words, counted beside the words before those."""
    words, stop = typed.words, stop_words()
    known = len(words) - typed.is_open
    longest = True
    for first in range(max(known - PHRASE_WORDS + 1, 0), len(words)):
        whole = words[first:known]
        # Stop words stand in the middle of a phrase, and nowhere else.
        if whole and (whole[0] in stop or not stop.issuperset(whole[1:])):
            continue
        prefix = JOINT.join(words[first:]) + JOINT * (not typed.is_open)
        if not whole and len(prefix) < SHORTEST:
            continue
        within = _all_of(words[:first], "title_words")
        found = _frequent(prefix, within, limit, reader)
        if longest:
            found += _following(found[:GOING_ON], within, limit, reader)
        longest = longest and not found
        for phrase, count in found:
            completed = typed.text[: typed.starts[first]] + phrase.replace(JOINT, " ")
            yield Suggestion(completed, count, "phrase")


def _following(
    phrases: list[tuple[str, int]], within: wq.Query | None, limit: int, reader: Reader
) -> Iterator[tuple[str, int]]:
    """Phrases with what follows: one that begins with their last word, in a title that has both."""
    for phrase, _ in phrases:
        first, *between, last = phrase.split(JOINT)
        if between or reader.doc_freq("title_words", last) > MOST_FOLLOWED:
            continue
        these = wq.Term("title_phrases", phrase)
        both = these if within is None else wq.And([these, within])
        for longer, count in _frequent(last + JOINT, both, limit, reader):
            yield first + JOINT + longer, count


def _frequent(
    prefix: str, within: wq.Query | None, limit: int, reader: Reader
) -> list[tuple[str, int]]:
    found = reader.terms(prefix, limit, within, "title_phrases")
    return [(phrase, count) for phrase, count in found if count >= FREQUENT]


def _all_of(words: Sequence[str], field: WordField) -> wq.Query | None:
    """Articles with all of some words in a field; None for any article."""
    stop = stop_words()
    terms = [wq.Term(field, word) for word in words if word not in stop]
    return wq.And(terms) if terms else None


def _regions(typed: _Typed, reader: Reader) -> Iterator[Suggestion]:
    """Regions whose names begin with the last words; the longest of such names counts."""
    for first, start in enumerate(typed.starts):
        prefix = " ".join(typed.words[first:]) + " " * (not typed.is_open)
        if first and len(prefix) < SHORTEST:
            return  # behind other words a letter means no region yet
        names = _names()
        found = names[bisect_left(names, (prefix, "")) : bisect_left(names, (prefix + _LAST, ""))]
        counts = reader.doc_freqs("region", [code for _, code in found])
        for (name, _), count in zip(found, counts, strict=True):
            if count:
                yield Suggestion(typed.text[:start] + name, count, "region")
        if found:
            return


@cache
def _names() -> Sequence[tuple[str, str]]:
    """Names of provinces, kabupaten and kota as they are typed, with their codes.

    'Bekasi' alone names two: both are only there with the word for their kind.
    """
    wide = [*regions(1), *regions(2)]
    shorts = [" ".join(tokens(region.short_name)) for region in wide]
    names = [
        (name, region.code)
        for region, short in zip(wide, shorts, strict=True)
        for name in {" ".join(tokens(region.name)), *([short] if shorts.count(short) == 1 else [])}
    ]
    return sorted(names)
