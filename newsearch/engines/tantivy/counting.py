"""Facets of a query, counted while its hits are looked for and dressed.

tantivy lets other threads of Python run meanwhile: a search is a seventh quicker for it. Several
searches at once keep the cores busy as it is, and are slower for more threads: those count by
themselves.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import tantivy

from newsearch.engines.base import MAX_FACET_VALUES, FacetCounts, FacetField
from newsearch.engines.tantivy.codes import to_code
from newsearch.engines.tantivy.writer import REGION_NUMBER

MAX_BUCKETS = 64_000
"""Values that tantivy counts at once; it refuses more than 65,000."""

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


class _Counting:
    """Counts that a search waits for, or makes when it has dressed its hits.

    Attributes:
        counted: gives them.
    """

    __slots__ = ("__weakref__", "_counts", "counted")

    def __init__(self, counted: Callable[[], FacetCounts]) -> None:
        self.counted = counted
        self._counts: FacetCounts | None = None

    def __call__(self) -> FacetCounts:
        """The counts."""
        if self._counts is None:
            self._counts = self.counted()
        return self._counts


_waited_for: WeakSet[_Counting] = WeakSet()
"""Those of all searches under way; one that failed leaves none."""


def start_counting(
    searcher: tantivy.Searcher, query: tantivy.Query, facets: Sequence[FacetField]
) -> Callable[[], FacetCounts]:
    """Begin to count the values of facets over the matches of a query; what is returned waits."""
    if not facets:
        return dict
    columns = ((name, REGION_NUMBER if name == "region" else name) for name in facets)
    wanted = {name: {"terms": {"field": at, "size": MAX_FACET_VALUES}} for name, at in columns}
    counted = partial(_counted, searcher, query, wanted)
    alone = not _waited_for
    counting = _Counting(counted)
    # Before the pool is asked: a handler of a signal that searches amid that would wait for itself.
    _waited_for.add(counting)
    if alone:
        # A process may not be allowed another thread, or have no memory for one.
        with suppress(RuntimeError):
            counting.counted = _pool().submit(counted).result
    return counting


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # not before there is something to count

    return ThreadPoolExecutor(1, thread_name_prefix="newsearch-facets")


def _forget() -> None:
    # A fork copies the pool and not its thread, nor the searches of other threads.
    _pool.cache_clear()
    _waited_for.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _counted(
    searcher: tantivy.Searcher, query: tantivy.Query, wanted: dict[FacetField, Any]
) -> FacetCounts:
    answer = _aggregate(searcher, query, wanted)
    return {name: _ordered(name, counted["buckets"]) for name, counted in answer.items()}


def _aggregate(
    searcher: tantivy.Searcher, query: tantivy.Query, wanted: dict[FacetField, Any]
) -> dict[FacetField, Any]:
    answer: dict[FacetField, Any] = searcher.aggregate(query, wanted)
    if "region" in answer and len(answer["region"]["buckets"]) == MAX_FACET_VALUES:
        # Of numbers that are counted as often tantivy cuts off any: ask for more, and cut here.
        more = {"region": {"terms": {"field": REGION_NUMBER, "size": MAX_BUCKETS}}}
        with suppress(ValueError):  # there are more than it will count
            answer |= searcher.aggregate(query, more)
    return answer


def _ordered(name: FacetField, buckets: list[dict[str, Any]]) -> list[tuple[str | int, int]]:
    # tantivy gives the most frequent first, but equal counts in no order; numbers as floats.
    value_of = _VALUES.get(name, str)
    pairs = [(-bucket["doc_count"], value_of(bucket["key"])) for bucket in buckets]
    pairs.sort()
    return [(value, -count) for count, value in pairs[:MAX_FACET_VALUES]]


_VALUES: dict[FacetField, Callable[[Any], Any]] = {"region": to_code, "month": int, "day": int}
