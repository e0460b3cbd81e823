"""Facets of a query, in a large index counted while its hits are looked for.

tantivy lets other threads of Python run meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Any

import tantivy

from newsearch.engines.base import MAX_FACET_VALUES, FacetField

BESIDE = 100_000
"""Articles of an index from which another thread counts: in fewer, it takes less than to start."""

Counts = dict[FacetField, list[tuple[str | int, int]]]


def start_counting(
    searcher: tantivy.Searcher, query: tantivy.Query, facets: Sequence[FacetField]
) -> Future[Counts]:
    """Count the values of facets over the matches of a query, of a large index beside it."""
    if facets and searcher.num_docs >= BESIDE:
        # A process may not be allowed another thread, or have no memory for one.
        with suppress(RuntimeError):
            return _pool().submit(_count, searcher, query, facets)
    counted: Future[Counts] = Future()
    counted.set_result(_count(searcher, query, facets) if facets else {})
    return counted


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="newsearch-facets")


# A fork copies the pool and not its threads.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.cache_clear)


def _count(
    searcher: tantivy.Searcher, query: tantivy.Query, facets: Sequence[FacetField]
) -> Counts:
    wanted = {name: {"terms": {"field": name, "size": MAX_FACET_VALUES}} for name in facets}
    answer = searcher.aggregate(query, wanted)
    return {name: _ordered(answer[name]["buckets"]) for name in facets}


def _ordered(buckets: list[dict[str, Any]]) -> list[tuple[str | int, int]]:
    # Columns of numbers come back as floats.
    pairs = [
        (
            bucket["key"] if isinstance(bucket["key"], str) else int(bucket["key"]),
            bucket["doc_count"],
        )
        for bucket in buckets
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
