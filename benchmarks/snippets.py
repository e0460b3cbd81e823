"""How long the snippet and the marked title of a hit take."""

from __future__ import annotations

from collections.abc import Sequence

import newsearch
from benchmarks.words import each, interleaved
from newsearch.engines import Filters, decode
from newsearch.query import plan
from newsearch.results import Highlighter


def measure_snippets(index: newsearch.NewsIndex, queries: Sequence[str]) -> None:
    """Microseconds a hit, and that against reading its stored record in the same run."""
    engine = index._engine
    hits: list[tuple[bytes, newsearch.Article, Highlighter]] = []
    for query in queries:
        planned = plan(query, engine)
        highlighter = Highlighter(planned.highlight)
        for raw in engine.search(planned.tree, Filters()).hits:
            article = newsearch.Article.from_dict(decode(raw.stored))
            hits.append((raw.stored, article, highlighter))

    def show(hit: tuple[bytes, newsearch.Article, Highlighter]) -> object:
        _, article, highlighter = hit
        return highlighter.best_passage(article.text), highlighter.mark(article.title)

    shown, decoded = interleaved(
        lambda: each(show, hits), lambda: each(lambda hit: decode(hit[0]), hits)
    )
    print(
        f"snippets and titles: {shown / len(hits) * 1e6:.0f} µs a hit, "
        f"{shown / decoded:.1f} times decoding its record"
    )
