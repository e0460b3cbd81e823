"""The engine in pure Python: Whoosh, for places where no compiled wheel goes.

Whoosh keeps postings and columns and merges segments; what a query finds is worked out in
`newsearch.engines.whoosh.scoring`. Its files hold pickles, which are read as data
(`newsearch.engines.whoosh.guard`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from heapq import nsmallest
from pathlib import Path
from threading import RLock
from typing import Any

import whoosh.query as wq
from whoosh.index import TOC

from newsearch.engines.base import (
    MAX_FACET_VALUES,
    FacetField,
    Filters,
    Memory,
    RawHit,
    RawResults,
    Shortlists,
    Sort,
    WordField,
)
from newsearch.engines.cores import Upkeep
from newsearch.engines.machine import refusal
from newsearch.engines.whoosh.guard import GuardedIndex
from newsearch.engines.whoosh.salvage import salvage
from newsearch.engines.whoosh.schema import FACET_FIELDS, NO_NUMBER, schema
from newsearch.engines.whoosh.scoring import Evaluation, Scores, Statistics, passing
from newsearch.engines.whoosh.snapshot import STATE_NAME, Leaf, Snapshot
from newsearch.engines.whoosh.writer import SyncedStorage, WhooshWriter
from newsearch.errors import IndexCorruptError, NewsearchError, NewsIndexError

_ORDERS: Mapping[str, tuple[str, int]] = {
    "newest": ("published", -1),
    "oldest": ("published", 1),
    "popular": ("views", -1),
}
_LAST = 1 << 64
"""Sorts after every number."""


class WhooshCore:
    """A Whoosh index in a directory; `newsearch.engines.local` adds the manifest and the lock."""

    state_file = STATE_NAME
    upkeep = Upkeep(
        replaced=frozenset({state_file, ".toc"}),
        copied=frozenset({state_file, ".toc"}),
        verified=frozenset({".toc", ".trm", ".pst"}),
    )
    salvage = staticmethod(salvage)

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        # Whoosh's readers seek in files that all who read share.
        self._reading = RLock()
        with self._damage_named():
            self._see(Snapshot.open(directory))

    @classmethod
    def create(cls, directory: Path) -> WhooshCore:
        """A new index in an empty directory."""
        TOC.create(SyncedStorage(directory), schema())
        return cls(directory)

    @classmethod
    def open(cls, directory: Path) -> WhooshCore:
        """The index in a directory.

        Raises:
            IndexCorruptError: Whoosh cannot read it.
        """
        return cls(directory)

    @staticmethod
    def checksum(path: Path) -> int | None:
        """See `newsearch.engines.cores.CoreClass.checksum`: Whoosh keeps none."""
        return None

    def reload(self) -> None:
        """See the latest commit."""
        with self._damage_named():
            self._see(Snapshot.open(self._directory, self._snapshot.files))

    def _see(self, snapshot: Snapshot) -> None:
        # In one step, so that a search in another thread takes both from one commit.
        self._state = snapshot, Statistics(snapshot)

    @property
    def _snapshot(self) -> Snapshot:
        return self._state[0]

    # Writing

    @contextmanager
    def writer(self, coming: int | None = None) -> Iterator[WhooshWriter]:
        """One transaction; the caller holds the lock of the index."""
        with self._failure_named():
            storage = SyncedStorage(self._directory)
            storage.drop_orphans()
            index = GuardedIndex(storage)
            transaction = WhooshWriter(index, self.last_stamp, partial(self._find, self._snapshot))
        try:
            yield transaction
            with self._failure_named():
                transaction.commit()
        except BaseException:
            # What failed was the disk, most likely: its error is the one to be seen.
            with suppress(Exception):
                transaction.cancel()
            raise
        finally:
            transaction.close()
            self.reload()

    # Reading

    def search(
        self,
        query: wq.Query,
        filters: Filters,
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[FacetField] = (),
    ) -> RawResults:
        """See `newsearch.engines.base.Reader.search`."""
        snapshot, statistics = self._state
        with self._damage_named():
            ranked: list[tuple[Any, int]] = []
            found: list[tuple[Leaf, Iterable[int]]] = []
            for leaf in snapshot.leaves:
                evaluation = Evaluation(leaf, statistics)
                if sort == "relevance":
                    scores = _filtered(leaf, filters, evaluation.scores(query))
                    found.append((leaf, scores))
                    ranked += ((-score, leaf.base + n) for n, score in scores.items())
                else:
                    numbers = passing(leaf, filters, evaluation.match(query))
                    found.append((leaf, numbers))
                    ranked += _sorted_by(leaf, sort, numbers)
            page = nsmallest(offset + limit, ranked)[offset:]
            hits = [
                snapshot.hit(*snapshot.at(number), -key if sort == "relevance" else 0.0)
                for key, number in page
            ]
            counts = {name: _count(name, found) for name in facets}
        return RawResults(len(ranked), hits, lambda: counts)

    def shortlists(self, query: wq.Query, filters: Sequence[Filters], limit: int) -> Shortlists:
        """See `newsearch.engines.base.Reader.shortlists`."""
        snapshot, statistics = self._state
        ranked: list[list[tuple[float, int]]] = [[] for _ in filters]
        with self._damage_named():
            for leaf in snapshot.leaves:
                scores = Evaluation(leaf, statistics).scores(query)
                for one, row in zip(filters, ranked, strict=True):
                    passed = _filtered(leaf, one, scores).items()
                    row += ((-score, leaf.base + number) for number, score in passed)
            lists = [{n: -score for score, n in nsmallest(limit, row)} for row in ranked]
            published = {n: self._published(snapshot, n) for row in lists for n in row}

        def fetch(key: int) -> RawHit:
            with self._damage_named():
                return snapshot.hit(*snapshot.at(key), 0.0)

        return Shortlists(lists, published, fetch)

    @staticmethod
    def _published(snapshot: Snapshot, number: int) -> int | None:
        leaf, local = snapshot.at(number)
        when = leaf.files.numbers("published")[local]
        return None if when == NO_NUMBER else when

    def get(self, article_id: str) -> bytes | None:
        """See `newsearch.engines.base.Reader.get`."""
        snapshot = self._snapshot
        found = self._find(snapshot, article_id)
        with self._damage_named():
            return snapshot.hit(*snapshot.at(found[0]), 0.0).stored if found else None

    def _find(self, snapshot: Snapshot, article_id: str) -> tuple[int, int] | None:
        with self._damage_named():
            return snapshot.find(article_id)

    def doc_freq(self, field: str, term: str) -> int:
        """See `newsearch.engines.base.Reader.doc_freq`."""
        with self._damage_named():
            return self._snapshot.doc_freq(field, term)

    def doc_freqs(self, field: str, terms: Iterable[str]) -> list[int]:
        """See `newsearch.engines.base.Reader.doc_freqs`."""
        snapshot = self._snapshot
        with self._damage_named():
            return [snapshot.doc_freq(field, term) for term in terms]

    def terms(
        self,
        prefix: str,
        limit: int,
        within: wq.Query | None = None,
        field: WordField = "words",
    ) -> list[tuple[str, int]]:
        """See `newsearch.engines.base.Reader.terms`."""
        snapshot, statistics = self._state
        with self._damage_named():
            total: Counter[str] = Counter()
            for leaf in snapshot.leaves:
                for term, frequency in leaf.terms(field, prefix):
                    total[term] += frequency
            if within is None:
                return nsmallest(limit, total.items(), key=_most_first)
            among = [(leaf, Evaluation(leaf, statistics).match(within)) for leaf in snapshot.leaves]
            return _counted_within(field, total, among, limit)

    def stored(self) -> Iterator[bytes]:
        """See `newsearch.engines.base.Reader.stored`."""
        return (hit.stored for hit in self.every())

    def every(self) -> Iterator[RawHit]:
        """See `newsearch.engines.base.Reader.every`."""
        snapshot = self._snapshot
        for leaf, number in snapshot.living():
            with self._damage_named():
                stamp = leaf.files.numbers("indexed")[number]
                hit = snapshot.hit(leaf, number, 0.0)._replace(indexed=stamp)
            yield hit

    def matches(self, query: wq.Query, filters: Filters) -> Iterator[RawHit]:
        """See `newsearch.engines.base.Reader.matches`."""
        snapshot, statistics = self._state
        with self._damage_named():
            ranked: list[tuple[int, int]] = []
            for leaf in snapshot.leaves:
                matched = Evaluation(leaf, statistics).match(query)
                ranked += _sorted_by(leaf, "newest", passing(leaf, filters, matched))
            ranked.sort()
        for _, number in ranked:
            with self._damage_named():
                hit = snapshot.hit(*snapshot.at(number), 0.0)
            yield hit

    @property
    def last_stamp(self) -> int:
        """See `newsearch.engines.base.Reader.last_stamp`."""
        with self._damage_named():
            return self._snapshot.last_stamp

    @property
    def count(self) -> int:
        """See `newsearch.engines.base.Reader.count`."""
        return self._snapshot.count

    @property
    def memory(self) -> Memory:
        """See `newsearch.engines.base.Reader.memory`."""
        return self._snapshot.memory

    def segments(self) -> frozenset[str]:
        """See `newsearch.engines.cores.Core.segments`."""
        return frozenset(self._snapshot.files)

    # Errors

    @contextmanager
    def _failure_named(self) -> Iterator[None]:
        """Name a write that failed, as on a full disk, as such."""
        try:
            yield
        except NewsearchError:
            raise
        except Exception as error:
            # Whoosh has no base class for its errors, and raises bare Exception in places.
            raise NewsIndexError(
                f"writing to {self._directory} failed, nothing of it was committed: {_told(error)}"
            ) from error

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        """Read alone, and name damaged files as such."""
        with self._reading:
            try:
                yield
            except NewsearchError:
                raise
            except Exception as error:
                refused = refusal(error)
                if refused:
                    raise NewsIndexError(f"{self._directory} cannot be read: {refused}") from error
                # What pickle, zlib, struct and Whoosh raise over damaged bytes has no common base.
                raise IndexCorruptError(
                    f"files in {self._directory} cannot be read ({_told(error)}): restore a copy, "
                    "or index the sources again into a new path"
                ) from error


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__


def _filtered(leaf: Leaf, filters: Filters, scores: Scores) -> Scores:
    if filters == Filters():
        return scores
    return {number: scores[number] for number in passing(leaf, filters, scores)}


def _sorted_by(leaf: Leaf, sort: Sort, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    column, sign = _ORDERS[sort]
    rows = leaf.files.numbers(column)
    for number in numbers:
        value = rows[number]
        yield (_LAST if value == NO_NUMBER else sign * value), leaf.base + number


def _count(
    name: FacetField, found: Sequence[tuple[Leaf, Iterable[int]]]
) -> list[tuple[str | int, int]]:
    """The values of a facet in one pass over its column."""
    total: Counter[str | int] = Counter()
    for leaf, numbers in found:
        if name not in FACET_FIELDS:
            total.update(map(leaf.files.numbers(name).__getitem__, numbers))
            continue
        column = leaf.files.values(name)
        # Combinations are counted first: there are far fewer of them than articles.
        for row, count in Counter(map(column.rows.__getitem__, numbers)).items():
            for value in column.combinations[row]:
                total[value] += count
    total.pop(NO_NUMBER, None)
    return nsmallest(MAX_FACET_VALUES, total.items(), key=_most_first)


def _counted_within(
    field: str, total: Counter[str], among: list[tuple[Leaf, set[int]]], limit: int
) -> list[tuple[str, int]]:
    """The terms that most of some articles hold.

    The most frequent of all articles are looked at first; once `limit` are counted that no
    other's frequency reaches, the rest need no look.
    """
    found: list[tuple[str, int]] = []
    for term, frequency in sorted(total.items(), key=_most_first):
        if len(found) >= limit and frequency < found[-1][1]:
            break
        count = sum(len(set(leaf.postings(field, term)[0]) & numbers) for leaf, numbers in among)
        if count:
            found = nsmallest(limit, [*found, (term, count)], key=_most_first)
    return found


def _most_first(pair: tuple[Any, int]) -> tuple[int, Any]:
    return -pair[1], pair[0]
