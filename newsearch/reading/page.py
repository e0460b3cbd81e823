"""read_page(): one web page, as plain text or as HTML → Article.

A page is cut into lines and each line is classified (lines.py); layout.py finds headline, body,
date and authors among them. HTML has its lines from the markup (markup.py) and more evidence in
its metadata, which html.py weighs against what the lines say.
"""

from __future__ import annotations

import re

from newsearch.article import MAX_TEXT, Article
from newsearch.errors import ArticleError
from newsearch.reading.addresses import host_of
from newsearch.reading.html import read_html
from newsearch.reading.layout import lay_out
from newsearch.reading.lines import split_lines

__all__ = ["MAX_HTML", "read_page"]

MAX_HTML = 4 * MAX_TEXT
"""Characters of an HTML page; a usual one has 100,000."""
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(
    r"</?(?:div|p|span|script|meta|a|br|img|article|h[1-6]|ul|li|table)\b[^<>]*>", re.I
)
_HTML_TAGS = 5
"""Tags in the first characters of a page from which on it is HTML."""
_HTML_LOOK = 20_000


def read_page(text: str, url: str | None = None) -> Article:
    """Read one web page, as the plain text of a scrape or as HTML.

    Args:
        text: the page as it was scraped or saved, with menus, promos and lists.
        url: where it stood; the source is taken from it where the page does not name one. The
            canonical address that an HTML page gives goes before it, if it is of the same site.

    Returns:
        The Article: the headline, the body as paragraphs joined by newlines without dateline,
        promos and signature, the date with its zone, source, authors and views. The place of the
        dateline ('Kabupaten OKI') stands in `dateline` as printed.

    Raises:
        ArticleError: an empty page, no headline or no body, a list of articles, several pages in
            one text, a page too large.
        ReadError: HTML without the extra 'html'.
    """
    if is_html(text):
        if len(text) > MAX_HTML:
            raise ArticleError(f"the page has {len(text):,} characters, more than {MAX_HTML:,}")
        return read_html(text, url)
    if len(text) > 2 * MAX_TEXT:
        raise ArticleError(f"the page has {len(text):,} characters, more than {2 * MAX_TEXT:,}")
    page = lay_out(split_lines(text))
    return Article(
        title=page.title,
        text="\n".join(page.paragraphs),
        published=page.date.when if page.date else None,
        source=page.source or host_of(url),
        url=url,
        authors=page.authors,
        dateline=page.place,
        views=page.views,
    )


def is_html(text: str) -> bool:
    """Whether a text is HTML and not what is left of it without tags."""
    head = text[:_HTML_LOOK]
    if _HTML_START.match(head):
        return True
    return "<" in head and len(_HTML_TAG.findall(head)) >= _HTML_TAGS
