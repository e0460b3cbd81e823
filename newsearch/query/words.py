"""Words typed in a row → scored parts: names of regions, months and years, words.

Every part scores what BM25 gives its terms, and as much again for being there at all, by how rare
it is: an article with most of the words stands above one that repeats few. The weights were set on
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
from newsearch.query.vocabulary import Vocabulary
from newsearch.reading import parse_date
from newsearch.regions import Region, is_common_word, regions_named

TITLE_BOOST = 1.0
"""How much a word in the title weighs against one in the body; a title is short, so that BM25
gives its words more as it is."""
SURFACE_BOOST = 0.8
"""How much the exact word weighs beside its stem: pengacara above acara."""
FOUND = 5.0
"""What any word gives for being there at all."""
COVERAGE = 20.0
"""What the rarest word gives for it besides, others by their rarity; BM25 gives at most as much."""
REGION_COVERAGE = 12.0
"""What the name of a region gives for being there, however rare the name."""
REGION_LIFT = 18.0
"""What an article gets for being about the region named, whatever it calls it."""
DATE_COVERAGE = 12.0
"""What a month or year gives, by word or by date."""
DATE_LIFT = 6.0
"""What an article gets for being of the month or year named."""
OTHER_FORM = 2.0
"""What the other form of an abbreviation or spelling gives."""
NEAR_BOOST = 0.6
NEAR_SLOP = 4
"""Neighbours of the query that stand at most three words apart in the text."""
MAX_NEAR = 40
"""Words of a query up to which neighbours are asked for; longer ones are texts, not queries."""
MAX_NAME = 5
"""Words of the longest name of a region."""

QUESTIONS = frozenset(
    "siapa siapakah mana manakah dimana dimanakah berapa berapakah kapan kapankah bagaimanakah"
    " mengapa kenapa kemana kemanakah apa apakah".split()
)
FRAMES = frozenset("nama bernama terletak letak letaknya berada disebut sekarang".split())
"""Words that put a question and are no part of its topic: 'siapa nama bupati …'."""

_SHORT_KINDS = {"kab": "kabupaten", "prov": "provinsi"}
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
        kind: `word`, `region`, `date`, or `forms` where there is an abbreviation or spelling.
        also: what else it stands for: regions, other forms.
    """

    label: str
    query: wq.Query
    stems: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    kind: str = "word"
    also: tuple[str, ...] = ()


def topic(typed: Sequence[str]) -> Sequence[str]:
    """The words of a query as articles write them, without those that only put the question."""
    typed = written_out(typed)
    if QUESTIONS.isdisjoint(typed):
        return typed
    asked = [token for token in typed if token not in QUESTIONS and token not in FRAMES]
    return asked if any(map(stems_of, asked)) else typed


def written_out(typed: Sequence[str]) -> Sequence[str]:
    """The words with 'kab bogor' as 'kabupaten bogor', 'kab oki' as 'oki', 'prov banten' so too."""
    if _SHORT_KINDS.keys().isdisjoint(typed):
        return typed
    made: list[str] = []
    for place, word in enumerate(typed):
        kind = _SHORT_KINDS.get(word)
        names = [typed[place + 1 : end] for end in range(place + 2, place + 2 + MAX_NAME)]
        if word == "kab" and any(regions_named(" ".join(("kabupaten", *name))) for name in names):
            made.append("kabupaten")
        elif kind is None or not any(_is_a(kind, name) for name in names):
            made.append(word)
    return made


def _is_a(kind: str, name: Sequence[str]) -> bool:
    """Whether a region of a kind has a name."""
    return any(region.kind == kind for region in regions_named(" ".join(name)))


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads words typed in a row as questions to one index."""

    vocabulary: Vocabulary

    def parts(self, typed: Sequence[str]) -> list[Part]:
        """The parts of words typed in a row; stop words ask for nothing."""
        parts: list[Part] = []
        other_forms = {form.start: form for form in alternatives(typed)}
        place = 0
        while place < len(typed):
            part, count = self._part_at(typed, place, other_forms.get(place))
            place += count
            if part is not None:
                parts.append(part)
        return parts

    def near_pairs(self, typed: Sequence[str]) -> list[wq.Query]:
        """Questions for neighbours of the query that are near each other in the text too."""
        if len(typed) > MAX_NEAR:
            return []
        return [
            self.vocabulary.memory.once(("near", one, other), _near, one, other)
            for one, other in pairwise(typed)
            if one != other and stems_of(one) and stems_of(other)
        ]

    def word(self, token: str) -> wq.Query | None:
        """A word in any of its forms, in title or text; None for a stop word."""
        stems = self.vocabulary.stems(token)
        if not stems:
            return None
        by_stem = [
            wq.Or([wq.Term("title", stem, boost=TITLE_BOOST), wq.Term("body", stem)])
            for stem in stems
        ]
        surface = wq.Term("words", token, boost=SURFACE_BOOST)
        if self.vocabulary.is_kept(token):
            return wq.Or([_all_of(by_stem), surface])
        # What has the word has its stem: the word ranks, and adds no article.
        return wq.AndMaybe(_all_of(by_stem), surface)

    def _part_at(
        self, typed: Sequence[str], place: int, other_forms: Alternative | None
    ) -> tuple[Part | None, int]:
        """The part that begins at a word, and how many words it takes."""
        for count in range(min(MAX_NAME, len(typed) - place), 0, -1):
            name = typed[place : place + count]
            regions = regions_named(" ".join(name))
            if regions and _is_meant(typed, place, count):
                known = self.vocabulary.memory
                part = known.once(("region", *name), self._region, name, regions)
                if part is not None:
                    return part, count
        dated = self._dated(typed, place)
        if dated is not None:
            return dated
        if other_forms is not None:
            words = typed[place : other_forms.end]
            return self._either_form(words, other_forms.forms), len(words)
        return self._single(typed, place), 1

    def _single(self, typed: Sequence[str], place: int) -> Part | None:
        token = typed[place]
        joined = self._joined(typed, place)
        if joined:
            return self._word_part(token, joined)
        # As most are: the same words are asked for again and again, with others beside them.
        return self.vocabulary.memory.once(("word", token), self._word_part, token, [])

    def _word_part(self, token: str, joined: list[tuple[str, ...]]) -> Part | None:
        query = self.word(token)
        if query is None:
            return None
        parted = self.vocabulary.parted(token)
        spellings = [*joined, parted] if parted else joined
        return Part(
            token,
            self._covered(wq.Or([query, self._other(spellings)]) if spellings else query, token),
            *_marks([token], self.vocabulary, spellings),
            "forms" if spellings else "word",
            tuple(map(" ".join, spellings)),
        )

    def _joined(self, typed: Sequence[str], place: int) -> list[tuple[str, ...]]:
        """A word with a neighbour of the query as one word, if the index has it so."""
        pairs = [typed[place : place + 2], typed[max(place - 1, 0) : place + 1]]
        joined = (self.vocabulary.joined(*pair) for pair in pairs if len(pair) == 2)
        return [(word,) for word in joined if word]

    def _covered(self, query: wq.Query, *words: str) -> wq.Query:
        """The query, and a constant for finding it, by the rarest of its words."""
        rarity = max(map(self.vocabulary.rarity, words))
        return _found(query, FOUND + COVERAGE * rarity)

    # Abbreviations and spellings

    def _either_form(self, words: Sequence[str], others: Sequence[tuple[str, ...]]) -> Part:
        """An abbreviation or what it stands for, by either; the form typed ranks first."""
        own = self._words(words)
        forms = self._other(others)
        return Part(
            " ".join(words),
            self._covered(wq.Or([own, forms]) if own is not None else forms, *words),
            *_marks(words, self.vocabulary, others),
            "forms",
            tuple(map(" ".join, others)),
        )

    def _other(self, forms: Sequence[tuple[str, ...]]) -> wq.Query:
        # Rare as they often are, BM25 would lift them above what was typed.
        return wq.ConstantScoreQuery(wq.Or([self._name(form) for form in forms]), OTHER_FORM)

    def _words(self, words: Sequence[str]) -> wq.Query | None:
        queries = [query for word in words if (query := self.word(word)) is not None]
        return _all_of(queries) if queries else None

    def _name(self, name: Sequence[str]) -> wq.Query:
        if len(name) > 1:
            return wq.Phrase("words", list(name))
        return self.word(name[0]) or wq.Term("words", name[0])

    # Regions

    def _region(self, name: Sequence[str], regions: Sequence[Region]) -> Part | None:
        """A region by its name as typed, by its other names, or by what articles are about."""
        own = self._words(name)
        if own is None:
            return None
        others = list(_other_names(name, regions))
        about = wq.Or([wq.Term("region", region.code) for region in regions])
        either = [own, *map(self._name, others), wq.ConstantScoreQuery(about, REGION_LIFT)]
        return Part(
            " ".join(name),
            _found(wq.Or(either), REGION_COVERAGE),
            *_marks(name, self.vocabulary, others),
            "region",
            tuple(f"{region.label} ({region.code})" for region in regions),
        )

    # Dates

    def _dated(self, typed: Sequence[str], place: int) -> tuple[Part, int] | None:
        """A year, or a month and its year, by the words or by the date of the article."""
        word = typed[place]
        if _YEAR.match(word):
            year = int(word)
            return self._date([word], year * 10_000 + 101, year * 10_000 + 1231), 1
        if place + 1 < len(typed) and _YEAR.match(typed[place + 1]) and not word[0].isdigit():
            first = parse_date(f"1 {word} {typed[place + 1]}")
            if first is not None:
                _, last = calendar.monthrange(first.year, first.month)
                month = first.year * 10_000 + first.month * 100
                return self._date([word, typed[place + 1]], month + 1, month + last), 2
        return None

    def _date(self, words: list[str], first: int, last: int) -> Part:
        own = self._words(words)
        of_then = wq.ConstantScoreQuery(wq.NumericRange("day", first, last), DATE_LIFT)
        either = wq.Or([own, of_then]) if own is not None else of_then
        return Part(
            " ".join(words),
            _found(either, DATE_COVERAGE),
            *_marks(words, self.vocabulary, ()),
            "date",
        )


def _near(one: str, other: str) -> wq.Query:
    return wq.Phrase("words", [one, other], slop=NEAR_SLOP, boost=NEAR_BOOST)


def _is_meant(typed: Sequence[str], place: int, count: int) -> bool:
    """Whether the name of a region is meant: 'serang' is a verb, 'kota serang' a place."""
    if count > 1:
        return True
    word = typed[place]
    if not stems_of(word):
        return False
    return not is_common_word(word) or (place > 0 and typed[place - 1] in _KINDS)


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


def _marks(
    typed: Sequence[str], vocabulary: Vocabulary, others: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """What to mark in results for words and their other forms: stems, words, phrases."""
    return (
        tuple(stem for token in typed for stem in vocabulary.stems(token)),
        (*filter(stems_of, typed), *(form[0] for form in others if len(form) == 1)),
        tuple(tuple(form) for form in others if len(form) > 1),
    )


def _all_of(queries: Sequence[wq.Query]) -> wq.Query:
    return queries[0] if len(queries) == 1 else wq.And(list(queries))


def _found(query: wq.Query, worth: float) -> wq.Query:
    return wq.Or([query, wq.ConstantScoreQuery(query, worth)])
