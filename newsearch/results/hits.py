"""Raw hits of an engine → Hits."""

from __future__ import annotations

from newsearch.article import Article
from newsearch.engines import RawHit, decode
from newsearch.query import Highlight
from newsearch.results.records import Hit
from newsearch.results.snippets import best_passage, mark


def make_hit(raw: RawHit, highlight: Highlight, duplicates: tuple[str, ...] = ()) -> Hit:
    """A hit with its snippet and marked title."""
    article = Article.from_dict(decode(raw.stored))
    return Hit(
        article=article,
        score=raw.score,
        snippet=best_passage(article.text, highlight),
        title=mark(article.title, highlight),
        duplicates=duplicates,
    )
