"""The lines of one page → headline, body, date, authors: what both kinds of page share.

The body is the run of lines with the most prose; the headline is the line above it that shares
its words and stands by the date; date, authors and views are looked for next to these two only,
because further off they belong to other articles.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsearch.errors import ArticleError
from newsearch.reading.body import Body, find_body, find_run
from newsearch.reading.byline import find_authors, find_views, signed_author
from newsearch.reading.dateline import looks_like_site
from newsearch.reading.dates import FoundDate, find_date
from newsearch.reading.headline import dated_headline, find_headline
from newsearch.reading.lines import Kind, Line

_DATE_ABOVE, _DATE_BELOW = 3, 40
"""Lines around the headline in which its date may stand; buttons and names come between."""
_TAIL_REACH = 12
"""Lines below the body in which 'Penulis:' and 'Dibaca' still belong to this article."""
_MAX_PLACE_WORDS = 5
_LEAD = 40
"""Characters of the first paragraph by which it is found behind its dateline."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a page hold.

    Attributes:
        title: the headline.
        paragraphs: the body without dateline, promos and signature; at least one.
        date: the date beside the headline, else that of the dateline.
        authors: from labels, names beside the date, or the signature.
        source: the outlet that the dateline names; an address in small letters.
        place: the place of the dateline as printed.
        views: how often the page says it was read.
        start, end: the first line of the body and the line behind its last.
    """

    title: str
    paragraphs: list[str]
    date: FoundDate | None
    authors: tuple[str, ...]
    source: str | None
    place: str | None
    views: int | None
    start: int
    end: int


def lay_out(lines: list[Line], title_at: int | None = None) -> Layout:
    """Find the parts of a page.

    Args:
        lines: its lines, each with its kind.
        title_at: the index of the headline where something told it; else it is looked for.

    Raises:
        ArticleError: an empty page, no headline or no body.
    """
    if not lines:
        raise ArticleError("the page is empty")
    run = find_run(lines, 0 if title_at is None else title_at + 1)
    if title_at is None:
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
    authors = find_authors([*above, *head], tail, body.source)
    return Layout(
        title=title,
        paragraphs=body.paragraphs,
        date=title_date
        or _find_date(lines, title_at, body.start)
        or _dateline_date(lines[body.start].text, body),
        authors=tuple(authors or signed_author(body.signature or "")),
        source=_source(body.source),
        place=_place(body.place),
        views=find_views(lines, [*lines[max(0, title_at - 3) : body.start], *_near(tail)]),
        start=body.start,
        end=body.end,
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


def _dateline_date(line: str, body: Body) -> FoundDate | None:
    """The date that stands in the dateline alone: 'Bogor, Rabu (14/6/2023) - '."""
    if body.place is None:
        return None
    lead = line.find(body.paragraphs[0][:_LEAD])
    return find_date(line[:lead]) if lead > 0 else None


def _near(tail: list[Line]) -> list[Line]:
    """The lines below the body up to the first list of other articles."""
    for index, line in enumerate(tail):
        if line.kind in (Kind.LIST_HEAD, Kind.DATE):
            return tail[:index]
    return tail


def _source(printed: str | None) -> str | None:
    return printed.lower() if printed and looks_like_site(printed) else printed


def _place(name: str | None) -> str | None:
    """A name from the dateline that is short enough for a place."""
    return name if name and len(name.split()) <= _MAX_PLACE_WORDS else None
