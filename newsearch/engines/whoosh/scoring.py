"""What a whoosh query tree finds in one segment, a term at a time.

Whoosh's own matchers step through one article at a time, a dozen calls for each; here the postings
of a term are read in a row and joined as dictionaries and sets. Scores are those of Lucene's BM25
(Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, with Lucene's rounding of
lengths to a byte), which tantivy and OpenSearch compute too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from itertools import product

import whoosh.query as wq

from newsearch.engines.base import KEYWORD_FIELDS, Filters
from newsearch.engines.norms import LENGTHS
from newsearch.engines.whoosh.schema import NO_NUMBER, positions
from newsearch.engines.whoosh.snapshot import Leaf, Snapshot
from newsearch.errors import QueryError

K1 = 1.2
B = 0.75
"""BM25's constants; those of tantivy and Lucene."""
MAX_ORDERS = 10_000
"""Combinations of places that are tried for a phrase with slop in an article."""

Scores = dict[int, float]
"""Numbers of articles in a segment and their scores."""


class Statistics:
    """What BM25 asks of a whole snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._norms: dict[str, list[float]] = {}
        self._weights: dict[tuple[str, tuple[str, ...]], float] = {}

    def weight(self, field: str, terms: tuple[str, ...]) -> float:
        """The rarity of terms, added up, times k1 + 1."""
        if (field, terms) not in self._weights:
            size = self._snapshot.size
            frequencies = (self._snapshot.doc_freq(field, term) for term in terms)
            rarity = sum(math.log(1 + (size - df + 0.5) / (df + 0.5)) for df in frequencies)
            self._weights[field, terms] = (K1 + 1) * rarity
        return self._weights[field, terms]

    def norms(self, field: str) -> list[float]:
        """What the length of an article weighs against the frequency of a term, by its byte."""
        if field not in self._norms:
            total = sum(sum(leaf.files.lengths(field)) for leaf in self._snapshot.leaves)
            average = total / self._snapshot.size if total else 1.0
            self._norms[field] = [K1 * (1 - B + B * length / average) for length in LENGTHS]
        return self._norms[field]


class Evaluation:
    """One query in one segment; what is asked for twice is found once."""

    def __init__(self, leaf: Leaf, statistics: Statistics) -> None:
        self._leaf = leaf
        self._statistics = statistics
        self._scored: dict[int, Scores] = {}
        self._matched: dict[int, set[int]] = {}

    def scores(self, query: wq.Query) -> Scores:
        """The articles that match, with their scores; deleted ones are not among them.

        Raises:
            QueryError: a kind of query that the query room does not make.
        """
        found = self._scores(query)
        dead = self._leaf.deleted & found.keys()
        return {n: score for n, score in found.items() if n not in dead} if dead else found

    def match(self, query: wq.Query) -> set[int]:
        """The articles that match; deleted ones are not among them.

        Raises:
            QueryError: a kind of query that the query room does not make.
        """
        return self._match(query) - self._leaf.deleted

    # Scores: the tree is shared in places, so each node is looked at once

    def _scores(self, query: wq.Query) -> Scores:
        key = id(query)
        if key not in self._scored:
            handler = _SCORED.get(type(query))
            if handler is None:
                found = dict.fromkeys(self._match(query), 0.0)
            else:
                found = handler(self, query)
            boost = float(getattr(query, "boost", 1.0))
            if boost != 1.0:
                found = {number: boost * score for number, score in found.items()}
            self._scored[key] = found
        return self._scored[key]

    def _score_term(self, query: wq.Term) -> Scores:
        numbers, frequencies = self._leaf.postings(query.fieldname, query.text)
        return self._bm25(query.fieldname, (query.text,), zip(numbers, frequencies, strict=True))

    def _bm25(
        self, field: str, terms: tuple[str, ...], found: Iterable[tuple[int, float]]
    ) -> Scores:
        weight = self._statistics.weight(field, terms)
        if field in KEYWORD_FIELDS:  # how many regions an article has says nothing of this one
            return dict.fromkeys((number for number, _ in found), weight / (1 + K1))
        norms = self._statistics.norms(field)
        lengths = self._leaf.files.length_bytes(field)
        return {
            number: weight * frequency / (frequency + norms[lengths[number]])
            for number, frequency in found
        }

    def _score_phrase(self, query: wq.Phrase) -> Scores:
        if len(query.words) == 1:
            return self._score_term(wq.Term(query.fieldname, query.words[0]))
        return self._bm25(query.fieldname, tuple(query.words), self._phrase_counts(query).items())

    def _score_and(self, query: wq.And) -> Scores:
        wanted = [child for child in query.subqueries if not isinstance(child, wq.Not)]
        # First, so that what matches is read off the scores and no postings are read twice.
        parts = [self._scores(child) for child in wanted]
        numbers = self._match(query)
        return {number: sum(part[number] for part in parts) for number in numbers}

    def _score_or(self, query: wq.Or) -> Scores:
        total: Scores = {}
        for child in query.subqueries:
            found = self._scores(child)
            if not total:
                total = found.copy()
                continue
            for number, score in found.items():
                total[number] = total.get(number, 0.0) + score
        return total

    def _score_and_maybe(self, query: wq.AndMaybe) -> Scores:
        first, more = self._scores(query.a), self._scores(query.b)
        return {number: score + more.get(number, 0.0) for number, score in first.items()}

    def _score_constant(self, query: wq.ConstantScoreQuery) -> Scores:
        return dict.fromkeys(self._match(query.child), query.score)

    # Matches

    def _match(self, query: wq.Query) -> set[int]:
        key = id(query)
        if key in self._scored:
            return set(self._scored[key])
        if key not in self._matched:
            handler = _MATCHED.get(type(query))
            if handler is None:
                raise QueryError(f"{type(query).__name__} queries are not supported")
            self._matched[key] = handler(self, query)
        return self._matched[key]

    def _match_term(self, query: wq.Term) -> set[int]:
        return set(self._leaf.postings(query.fieldname, query.text)[0])

    def _match_phrase(self, query: wq.Phrase) -> set[int]:
        if len(query.words) == 1:
            return self._match_term(wq.Term(query.fieldname, query.words[0]))
        return set(self._phrase_counts(query))

    def _match_and(self, query: wq.And) -> set[int]:
        wanted = [child for child in query.subqueries if not isinstance(child, wq.Not)]
        unwanted = [child.query for child in query.subqueries if isinstance(child, wq.Not)]
        found: set[int] | None = None
        for child in wanted:
            matched = self._match(child)
            found = matched.copy() if found is None else found & matched
            if not found:
                return set()
        left = self._everything() if found is None else found
        for child in unwanted:
            left = left - self._match(child)
        return left

    def _match_or(self, query: wq.Or) -> set[int]:
        return set().union(*(self._match(child) for child in query.subqueries))

    def _match_not(self, query: wq.Not) -> set[int]:
        return self._everything() - self._match(query.query)

    def _match_and_maybe(self, query: wq.AndMaybe) -> set[int]:
        return self._match(query.a)

    def _match_range(self, query: wq.NumericRange) -> set[int]:
        first = None if query.start is None else int(query.start) + query.startexcl
        last = None if query.end is None else int(query.end) - query.endexcl
        if first is None and last is None:
            return self._everything()
        return in_range(self._leaf, query.fieldname, first, last, range(self._leaf.files.size))

    def _match_constant(self, query: wq.ConstantScoreQuery) -> set[int]:
        return self._match(query.child)

    def _match_every(self, query: wq.Query) -> set[int]:
        return self._everything()

    def _match_nothing(self, query: wq.Query) -> set[int]:
        return set()

    def _everything(self) -> set[int]:
        return set(range(self._leaf.files.size))

    # Phrases

    def _phrase_counts(self, query: wq.Phrase) -> dict[int, float]:
        """The articles with a phrase, and how often each has it."""
        words = list(query.words)
        places: dict[str, dict[int, bytes]] = {}
        numbers: set[int] | None = None
        # The rarest first, so that of the others only the articles in question are kept.
        for word in sorted(set(words), key=partial(self._leaf.doc_freq, query.fieldname)):
            found = self._leaf.positions(query.fieldname, word)
            places[word] = {n: where for n, where in found if numbers is None or n in numbers}
            numbers = set(places[word])
            if not numbers:
                return {}
        slop = query.slop - 1
        count = _neighbours if slop == 0 else _pairs if len(words) == 2 else _orders
        counts = {}
        for number in numbers or ():
            where = [
                [place - offset for place in positions(places[word][number])]
                for offset, word in enumerate(words)
            ]
            if times := count(where, slop):
                counts[number] = float(times)
        return counts


def _neighbours(where: list[list[int]], slop: int) -> int:
    """How often the words stand in a row; places are those that the first word would have."""
    return len(set(where[0]).intersection(*where[1:]))


def _pairs(where: list[list[int]], slop: int) -> int:
    """How many pairs of two words stand near each other, each place in one pair only."""
    left, right = where
    count = one = other = 0
    while one < len(left) and other < len(right):
        if abs(left[one] - right[other]) <= slop:
            while one + 1 < len(left) and left[one + 1] <= right[other]:
                one += 1
            count += 1
            one += 1
            other += 1
        elif left[one] < right[other]:
            one += 1
        else:
            other += 1
    return count


def _orders(where: list[list[int]], slop: int) -> int:
    """1 if the words stand near each other in any order (Lucene's sloppy phrase), else 0."""
    for tried, places in enumerate(product(*where)):
        apart = len({place + offset for offset, place in enumerate(places)}) == len(places)
        if apart and max(places) - min(places) <= slop:
            return 1
        if tried >= MAX_ORDERS:
            break
    return 0


# Filters


def in_range(
    leaf: Leaf, column: str, first: int | None, last: int | None, among: Iterable[int]
) -> set[int]:
    """The articles among some whose number in a column lies between two, both included."""
    rows = leaf.files.numbers(column)
    low = NO_NUMBER + 1 if first is None else first
    if last is None:
        return {number for number in among if rows[number] >= low}
    return {number for number in among if low <= rows[number] <= last}


def passing(leaf: Leaf, filters: Filters, found: Iterable[int]) -> set[int]:
    """The articles among some that satisfy the filters."""
    left = set(found)
    for name in ("region", "source", "category", "author"):
        values: tuple[str, ...] = getattr(filters, name)
        if values:
            left &= set().union(*(leaf.postings(name, value)[0] for value in values))
    for column, first, last in (
        ("day", filters.first_day, filters.last_day),
        ("published", filters.since, filters.until),
        ("indexed", filters.first_stamp, filters.last_stamp),
    ):
        if first is not None or last is not None:
            left = in_range(leaf, column, first, last, left)
    return left


_SCORED: dict[type, Callable[..., Scores]] = {
    wq.Term: Evaluation._score_term,
    wq.Phrase: Evaluation._score_phrase,
    wq.And: Evaluation._score_and,
    wq.Or: Evaluation._score_or,
    wq.AndMaybe: Evaluation._score_and_maybe,
    wq.ConstantScoreQuery: Evaluation._score_constant,
}
_MATCHED: dict[type, Callable[..., set[int]]] = {
    wq.Term: Evaluation._match_term,
    wq.Phrase: Evaluation._match_phrase,
    wq.And: Evaluation._match_and,
    wq.Or: Evaluation._match_or,
    wq.Not: Evaluation._match_not,
    wq.AndMaybe: Evaluation._match_and_maybe,
    wq.NumericRange: Evaluation._match_range,
    wq.ConstantScoreQuery: Evaluation._match_constant,
    wq.Every: Evaluation._match_every,
    type(wq.NullQuery): Evaluation._match_nothing,
}
