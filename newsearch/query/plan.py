"""A raw tree → the plan of a search: terms for the engine, and what to mark in the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import whoosh.query as wq

from newsearch.engines.base import Memory, fold
from newsearch.errors import QueryTooLargeError
from newsearch.language import stems_of
from newsearch.query.dates import span, span_between
from newsearch.query.expansion import MAX_EXPANSIONS, expand
from newsearch.query.grammar import parse
from newsearch.query.printing import write_leaf
from newsearch.query.tree import DEFAULT_FIELD, FILTERS, Node, Words, filters, is_word, join
from newsearch.query.vocabulary import Dictionary, Vocabulary
from newsearch.query.words import Part, WordReader, topic
from newsearch.regions import region as look_up

if TYPE_CHECKING:
    from datetime import datetime

MAX_EXPANDED = 20
"""Prefixes, wildcards and spelling variants in a query; each looks through the dictionary."""
NEAR_LABEL = "berdekatan"
"""What the nearness of the query's words is called where a score is explained."""
MAX_PLANS = 500
"""Plans that are kept until the next commit: about 13 MB."""
MAX_KEPT_TEXT = 100
"""Characters of a query whose plan is kept."""
MAX_SLOPPY = 8
"""Words of a phrase with slop: engines try their orders, and the work grows with each word."""

_WORD_FIELDS = {DEFAULT_FIELD: "words", "title": "title_words", "text": "words"}
_STEM_FIELDS = {"title": "title", "text": "body"}


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
        typed: the words typed, as tokens, for spelling help.
        parts: the words, names and dates it asks for, to explain scores.
        ranks: False where the tree has no word or phrase, so that all scores are alike.
        loosens: whether there are parts that `any_word` would OR.
    """

    tree: wq.Query
    highlight: Highlight
    typed: tuple[str, ...]
    parts: tuple[Part, ...]
    ranks: bool
    loosens: bool


def plan(
    text: str, dictionary: Dictionary, *, any_word: bool = False, now: datetime | None = None
) -> Plan:
    """The plan of a query; `any_word` ORs the words that no operator joins.

    Raises:
        QueryTooLargeError: a bound was passed.
        QueryError: a range, a star or a tilde in a field that has none.
        UnknownRegionError: `daerah:` with a region that is not in the gazetteer.
        InvalidDateError: `tanggal:` with a date that cannot be read.
    """
    if now is not None:
        return _made(text, dictionary, any_word, now)[0]
    # The same query is asked again for its next page, and with each filter that a reader chooses.
    plans = dictionary.memory.once("plans", Memory, MAX_PLANS)
    known: Plan | None = plans.get((text, any_word))
    if known is not None:
        return known
    made, lasting = _made(text, dictionary, any_word, now)
    return plans.keep((text, any_word), made) if lasting else made


def _made(
    text: str, dictionary: Dictionary, any_word: bool, now: datetime | None
) -> tuple[Plan, bool]:
    """The plan of a query, and whether it stays the same and is small enough to be kept."""
    parsed = parse(text)
    reader = WordReader(Vocabulary(dictionary))
    planner = _Planner(dictionary, reader, any_word, now)
    tree = planner.visit(parsed)
    if tree is None and text.strip():
        # Nothing but stop words: search for them as they stand.
        planner = _Planner(dictionary, reader, any_word, now, keep_stop_words=True)
        tree = planner.visit(parsed)
    if tree is None:
        tree = wq.NullQuery if text.strip() else wq.Every()
    made = Plan(
        tree,
        planner.highlight(),
        tuple(planner.typed),
        tuple(planner.parts),
        planner.ranks,
        planner.loosens,
    )
    return made, planner.lasts and len(text) <= MAX_KEPT_TEXT


@dataclass(slots=True)
class _Planner:
    dictionary: Dictionary
    reader: WordReader
    any_word: bool
    now: datetime | None
    keep_stop_words: bool = False
    typed: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    ranks: bool = False
    loosens: bool = False
    lasts: bool = True
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
            return join(kind, self._children(node), node.boost)
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
        for in_a_row, children in groupby(node.children(), is_word):
            if in_a_row and not self._negated:
                typed = topic([child.text for child in children])
                may += self._parts(typed)
                near += self.reader.near_pairs(typed)
                continue
            for child in children:
                if (visited := self.visit(child)) is not None:
                    (must if filters(child) else may).append(visited)
        self.loosens = self.loosens or len(may) > 1
        if self.any_word and len(may) > 1:
            may = [wq.Or(may)]
        joined = join(wq.And, may + must, node.boost)
        if joined is None or not near:
            return joined
        self.parts.append(Part(NEAR_LABEL, wq.Or(near)))
        # What is near ranks, it adds no article.
        return wq.AndMaybe(joined, wq.Or(near))

    def _parts(self, typed: Sequence[str]) -> list[wq.Query]:
        parts = self.reader.parts(typed)
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
        if name in FILTERS:
            return self._filter(name, node)
        if isinstance(node, wq.Phrase):
            return self._phrase(name, node)
        if isinstance(node, wq.FuzzyTerm | wq.Wildcard | wq.Prefix):
            return self._expanded(name, node)
        if name == DEFAULT_FIELD and not self._negated:
            return join(wq.And, self._parts([node.text]), node.boost)
        word = self._word(name, node.text)
        return None if word is None else join(wq.And, [word], node.boost)

    # Words

    def _word(self, name: str, token: str) -> wq.Query | None:
        """A word in one field, or one that must not be there."""
        stems = self.reader.vocabulary.stems(token)
        if not stems:
            return wq.Term(_WORD_FIELDS[name], token) if self.keep_stop_words else None
        if not self._negated:
            self.ranks = True
            self.typed.append(token)
            self._stems.update(stems)
        if name == DEFAULT_FIELD:
            return self.reader.word(token)
        return wq.And([wq.Term(_STEM_FIELDS[name], stem) for stem in stems])

    def _phrase(self, name: str, node: Node) -> wq.Query:
        words = node.words
        if node.slop > 1 and len(words) > MAX_SLOPPY:
            raise QueryTooLargeError(
                f"a phrase of {len(words)} words is too long for ~{node.slop}; "
                f"at most {MAX_SLOPPY} can be near each other"
            )
        if not self._negated:
            self.ranks = True
            self.typed += words
            if node.slop > 1:
                self._words.update(words)
            else:
                self._phrases.append(tuple(words))
        return wq.Phrase(_WORD_FIELDS[name], words, slop=node.slop, boost=node.boost)

    # Expansions: over the engine's dictionary, so that every engine gives the same words

    def _expanded(self, name: str, node: Node) -> wq.Query:
        self._expansions += 1
        self.lasts = False  # it may stand for thousands of words
        if self._expansions > MAX_EXPANDED:
            raise QueryTooLargeError(
                f"more than {MAX_EXPANDED} prefixes, wildcards and spelling variants: use fewer"
            )
        words = expand(node, self.dictionary)
        if len(words) > MAX_EXPANSIONS:
            typed = write_leaf(node)
            raise QueryTooLargeError(
                f"{typed} stands for more than {MAX_EXPANSIONS:,} words: write more of it"
            )
        if not self._negated:
            self._words.update(words)
        if not words:
            return wq.NullQuery
        options = wq.Or([wq.Term(_WORD_FIELDS[name], word) for word in words])
        return wq.ConstantScoreQuery(options, node.boost)

    # Filters

    def _filter(self, name: str, node: Node) -> wq.Query:
        if name == "date":
            self.lasts = False  # yesterday is another day tomorrow
        if isinstance(node, wq.TermRange):
            excluded = {"startexcl": node.startexcl, "endexcl": node.endexcl}
            days = span_between(node.start, node.end, **excluded, now=self.now)
            return wq.NumericRange("day", *days)
        if name == "date":
            return wq.NumericRange("day", *span(node.text, self.now))
        value = look_up(node.text).code if name == "region" else fold(node.text)
        return wq.ConstantScoreQuery(wq.Term(name, value), 0.0)
