"""Bare tantivy-py: stems as text, columns for aggregations, the article stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tantivy

from benchmarks.peers.base import COMPLETIONS, PAGE, Record, Verb, records
from benchmarks.stems import sastrawi, words_of

FACETS = ("region", "month", "source")
FACET_VALUES = 10_000
"""Values of a facet that are counted, as many as newsearch counts."""


class Tantivy:
    """See `benchmarks.peers.base.Contender`. The fields are those of newsearch's own index.

    Args:
        whole: False for the bare loop of tokens, stems and tantivy: title, body and the article.
    """

    packages: tuple[str, ...] = ("tantivy", "PySastrawi")
    slow = False

    def __init__(self, whole: bool = True) -> None:
        self.title = "bare tantivy" if whole else "bare loop"
        self.verbs: tuple[Verb, ...] = ("search", "suggest", "latest") if whole else ()
        self.lacks = (
            "regions (given), names, stop words, dates in queries, snippets, "
            "spelling, signatures of copies, upserts; suggest completes one word"
            if whole
            else "all but title and body as stems and the stored article"
        )
        self._whole = whole
        self._stems = sastrawi()
        self._schema = _schema(whole)

    def index(self, articles: Path, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.index`."""
        writer = tantivy.Index(self._schema, path=str(folder)).writer()
        for record in records(articles):
            writer.add_document(self._document(record))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.open`."""
        self._searcher = tantivy.Index.open(str(folder)).searcher()

    def search(self, query: str) -> int:
        """See `benchmarks.peers.base.Contender.search`."""
        stems = self._stems.of(dict.fromkeys(words_of(query)))
        return self._search(stems, tantivy.Occur.Must) or self._search(stems, tantivy.Occur.Should)

    def suggest(self, prefix: str) -> int:
        """See `benchmarks.peers.base.Contender.suggest`: the last word."""
        last = (words_of(prefix) or [""])[-1]
        return len(self._searcher.terms_with_prefix("words", last, None, COMPLETIONS))

    def latest(self) -> int:
        """See `benchmarks.peers.base.Contender.latest`."""
        every = tantivy.Query.all_query()
        hits = self._searcher.search(every, limit=PAGE, order_by_field="published").hits
        for _, address in hits:
            self._searcher.doc(address).get_first("stored")
        return len(hits)

    def _search(self, stems: list[str], occur: tantivy.Occur) -> int:
        asked = tantivy.Query.boolean_query([(occur, self._either(stem)) for stem in stems])
        found: Any = self._searcher.search(asked, limit=PAGE)
        if found.count:
            for _, address in found.hits:
                self._searcher.doc(address).get_first("stored")
            counted = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in FACETS}
            self._searcher.aggregate(asked, counted)
        return int(found.count)

    def _either(self, stem: str) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.term_query(self._schema, field, stem, index_option="freq"),
                )
                for field in ("title", "body")
            ]
        )

    def _document(self, record: Record) -> tantivy.Document:
        document = tantivy.Document()
        title, body = words_of(record.title), words_of(record.text)
        document.add_text("title", " ".join(self._stems.of(title)))
        document.add_text("body", " ".join(self._stems.of(body)))
        document.add_bytes("stored", record.stored)
        if self._whole:
            document.add_text("title_words", " ".join(title))
            document.add_text("words", " ".join(title + body))
            for name in ("id", "source", "category"):
                document.add_text(name, getattr(record, name))
            for code in record.regions:
                document.add_text("region", code)
            document.add_integer("month", record.month)
            document.add_integer("published", record.published)
        return document


def _schema(whole: bool) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("stored", stored=True)
    if whole:
        for name in ("title_words", "words"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        for name in ("id", "region", "source", "category"):
            fast = name != "id"
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=fast)
        for name in ("month", "published"):
            builder.add_integer_field(name, fast=True)
    return builder.build()
