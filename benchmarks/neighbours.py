"""What related articles cost, against one bare query of the same terms in the same run."""

from __future__ import annotations

import random
from pathlib import Path

import tantivy

import newsearch
from benchmarks.words import each, interleaved

ARTICLES = 500
SUGGESTIONS = 5


def measure_related(index: newsearch.NewsIndex) -> None:
    """Milliseconds of `related`, and that against tantivy's own answer to the telling terms.

    The bare query asks for any of the terms in body or title, as `related` does, and reads the
    stored record of its ten best; it knows no copies, sources, dates or reasons.
    """
    from newsearch.engines.tantivy.query import translate
    from newsearch.indexing.entries import make_entry
    from newsearch.results import telling_terms
    from newsearch.results.terms import terms_query

    articles = random.Random(2026).sample([one for one in index.articles() if one.text], ARTICLES)
    ids = [article.id for article in articles]
    [data] = Path(index.stats().location).glob("data-*")
    searcher = tantivy.Index.open(str(data)).searcher()
    queries = []
    for article in articles:
        entry = make_entry(article, detect=False)
        terms = telling_terms(index._engine, entry, indexed=True)
        queries.append(translate(terms_query(terms, entry)))

    def bare(query: tantivy.Query) -> None:
        for _, address in searcher.search(query, limit=10).hits:
            searcher.doc(address)

    related, peer = interleaved(
        lambda: each(lambda one: index.related(one, limit=SUGGESTIONS), ids),
        lambda: each(bare, queries),
    )
    print(
        f"related articles: {related / ARTICLES * 1e3:.1f} ms for {SUGGESTIONS}, "
        f"{related / peer:.1f} times a bare query of the same terms"
    )
