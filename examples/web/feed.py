"""An Atom feed (RFC 4287) of the newest hits of a search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

import newsearch

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)


def write_feed(
    title: str, own_url: str, page_url: str, hits: Sequence[newsearch.Hit], urls: Sequence[str]
) -> bytes:
    """The feed.

    Args:
        title: what was searched.
        own_url, page_url: where the feed and the page of the search are.
        hits: the newest first; those without a date are left out, for Atom wants one.
        urls: of the page of each hit.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", own_url)
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=own_url)
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", rel="alternate", href=page_url)
    dated = [pair for pair in zip(hits, urls, strict=True) if pair[0].article.published]
    _add(feed, "updated", _when(dated[0][0].article) if dated else "1970-01-01T00:00:00+00:00")
    for hit, url in dated:
        article = hit.article
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "title", article.title)
        _add(entry, "id", article.url if article.url and _WEB.fullmatch(article.url) else url)
        ElementTree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=url)
        _add(entry, "updated", _when(article))
        _add(entry, "published", _when(article))
        author = ElementTree.SubElement(entry, f"{{{ATOM}}}author")
        _add(author, "name", ", ".join(article.authors) or article.source or "–")
        if article.category:
            ElementTree.SubElement(entry, f"{{{ATOM}}}category", term=_clean(article.category))
        _add(entry, "summary", str(hit.snippet))
    body: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return body


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _when(article: newsearch.Article) -> str:
    assert article.published is not None
    return article.published.isoformat()
