"""Every match of a query in constant memory, from one searcher and so of one commit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tantivy
from tantivy import Occur, Query

PAGE = 10_000
"""Articles whose addresses are held at once; more only where one day has more."""
MAX_DAYS = 60_000
"""Days that are told apart; tantivy refuses more than 65,000 buckets."""


def addresses(
    searcher: tantivy.Searcher, schema: tantivy.Schema, asked: Query
) -> Iterator[tantivy.DocAddress]:
    """Where each match is stored: the newest first, those without a date last.

    A page by offset would collect all pages before it again; days part the matches into ranges that
    are each looked up once.
    """
    answer: Any = searcher.aggregate(asked, {"day": {"terms": {"field": "day", "size": MAX_DAYS}}})
    days = {int(bucket["key"]): bucket["doc_count"] for bucket in answer["day"]["buckets"]}
    for first, last, count in _ranges(days):
        inside = Query.range_query(schema, "day", tantivy.FieldType.Integer, first, last)
        found = searcher.search(
            Query.boolean_query([(Occur.Must, asked), (Occur.Must, inside)]),
            limit=count,
            count=False,
            order_by_field="published",
            order=tantivy.Order.Desc,
        )
        yield from (address for _, address in found.hits)
    dated = Query.range_query(schema, "day", tantivy.FieldType.Integer, 0, None)
    undated = Query.boolean_query([(Occur.Must, asked), (Occur.MustNot, dated)])
    offset = 0
    while page := searcher.search(undated, limit=PAGE, offset=offset, count=False).hits:
        offset += len(page)
        yield from (address for _, address in page)


def _ranges(days: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring days, the latest first, with no more than `PAGE` articles or one day each."""
    last, first, count = 0, 0, 0
    for day in sorted(days, reverse=True):
        if count and count + days[day] > PAGE:
            yield first, last, count
            count = 0
        last = last if count else day
        first, count = day, count + days[day]
    if count:
        yield first, last, count
