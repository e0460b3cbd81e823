"""The place at the start of a report: 'KENDARI, KOMPAS.com -', 'Jakarta (ANTARA) -'."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = 600  # characters; a quotation may stand before the dateline of ANTARA
_MOST_WORDS = 9
_OPENING = 90  # characters within which the first dash stands
_DASH = re.compile("[-–—]")
_DASHED = re.compile(r"\s*([^\n]{2,80}?)\s*(?:--|—|–|-(?=\s)|(?<=\s)-)")
_ANTARA = re.compile(
    r"([A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2}),?(?: [A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)? \(ANTARA\)"
)
_OUTLET = re.compile(r"\S+\.(?:com|co|id|net|news)\b\S*", re.IGNORECASE)
_LOWER_WORD = re.compile(r"\b[a-z]{2,}\b")


class Dateline(NamedTuple):
    """A dateline: the text that holds its place, without the outlet, and where it ends."""

    place: str
    end: int


def find_dateline(text: str) -> Dateline | None:
    """Return the dateline at the start of a report, or None.

    Names of outlets are taken out of it: 'TRIBUN-BALI.COM, DENPASAR' is about Denpasar.
    """
    head = text[:_HEAD]
    if "(ANTARA)" in head:
        match = _ANTARA.search(head)
        if match is not None:
            return Dateline(match[1], match.end())
    # Three of four texts have no dash there, which is seen in a tenth of the time.
    match = _DASHED.match(head) if _DASH.search(head.lstrip()[:_OPENING]) else None
    if match is None:
        return None
    # A second dash parts the outlet from the report: 'Kabupaten OKI – keizalinnews.com – …'.
    place = _OUTLET.sub(" ", match[1])
    if len(place.split()) > _MOST_WORDS or _LOWER_WORD.search(place):
        return None
    return Dateline(place, match.end())
