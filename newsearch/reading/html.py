"""One HTML page → Article: what its lines say, weighed against what its metadata says."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from newsearch.article import Article
from newsearch.errors import ArticleError
from newsearch.reading.addresses import canonical, host_of, site_name
from newsearch.reading.byline import person_names
from newsearch.reading.dates import WIB, FoundDate
from newsearch.reading.layout import lay_out
from newsearch.reading.lines import Kind, Line, classify, visible, words
from newsearch.reading.markup import Printed, parse_html, printed_lines
from newsearch.reading.metadata import Metadata, read_metadata

_LINKED = 0.8
"""Part of a line that is a link from which on it leads to another article."""
_LINK_WORDS = 4
"""Words of such a line; shorter ones are names and sections."""
_LIST_REACH = 6
"""Lines from one entry of a list of articles to the next."""
_TITLE_PART = 0.4
"""Part of the page's own title that a line must have to be its headline."""
_SAME_WORDS = 0.6
"""Part of the words that a heading and the page's title share where an editor changed one."""
_SLIP = timedelta(minutes=10)
"""How far apart the printed time and that of the metadata may be and mean the same clock."""
_SEVERAL = re.compile(r"</html\s*>\s*(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype|html)\b", re.I)


def read_html(text: str, url: str | None = None) -> Article:
    """Read one HTML page; see read_page.

    Raises:
        ArticleError: an empty page, no headline or no body, a list of articles, several pages.
        ReadError: the packages for HTML are not installed.
    """
    if _SEVERAL.search(text):
        raise ArticleError("the file holds several pages; save each in a file of its own")
    tree = parse_html(text)
    about = read_metadata(tree)
    printed = [line for line in printed_lines(tree) if visible(line.text).strip()]
    lines = [_line(one) for one in printed]
    if not lines:
        raise ArticleError("the page is empty")
    _mark_teasers(lines, printed)
    title_at = _headline(printed, about)
    page = lay_out(lines, title_at)
    address = canonical(about.urls, url)
    return Article(
        title=page.title,
        text="\n".join(page.paragraphs),
        published=reconcile(about.dates[0] if about.dates else None, page.date),
        source=page.source or _site(about, address),
        url=address,
        authors=page.authors or _authors(about, address),
        dateline=page.place,
        views=page.views,
    )


def reconcile(told: FoundDate | None, seen: FoundDate | None) -> datetime | None:
    """The date of a page.

    Args:
        told: by its metadata, which has seconds and no doubt about the day, but often the wrong
            zone: local time with a Z.
        seen: printed beside the headline, with the zone that readers know.
    """
    if told is None or seen is None:
        found = told or seen
        return _local(found.when, WIB) if found else None
    wall, printed = told.when.replace(tzinfo=None), seen.when.replace(tzinfo=None)
    midnight = not told.has_time or wall == wall.replace(hour=0, minute=0, second=0, microsecond=0)
    if seen.has_time and midnight and wall.date() == printed.date():
        return seen.when
    if seen.has_time and told.has_time and abs(wall - printed) <= _SLIP:
        return wall.replace(tzinfo=seen.when.tzinfo)
    zone = seen.when.tzinfo if seen.has_time else WIB
    return _local(told.when, zone if isinstance(zone, timezone) else WIB)


def _local(when: datetime, zone: timezone) -> datetime:
    """A moment in UTC in the zone of its readers: in Indonesia its day may be the next."""
    return when.astimezone(zone) if when.utcoffset() == timedelta(0) else when


def _line(one: Printed) -> Line:
    """The line with its kind, where the markup knows better than the words."""
    line = classify(" ".join(visible(one.text).split()))
    if line.kind in (Kind.PROSE, Kind.TEXT):
        if one.linked >= _LINKED and not one.heading and len(words(line.text)) >= _LINK_WORDS:
            line.kind = Kind.PROMO
        elif one.caption:
            line.kind = Kind.CAPTION
    return line


def _mark_teasers(lines: list[Line], printed: list[Printed]) -> None:
    """Below 'Berita Terkait', what follows a linked heading tells about another article."""
    listed = -_LIST_REACH
    for index, one in enumerate(printed):
        if lines[index].kind is Kind.LIST_HEAD:
            listed = index
        elif one.linked >= _LINKED and one.heading:
            lines[index].kind = Kind.PROMO if one.heading > 1 else lines[index].kind
            if index - listed < _LIST_REACH and index + 1 < len(lines):
                listed = index
                if lines[index + 1].kind is Kind.PROSE:
                    lines[index + 1].kind = Kind.PROMO


def _headline(printed: list[Printed], about: Metadata) -> int | None:
    """The line that is the page's title, or None where no line is like it."""
    own = [(_key(title), {*_content(title)}) for title in about.titles]
    best: tuple[float, int] | None = None
    for index, line in enumerate(printed):
        # A linked headline leads to another article, unless it is the heading of this page.
        if line.linked >= _LINKED and line.heading != 1:
            continue
        score = _likeness(line, own)
        if score and (best is None or score > best[0]):
            best = score, index
    return best[1] if best else None


def _likeness(line: Printed, own: list[tuple[str, set[str]]]) -> float:
    """How much a line is like the titles of its page; 0.0 for not at all."""
    key = _key(line.text)
    if len(key) < 4 or len(line.text) > 300:
        return 0.0
    if not line.heading and len(line.text.split()) < 3:  # the name of the outlet
        return 0.0
    for title, content in own:
        if key in title and len(key) >= _TITLE_PART * len(title):
            return 2.0 + 0.2 * (line.heading > 0) + 0.1 * (line.heading == 1)
        if line.heading in (1, 2) and content:
            mine = {*_content(line.text)}
            shared = len(mine & content) / max(len(mine), len(content))
            if shared >= _SAME_WORDS:
                return shared
    return 0.0


def _key(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _content(text: str) -> list[str]:
    return [word.lower() for word in words(text) if len(word) > 3]


def _site(about: Metadata, url: str | None) -> str | None:
    """The outlet: the name that the page gives itself, else its host."""
    for name in about.sites:
        if 1 < len(name) <= 60:
            return name
    return host_of(url)


def _authors(about: Metadata, url: str | None) -> tuple[str, ...]:
    """Authors of the metadata that are persons and not the outlet itself."""
    outlets = {_key(name) for name in about.sites}
    outlets.add(site_name(host_of(url) or "").partition(".")[0])
    names = [name for text in about.authors for name in person_names(text)]
    # 'Warta Sore Digital' is the outlet 'Warta Sore' by another name.
    kept = [name for name in names if not any(one and one in _key(name) for one in outlets)]
    return tuple(dict.fromkeys(kept))
