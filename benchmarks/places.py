"""How long finding the regions of an article takes, against a peer in the same run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from benchmarks.words import each, interleaved
from newsearch import Article, detect_regions

ARTICLES = 3_000
LENGTHS = range(2_000, 2_801)
"""Characters of the articles measured; one of the corpus that is not a brief has about 2,400."""
_CAPITALS = re.compile(r"[A-Z][A-Za-z]*")


def measure_regions(articles: Iterable[Article]) -> None:
    """Microseconds for the regions of an article, and that against one search for its capitals.

    The ratio tells a slower machine from slower code.
    """
    fitting = (article for article in articles if len(article.text) in LENGTHS)
    measured = list(islice(fitting, ARTICLES))

    def detect(article: Article) -> object:
        return detect_regions(article.title, article.text)

    def scan(article: Article) -> object:
        return list(_CAPITALS.finditer(article.text))

    each(detect, measured)  # reads the tables
    found, scanned = interleaved(lambda: each(detect, measured), lambda: each(scan, measured))
    length = sum(len(article.text) for article in measured) / len(measured)
    print(
        f"regions: {found / len(measured) * 1e6:.0f} µs for an article of {length:,.0f} "
        f"characters, {found / scanned:.1f} times a search for its capitals"
    )
