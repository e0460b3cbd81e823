"""The time of day beside a date: '18.22 WIB', 'pukul 10.00 (WITA)', '6:05 pm', '+0700'."""

from __future__ import annotations

import re
from datetime import timedelta, timezone
from typing import NamedTuple

WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesia, +07:00: Sumatra, Java, western and central Kalimantan."""
WITA = timezone(timedelta(hours=8), "WITA")
"""Central Indonesia, +08:00: Sulawesi, Bali, Nusa Tenggara, eastern and southern Kalimantan."""
WIT = timezone(timedelta(hours=9), "WIT")
"""Eastern Indonesia, +09:00: Maluku and Papua."""

_ZONES = {"wib": WIB, "wita": WITA, "wit": WIT, "z": timezone.utc, "gmt": timezone.utc}
_ZONES["utc"] = timezone.utc

_OFFSET = r"(?P<sign>[+-])(?P<oh>\d\d?)(?::?(?P<om>\d\d))?(?!\d)"
_ZONE = rf"[(\[]?\s*(?:(?P<zone>wita|wib|wit|gmt|utc|z)\b)?\s*(?:{_OFFSET})?"
_TIME = (
    r"(?<!\d)(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,](?P<f>\d{1,9}))?)?(?![\d])"
    rf"\s*(?:(?P<half>[ap])\.?m\b\.?)?\s*{_ZONE}\s*[)\]]?"
)
_WORD = r"(?:at|pada|jam|pukul|pkl|pk)\b\.?\s*:?\s*"
_WEEKDAY = r"senin|senen|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad"
_FLAGS = re.ASCII | re.IGNORECASE

_AFTER = re.compile(rf"(?:T|[\s,|/@()\[\]\u2022\u00b7\u2013\u2014-]*(?:{_WORD})?){_TIME}", _FLAGS)
_HOUR_AFTER = re.compile(
    rf"[\s,|(]*(?:jam|pukul|pkl|pk)\b\.?\s*(?P<h>\d{{1,2}})(?![\d:.]*\d)\s*{_ZONE}", _FLAGS
)
_ZONE_AFTER = re.compile(r"[\s,(]*(?P<zone>wita|wib|wit)\b\)?", _FLAGS)
_BEFORE = re.compile(
    rf"{_TIME}[\s,|/()\u2022\u00b7\u2013\u2014-]*(?:pada\s+)?(?:(?:{_WEEKDAY})[\s,]*)?[(\s]*$",
    _FLAGS,
)
_LOOK_BACK = 40
"""Characters before a date in which its time may stand: '18:22:05 (WITA) - Jum'at, '."""


class Clock(NamedTuple):
    """A time of day that may be impossible (25:99); whoever builds the datetime finds out.

    Attributes:
        hour, minute, second, micro: as printed; hours of am and pm are counted to 24.
        zone: WIB where none is printed.
        edge: the offset in characters where the time ends, or starts for a time before a date.
        zone_only: whether only a zone stood there.
    """

    hour: int
    minute: int
    second: int
    micro: int
    zone: timezone
    edge: int
    zone_only: bool = False


def clock_after(text: str, start: int) -> Clock | None:
    """The time that stands right at `start`, behind separators and words such as 'pukul'."""
    if start >= len(text):
        return None
    match = _AFTER.match(text, start) or _HOUR_AFTER.match(text, start)
    if match:
        return _clock(match, match.end())
    match = _ZONE_AFTER.match(text, start)
    if match:
        return Clock(0, 0, 0, 0, _ZONES[match["zone"].lower()], match.end(), zone_only=True)
    return None


def clock_before(text: str, end: int) -> Clock | None:
    """The time that stands right before `end`, perhaps with a weekday between."""
    if end < 4:
        return None
    first = max(0, end - _LOOK_BACK)
    match = _BEFORE.search(text[first:end])
    return _clock(match, first + match.start()) if match else None


def _clock(match: re.Match[str], edge: int) -> Clock:
    group = match.groupdict()
    hour = int(group["h"])
    if half := group.get("half"):
        # 12 am is midnight and 12 pm noon; 18.22 pm is a slip for 18.22.
        hour = hour % 12 + 12 * (half in "pP") if hour <= 12 else hour
    fraction = (group.get("f") or "")[:6]
    return Clock(
        hour,
        int(group.get("m") or 0),
        int(group.get("s") or 0),
        int(fraction.ljust(6, "0")) if fraction else 0,
        _zone(group),
        edge,
    )


def _zone(group: dict[str, str | None]) -> timezone:
    name, sign = group["zone"], group["sign"]
    if sign:
        offset = timedelta(hours=int(group["oh"] or 0), minutes=int(group["om"] or 0))
        if offset < timedelta(hours=24):
            return timezone(offset if sign == "+" else -offset)
    return _ZONES[name.lower()] if name else WIB
