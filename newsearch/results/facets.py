"""Counts of an engine → facets with labels for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from newsearch.engines import FacetField
from newsearch.errors import QueryError, UnknownRegionError
from newsearch.reading import MONTHS, format_date
from newsearch.regions import region as look_up
from newsearch.results.records import FacetCount

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
_TIMES = frozenset({"year", "month", "day"})

Counts = Sequence[tuple[str | int, int]]
Spelling = Callable[[FacetField, str], str]
"""Field and folded value → the value as an article spells it."""


def stored_fields(names: Sequence[str]) -> tuple[FacetField, ...]:
    """The fields an engine has to count for these facets.

    Raises:
        QueryError: there is no facet of that name.
    """
    for name in names:
        if name not in _STORED:
            raise QueryError(f"unknown facet {name!r}; the facets are {', '.join(FACETS)}")
    return tuple(dict.fromkeys(_STORED[name] for name in names))


def make_facet(
    name: str, counts: Mapping[FacetField, Counts], spelling: Spelling
) -> list[FacetCount]:
    """A facet: the most frequent values first, times in their own order."""
    stored = _STORED[name]
    pairs = _years(counts[stored]) if name == "year" else counts[stored]
    if name in _TIMES:
        return [_time(name, int(value), count) for value, count in sorted(pairs)]
    return [FacetCount(str(value), _label(stored, str(value), spelling), n) for value, n in pairs]


def _years(months: Counts) -> Counts:
    years: dict[str | int, int] = {}
    for month, count in months:
        year = int(month) // 100
        years[year] = years.get(year, 0) + count
    return list(years.items())


def _time(name: str, value: int, count: int) -> FacetCount:
    if name == "year":
        return FacetCount(f"{value:04}", f"{value:04}", count)
    if name == "month":
        year, month = divmod(value, 100)
        return FacetCount(f"{year:04}-{month:02}", f"{MONTHS[month - 1]} {year}", count)
    day = date(value // 10_000, value // 100 % 100, value % 100)
    return FacetCount(day.isoformat(), format_date(day), count)


def _label(stored: FacetField, value: str, spelling: Spelling) -> str:
    if stored != "region":
        return spelling(stored, value)
    try:
        return look_up(value).label
    except UnknownRegionError:
        # An index may be older than the gazetteer.
        return value
