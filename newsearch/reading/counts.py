"""How often an article was read: '1.234', '53,203 kali', '1.3k', '2,5 rb'."""

from __future__ import annotations

import re

_COUNT = re.compile(
    r"(?<![\d.,-])(?:(?P<grouped>\d{1,3}(?:[.,]\d{3})+)|(?P<plain>\d{1,18})(?:[.,](?P<rest>\d{1,2}))?)"
    r"(?![\d])\s*(?P<unit>rb|ribu|k|jt|juta|m)?\b",
    re.ASCII | re.IGNORECASE,
)
_UNITS = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}
_UNITS["m"] = 1_000_000


def parse_count(value: object) -> int | None:
    """A whole number of at least 0 from a number or a text, or None where there is none.

    Dots and commas group thousands in both languages: '1.234' and '1,234' are 1234; '12.0' is 12
    and '1,3k' is 1300.
    """
    if isinstance(value, str):
        return _from_text(value[:100])
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < 2**62 else None


def _from_text(text: str) -> int | None:
    match = _COUNT.search(text)
    if not match:
        return None
    if match["grouped"]:
        number = float(int(re.sub("[.,]", "", match["grouped"])))
    else:
        number = float(f"{match['plain']}.{match['rest'] or 0}")
    number *= _UNITS.get((match["unit"] or "").lower(), 1)
    return int(number) if number < 2**62 else None
