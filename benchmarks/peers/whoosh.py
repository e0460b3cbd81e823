"""Plain Whoosh: an analyzer with PySastrawi's CachedStemmer, facets by `groupedby`."""

from __future__ import annotations

from pathlib import Path

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
from whoosh import index
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup, QueryParser
from whoosh.query import Every
from whoosh.sorting import FieldFacet

from benchmarks.peers.base import COMPLETIONS, PAGE, Verb, records
from benchmarks.stems import words_of

MEMORY = 256
"""MB for each pool of postings, as the documentation's tips for indexing in batches say."""


class Whoosh:
    """See `benchmarks.peers.base.Contender`."""

    title = "plain Whoosh"
    packages: tuple[str, ...] = ("whoosh3", "PySastrawi")
    lacks = (
        "regions (given), names, stop words, dates in queries, snippets, spelling, copies; "
        "suggest completes a stem"
    )
    verbs: tuple[Verb, ...] = ("search", "suggest", "latest")
    slow = True

    def __init__(self) -> None:
        stemmer = StemmerFactory().create_stemmer()
        # The tips also say to leave the filter's own cache unbounded.
        analyzer = RegexTokenizer() | LowercaseFilter() | StemFilter(stemmer.stem, cachesize=-1)
        self._schema = Schema(
            id=ID(unique=True, stored=True),
            title=TEXT(analyzer),
            body=TEXT(analyzer),
            region=KEYWORD,
            source=ID(sortable=True),
            month=NUMERIC(sortable=True),
            published=NUMERIC(bits=64, sortable=True),
            stored=STORED,
        )

    def index(self, articles: Path, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.index`."""
        made = index.create_in(str(folder), self._schema)
        writer = made.writer(limitmb=MEMORY)
        for record in records(articles):
            writer.add_document(
                id=record.id,
                title=record.title,
                body=record.text,
                region=" ".join(record.regions),
                source=record.source,
                month=record.month,
                published=record.published,
                stored=record.stored,
            )
        writer.commit()
        made.close()

    def open(self, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.open`."""
        self._searcher = index.open_dir(str(folder), schema=self._schema).searcher()
        self._all = MultifieldParser(["title", "body"], self._schema)
        self._any = MultifieldParser(["title", "body"], self._schema, group=OrGroup)

    def search(self, query: str) -> int:
        """See `benchmarks.peers.base.Contender.search`."""
        words = " ".join(words_of(query))
        return self._search(self._all, words) or self._search(self._any, words)

    def suggest(self, prefix: str) -> int:
        """See `benchmarks.peers.base.Contender.suggest`: the last word."""
        last = (words_of(prefix) or [""])[-1]
        return len(self._searcher.reader().most_frequent_terms("body", COMPLETIONS, prefix=last))

    def latest(self) -> int:
        """See `benchmarks.peers.base.Contender.latest`."""
        newest = FieldFacet("published", reverse=True)
        found = self._searcher.search(Every(), limit=PAGE, sortedby=newest)
        return len([hit["stored"] for hit in found])

    def _search(self, parser: QueryParser, words: str) -> int:
        groups = [FieldFacet("region", allow_overlap=True), "month", "source"]
        found = self._searcher.search(parser.parse(words), limit=PAGE, groupedby=groups)
        for hit in found:
            hit["stored"]
        return len(found)
