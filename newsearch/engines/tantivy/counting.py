"""Facets of a query, in a large index counted while its hits are looked for and dressed.

tantivy lets other threads of Python run meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import tantivy

from newsearch.engines.base import MAX_FACET_VALUES, FacetCounts, FacetField
from newsearch.engines.tantivy.codes import to_code
from newsearch.engines.tantivy.writer import REGION_NUMBER

MAX_BUCKETS = 64_000
"""Values that tantivy counts at once; it refuses more than 65,000."""

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

BESIDE = 100_000
"""Articles of an index from which another thread counts. In fewer it would make one search 0.2 ms
quicker, and eight at once, which keep the cores busy as it is, a fifth slower."""


def start_counting(
    searcher: tantivy.Searcher, query: tantivy.Query, facets: Sequence[FacetField]
) -> Callable[[], FacetCounts]:
    """Begin to count the values of facets over the matches of a query; what is returned waits."""
    if not facets:
        return dict
    columns = ((name, REGION_NUMBER if name == "region" else name) for name in facets)
    wanted = {name: {"terms": {"field": at, "size": MAX_FACET_VALUES}} for name, at in columns}
    if searcher.num_docs >= BESIDE:
        # A process may not be allowed another thread, or have no memory for one.
        with suppress(RuntimeError):
            running = _pool().submit(_aggregate, searcher, query, wanted)
            return lambda: _counts(running.result())
    return lambda: _counts(_aggregate(searcher, query, wanted))


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # small indexes need none

    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="newsearch-facets")


# A fork copies the pool and not its threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)


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


def _counts(answer: dict[FacetField, Any]) -> FacetCounts:
    return {name: _ordered(name, counted["buckets"]) for name, counted in answer.items()}


def _ordered(name: FacetField, buckets: list[dict[str, Any]]) -> list[tuple[str | int, int]]:
    # tantivy gives the most frequent first, but equal counts in no order; numbers as floats.
    values = [bucket["key"] for bucket in buckets]
    counts = [-bucket["doc_count"] for bucket in buckets]
    if name == "region":
        values = list(map(to_code, values))
    elif name in ("month", "day"):
        values = list(map(int, values))
    pairs = sorted(zip(counts, values, strict=True))[:MAX_FACET_VALUES]
    return [(value, -count) for count, value in pairs]
