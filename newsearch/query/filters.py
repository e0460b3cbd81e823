"""Filters of a search, as a caller writes them → `Filters` of terms and seconds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from newsearch.engines.base import NO_FILTERS, Filters, fold
from newsearch.errors import InvalidDateError, QueryError
from newsearch.query.dates import as_number, span
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

    Both ends of the dates are included: ``until="2019"`` runs to the end of 2019. Days are those
    of the article's own time zone, as in the facets; moments are exact.

    Raises:
        UnknownRegionError: a region that is no code, name or alias.
        InvalidDateError: a date that cannot be read, or `since` after `until`.
        QueryError: more than `MAX_VALUES` values.
    """
    if region is since is until is source is category is author is None:  # so it mostly is
        return NO_FILTERS
    first_day, since_second = _bound("since", since)
    last_day, until_second = _bound("until", until)
    if _crossed(first_day, last_day) or _crossed(since_second, until_second):
        raise InvalidDateError(f"since ({since}) lies after until ({until}): swap them")
    return Filters(
        region=tuple(look_up(name).code for name in _many("region", region)),
        source=_folded("source", source),
        category=_folded("category", category),
        author=_folded("author", author),
        first_day=first_day,
        last_day=last_day,
        since=since_second,
        until=until_second,
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


def _bound(name: str, when: When) -> tuple[int | None, int | None]:
    """A bound as a day (20230614), or as a second (UTC epoch) where a moment is given."""
    if when is None:
        return None, None
    if isinstance(when, datetime):
        if when.utcoffset() is None:
            raise InvalidDateError(
                f"{name} ({when}) has no time zone: give one, or a date without a time"
            )
        return None, int(when.timestamp())
    if isinstance(when, date):
        return as_number(when), None
    return span(when)[0 if name == "since" else 1], None


def _crossed(first: int | None, last: int | None) -> bool:
    return first is not None and last is not None and first > last
