"""The dateline that opens a report: 'Jakarta (ANTARA) - ', 'Kabupaten OKI – desa.example – '."""

from __future__ import annotations

import re

__all__ = ["looks_like_site", "split_dateline"]

_LOOK = 160
"""Characters in which a dateline has to end; the longest seen has 70."""

# A place is up to five words that start with a capital: 'Kabupaten OKI', 'BANDAR LAMPUNG'.
_PLACE = r"[A-Z][A-Za-z'’]*(?:[ -][A-Z][A-Za-z'’]*){0,4}"
_PLACES = rf"(?P<place>{_PLACE})(?:,\s*{_PLACE})?"
_DOMAIN = r"[A-Za-z0-9][\w-]+(?:\.[A-Za-z][A-Za-z-]+)+"
# 'visual lampung.com', 'KOMPAS com': spaces slipped into the name.
_SITE = rf"(?P<source>(?:[A-Za-z]\w{{1,14}} ){{0,2}}{_DOMAIN}|[A-Z]\w+ (?:com|co\.id|id|net)\b)"
_OUTLET = r"(?P<source>[A-Za-z0-9][\w.@&/]*(?:[ -][A-Za-z0-9][\w.@&/]*){0,4})"
_DAY = r"(?:,?\s*\d{1,2}[/ ]\w{1,9}(?:[/ ]\d{4})?)?"
_DASH = r"\s*(?:\.?\s?[-–—]{1,2}|\|)\s*"
# A hyphen between place and lead needs a space, or it joins a word ('Jakarta-Bandung').
_SPACED = r"(?:\s+[-–—]{1,2}\s*|\s*(?:--|[–—]|\|)\s*|\s*[-–—]{1,2}\s+)"
_LEAD = r"(?=[\"'“‘”(]?\s?[A-Z0-9])"

_WITH_SOURCE = [
    re.compile(pattern)
    for pattern in (
        rf"{_PLACES}{_DAY},?\s*\({_OUTLET}\)\.?{_DASH}",  # Jakarta (ANTARA) -
        rf"{_PLACES}{_DASH}{_SITE}{_DASH}",  # Kabupaten OKI – keizalinnews.com –
        rf"{_PLACES}\s*[,:]\s*{_SITE}(?:{_DASH}|\.{_LEAD})",  # KENDARI, KOMPAS.com -
        rf"{_SITE}\s*[,|:/]\s*\(?{_PLACES}\)?{_DASH}",  # Liputan6.com, Jakarta -
        rf"{_SITE}{_SPACED}{_PLACES}{_SPACED}",  # suara.example - Semarang -
        rf"{_SITE}\s*\({_PLACES}\){_DASH}",  # suara.example (Semarang) -
    )
]
# The day in brackets where an outlet would be: 'Bogor, Rabu (14/6/2023) - '.
_DATED = re.compile(
    rf"{_PLACES},?\s*\(\d{{1,2}}(?:[/-]\d{{1,2}}(?:[/-]\d{{2,4}})?|\s\w{{3,9}}(?:\s\d{{4}})?)\)\.?{_DASH}"
)
_SITE_ALONE = re.compile(rf"{_SITE}{_SPACED}{_LEAD}")
_TWO_NAMES = re.compile(
    rf"(?P<first>{_PLACE}),\s*(?P<second>[A-Za-z]\w+(?: [A-Z]\w+){{0,2}}){_DASH}{_LEAD}"
)
_PLACE_ALONE = re.compile(rf"(?P<place>{_PLACE}){_SPACED}{_LEAD}")
_SHOUTED = re.compile(rf"(?P<place>[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,3}})\s?[-–—]{_LEAD}")

# Words in the names of outlets; a name with one of them is no place.
_MEDIA = re.compile(
    r"antara|beritasatu|berita|bisnis|cnbc|cnn|detik|ekspres|express|fajar|harian|inews|jpnn|kabar"
    r"|kompas|koran|liputan|media|merdeka|metro ?tv|news|online|okezone|pikiran rakyat|post?\b"
    r"|radar|republika|rmol|sindo|suara|tempo|tribun|tv\b|viva|warta",
    re.IGNORECASE,
)


def split_dateline(text: str) -> tuple[str | None, str | None, str]:
    """Take the dateline off a report.

    Args:
        text: the body, which may start with a dateline.

    Returns:
        The place ('Kabupaten OKI'), the source ('keizalinnews.com') and the rest of the text.
        Place and source are as printed, or None where the dateline lacks them; without a
        dateline the rest is the whole text.
    """
    text = text.lstrip()
    head = text[:_LOOK]
    if (match := _DATED.match(head)) and text[match.end() :].strip():
        return match["place"], None, text[match.end() :]
    for pattern in _WITH_SOURCE:
        match = pattern.match(head)
        if match and text[match.end() :].strip():
            return _named(match["place"], match["source"], text[match.end() :])
    return _split_plain(text, head)


def looks_like_site(name: str) -> bool:
    """Whether a name is a domain: 'keizalinnews.com', 'TRIBUNLAMPUNG.CO.ID'."""
    return re.fullmatch(_DOMAIN, name) is not None


def _split_plain(text: str, head: str) -> tuple[str | None, str | None, str]:
    """Datelines of one name, or of two whose order only the names tell."""
    if match := _SITE_ALONE.match(head):
        return None, match["source"], text[match.end() :]
    if match := _TWO_NAMES.match(head):
        return _two_names(match["first"], match["second"], text[match.end() :])
    if match := _PLACE_ALONE.match(head) or _SHOUTED.match(head):
        if _MEDIA.search(match["place"]):
            return None, match["place"], text[match.end() :]
        return match["place"], None, text[match.end() :]
    return None, None, text


def _two_names(first: str, second: str, rest: str) -> tuple[str | None, str | None, str]:
    if _MEDIA.search(first) and not _MEDIA.search(second):
        return second, first, rest
    # 'Mataram, NTB - ': the second name is a place as well, the first is the nearer one.
    return first, second if _MEDIA.search(second) else None, rest


def _named(place: str, source: str, rest: str) -> tuple[str | None, str | None, str]:
    """'RADAR (Bandung) - ' has its names the other way round."""
    if _MEDIA.search(place) and not _MEDIA.search(source) and not looks_like_site(source):
        place, source = source, place
    return place, source, rest
