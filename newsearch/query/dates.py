"""Dates in searches → spans of days: '2023', 'Juni 2023', 'kemarin', '7 hari terakhir'."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from newsearch.errors import InvalidDateError
from newsearch.reading import parse_date
from newsearch.reading.dates import WIB

Span = tuple[int | None, int | None]
"""First and last day, both included, as 20230614 like `Entry.day`; None is open."""

_YEAR = re.compile(r"(\d{4})$")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})$")
_NAMED_MONTH = re.compile(r"([^\W\d_]+)\s+(\d{4})$")
_LAST = re.compile(r"(?:(\d{1,4})\s+|se)(hari|minggu|pekan|bulan|tahun)\s+terakhir$")
_OPEN = re.compile(r"(sejak|sampai|hingga)\s+(?!(?:sejak|sampai|hingga)\b)(.+)$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")
MAX_DATE = 100
"""Characters of a date."""
_UNIT_DAYS = {"hari": 1, "minggu": 7, "pekan": 7, "bulan": 30, "tahun": 365}


def span(text: str, now: datetime | None = None) -> Span:
    """The days that a date in words or figures covers.

    A year, a month (``2023-06``, ``Juni 2023``), a day in any form that `parse_date` reads,
    ``hari ini``, ``kemarin``, ``minggu|bulan|tahun ini|lalu``, ``N hari terakhir``,
    ``sebulan terakhir``, ``sejak …``, ``sampai …``. Today is the day of `now` in western
    Indonesian time (WIB).

    Raises:
        InvalidDateError: nobody can read it.
    """
    asked = " ".join(text.split()).lower() if len(text) <= MAX_DATE else ""
    today = (now or datetime.now(WIB)).astimezone(WIB).date()
    try:
        days = _named_span(asked, today) or _figures(asked) or _one_day(asked, now)
    except (ValueError, OverflowError):
        days = None
    if days is None:
        raise InvalidDateError(
            f"cannot read the date {text[:MAX_DATE]!r}: write it like 2023, 2023-06, 2023-06-14, "
            "'14 Juni 2023', 'kemarin' or '7 hari terakhir'"
        )
    first, last = days
    return as_number(first) if first else None, as_number(last) if last else None


def span_between(
    start: str | None,
    end: str | None,
    *,
    startexcl: bool = False,
    endexcl: bool = False,
    now: datetime | None = None,
) -> Span:
    """The days of a range; an end that is excluded is so as a whole: {2020 TO … begins in 2021.

    Raises:
        InvalidDateError: an end that nobody can read, or a range that ends before it begins.
    """
    first = last = None
    if start:
        begins, ends = span(start, now)
        first = _shifted(ends, 1) if startexcl and ends else begins
    if end:
        begins, ends = span(end, now)
        last = _shifted(begins, -1) if endexcl and begins else ends
    if first is not None and last is not None and first > last:
        raise InvalidDateError(f"the range from {start} to {end} holds no day: swap its ends")
    return first, last


def _shifted(day: int, by: int) -> int:
    moved = date(day // 10_000, day // 100 % 100, day % 100).toordinal() + by
    return as_number(date.fromordinal(min(max(moved, 1), date.max.toordinal())))


def as_number(day: date) -> int:
    """A day as 20230614."""
    return day.year * 10_000 + day.month * 100 + day.day


_Days = tuple[date | None, date | None]


def _named_span(asked: str, today: date) -> _Days | None:
    monday = today - timedelta(days=today.weekday())
    last_month = today.replace(day=1) - timedelta(days=1)
    named: dict[str, _Days] = {
        "hari ini": (today, today),
        "kemarin": (today - timedelta(days=1), today - timedelta(days=1)),
        "minggu ini": (monday, monday + timedelta(days=6)),
        "pekan ini": (monday, monday + timedelta(days=6)),
        "minggu lalu": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "pekan lalu": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "bulan ini": _month(today.year, today.month),
        "bulan lalu": _month(last_month.year, last_month.month),
        "tahun ini": _year(today.year),
        "tahun lalu": _year(today.year - 1),
    }
    if asked in named:
        return named[asked]
    last = _LAST.match(asked)
    if last:
        days = int(last[1] or 1) * _UNIT_DAYS[last[2]]
        return today - timedelta(days=max(days - 1, 0)), today
    half = _OPEN.match(asked)
    if half:
        days_there = _named_span(half[2], today) or _figures(half[2]) or _one_day(half[2], None)
        if days_there is None:
            return None
        return (days_there[0], None) if half[1] == "sejak" else (None, days_there[1])
    return None


def _figures(asked: str) -> _Days | None:
    year = _YEAR.match(asked)
    if year:
        return _year(int(year[1]))
    month = _MONTH.match(asked)
    if month:
        return _month(int(month[1]), int(month[2]))
    if _DAY.match(asked):  # of any year: parse_date knows those that news can have
        day = date.fromisoformat(asked)
        return day, day
    named = _NAMED_MONTH.match(asked)
    if named:
        first = parse_date(f"1 {asked}")
        return _month(first.year, first.month) if first else None
    return None


def _one_day(asked: str, now: datetime | None) -> _Days | None:
    when = parse_date(asked, now=now)
    if when is None:
        return None
    return when.date(), when.date()


def _year(year: int) -> _Days:
    return date(year, 1, 1), date(year, 12, 31)


def _month(year: int, month: int) -> _Days:
    first = date(year, month, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)
