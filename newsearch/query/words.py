"""Words typed in a row → scored parts: names of regions, months and years, words.

Every part scores what BM25 gives its terms, and a constant for being there at all: an article
with most of the words stands above one that repeats few of them. The weights were set on
../shared/eval (see ARCHITECTURE.md); they lie on plateaus, not on peaks.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import whoosh.query as wq

from newsearch.language import Alternative, alternatives, stems_of, tokens
from newsearch.reading import parse_date
from newsearch.regions import Region, is_common_word, regions_named

TITLE_BOOST = 1.0
"""How much a word in the title weighs against one in the body; a title is short, so that BM25
gives its words more as it is."""
SURFACE_BOOST = 1.0
"""How much the exact word weighs beside its stem: pengacara above acara."""
COVERAGE = 12.0
"""What a word gives for being there at all; BM25 gives a rare word at most about 20."""
REGION_COVERAGE = 7.0
"""The same for the name of a region, which is common in its own right."""
REGION_LIFT = 12.0
"""What an article gets for being about the region named, whatever it calls it."""
DATE_LIFT = 6.0
"""What an article gets for being of the month or year named."""
OTHER_FORM = 6.0
"""What the other form of an abbreviation or spelling gives."""
NEAR_BOOST = 0.6
NEAR_SLOP = 4
"""Neighbours of the query that stand at most three words apart in the text."""
MAX_NEAR = 40
"""Words of a query up to which neighbours are asked for; longer ones are texts, not queries."""
MAX_NAME = 5
"""Words of the longest name of a region."""

_YEAR = re.compile(r"(?:19|20)\d\d$")
_KINDS = frozenset(
    "kabupaten kab kota pemkab pemkot pemprov provinsi prov polres polresta polda bupati wali"
    " walikota gubernur dprd kejari kejati kpu bpbd rsud".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one word, name or date of a query asks for.

    Attributes:
        label: as typed.
        query: the scored question.
        stems, words, phrases: what to mark in the results.
    """

    label: str
    query: wq.Query
    stems: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()


def parts_of(typed: Sequence[str]) -> list[Part]:
    """The parts of words typed in a row; stop words ask for nothing."""
    parts: list[Part] = []
    other_forms = {form.start: form for form in alternatives(typed)}
    place = 0
    while place < len(typed):
        part, count = _part_at(typed, place, other_forms.get(place))
        place += count
        if part is not None:
            parts.append(part)
    return parts


def near_pairs(typed: Sequence[str]) -> list[wq.Query]:
    """Questions for neighbours of the query that are near each other in the text too."""
    if len(typed) > MAX_NEAR:
        return []
    return [
        wq.Phrase("words", [one, other], slop=NEAR_SLOP, boost=NEAR_BOOST)
        for one, other in pairwise(typed)
        if one != other and stems_of(one) and stems_of(other)
    ]


def word_query(token: str) -> wq.Query | None:
    """A word in any of its forms, in title or text; None for a stop word."""
    stems = stems_of(token)
    if not stems:
        return None
    by_stem = [
        wq.Or([wq.Term("title", stem, boost=TITLE_BOOST), wq.Term("body", stem)]) for stem in stems
    ]
    # The article has the stem wherever it has the word: this ranks, it adds no article.
    surface = wq.Term("words", token, boost=SURFACE_BOOST)
    return wq.Or([by_stem[0] if len(by_stem) == 1 else wq.And(by_stem), surface])


def _part_at(
    typed: Sequence[str], place: int, other_forms: Alternative | None
) -> tuple[Part | None, int]:
    """The part that begins at a word, and how many words it takes."""
    for count in range(min(MAX_NAME, len(typed) - place), 0, -1):
        name = typed[place : place + count]
        regions = regions_named(" ".join(name))
        if regions and _is_meant(typed, place, count):
            part = _region_part(name, regions)
            if part is not None:
                return part, count
    dated = _dated(typed, place)
    if dated is not None:
        return dated
    if other_forms is not None:
        words = typed[place : other_forms.end]
        return _either_form(words, other_forms.forms), len(words)
    query = word_query(typed[place])
    if query is None:
        return None, 1
    return Part(typed[place], _covered(query, COVERAGE), tuple(stems_of(typed[place]))), 1


def _is_meant(typed: Sequence[str], place: int, count: int) -> bool:
    """Whether the name of a region is meant: 'serang' is a verb, 'kota serang' a place."""
    if count > 1:
        return True
    word = typed[place]
    if not stems_of(word):
        return False
    return not is_common_word(word) or (place > 0 and typed[place - 1] in _KINDS)


def _covered(query: wq.Query, worth: float) -> wq.Query:
    return wq.Or([query, wq.ConstantScoreQuery(query, worth)])


# Abbreviations and spellings


def _either_form(words: Sequence[str], others: Sequence[tuple[str, ...]]) -> Part:
    """An abbreviation or what it stands for, by either; the form typed ranks first."""
    own = [query for word in words if (query := word_query(word)) is not None]
    forms = wq.ConstantScoreQuery(wq.Or([_name_query(form) for form in others]), OTHER_FORM)
    either = wq.Or([own[0] if len(own) == 1 else wq.And(own), forms]) if own else forms
    return Part(
        " ".join(words),
        _covered(either, COVERAGE),
        stems=tuple(stem for word in words for stem in stems_of(word)),
        words=tuple(form[0] for form in others if len(form) == 1),
        phrases=tuple(form for form in others if len(form) > 1),
    )


# Regions


def _region_part(name: Sequence[str], regions: Sequence[Region]) -> Part | None:
    """A region by its name as typed, by its other names, or by what articles are about."""
    queries = [query for token in name if (query := word_query(token)) is not None]
    if not queries:
        return None
    others = list(_other_names(name, regions))
    about = wq.Or([wq.Term("region", region.code) for region in regions])
    either = [
        queries[0] if len(queries) == 1 else wq.And(queries),
        *map(_name_query, others),
        wq.ConstantScoreQuery(about, REGION_LIFT),
    ]
    return Part(
        " ".join(name),
        _covered(wq.Or(either), REGION_COVERAGE),
        stems=tuple(stem for token in name for stem in stems_of(token)),
        words=tuple(other[0] for other in others if len(other) == 1),
        phrases=tuple(other for other in others if len(other) > 1),
    )


def _other_names(name: Sequence[str], regions: Sequence[Region]) -> Iterator[tuple[str, ...]]:
    known = {tuple(name)}
    for region in regions:
        for spelling in (region.short_name, *region.aliases):
            other = tuple(tokens(spelling))
            # Two letters (OI, KK) stand for too much else.
            if other and other not in known and len("".join(other)) > 2:
                known.add(other)
                if len(other) > 1 or not is_common_word(other[0]):
                    yield other


def _name_query(name: tuple[str, ...]) -> wq.Query:
    if len(name) > 1:
        return wq.Phrase("words", list(name))
    return word_query(name[0]) or wq.Term("words", name[0])


# Dates


def _dated(typed: Sequence[str], place: int) -> tuple[Part, int] | None:
    """A year, or a month and its year, by the words or by the date of the article."""
    word = typed[place]
    if _YEAR.match(word):
        year = int(word)
        return _date_part([word], year * 10_000 + 101, year * 10_000 + 1231), 1
    if place + 1 < len(typed) and _YEAR.match(typed[place + 1]) and not word[0].isdigit():
        first = parse_date(f"1 {word} {typed[place + 1]}")
        if first is not None:
            _, last = calendar.monthrange(first.year, first.month)
            month = first.year * 10_000 + first.month * 100
            return _date_part([word, typed[place + 1]], month + 1, month + last), 2
    return None


def _date_part(words: list[str], first: int, last: int) -> Part:
    queries = [query for word in words if (query := word_query(word)) is not None]
    of_then = wq.ConstantScoreQuery(wq.NumericRange("day", first, last), DATE_LIFT)
    either = wq.Or([queries[0] if len(queries) == 1 else wq.And(queries), of_then])
    stems = tuple(stem for word in words for stem in stems_of(word))
    return Part(" ".join(words), _covered(either, COVERAGE), stems)
