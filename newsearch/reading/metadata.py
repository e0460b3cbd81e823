"""What an HTML page says about itself: <meta>, <link>, <time> and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsearch.reading.dates import MAX_DATE, FoundDate, find_date
from newsearch.reading.markup import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "publishdate"),
    *("pubdate", "publish-date", "publish_date", "published_date", "article.published"),
    *("dc.date.issued", "dcterms.issued", "parsely-pub-date", "content_publisheddate"),
    *("og:published_time", "dcterms.created", "dc.date", "date", "datecreated"),
)
"""Names of <meta> that hold the day of publication, the surest first."""
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "content_author")
_SITES = ("og:site_name", "application-name", "dc.publisher")
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Reportage|LiveBlogPosting)$")
_MAX_SCRIPT = 1_000_000
"""Characters of a JSON-LD script; those of news have 3,000."""
_MAX_NODES = 2_000
_MAX_VALUE = 2_000
"""Characters of a value; longer ones are no title and no name."""
_SPACE_BEFORE_T = re.compile(r"\s+T(?=\d)")


@dataclass(slots=True)
class Metadata:
    """What a page says about itself, each list with the surest first.

    Attributes:
        titles: as the page names itself, often with the outlet before or behind.
        dates: days of publication.
        authors: names, also of outlets.
        sites: names of the outlet.
        urls: canonical addresses, perhaps relative.
        article: whether it says that it is an article.
    """

    titles: list[str] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    article: bool = False


def read_metadata(tree: HtmlElement) -> Metadata:
    """The metadata of a page; what is broken in it is passed over."""
    named = _named(tree)
    about = Metadata()
    for node in _json_ld(tree):
        about.article = True
        about.titles.extend(_texts(node.get("headline")))
        about.dates.extend(_dates([*_texts(node.get("datePublished"))]))
        about.authors.extend(_texts(node.get("author")))
        about.sites.extend(_texts(node.get("publisher")))
        break  # the ones behind it are about other articles
    about.article |= "article" in named.get("og:type", []) or "article:published_time" in named
    about.titles[:0] = _all(named, _TITLES)
    about.titles.extend(_texts(tree.findtext(".//title")))
    about.dates.extend(_dates(_all(named, _DATES)))
    about.dates.extend(_dates(_marked_times(tree)))
    about.authors.extend(_all(named, _AUTHORS))
    about.sites[:0] = _all(named, _SITES)
    links = tree.iterfind(".//link[@rel='canonical']")
    about.urls.extend(str(link.get("href") or "").strip() for link in links)
    about.urls.extend(_all(named, ("og:url",)))
    return about


def _named(tree: HtmlElement) -> dict[str, list[str]]:
    """The values of <meta> under their names in small letters."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or ""
        if not content or len(content) > _MAX_VALUE:
            continue
        for attribute in ("property", "name", "itemprop"):
            if name := element.get(attribute):
                found.setdefault(name.strip().lower(), []).append(plain(content))
    return found


def _all(named: Mapping[str, list[str]], names: Iterable[str]) -> list[str]:
    return [value for name in names for value in named.get(name, ()) if value]


def _marked_times(tree: HtmlElement) -> Iterator[str]:
    """<time datetime=…> that is marked as the publication: by microdata or by its class."""
    for element in tree.iter("time"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}"[:_MAX_VALUE].lower()
        if "publish" in marks or "pubdate" in element.attrib:
            yield element.get("datetime") or ""


def _dates(texts: Iterable[str]) -> Iterator[FoundDate]:
    for text in texts:
        if len(text) <= MAX_DATE:
            found = find_date(_SPACE_BEFORE_T.sub("T", " ".join(text.split())))
            if found is not None:
                yield found


def _texts(value: Any) -> list[str]:
    """The texts of a JSON-LD value: of a text, an object's name, or a list of these."""
    values = value if isinstance(value, list) else [value]
    texts = [one.get("name") if isinstance(one, dict) else one for one in values[:20]]
    return [
        kept
        for text in texts
        if isinstance(text, str) and len(text) <= _MAX_VALUE and (kept := plain(text))
    ]


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles, without those that only stand in lists."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        waiting = [_parse(script.text or "")]
        for _ in range(_MAX_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node[:_MAX_NODES])
            elif isinstance(node, dict):
                waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)
                kinds = node.get("@type")
                if any(
                    isinstance(kind, str) and _ARTICLE.search(kind)
                    for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield node


def _parse(text: str) -> Any:
    if len(text) > _MAX_SCRIPT:
        return None
    try:
        # Newsrooms write line breaks into strings, which strict JSON forbids.
        return json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None
