"""Raw hits of an engine → Hits."""

from __future__ import annotations

from collections.abc import Sequence

from newsearch.article import stored_article
from newsearch.engines import RawHit, decode
from newsearch.query import Highlight
from newsearch.results.records import Contribution, Hit
from newsearch.results.snippets import Highlighter

_PLAIN = Highlighter(Highlight())


def make_hit(
    raw: RawHit,
    highlighter: Highlighter = _PLAIN,
    copies: Sequence[RawHit] = (),
    explanation: tuple[Contribution, ...] = (),
) -> Hit:
    """A hit with its snippet, its marked title, the copies folded under it and its explanation."""
    article = stored_article(decode(raw.stored))
    records = [decode(copy.stored) for copy in copies]
    return Hit(
        article=article,
        score=raw.score,
        snippet=highlighter.best_passage(article.text),
        title=highlighter.mark(article.title),
        duplicates=tuple(record["id"] for record in records),
        explanation=explanation,
        duplicate_sources=tuple(record.get("source") or "" for record in records),
    )
