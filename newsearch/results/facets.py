"""Counts of an engine → facets with labels for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from newsearch.engines import FacetField, Filters
from newsearch.errors import QueryError, UnknownRegionError
from newsearch.reading import MONTHS, format_date
from newsearch.regions import region as look_up
from newsearch.results.records import FacetCount, make_count

FACETS = ("region", "year", "month", "day", "source", "category", "author")
"""The facets that can be asked for; years, months and days in the article's own time zone."""

_STORED: dict[str, FacetField] = {
    "region": "region",
    "year": "month",
    "month": "month",
    "day": "day",
    "source": "source",
    "category": "category",
    "author": "author",
}
MAX_LABELS = 32_768
"""Labels that are kept, and records with them: of regions there are 91,000."""
_TIMES = frozenset({"year", "month", "day"})

Counts = Sequence[tuple[str | int, int]]


def stored_fields(names: Sequence[str]) -> tuple[FacetField, ...]:
    """The fields an engine has to count for these facets.

    Raises:
        QueryError: there is no facet of that name.
    """
    for name in names:
        if name not in _STORED:
            raise QueryError(f"unknown facet {name!r}; the facets are {', '.join(FACETS)}")
    return tuple(dict.fromkeys(_STORED[name] for name in names))


def without_own(name: str, filters: Filters) -> Filters:
    """The filters without those on what a facet counts, so that it shows what else there is."""
    own: dict[str, Any] = {_STORED[name]: ()}
    if name in _TIMES:
        own = dict.fromkeys(("first_day", "last_day", "since", "until"))
    return replace(filters, **own)


def make_facet(
    name: str,
    counts: Mapping[FacetField, Counts],
    known: Mapping[str, KnownCounts],
    filled: Filters | None = None,
) -> list[FacetCount]:
    """A facet: the most frequent values first, times in their own order.

    Args:
        name: one of `FACETS`.
        counts: what the engine counted.
        known: of sources, categories and authors, by the name of their facet.
        filled: gives years, months and days without an article too, from the first to the last
            of those found and of the days that these filters let through.
    """
    stored = _STORED[name]
    pairs = _years(counts[stored]) if name == "year" else counts[stored]
    if name in _TIMES:
        if filled is not None:
            times = {int(value): count for value, count in pairs}
            pairs = list(_fill(name, times, filled).items())
        pairs = sorted(pairs)
    records = _known[name] if name in _known else known[name]
    return list(map(records.__getitem__, pairs))


def _years(months: Counts) -> Counts:
    years: dict[str | int, int] = {}
    for month, count in months:
        year = int(month) // 100
        years[year] = years.get(year, 0) + count
    return list(years.items())


_PARTS = {"year": 10_000, "month": 100, "day": 1}
"""What a day as a number (20230614) is divided by."""


def _fill(name: str, times: dict[int, int], filters: Filters) -> dict[int, int]:
    """The times with 0 for those in between."""
    bounds = [day // _PARTS[name] for day in (filters.first_day, filters.last_day) if day]
    ends = [*times, *bounds]
    if not ends:
        return {}
    # The year bounds of articles bound the work: 73,000 days from 1900 to 2100.
    return {time: times.get(time, 0) for time in _between(name, min(ends), max(ends))}


def _between(name: str, first: int, last: int) -> Iterator[int]:
    if name == "year":
        yield from range(first, last + 1)
    elif name == "month":
        months = range(first // 100 * 12 + first % 100 - 1, last // 100 * 12 + last % 100)
        yield from (month // 12 * 100 + month % 12 + 1 for month in months)
    else:
        day, end = _day(first), _day(last)
        while day <= end:
            yield day.year * 10_000 + day.month * 100 + day.day
            day += timedelta(1)


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


@lru_cache(MAX_LABELS)
def _labelled(name: str, value: Any) -> tuple[str, str]:
    """The value by which to filter by a region or a time, and its label."""
    if name == "region":
        return value, _region_label(value)
    if name == "year":
        return f"{value:04}", f"{value:04}"
    if name == "month":
        year, month = divmod(value, 100)
        return f"{year:04}-{month:02}", f"{MONTHS[month - 1]} {year}"
    day = _day(value)
    return day.isoformat(), format_date(day)


def _region_label(code: str) -> str:
    try:
        return look_up(code).label
    except UnknownRegionError:  # the index is older than the gazetteer, or younger
        return code


class KnownCounts(dict[tuple[str | int, int], FacetCount]):
    """A value and how many articles have it → the record of both.

    A search makes a hundred of them, a whole index thousands, and most were made before.

    Args:
        labelled: a value → the value by which to filter by it, and its label.
    """

    def __init__(self, labelled: Callable[[Any], tuple[str, str]]) -> None:
        super().__init__()
        self._labelled = labelled

    def __missing__(self, pair: tuple[str | int, int]) -> FacetCount:
        if len(self) >= MAX_LABELS:
            self.clear()
        value, count = pair
        found: FacetCount = make_count(*self._labelled(value), count)
        self[pair] = found
        return found


_known = {name: KnownCounts(partial(_labelled, name)) for name in ("region", *_TIMES)}
