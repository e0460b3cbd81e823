"""What goes into a tantivy index: its fields, its documents, one transaction."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache
from typing import Any

import tantivy

from newsearch.engines.base import KEYWORD_FIELDS, NUMBER_FIELDS, Entry
from newsearch.engines.tantivy.codes import to_number
from newsearch.errors import NewsIndexError

REGION_NUMBER = "region_number"
"""The column that regions are counted by; see `newsearch.engines.tantivy.codes`."""


@cache
def schema() -> tantivy.Schema:
    """The fields of `Entry` as tantivy knows them."""
    builder = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        # Frequencies rank; positions would be asked for by phrases, which run on surface words.
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("title_words", "words"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title_phrases", tokenizer_name="whitespace", index_option="basic")
    for name in KEYWORD_FIELDS:
        # The id is looked up, never counted, and regions are counted as numbers: no columns.
        is_counted = name not in ("id", "region")
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=is_counted)
    builder.add_integer_field(REGION_NUMBER, fast=True)
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, fast=True)
    builder.add_bytes_field("signature", stored=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


class TantivyWriter:
    """See `newsearch.engines.base.EngineWriter`."""

    def __init__(self, index: tantivy.Index, writer: tantivy.IndexWriter) -> None:
        self._searcher = index.searcher()
        self._writer = writer
        self._stamp = max(time.time_ns() // 1000, last_stamp(self._searcher) + 1)
        # What this transaction did to an id: the stamp it was added with, None if deleted.
        self._touched: dict[str, int | None] = {}
        self._open = True
        self.rejected: list[tuple[str, str]] = []

    @property
    def size(self) -> int:
        """Articles that were added or deleted."""
        return len(self._touched)

    def close(self) -> None:
        """End the transaction."""
        self._open = False

    def expect(self, ids: Iterable[str]) -> None:
        """See `newsearch.engines.base.EngineWriter.expect`: each is looked up when it comes."""

    def add(self, entry: Entry) -> bool:
        """See `newsearch.engines.base.EngineWriter.add`."""
        old = self._delete(entry.id)
        stamp = entry.indexed or old or self._stamp
        try:
            self._writer.add_document(_document(entry, stamp))
        except (ValueError, OSError) as error:  # the indexing thread died, as of a full disk
            raise NewsIndexError(
                "writing failed, nothing of it was committed: the disk is full, or there is too "
                f"little memory or too few files may be open ({error})"
            ) from error
        self._touched[entry.id] = stamp
        return old is not None

    def delete(self, article_id: str) -> bool:
        """See `newsearch.engines.base.EngineWriter.delete`."""
        return self._delete(article_id) is not None

    def _delete(self, article_id: str) -> int | None:
        """Delete an article; its stamp, or None if there is none of that id."""
        if not self._open:
            raise NewsIndexError("this writer's transaction has ended: open another")
        if article_id in self._touched:
            there = self._touched[article_id]
        else:
            there = self._committed(article_id)
        if there is not None:
            self._writer.delete_documents_by_term("id", article_id)
            self._touched[article_id] = None
        return there

    def _committed(self, article_id: str) -> int | None:
        """The stamp of an article of an earlier transaction."""
        # doc_freq is a look-up in the term dictionary, but counts deleted articles too.
        if not self._searcher.doc_freq("id", article_id):
            return None
        query = tantivy.Query.term_query(schema(), "id", article_id, index_option="basic")
        found = self._searcher.search(query, limit=1, count=False).hits
        if not found:
            return None
        stamps: Any = self._searcher.fast_field_values("indexed", [found[0][1]])
        return int(stamps[0])


def last_stamp(searcher: tantivy.Searcher) -> int:
    """The greatest stamp of an article; 0 without one."""
    every = tantivy.Query.all_query()
    found: Any = searcher.search(every, limit=1, count=False, order_by_field="indexed").hits
    return int(found[0][0]) if found else 0


def _document(entry: Entry, stamp: int) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("indexed", stamp)
    document.add_text("id", entry.id)
    document.add_text("title", entry.title)
    document.add_text("body", entry.body)
    document.add_text("title_words", entry.title_words)
    document.add_text("words", entry.words)
    document.add_text("title_phrases", entry.title_phrases)
    for code in entry.regions:
        document.add_text("region", code)
        document.add_integer(REGION_NUMBER, to_number(code))
    for author in entry.authors:
        document.add_text("author", author)
    if entry.source is not None:
        document.add_text("source", entry.source)
    if entry.category is not None:
        document.add_text("category", entry.category)
    if entry.published is not None:
        document.add_integer("published", entry.published)
    if entry.month is not None and entry.day is not None:
        document.add_integer("month", entry.month)
        document.add_integer("day", entry.day)
    document.add_integer("views", entry.views)
    document.add_bytes("signature", entry.signature)
    document.add_bytes("stored", entry.stored)
    return document
