"""Addresses of pages: the host as a source, and the canonical address of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from newsearch.article import MAX_ID

_PREFIX = re.compile(r"^(?:www|m|amp|mobile)\.")


def host_of(url: str | None) -> str | None:
    """The host of an address without 'www.' and 'm.', or None."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _PREFIX.sub("", host) if host else None


def site_name(host: str) -> str:
    """The part of a host that belongs to one owner: 'warta.co.id' of 'bola.warta.co.id'."""
    parts = host.split(".")
    # 'co.id', 'go.id' and 'com.au' belong to many.
    second_level = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2
    return ".".join(parts[-3 if second_level else -2 :])


def canonical(candidates: Iterable[str], url: str | None) -> str | None:
    """The address under which a page wants to be known, or `url`.

    The front page of a site is not believed, nor an address of another site where the page's own
    is known: templates get both wrong, and articles of one address replace each other.
    """
    own = host_of(url)
    for candidate in candidates:
        try:
            full = urljoin(url or "", candidate)
            parts = urlsplit(full)
            host = host_of(full)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or host is None or len(full) > MAX_ID:
            continue
        if not parts.path.strip("/") and not parts.query:
            continue
        # og:url often carries the query of whoever came by: '?utm_source=…'.
        if own is None or (site_name(own) == site_name(host) and full.partition("?")[0] != url):
            return full
    return url
