"""The lines of a page scrape and what each of them is: prose, promo, date, noise.

A scrape has lost its markup, so the words and the shape of a line have to tell. The rules are
those of Indonesian news sites in general; none of them names a site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from newsearch.reading import boilerplate
from newsearch.reading.dates import FoundDate, find_date

MAX_DATE_LINE = 160
"""Characters of a line that may be the date line."""


class Kind(Enum):
    """What a line is."""

    PROSE = auto()
    """A sentence or more."""
    TEXT = auto()
    """Anything short: headline, subhead, list item, menu entry, name."""
    DATE = auto()
    """A date with at most a few words beside it."""
    PROMO = auto()
    """A whole promo in one line: 'Baca Juga : Harga Cabai Turun'."""
    LIST_HEAD = auto()
    """The head of a list of other articles: 'Berita Terkait'."""
    BYLINE = auto()
    """Who wrote or edited it: 'Penulis: Denny'."""
    CAPTION = auto()
    """What is in a picture and whose picture it is."""
    NOISE = auto()
    """Buttons, counters, menus, advertisements."""
    END = auto()
    """What stands only below an article: comments, tags, copyright."""


@dataclass(slots=True)
class Line:
    """One line of a page that is not blank.

    Attributes:
        text: the line, whitespace collapsed.
        kind: what it is.
        date: the date in it, of a DATE line.
        bulleted: whether it started with a bullet or a number.
    """

    text: str
    kind: Kind
    date: FoundDate | None = None
    bulleted: bool = False


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\0]")
_BULLET = re.compile(r"^(?:[-•·*▪●○»>]+|\d{1,2}[.)])\s+")
_EDGE = " -–—•·|>»«*#:.!"
_SENTENCE_END = re.compile(
    r"[.!?…][\"'”’)\]*]*$|[\"”’][)\]*]*$|[.!?\"”]\s*[(\[][^()\[\]]{1,40}[)\]]\W*$"
)
_TAIL = 60
"""Characters at the end of a line that tell whether it is a sentence."""
_MAX_CAPTION = 600
"""Characters of a caption; those of agencies hold two sentences."""
_LONG = 25
"""Words from which on a line is no headline; it is prose unless it is a menu."""
_SEPARATORS = "|·•#»"
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_MAX_DATE_COMPANY = 4
"""Words that may stand beside the date in a date line: an outlet, a section or a name."""


def split_lines(text: str) -> list[Line]:
    """The lines of a page that are not blank, each with its kind."""
    lines = []
    for raw in visible(text).splitlines():
        line = " ".join(raw.split())
        if line:
            lines.append(classify(line))
    return lines


def visible(text: str) -> str:
    """A text without the characters that nobody sees: soft hyphens, marks of direction, NULs."""
    return _INVISIBLE.sub("", text)


def classify(line: str) -> Line:
    """What one line (whitespace collapsed, not empty) is."""
    bulleted = _BULLET.match(line) is not None
    core = line.strip(_EDGE)
    if not core or _is_noise(line, core):
        return Line(line, Kind.NOISE, bulleted=bulleted)
    for kind, pattern in ((Kind.END, boilerplate.END), (Kind.LIST_HEAD, boilerplate.LIST_HEAD)):
        if len(core) < 60 and pattern.fullmatch(core):
            return Line(line, kind, bulleted=bulleted)
    if boilerplate.TAGS.match(line):
        return Line(line, Kind.END, bulleted=bulleted)
    if len(line) < 200 and boilerplate.PROMO.match(line):
        return Line(line, Kind.PROMO, bulleted=bulleted)
    found = _date_of(line)
    if found is not None:
        return Line(line, Kind.DATE, found, bulleted)
    return Line(line, _kind_of_text(line), bulleted=bulleted)


def words(text: str) -> list[str]:
    """The words of a text, without numbers and punctuation."""
    return _WORD.findall(text)


def _is_noise(line: str, core: str) -> bool:
    if len(line) > 160:
        return False
    if boilerplate.NOISE.fullmatch(core):
        return True
    tokens = core.lower().split()
    return all(
        token.strip(".,:;()|/") in boilerplate.NOISE_WORDS or token.isdigit() for token in tokens
    )


def _date_of(line: str) -> FoundDate | None:
    """The date of a line that is little more than a date."""
    if len(line) > MAX_DATE_LINE:
        return None
    found = find_date(line)
    if found is None:
        return None
    company = words(
        boilerplate.DATE_COMPANY.sub(" ", line[: found.start] + " | " + line[found.end :])
    )
    # 'Kamis, 19 September 2019.' is the end of a sentence that the scrape cut at a link.
    if len(company) > _MAX_DATE_COMPANY or line.endswith("."):
        return None
    return found


def _kind_of_text(line: str) -> Kind:
    if boilerplate.BYLINE.match(line) and not _BULLET.match(line):
        return Kind.BYLINE
    if len(line) <= _MAX_CAPTION and boilerplate.CAPTION.search(line):
        return Kind.CAPTION
    return Kind.PROSE if is_prose(line) else Kind.TEXT


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence and not like a headline.

    Headlines have no full stop and mostly capitals; sentences end in punctuation, or are long and
    mostly small letters.
    """
    tokens = words(line)
    if len(tokens) < 3:
        return False
    if len(tokens) >= _LONG:
        return sum(map(line.count, _SEPARATORS)) < 3
    capitals = sum(token[0].isupper() for token in tokens) / len(tokens)
    if _SENTENCE_END.search(line[-_TAIL:]):
        return capitals < 0.6 or line.rstrip("\"”’')*] ").endswith(".")
    return capitals < (0.5 if len(tokens) >= 20 else 0.3) and len(tokens) >= 12
