"""Filters of a search, as a caller writes them → `Filters` of terms and seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from newsearch.engines.base import Filters, fold
from newsearch.errors import InvalidDateError, QueryError
from newsearch.query.dates import epoch, span
from newsearch.regions import region as look_up

Many = str | Sequence[str] | None
"""One value, or several that are alternatives."""
When = str | date | datetime | None
"""A moment, a day, or a string that `newsearch.query.dates.span` reads."""

MAX_VALUES = 100
"""Values of one filter."""


def make_filters(
    *,
    region: Many = None,
    since: When = None,
    until: When = None,
    source: Many = None,
    category: Many = None,
    author: Many = None,
) -> Filters:
    """The filters of a search.

    Both ends of the dates are included: ``until="2019"`` runs to the end of 2019.

    Raises:
        UnknownRegionError: a region that is no code, name or alias.
        InvalidDateError: a date that cannot be read, or `since` after `until`.
        QueryError: more than `MAX_VALUES` values.
    """
    first, last = _first(since), _last(until)
    if first is not None and last is not None and first >= last:
        raise InvalidDateError(f"since ({since}) lies after until ({until})")
    return Filters(
        region=tuple(look_up(name).code for name in _many("region", region)),
        source=_folded("source", source),
        category=_folded("category", category),
        author=_folded("author", author),
        since=first,
        until=last,
    )


def _many(name: str, values: Many) -> tuple[str, ...]:
    if values is None:
        return ()
    chosen = (values,) if isinstance(values, str) else tuple(values)
    if len(chosen) > MAX_VALUES:
        raise QueryError(f"{len(chosen):,} values for {name} are more than {MAX_VALUES}")
    return chosen


def _folded(name: str, values: Many) -> tuple[str, ...]:
    return tuple(fold(value) for value in _many(name, values))


def _first(when: When) -> int | None:
    if isinstance(when, datetime):
        return _moment(when)
    if isinstance(when, date):
        return epoch(when)
    return None if when is None else span(when)[0]


def _last(when: When) -> int | None:
    if isinstance(when, datetime):
        return _moment(when) + 1
    if isinstance(when, date):
        return span(when.isoformat())[1]
    return None if when is None else span(when)[1]


def _moment(when: datetime) -> int:
    if when.utcoffset() is None:
        raise InvalidDateError(f"{when} has no time zone: give one, or a date without a time")
    return int(when.timestamp())
