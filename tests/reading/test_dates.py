"""parse_date() and its way back, format_datetime()."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.reading import MONTHS, format_date, format_datetime, parse_date
from newsearch.reading.dates import WIB, WIT, WITA

NOW = datetime(2023, 6, 14, 18, 0, tzinfo=WIB)
DAY = datetime(2023, 6, 14, tzinfo=WIB)
EVENING = datetime(2023, 6, 14, 18, 22, tzinfo=WIB)
UTC = timezone.utc


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rabu, 14 Juni 2023 - 18:22 WIB", EVENING),
        ("Rabu, 14 Juni 2023 | 18.22 WIB", EVENING),
        ("Rabu , 14 Juni 2023, 18:22 Wib", EVENING),
        ("Rabu 14 Juni 2023 / 18.22", EVENING),
        ("14 Juni 2023 pukul 18.22 (WIB)", EVENING),
        ("14 Juni 2023, pkl. 18.22 WIB", EVENING),
        ("14 Juni 2023 jam 18:22", EVENING),
        ("18:22 WIB, Rabu 14 Juni 2023", EVENING),
        ("Diterbitkan: 14 Juni 2023 18:22 WIB", EVENING),
        ("Last Updated 14 Jun 2023 06:22 PM", EVENING),
        ("Tayang: Rabu, 14/06/2023 18:22 WIB", EVENING),
        ("kabar.example - 14/06/2023, 18:22 WIB", EVENING),
        ("14\u00a0Juni\u00a02023\n18:22", EVENING),
        ("Rabu, 14 Juni 2023 18:22 WITA", EVENING.replace(tzinfo=WITA)),
        ("14/6/2023 18.22 WIT", EVENING.replace(tzinfo=WIT)),
        ("14 Juni 2023 WITA", DAY.replace(tzinfo=WITA)),
        ("14 Juni 2023 18.22.10 WIB", EVENING.replace(second=10)),
        ("14 Juni 2023 24.00 WIB", DAY + timedelta(days=1)),
        ("14 Juni 2023 pukul 7 WIB", DAY.replace(hour=7)),
        ("14/06/2023", DAY),
        ("14-6-2023", DAY),
        ("14.06.2023", DAY),
        ("14/6/23", DAY),
        ("14 Juni '23", DAY),
        ("14Juni2023", DAY),
        ("2023/06/14", DAY),
        ("20230614", DAY),
        ("Jakarta, Rabu (14/6/2023)", DAY),
        ("Wednesday, June 14, 2023", DAY),
        ("14th June 2023", DAY),
        ("2023-06-14", DAY),
        ("2023-06-14T18:22", EVENING),
        ("2023-06-14 18:22:00", EVENING),
        ("2023-06-14T18:22:00+07:00", EVENING),
        ("2023-06-14T18:22:00+0700", EVENING),
        ("2023-06-14T11:22:00Z", EVENING),
        ("2023-06-14T11:22:00.123Z", EVENING.replace(microsecond=123_000)),
        ("2023-06-14T18:22:00.12345678+07:00", EVENING.replace(microsecond=123_456)),
        ("Wed, 14 Jun 2023 11:22:00 GMT", EVENING),
        ("Wed, 14 Jun 2023 18:22:00 +0700", EVENING),
        ("Jum'at, 14 Agt 2020", datetime(2020, 8, 14, tzinfo=WIB)),
        ("Jumat, 14 Ags 2020", datetime(2020, 8, 14, tzinfo=WIB)),
        ("14 Agu. 2020", datetime(2020, 8, 14, tzinfo=WIB)),
        ("Senen 1 Peb 2021", datetime(2021, 2, 1, tzinfo=WIB)),
        ("25 Pebruari 2017", datetime(2017, 2, 25, tzinfo=WIB)),
        ("14 Nop 1999", datetime(1999, 11, 14, tzinfo=WIB)),
        ("17 Djuli 1947", datetime(1947, 7, 17, tzinfo=WIB)),
        ("2 Mei 2020", datetime(2020, 5, 2, tzinfo=WIB)),
        ("2 Okt 2020", datetime(2020, 10, 2, tzinfo=WIB)),
        ("31 Des 1998", datetime(1998, 12, 31, tzinfo=WIB)),
        ("29/2/2024", datetime(2024, 2, 29, tzinfo=WIB)),
        ("14/6/98", datetime(1998, 6, 14, tzinfo=WIB)),
        (
            "Jumat, 20 Jumadil Awwal 1438 / 17 February 2017",
            datetime(2017, 2, 17, tzinfo=WIB),
        ),
    ],
)
def test_absolute_dates(text: str, expected: datetime) -> None:
    when = parse_date(text)

    assert when == expected
    assert when is not None
    assert when.utcoffset() is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 jam lalu", NOW - timedelta(hours=3)),
        ("3 jam yang lalu", NOW - timedelta(hours=3)),
        ("5 menit yg lalu", NOW - timedelta(minutes=5)),
        ("30 detik lalu", NOW - timedelta(seconds=30)),
        ("sejam yang lalu", NOW - timedelta(hours=1)),
        ("dua jam lalu", NOW - timedelta(hours=2)),
        ("2 hours ago", NOW - timedelta(hours=2)),
        ("Baru saja", NOW),
        ("hari ini", DAY),
        ("Hari ini, 10:22 WIB", DAY.replace(hour=10, minute=22)),
        ("kemarin", datetime(2023, 6, 13, tzinfo=WIB)),
        ("Kemarin pukul 10.00 WIB", datetime(2023, 6, 13, 10, tzinfo=WIB)),
        ("kemarin pukul 10.00 WITA", datetime(2023, 6, 13, 10, tzinfo=WITA)),
        ("2 hari lalu", datetime(2023, 6, 12, tzinfo=WIB)),
        ("seminggu lalu", datetime(2023, 6, 7, tzinfo=WIB)),
        ("minggu lalu", datetime(2023, 6, 7, tzinfo=WIB)),
        ("2 pekan lalu", datetime(2023, 5, 31, tzinfo=WIB)),
        ("sebulan yang lalu", datetime(2023, 5, 14, tzinfo=WIB)),
        ("4 bulan lalu", datetime(2023, 2, 14, tzinfo=WIB)),
        ("tahun lalu", datetime(2022, 6, 14, tzinfo=WIB)),
        ("Tayang: 2 hari lalu", datetime(2023, 6, 12, tzinfo=WIB)),
    ],
)
def test_relative_dates(text: str, expected: datetime) -> None:
    assert parse_date(text, NOW) == expected


def test_the_calendar_of_relative_dates_is_wib() -> None:
    just_past_midnight = datetime(2023, 6, 13, 17, 30, tzinfo=UTC)

    assert parse_date("hari ini", just_past_midnight) == DAY
    assert parse_date("hari ini", datetime(2023, 6, 14, 0, 30)) == DAY


def test_a_month_back_ends_with_the_month() -> None:
    assert parse_date("sebulan lalu", datetime(2023, 3, 31)) == datetime(2023, 2, 28, tzinfo=WIB)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Tidak Ditemukan",
        "14:52",
        "[]",
        "31 Februari 2023",
        "31/02/2023",
        "29/2/2023",
        "32 Juni 2023",
        "14/13/2023",
        "2023-06-31",
        "0000-00-00 00:00:00",
        "14 Juni 2023 25:99",
        "2023-06-14T25:00:00",
        "14 Juni 1944",
        "1 Januari 2101",
        "2101-01-01",
        "14 Juni",
        "Juni 2023",
        "2023",
        "2023-06",
        "0812-10-2020",
        "warga panen kemarin",
        "kemarin sore warga panen",
        "99999 tahun lalu",
        "14 Juni 2023" + " " * 200,
    ],
)
def test_what_cannot_be_read_is_none(text: str) -> None:
    assert parse_date(text, NOW) is None


def test_formats() -> None:
    assert format_date(EVENING) == "Rabu, 14 Juni 2023"
    assert format_date(date(2023, 6, 16)) == "Jumat, 16 Juni 2023"
    assert format_datetime(EVENING) == "Rabu, 14 Juni 2023 18:22 WIB"
    assert format_datetime(EVENING.replace(tzinfo=WIT)) == "Rabu, 14 Juni 2023 18:22 WIT"
    assert format_datetime(datetime(2023, 6, 14, 11, 22, tzinfo=UTC)) == format_datetime(EVENING)
    assert MONTHS[5] == "Juni"


PIECES = "14 6 2023 23 99 Juni Mei Peb / - . : , | 18 22 WIB WITA pukul kemarin lalu jam hari 3 T ("
WORDS = st.sampled_from([*PIECES.split(), "Z", "+07"])


@given(
    st.one_of(
        st.text(max_size=250),
        st.lists(WORDS, max_size=30).map(" ".join),
        st.lists(WORDS, max_size=30).map("".join),
    ),
    st.one_of(st.none(), st.datetimes(), st.datetimes(timezones=st.just(WIT))),
)
def test_any_text_is_a_date_with_a_zone_or_none(text: str, now: datetime | None) -> None:
    when = parse_date(text, now)

    assert when is None or when.utcoffset() is not None


@given(
    st.datetimes(
        min_value=datetime(1945, 1, 1),
        max_value=datetime(2100, 12, 31, 23, 59),
        timezones=st.sampled_from([WIB, WITA, WIT]),
    )
)
def test_what_is_formatted_reads_back(when: datetime) -> None:
    back = parse_date(format_datetime(when))

    assert back == when.replace(second=0, microsecond=0)
    assert back is not None
    assert back.utcoffset() == when.utcoffset()
