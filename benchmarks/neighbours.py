"""How long finding related articles takes, against a bare query of the same terms."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import tantivy

import newsearch
from newsearch.engines import Entry, decode, manifest
from newsearch.engines.tantivy_query import translate
from newsearch.engines.tantivy_writer import schema
from newsearch.indexing import make_entry
from newsearch.results import telling_terms
from newsearch.results.terms import terms_query

ARTICLES = 500
ROUNDS = 5
HITS = 10
SUGGESTIONS = 5


def measure_related(index: newsearch.NewsIndex) -> None:
    """Milliseconds of `related`, and that against tantivy alone.

    The bare query is the one of `related`: any of the telling terms of the article in a text, or in
    a title those of its own title. It is put together and asked for its ten best, with and without
    reading them from the index. The article is not part of it: `related` also reads and analyses
    that, asks once more within its source, and says why.
    """
    engine = index._engine
    chosen = random.Random(2026).sample(sorted(one.id for one in index.articles()), ARTICLES)
    asked: list[tuple[Entry, list[str]]] = []
    for article_id in chosen:
        record = decode(engine.get(article_id) or b"{}")
        entry = make_entry(newsearch.Article.from_dict(record), detect=False)
        if terms := telling_terms(engine, entry, indexed=True):
            asked.append((entry, terms))
    place = Path(engine.location)
    bare = tantivy.Index.open(str(manifest.load(place).data_directory(place))).searcher()

    def search(at: int) -> list[tuple[object, tantivy.DocAddress]]:
        entry, terms = asked[at]
        return bare.search(translate(terms_query(terms, entry), schema()), HITS).hits

    def search_and_read(at: int) -> None:
        for _, address in search(at):
            bare.doc(address)

    def related(at: int) -> None:
        index.related(asked[at][0].id, limit=SUGGESTIONS)

    ours, alone, reading = _in_turns(len(asked), related, search, search_and_read)
    print(
        f"related: {ours * 1000:.1f} ms for {SUGGESTIONS} suggestions, {ours / alone:.2f} times a "
        f"bare query of the same terms, {ours / reading:.2f} times one whose {HITS} hits are read"
    )


def _in_turns(count: int, *tasks: Callable[[int], object]) -> list[float]:
    """The mean over `count` arguments of the least seconds that each task took in some rounds.

    The tasks take turns with every argument, each with another one, so that none finds in the
    caches of the machine what the one before it brought there.
    """
    least = [[float("inf")] * count for _ in tasks]
    for _ in range(ROUNDS):
        for step in range(count):
            for number, task in enumerate(tasks):
                at = (step + number * count // len(tasks)) % count
                started = perf_counter()
                task(at)
                least[number][at] = min(least[number][at], perf_counter() - started)
    return [sum(times) / count for times in least]
