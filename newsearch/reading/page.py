"""read_page(): the plain text of one web page → Article.

The page is cut into lines and each line is classified (lines.py). The body is the run of lines
with the most prose; the headline is the line above it that shares its words and stands by the
date; date, authors and views are looked for next to these two only, because further off they
belong to other articles.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsearch.article import MAX_TEXT, Article
from newsearch.errors import ArticleError
from newsearch.reading.body import find_body, find_run
from newsearch.reading.byline import find_authors, find_views, signed_author
from newsearch.reading.dateline import looks_like_site
from newsearch.reading.dates import FoundDate
from newsearch.reading.headline import dated_headline, find_headline
from newsearch.reading.lines import Kind, Line, split_lines

__all__ = ["read_page"]

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(
    r"</?(?:div|p|span|script|meta|a|br|img|article|h[1-6]|ul|li|table)\b[^<>]*>", re.I
)
_HTML_TAGS = 5
"""Tags in the first characters of a page from which on it is HTML."""
_HTML_LOOK = 20_000
_DATE_ABOVE, _DATE_BELOW = 3, 40
"""Lines around the headline in which its date may stand; buttons and names come between."""
_TAIL_REACH = 12
"""Lines below the body in which 'Penulis:' and 'Dibaca' still belong to this article."""
_MAX_PLACE_WORDS = 5


def read_page(text: str, url: str | None = None) -> Article:
    """Read the plain text of one web page.

    Args:
        text: the page as it was scraped, with menus, promos and lists.
        url: where it stood; the source is taken from it where the page does not name one.

    Returns:
        The Article: the headline, the body as paragraphs joined by newlines without dateline,
        promos and signature, the date with its zone, source, authors and views. The place of the
        dateline ('Kabupaten OKI') stands in `dateline` as printed.

    Raises:
        ArticleError: an empty page, HTML (not read yet), no headline or no body, a page too large.
    """
    if len(text) > 2 * MAX_TEXT:
        raise ArticleError(f"the page has {len(text):,} characters, more than {2 * MAX_TEXT:,}")
    if _is_html(text):
        raise ArticleError("HTML pages are not read yet; pass the text of the page")
    lines = split_lines(text)
    if not lines:
        raise ArticleError("the page is empty")
    run = find_run(lines)
    title_at = find_headline(lines, run)
    if title_at is None:
        raise ArticleError("the page has no headline above its text")
    body = find_body(lines, run, title_at)
    if not body.paragraphs:
        raise ArticleError("the page has no text below its headline")
    above = [line for line in lines[max(0, title_at - 3) : title_at] if line.kind is Kind.BYLINE]
    head, tail = lines[title_at + 1 : body.start], lines[body.end : body.end + _TAIL_REACH]
    title, title_date = split_title(dated_headline(lines[title_at]))
    if not title:
        raise ArticleError("the page has no headline above its text")
    found = title_date or _find_date(lines, title_at, body.start)
    source = _source(body.source, url)
    return Article(
        title=title,
        text="\n".join(body.paragraphs),
        published=found.when if found else None,
        source=source,
        url=url,
        authors=tuple(
            find_authors([*above, *head], tail, body.source) or signed_author(body.signature or "")
        ),
        dateline=_place(body.place),
        views=find_views(lines, [*lines[max(0, title_at - 3) : body.start], *_near(tail)]),
    )


def split_title(line: Line) -> tuple[str, FoundDate | None]:
    """The headline without the quote mark, date or outlet that the scrape left in its line."""
    title, found = line.text, line.date
    if found is not None and line.kind is not Kind.DATE:
        # A crawler's 'date 2024-01-27 Tambak Bandeng Panen Raya'.
        title = title[found.end :]
    title = title.strip(" -|#*")
    # A quote mark that opens nothing is a leftover of the markup.
    if title.endswith('"') and title.count('"') == 1:
        title = title[:-1]
    return title, found


def _is_html(text: str) -> bool:
    head = text[:_HTML_LOOK]
    if _HTML_START.match(head):
        return True
    return "<" in head and len(_HTML_TAG.findall(head)) >= _HTML_TAGS


def _find_date(lines: list[Line], title_at: int, body_start: int) -> FoundDate | None:
    """The date next to the headline: below it best, with a time of day best of all."""
    best: tuple[float, FoundDate] | None = None
    for index in range(max(0, title_at - _DATE_ABOVE), min(body_start, title_at + _DATE_BELOW)):
        found = lines[index].date
        if found is None:
            continue
        distance = index - title_at if index > title_at else 2 * (title_at - index)
        score = 4.0 * found.has_time - 0.5 * distance
        if best is None or score > best[0]:
            best = score, found
    return best[1] if best else None


def _near(tail: list[Line]) -> list[Line]:
    """The lines below the body up to the first list of other articles."""
    for index, line in enumerate(tail):
        if line.kind in (Kind.LIST_HEAD, Kind.DATE):
            return tail[:index]
    return tail


def _source(printed: str | None, url: str | None) -> str | None:
    if printed:
        return printed.lower() if looks_like_site(printed) else printed
    if url:
        try:
            host = urlsplit(url).hostname
        except ValueError:
            return None
        return host.removeprefix("www.") if host else None
    return None


def _place(name: str | None) -> str | None:
    """A name from the dateline that is short enough for a place."""
    return name if name and len(name.split()) <= _MAX_PLACE_WORDS else None
