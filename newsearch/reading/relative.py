"""Relative dates: '3 jam lalu', 'kemarin pukul 10.00 WIB', 'seminggu yang lalu'."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from newsearch.reading.times import WIB, clock_after

_NUMBER_NAMES = (
    "satu se sebuah a an one",
    "dua two",
    "tiga three",
    "empat four",
    "lima five",
    "enam six",
    "tujuh seven",
    "delapan eight",
    "sembilan nine",
    "sepuluh ten",
)
_NUMBERS = {name: n for n, names in enumerate(_NUMBER_NAMES, 1) for name in names.split()}
_SECONDS = {"detik": 1, "second": 1, "menit": 60, "minute": 60, "jam": 3600, "hour": 3600}
_DAYS = {"hari": 1, "day": 1, "minggu": 7, "pekan": 7, "week": 7}
_MONTHS_OF = {"bulan": 1, "month": 1, "tahun": 12, "year": 12}
_UNITS = "|".join((*_SECONDS, *_DAYS, *_MONTHS_OF))
_DAY_WORDS = {
    "hari ini": 0,
    "today": 0,
    "kemarin": 1,
    "kemaren": 1,
    "yesterday": 1,
    "kemarin lusa": 2,
    "kemarin dulu": 2,
}
_FLAGS = re.ASCII | re.IGNORECASE
# A label before the date ('Diterbitkan: ') ends in a colon; a few go without.
_LABEL = r"(?:[\w. ]{1,40}:\s*|(?:last\s+)?(?:updated?|published|diperbarui|diterbitkan)\s+)?"
_AGO = re.compile(
    rf"{_LABEL}(?:sekitar\s+|about\s+)?(?:(?P<n>\d{{1,4}}|{'|'.join(_NUMBERS)})\s*)?"
    rf"(?P<unit>{_UNITS})s?\s+(?:(?:yang|yg)\s+)?(?:lalu|silam|ago)\b[\s,|-]*",
    _FLAGS,
)
_DAY = re.compile(
    rf"{_LABEL}(?P<day>{'|'.join(sorted(_DAY_WORDS, key=len, reverse=True))})\b", _FLAGS
)
_NOW = re.compile(rf"{_LABEL}(?:baru saja|barusan|sekarang|just now|now)", _FLAGS)


def parse_relative(text: str, now: datetime | None) -> datetime | None:
    """The datetime of a relative date that is the whole text (whitespace collapsed), or None.

    Seconds, minutes and hours keep the time of day; days and more are midnight, or the time that
    is printed beside them. The calendar is WIB's, or that of the zone that is printed.
    """
    if _NOW.fullmatch(text):
        return _present(now)
    match = _AGO.match(text) or _DAY.match(text)
    if not match:
        return None
    clock = clock_after(text, match.end())
    end = match.end() if clock is None else clock.edge
    if text[end:].strip(" .,|)"):
        return None
    base = _present(now)
    if clock is not None:
        base = base.astimezone(clock.zone)
    try:
        when = _step(match, base)
        if clock is not None:
            return when.replace(
                hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=clock.micro
            )
        return when
    except (ValueError, OverflowError):
        return None


def _present(now: datetime | None) -> datetime:
    if now is None:
        return datetime.now(WIB).replace(microsecond=0)
    # Naive times are WIB, as everywhere in this room; the edges of the calendar cannot move.
    try:
        return now.replace(tzinfo=WIB) if now.tzinfo is None else now.astimezone(WIB)
    except OverflowError:
        return now


def _step(match: re.Match[str], base: datetime) -> datetime:
    """The moment that the match names, counted back from `base`."""
    group = match.groupdict()
    midnight = base.replace(hour=0, minute=0, second=0, microsecond=0)
    if day := group.get("day"):
        return midnight - timedelta(days=_DAY_WORDS[day.lower()])
    word, unit = (group["n"] or "1").lower(), group["unit"].lower()
    number = int(word) if word.isdigit() else _NUMBERS[word]
    if unit in _SECONDS:
        return base - timedelta(seconds=number * _SECONDS[unit])
    if unit in _DAYS:
        return midnight - timedelta(days=number * _DAYS[unit])
    return _months_back(midnight, number * _MONTHS_OF[unit])


def _months_back(when: datetime, months: int) -> datetime:
    """The same day `months` earlier, or the last day of a month that is shorter."""
    year, month = divmod(when.year * 12 + when.month - 1 - months, 12)
    for day in range(when.day, when.day - 4, -1):
        try:
            return when.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise ValueError("before the first year")
