"""Who wrote a page and how often it was read, from its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsearch.reading.counts import parse_count
from newsearch.reading.lines import Kind, Line

_AUTHOR = re.compile(
    r"^\W*(?:(?:di)?tulis(?: oleh)?|penulis|reporter|pewarta|peliput|kontributor|jurnalis|wartawan"
    r"|laporan|oleh|by|author)\b\s*:?\s*(?P<name>.*)$",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    r"^\W*(?:editor|redaktur|red|penyunting|sumber|source|photo\w*|foto\w*)\b", re.I
)
_ROLE_AFTER = re.compile(
    r"^(?P<name>.+?)\s*[-–|]?\s*\b(?:jurnalis|reporter|wartawan)$", re.IGNORECASE
)
_ROLE = re.compile(
    r"^(?:wartawan|reporter|kontributor|koresponden|jurnalis|tim|laporan|langsung|dari)\b[\s:]*",
    re.I,
)
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:(?:bin|binti|al|van|de)|[A-Z][\w.'’-]*)){0,5}")
_NOBODY = re.compile(
    r"\b(?:admin\w*|redaksi|red|tim|editor|desk|humas|newsroom|content|developer|team)\b", re.I
)
_NAME_AND_OUTLET = re.compile(r"^(?P<name>.{3,50}?)\s+[-–]\s+[\w.]+$")
_MAX_NAMES = 200
"""Characters of a list of authors."""
_DEGREE = 6
"""Characters of a degree behind a name: 'S.Pd', 'M.Si', 'MM'."""
_SIGNATURE = re.compile(
    r"(?:^|(?<=[.!?\"'”’*,])|(?<=[.!?\"'”’*,]\s))\s*[(\[]\s*(?P<sign>[^()\[\]]{1,40}?)\s*[)\]]\W*$"
)
_LINE_NAME = re.compile(r"^(?:[A-Z][a-z'’.-]+)(?: [A-Z][a-z'’.]*){1,3}$")
_VIEWS_HERE = re.compile(r"\bberita ini (?P<n>[\d.,]+\s?\w?) ?kali di(?:baca|lihat)", re.IGNORECASE)
_VIEWS = re.compile(
    r"(?:\b(?:di(?:baca|lihat)|read|views?|hits)\s*:?\s*(?P<a>\d[\d.,]*(?:\s?(?:k|rb|jt))?)(?:\s*(?:kali|x|times)|$)"
    r"|(?<![\d.,])(?P<b>\d[\d.,]*(?:\s?(?:k|rb|jt))?)\s*(?:kali\s+di(?:baca|lihat)|x\s+dibaca|views?|pembaca|hits)\b)",
    re.IGNORECASE,
)


def find_authors(head: Sequence[Line], tail: Sequence[Line], source: str | None) -> list[str]:
    """The authors named by labels in the lines around the body, best label first.

    Args:
        head: the lines between the headline and the body.
        tail: the lines right below the body.
        source: the outlet, whose name is taken out of 'Laporan wartawan Radar Baru Budi'.
    """
    for lines in (head, tail):
        for index, line in enumerate(lines):
            following = lines[index + 1] if index + 1 < len(lines) else None
            names = _labelled(line, following, source)
            if names:
                return names
    return _unlabelled(head)


def split_signature(text: str) -> tuple[str, str | None]:
    """Take '(Denny)', '(red)' or '(ER)***' off the end of a paragraph.

    Returns:
        The paragraph without it and what stood between the brackets, or None.
    """
    match = _SIGNATURE.search(text[-80:])
    if not match or not _is_signature(match["sign"]):
        return text, None
    cut = len(text) - len(text[-80:]) + match.start()
    return text[:cut].rstrip(), match["sign"]


def signed_author(sign: str) -> list[str]:
    """The author in a signature; initials, 'red' and agencies are none."""
    if sign.isupper() or "/" in sign or not _NAME.fullmatch(sign) or _NOBODY.search(sign):
        return []
    return [sign] if len(sign) > 3 else []


def find_views(lines: Iterable[Line], near: Iterable[Line]) -> int | None:
    """How often the page was read.

    Args:
        lines: all lines, in which only 'Berita ini 2 kali dibaca' counts.
        near: the lines next to the body; further off the counts are those of other articles.
    """
    for line in lines:
        if len(line.text) < 80 and (match := _VIEWS_HERE.search(line.text)):
            return parse_count(match["n"])
    for line in near:
        if len(line.text) < 120 and (match := _VIEWS.search(line.text)):
            return parse_count(match["a"] or match["b"])
    return None


def _is_signature(sign: str) -> bool:
    if sign == "*" or len(sign.split()) <= 1:
        return True
    return _NAME.fullmatch(sign) is not None or "/" in sign


def _labelled(line: Line, following: Line | None, source: str | None) -> list[str]:
    if len(line.text) > 160:
        return []
    for part in line.text.split("|"):
        match = _AUTHOR.match(part)
        if not match or _EDITOR.match(part) or (line.kind is not Kind.BYLINE and ":" not in part):
            continue
        value = match["name"].strip(" :-")
        if not value and part == line.text:
            value = _value_below(following)
        names = _names(value, source)
        if names:
            return names
    return []


def _value_below(line: Line | None) -> str:
    """The name on the line below a label that stands alone."""
    if line is None or line.kind not in (Kind.TEXT, Kind.BYLINE) or _EDITOR.match(line.text):
        return ""
    if _AUTHOR.match(line.text) and not line.text.startswith(":"):
        return ""
    return line.text.strip(" :-")


def person_names(text: str) -> list[str]:
    """The persons that a page's metadata names; desks, teams and addresses are none."""
    return _names(text, None) if len(text) <= _MAX_NAMES and "://" not in text else []


def _names(value: str, source: str | None) -> list[str]:
    names: list[str] = []
    for part in re.split(r"[,;&/]| dan ", value):
        if names and len(part.strip()) <= _DEGREE and ("." in part or part.isupper()):
            continue
        name = _without_outlet(_ROLE.sub("", part.strip()), source).strip(" .-*")
        # A single word with a dot is the outlet's address.
        alone = " " not in name and "." in name[1:-3]
        if _NAME.fullmatch(name) and not _NOBODY.search(name) and not alone:
            names.append(name)
    # 'Kontributor Lhokseumawe, Masriadi': before the comma stands where and not who.
    if len(names) > 1 and _ROLE.match(value):
        names = names[-1:]
    return names


def _without_outlet(name: str, source: str | None) -> str:
    """'Radar Baru Budi Santoso' without the words that make up 'radarbaru.example'."""
    stem = re.sub(r"\W", "", (source or "").lower().partition(".")[0])
    tokens = name.split()
    for count in range(len(tokens) - 1, 0, -1):
        joined = re.sub(r"\W", "", "".join(tokens[:count]).lower())
        if stem and (joined == stem or joined == re.sub(r"\W", "", (source or "").lower())):
            return " ".join(tokens[count:])
    return name


def _unlabelled(head: Sequence[Line]) -> list[str]:
    """A name that stands alone right above the date, or with the outlet or its role beside it."""
    for index, line in enumerate(head[:-1]):
        following = head[index + 1]
        if len(line.text) > 60 or line.kind not in (Kind.TEXT, Kind.BYLINE):
            continue
        match = _NAME_AND_OUTLET.match(line.text) or _ROLE_AFTER.match(line.text)
        name = match["name"] if match else line.text
        role_below = following.text.strip(" -").lower() in ("jurnalis", "reporter", "wartawan")
        near_date = following.kind is Kind.DATE
        beside = match or (_LINE_NAME.match(name) and (near_date or role_below))
        if beside and _NAME.fullmatch(name):
            return [] if _NOBODY.search(name) else [name]
    return []
