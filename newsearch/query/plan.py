"""A raw tree → the plan of a search: terms for the engine, and what to mark in the results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Protocol

import whoosh.query as wq

from newsearch.engines.base import fold
from newsearch.errors import QueryError, QueryTooLargeError
from newsearch.language import spans, stems_of, tokens
from newsearch.query.dates import span
from newsearch.query.grammar import DEFAULT_FIELD, Words, parse_raw
from newsearch.query.words import Part, near_pairs, parts_of, word_query
from newsearch.regions import region as look_up
from newsearch.regions import regions_named

if TYPE_CHECKING:
    from datetime import datetime

MAX_EXPANSIONS = 1_000
"""Words that a prefix, a wildcard or a spelling variant may stand for."""
MAX_SCAN = 100_000
"""Words of the dictionary that a wildcard or a spelling variant is compared with."""
MAX_NAME_WORDS = 4
"""Words that may follow the first of a region's name without quotes."""
MAX_EXPANDED = 20
"""Prefixes, wildcards and spelling variants in a query; each looks through the dictionary."""
NEAR_LABEL = "berdekatan"
"""What the nearness of the query's words is called where a score is explained."""
MAX_BOOST = 100.0
MAX_SLOP = 10
"""Wider slops count as this; `newsearch.language.analysis.BREAKS` stands as many words wide."""
MAX_SLOPPY = 8
"""Words of a phrase with slop: engines try their orders, and the work grows with each word."""

Node = Any
"""A node of a whoosh tree; their attributes (fieldname, text, boost) are untyped in Whoosh."""

_FILTERS = frozenset({"region", "source", "category", "author", "date"})
_WORD_FIELDS = {DEFAULT_FIELD: "words", "title": "title_words", "text": "words"}
_STEM_FIELDS = {"title": "title", "text": "body"}


class Dictionary(Protocol):
    """What the planner asks of an index: which words begin with a prefix."""

    def terms(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """See `newsearch.engines.base.Reader.terms`."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """What a search looked for, so that results can show it.

    Attributes:
        stems: match any form of a word.
        words: match as they stand (expanded prefixes, stop words of a search for nothing else).
        phrases: surface words in a row.
    """

    stems: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A search, ready for an engine.

    Attributes:
        tree: over the fields of `newsearch.engines.base`.
        highlight: what to mark.
        typed: the plain words typed, as tokens, for spelling help.
        parts: the words, names and dates it asks for, to explain scores.
        ranks: False where the tree has no word or phrase, so that all scores are alike.
    """

    tree: wq.Query
    highlight: Highlight
    typed: tuple[str, ...]
    parts: tuple[Part, ...]
    ranks: bool


def plan(
    text: str, dictionary: Dictionary, *, any_word: bool = False, now: datetime | None = None
) -> Plan:
    """The plan of a query; `any_word` ORs the words that no operator joins.

    Raises:
        QueryTooLargeError: a bound was passed.
        UnknownRegionError: `daerah:` with a region that is not in the gazetteer.
        InvalidDateError: `tanggal:` with a date that cannot be read.
    """
    raw = parse_raw(text)
    planner = _Planner(dictionary, any_word, now)
    tree = planner.visit(raw)
    if tree is None and text.strip():
        # Nothing but stop words: search for them as they stand.
        planner = _Planner(dictionary, any_word, now, keep_stop_words=True)
        tree = planner.visit(raw)
    if tree is None:
        tree = wq.NullQuery if text.strip() else wq.Every()
    return Plan(
        tree, planner.highlight(), tuple(planner.typed), tuple(planner.parts), planner.ranks
    )


@dataclass(slots=True)
class _Planner:
    dictionary: Dictionary
    any_word: bool
    now: datetime | None
    keep_stop_words: bool = False
    typed: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    ranks: bool = False
    _stems: set[str] = field(default_factory=set)
    _words: set[str] = field(default_factory=set)
    _phrases: list[tuple[str, ...]] = field(default_factory=list)
    _negated: int = 0
    _expansions: int = 0

    def highlight(self) -> Highlight:
        return Highlight(frozenset(self._stems), frozenset(self._words), tuple(self._phrases))

    def visit(self, node: Node) -> wq.Query | None:
        """The node over the engine's fields, or None where nothing of it is searched."""
        if isinstance(node, wq.Not):
            return self._not(node)
        if isinstance(node, Words):
            return self._implicit(node)
        if isinstance(node, wq.And | wq.Or):
            kind = wq.And if isinstance(node, wq.And) else wq.Or
            return _join(kind, self._children(node), node.boost)
        if node == wq.NullQuery:
            return None
        return self._leaf(node)

    def _children(self, node: Node) -> list[wq.Query]:
        visited = (self.visit(child) for child in node.children())
        return [child for child in visited if child is not None]

    def _implicit(self, node: Node) -> wq.Query | None:
        """Parts with no operator between them; words in a row are read together."""
        must: list[wq.Query] = []
        may: list[wq.Query] = []
        near: list[wq.Query] = []
        for child in _join_words(_join_region_names(list(node.children()))):
            if _is_word(child) and not self._negated:
                typed = tokens(child.text)
                may += self._parts(typed)
                near += near_pairs(typed)
            elif (visited := self.visit(child)) is not None:
                (must if _filters(child) else may).append(visited)
        if self.any_word and len(may) > 1:
            may = [wq.Or(may)]
        joined = _join(wq.And, may + must, node.boost)
        if joined is None or not near:
            return joined
        self.parts.append(Part(NEAR_LABEL, wq.Or(near)))
        # What is near ranks, it adds no article.
        return wq.AndMaybe(joined, wq.Or(near))

    def _parts(self, typed: list[str]) -> list[wq.Query]:
        parts = parts_of(typed)
        if not parts and self.keep_stop_words:
            self.ranks = True
            self._words.update(typed)
            return [wq.Term("words", token) for token in typed]
        for part in parts:
            self.ranks = True
            self._stems.update(part.stems)
            self._words.update(part.words)
            self._phrases += part.phrases
        self.parts += parts
        self.typed += [token for token in typed if stems_of(token)]
        return [part.query for part in parts]

    def _not(self, node: Node) -> wq.Query | None:
        self._negated += 1
        child = self.visit(node.query)
        self._negated -= 1
        return wq.Not(child) if child is not None else None

    def _leaf(self, node: Node) -> wq.Query | None:
        name = node.fieldname
        if name in _FILTERS:
            return self._filter(name, node)
        if isinstance(node, wq.Phrase):
            return self._phrase(name, node)
        if isinstance(node, wq.FuzzyTerm | wq.Wildcard | wq.Prefix):
            return self._expanded(name, node)
        if isinstance(node, wq.TermRange):
            words = f"{node.start or ''} {node.end or ''}"
            return self._words_of(DEFAULT_FIELD, words, 1.0)
        return self._words_of(name, node.text, node.boost)

    # Words

    def _words_of(self, name: str, text: str, boost: float) -> wq.Query | None:
        typed = tokens(text)
        if name == DEFAULT_FIELD and not self._negated:
            return _join(wq.And, self._parts(typed), boost)
        parts = (self._word(name, token) for token in typed)
        return _join(wq.And, [part for part in parts if part is not None], boost)

    def _word(self, name: str, token: str) -> wq.Query | None:
        """A word in one field, or one that must not be there."""
        stems = stems_of(token)
        if not stems:
            return wq.Term(_WORD_FIELDS[name], token) if self.keep_stop_words else None
        if not self._negated:
            self.ranks = True
            self.typed.append(token)
            self._stems.update(stems)
        if name == DEFAULT_FIELD:
            return word_query(token)
        return wq.And([wq.Term(_STEM_FIELDS[name], stem) for stem in stems])

    def _phrase(self, name: str, node: Node) -> wq.Query | None:
        words = tokens(" ".join(node.words))
        if not words:
            return None
        return self._near(name, node, words) if node.slop > 1 else self._exact(name, node, words)

    def _exact(self, name: str, node: Node, words: list[str]) -> wq.Query:
        if not self._negated:
            self.ranks = True
            self._phrases.append(tuple(words))
        return wq.Phrase(_WORD_FIELDS[name], words, boost=_boost(node))

    def _near(self, name: str, node: Node, words: list[str]) -> wq.Query:
        # Twice the same word near itself says nothing, and costs engines most.
        different = list(dict.fromkeys(words))
        if len(different) > MAX_SLOPPY:
            raise QueryTooLargeError(
                f"a phrase of {len(different)} words is too long for ~{node.slop}; "
                f"at most {MAX_SLOPPY} can be near each other"
            )
        if not self._negated:
            self.ranks = True
            self._words.update(different)
        slop = min(node.slop, MAX_SLOP)
        return wq.Phrase(_WORD_FIELDS[name], different, slop=slop, boost=_boost(node))

    # Expansions: over the engine's dictionary, so that every engine gives the same words

    def _expanded(self, name: str, node: Node) -> wq.Query | None:
        self._expansions += 1
        if self._expansions > MAX_EXPANDED:
            raise QueryTooLargeError(
                f"more than {MAX_EXPANDED} prefixes, wildcards and spelling variants: use fewer"
            )
        # 'kota/bnjir~1' is a word and a variant; only the last of its tokens is expanded.
        before, last = _part_last_token(node.text)
        words = self._expansion(node, last)
        expansion = self._any_of(name, node, words)
        plain = self._words_of(name, before, 1.0)
        return wq.And([plain, expansion]) if plain is not None else expansion

    def _expansion(self, node: Node, text: str) -> list[str]:
        if isinstance(node, wq.FuzzyTerm):
            return self._fuzzy(text, node.maxdist)
        if isinstance(node, wq.Wildcard):
            return self._wildcard(text)
        return self._prefix(text)

    def _any_of(self, name: str, node: Node, words: list[str]) -> wq.Query:
        if len(words) > MAX_EXPANSIONS:
            raise QueryTooLargeError(
                f"{node.text!r} stands for more than {MAX_EXPANSIONS:,} words: write more of it"
            )
        if not self._negated:
            self._words.update(words)
        if not words:
            return wq.NullQuery
        options = wq.Or([wq.Term(_WORD_FIELDS[name], word) for word in words])
        return wq.ConstantScoreQuery(options, _boost(node))

    def _prefix(self, text: str) -> list[str]:
        prefix = _one_token(text)
        return [word for word, _ in self.dictionary.terms(prefix, MAX_EXPANSIONS + 1)]

    def _wildcard(self, text: str) -> list[str]:
        first, *middle, last = [_one_token(part) for part in text.split("*")]
        return [
            word
            for word in self._scan(first)
            if len(word) >= len(first) + len(last)
            and word.endswith(last)
            and _holds_in_order(word[len(first) : len(word) - len(last)], middle)
        ]

    def _fuzzy(self, text: str, distance: int) -> list[str]:
        # Imported here: most searches have no spelling variants.
        from rapidfuzz.distance import OSA

        word = _one_token(text)
        # The first letter holds: misspellings seldom change it, and it bounds the work.
        near = self._scan(word[:1])
        return [
            other for other in near if OSA.distance(word, other, score_cutoff=distance) <= distance
        ]

    def _scan(self, prefix: str) -> Iterator[str]:
        if not prefix:
            raise QueryError("a wildcard or spelling variant needs a letter to begin with")
        return (word for word, _ in self.dictionary.terms(prefix, MAX_SCAN))

    # Filters

    def _filter(self, name: str, node: Node) -> wq.Query:
        if isinstance(node, wq.TermRange):
            if name != "date":
                raise QueryError(f"a range [… TO …] goes with tanggal:, not with {name}")
            first = span(node.start, self.now)[0] if node.start else None
            last = span(node.end, self.now)[1] if node.end else None
            return wq.NumericRange(
                "day", first, last, startexcl=node.startexcl, endexcl=node.endexcl
            )
        text = " ".join(node.words) if isinstance(node, wq.Phrase) else node.text
        if name == "date":
            first, last = span(text, self.now)
            return wq.NumericRange("day", first, last)
        value = look_up(text).code if name == "region" else fold(text)
        return wq.ConstantScoreQuery(wq.Term(name, value), 0.0)


def _join_words(children: list[Node]) -> list[Node]:
    """The parts of a query with plain words in a row as one, so that names in them are seen."""
    joined: list[Node] = []
    for child in children:
        if joined and _is_word(child) and _is_word(joined[-1]):
            child = wq.Term(DEFAULT_FIELD, f"{joined.pop().text} {child.text}")
        joined.append(child)
    return joined


def _join_region_names(children: list[Node]) -> list[Node]:
    """The parts of a query, with the words of `daerah:kota bekasi` joined where they are a name."""
    joined: list[Node] = []
    place = 0
    while place < len(children):
        child = children[place]
        place += 1
        if _is_plain(child, "region"):
            following = children[place : place + MAX_NAME_WORDS]
            words = [word.text for word in takewhile(_is_word, following)]
            for count in range(len(words), 0, -1):
                name = " ".join([child.text, *words[:count]])
                if regions_named(name):
                    child = wq.Term("region", name)
                    place += count
                    break
        joined.append(child)
    return joined


def _is_word(node: Node) -> bool:
    return _is_plain(node, DEFAULT_FIELD)


def _is_plain(node: Node, name: str) -> bool:
    return type(node) is wq.Term and node.fieldname == name and node.boost == 1.0


def _filters(node: Node) -> bool:
    """Whether a part of the query must hold even where any word may match."""
    if isinstance(node, wq.Not):
        return True
    if isinstance(node, wq.And | wq.Or):
        children = list(node.children())
        return bool(children) and all(_filters(child) for child in children)
    return getattr(node, "fieldname", None) in _FILTERS


def _join(kind: type[wq.And | wq.Or], parts: list[wq.Query], boost: float) -> wq.Query | None:
    if not parts:
        return None
    if len(parts) == 1 and boost == 1.0:
        return parts[0]
    return kind(parts, boost=min(boost, MAX_BOOST))


def _boost(node: Node) -> float:
    return min(float(node.boost), MAX_BOOST)


def _holds_in_order(text: str, parts: list[str]) -> bool:
    """Whether the parts stand in a text one behind the other; each as early as can be."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def _part_last_token(text: str) -> tuple[str, str]:
    """A text before the token to expand (the last, or that of the first star), and from there."""
    starts = [start for start, _, _ in spans(text.partition("*")[0])]
    start = starts[-1] if starts else 0
    return text[:start], text[start:]


def _one_token(text: str) -> str:
    """The token of a part of a word; empty where it holds no letter or digit."""
    found = tokens(text)
    return found[-1] if found else ""
