"""How a query was understood, for the person who typed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import whoosh.query as wq

from newsearch.language import stems_of
from newsearch.query.dates import Span, span, span_between
from newsearch.query.expansion import expand
from newsearch.query.printing import write
from newsearch.query.tree import DEFAULT_FIELD, FILTERS, NAMES, Node, Words, filters, is_word
from newsearch.query.vocabulary import Dictionary, Vocabulary
from newsearch.query.words import Part, WordReader, topic, written_out
from newsearch.reading import format_date
from newsearch.regions import region as look_up

SHOWN = 5
"""Words behind a star or tilde that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query, or a part of one, as it was understood.

    Attributes:
        kind: `all`, `any` or `not` of its parts; `word`, `region`, `date` or `forms` (an
            abbreviation or other spelling) of plain words; `phrase`, `near`, `prefix`, `wildcard`,
            `fuzzy`; `filter` by a field; `ignored` (a word too common to be searched).
        query: the part in the query language, as it was understood.
        meaning: what it means, in Indonesian.
        parts: what a group holds.
    """

    kind: str
    query: str
    meaning: str
    parts: tuple[ParsedQuery, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The part as JSON types."""
        return {
            "kind": self.kind,
            "query": self.query,
            "meaning": self.meaning,
            "parts": [part.to_dict() for part in self.parts],
        }


def outline(
    tree: Node, dictionary: Dictionary, *, any_word: bool = False, now: datetime | None = None
) -> ParsedQuery:
    """What a tree of `newsearch.query.grammar.parse` asks of an index.

    Raises:
        UnknownRegionError, InvalidDateError: as when it is searched.
    """
    if isinstance(tree, Words) and not list(tree.children()):
        return ParsedQuery("all", "", "tidak ada kata yang dapat dicari")
    found = _Outliner(dictionary, any_word, now).part(tree)
    if all(leaf.kind == "ignored" for leaf in _leaves(found)):
        # Then they are searched as they stand.
        return ParsedQuery("word", found.query, "kata umum, dicari seperti tertulis")
    return found


def _leaves(part: ParsedQuery) -> Iterator[ParsedQuery]:
    for inner in part.parts:
        yield from _leaves(inner)
    if not part.parts:
        yield part


@dataclass(frozen=True, slots=True)
class _Outliner:
    dictionary: Dictionary
    any_word: bool
    now: datetime | None

    def part(self, node: Node, negated: bool = False) -> ParsedQuery:
        if isinstance(node, wq.Not):
            return ParsedQuery("not", write(node), "bukan", (self.part(node.query, True),))
        if isinstance(node, Words):
            return self._words(node, negated)
        if isinstance(node, wq.And | wq.Or):
            inner = (self.part(child, negated) for child in node.children())
            return _group("all" if isinstance(node, wq.And) else "any", write(node), inner)
        if node.fieldname in FILTERS:
            return ParsedQuery("filter", write(node), self._filter(node))
        if is_word(node) and not negated:
            return next(self._row([node.text]))
        kind, meaning = self._leaf(node)
        return ParsedQuery(kind, write(node), meaning)

    def _words(self, node: Node, negated: bool) -> ParsedQuery:
        must: list[ParsedQuery] = []
        may: list[ParsedQuery] = []
        for in_a_row, children in groupby(node.children(), is_word):
            if in_a_row and not negated:
                may += self._row([child.text for child in children])
                continue
            for child in children:
                (must if filters(child) else may).append(self.part(child, negated))
        if not self.any_word or len(may) < 2:
            return _group("all", write(node), [*may, *must])
        either = _group("any", " ".join(part.query for part in may), may)
        return _group("all", write(node), [either, *must]) if must else either

    def _row(self, typed: Sequence[str]) -> Iterator[ParsedQuery]:
        """Words typed in a row: names, dates and words, and between them what is ignored."""
        typed = written_out(typed)
        parts = WordReader(Vocabulary(self.dictionary)).parts(topic(typed))
        place = 0
        for part in parts:
            words = part.label.split()
            while list(typed[place : place + len(words)]) != words:
                yield _ignored(typed[place])
                place += 1
            yield ParsedQuery(part.kind, part.label, _meaning(part))
            place += len(words)
        yield from map(_ignored, typed[place:])

    def _leaf(self, node: Node) -> tuple[str, str]:
        where = "" if node.fieldname == DEFAULT_FIELD else f" di {NAMES[node.fieldname]}"
        if isinstance(node, wq.Phrase):
            if node.slop == 1:
                return "phrase", f"persis seperti tertulis{where}"
            return "near", f"berdekatan{where}, paling banyak {node.slop - 1} kata di antaranya"
        if isinstance(node, wq.FuzzyTerm):
            return "fuzzy", self._expanded(node) + where
        if isinstance(node, wq.Wildcard):
            return "wildcard", self._expanded(node) + where
        if isinstance(node, wq.Prefix):
            return "prefix", self._expanded(node) + where
        stems = Vocabulary(self.dictionary).stems(node.text)
        if not stems:
            return "ignored", "kata umum, tidak dicari"
        return "word", f"kata dasar {' + '.join(stems)}{where}"

    def _expanded(self, node: Node) -> str:
        words = expand(node, self.dictionary)
        if not words:
            return "tidak ada kata seperti ini"
        named = ", ".join(words[:SHOWN])
        more = len(words) - SHOWN
        return f"salah satu dari {named}" + (f" dan {more} kata lain" if more > 0 else "")

    def _filter(self, node: Node) -> str:
        if isinstance(node, wq.TermRange):
            excluded = {"startexcl": node.startexcl, "endexcl": node.endexcl}
            return _days(span_between(node.start, node.end, **excluded, now=self.now))
        if node.fieldname == "date":
            return _days(span(node.text, self.now))
        if node.fieldname == "region":
            found = look_up(node.text)
            return f"daerah {found.label} ({found.code})"
        return f"{NAMES[node.fieldname]} {node.text}"


def _group(kind: str, query: str, parts: Iterator[ParsedQuery] | list[ParsedQuery]) -> ParsedQuery:
    inner = tuple(parts)
    if len(inner) == 1:
        return inner[0]
    return ParsedQuery(kind, query, "semua dari" if kind == "all" else "salah satu dari", inner)


def _ignored(word: str) -> ParsedQuery:
    meaning = "kata tanya, tidak dicari" if stems_of(word) else "kata umum, tidak dicari"
    return ParsedQuery("ignored", word, meaning)


def _meaning(part: Part) -> str:
    also = ", ".join(part.also)
    if part.kind == "region":
        return f"nama daerah, atau artikel tentang {also}"
    if part.kind == "date":
        return "waktu, dalam teks atau sebagai tanggal artikel"
    word = f"kata dasar {' + '.join(part.stems)}" if part.stems else "kata"
    return f"{word}, juga {also}" if also else word


def _days(days: Span) -> str:
    first, last = map(_day, days)
    if first == last:
        return first or "kapan pun"
    if first and last:
        return f"{first} sampai {last}"
    return f"sejak {first}" if first else f"sampai {last}"


def _day(number: int | None) -> str | None:
    if number is None:
        return None
    return format_date(date(number // 10_000, number // 100 % 100, number % 100))
