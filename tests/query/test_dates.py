"""Dates in searches → spans of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch import InvalidDateError
from newsearch.query.dates import span, span_between
from newsearch.query.filters import make_filters
from tests.support import WIB, WIT

NOW = datetime(2023, 6, 14, 12, 0, tzinfo=WIB)  # a Wednesday


def _days(text: str) -> tuple[str | None, str | None]:
    """First and last day of a span in ISO 8601."""
    first, last = span(text, NOW)

    def say(day: int | None) -> str | None:
        return None if day is None else f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"

    return say(first), say(last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("Juni 2023", "2023-06-01", "2023-06-30"),
        ("des 2022", "2022-12-01", "2022-12-31"),
        ("2023-06-14", "2023-06-14", "2023-06-14"),
        ("14 Juni 2023", "2023-06-14", "2023-06-14"),
        ("14/6/2023", "2023-06-14", "2023-06-14"),
        ("hari ini", "2023-06-14", "2023-06-14"),
        ("Kemarin", "2023-06-13", "2023-06-13"),
        ("minggu ini", "2023-06-12", "2023-06-18"),
        ("minggu lalu", "2023-06-05", "2023-06-11"),
        ("bulan lalu", "2023-05-01", "2023-05-31"),
        ("tahun lalu", "2022-01-01", "2022-12-31"),
        ("7 hari terakhir", "2023-06-08", "2023-06-14"),
        ("1 hari terakhir", "2023-06-14", "2023-06-14"),
        ("2 minggu terakhir", "2023-06-01", "2023-06-14"),
        ("setahun terakhir", "2022-06-15", "2023-06-14"),
        ("sejak 2020", "2020-01-01", None),
        ("sampai 2020", None, "2020-12-31"),
        ("hingga bulan lalu", None, "2023-05-31"),
        ("sejak 14 Juni 2022", "2022-06-14", None),
    ],
)
def test_spans(text: str, first: str | None, last: str | None) -> None:
    assert _days(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "entah", "2023-13", "31 Februari 2023", "sejak entah", "sampai entah", "0000"]
)
def test_nonsense_is_a_clear_error(text: str) -> None:
    with pytest.raises(InvalidDateError, match="cannot read the date"):
        span(text, NOW)


@given(st.text(max_size=60))
def test_any_text_is_a_span_or_an_error(text: str) -> None:
    try:
        first, end = span(text, NOW)
    except InvalidDateError:
        return
    assert first is None or end is None or first <= end


def test_both_ends_are_included() -> None:
    filters = make_filters(since="2023-06-14", until="2023-06-14")
    assert filters == make_filters(since=date(2023, 6, 14), until=date(2023, 6, 14))
    assert (filters.first_day, filters.last_day) == (20230614, 20230614)


def test_moments_are_exact() -> None:
    moment = datetime(2023, 6, 14, 0, 30, tzinfo=WIT)
    filters = make_filters(since=moment, until=moment)
    assert (filters.since, filters.until) == (1686670200, 1686670200)
    assert (filters.first_day, filters.last_day) == (None, None)


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(InvalidDateError, match="time zone"):
        make_filters(since=datetime(2023, 6, 14))


def test_since_after_until_is_an_error() -> None:
    with pytest.raises(InvalidDateError, match="lies after"):
        make_filters(since="2024", until="2023")


def test_now_is_taken_in_western_time() -> None:
    late = datetime(2023, 6, 13, 18, 0, tzinfo=timezone(timedelta(0)))  # 01:00 WIB the next day
    assert span("hari ini", late) == span("2023-06-14")


@pytest.mark.parametrize(
    ("start", "end", "startexcl", "endexcl", "days"),
    [
        ("2020", "2022", False, False, (20200101, 20221231)),
        ("2020", "2022", True, True, (20210101, 20211231)),
        ("2023-06-30", None, True, False, (20230701, None)),
        (None, "2023-03", False, True, (None, 20230228)),
        ("sejak 2020", None, True, False, (20200101, None)),
        ("9999", None, True, False, (99991231, None)),
        (None, None, False, False, (None, None)),
    ],
)
def test_ranges(
    start: str | None, end: str | None, startexcl: bool, endexcl: bool, days: tuple[int, int]
) -> None:
    assert span_between(start, end, startexcl=startexcl, endexcl=endexcl) == days


def test_a_range_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(InvalidDateError, match="swap"):
        span_between("2024", "2023")
