"""read(): files, folders, patterns and standard input → Articles, with what was left out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsearch.article import MAX_ID, MAX_TEXT, Article
from newsearch.errors import ArticleError, ReadError
from newsearch.reading.encoding import decode_page
from newsearch.reading.formats import (
    Record,
    csv_records,
    first_bytes,
    json_records,
    sniff_delimiter,
)
from newsearch.reading.records import RecordMapper
from newsearch.reading.sources import Kind, Source, find_sources
from newsearch.reading.streams import Stream

MAX_PAGE = 4 * MAX_TEXT
"""Bytes of one page scrape: the longest text an Article may have, four bytes a character."""

_FEED = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that did not become an Article.

    Attributes:
        source: the file, or '-' for standard input.
        line: the line in it, from 1, or None where lines mean nothing.
        reason: why, for a person.
    """

    source: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}, line {self.line}"
        return f"{place}: {self.reason}"


class Reader:
    """The articles of some sources; iterating reads them one after the other.

    Each iteration starts anew from the first source (standard input can be read only once).

    Attributes:
        rejected: what was left out so far, filled while iterating.
        bytes_total: the size of all files as they lie on the disk, or None with standard input.
    """

    def __init__(self, sources: list[Source], mapper: RecordMapper, *, strict: bool) -> None:
        self._sources = sources
        self._mapper = mapper
        self._strict = strict
        self._done = 0
        self._stream: Stream | None = None
        self.rejected: list[Rejection] = []
        sizes = [source.size for source in sources]
        self.bytes_total = None if None in sizes else sum(size or 0 for size in sizes)

    @property
    def bytes_read(self) -> int:
        """Bytes read so far as they lie on the disk; at most bytes_total."""
        return self._done + (self._stream.packed_bytes if self._stream else 0)

    def __iter__(self) -> Iterator[Article]:
        """Yield each Article; with strict, ArticleError at the first record left out."""
        self.rejected.clear()
        self._done = 0
        for source in self._sources:
            yield from self._read(source)

    def _read(self, source: Source) -> Iterator[Article]:
        try:
            file = source.open()
        except OSError as error:
            self._reject(source, None, f"cannot be opened: {error.strerror}")
            return
        try:
            self._stream = Stream(file)
            yield from self._articles(source, self._stream)
        except ReadError as error:  # zstd bytes under another name, and no package for them
            self._reject(source, None, str(error))
        finally:
            self._done += self._stream.packed_bytes if self._stream else 0
            self._stream = None
            if source.name != "-":
                file.close()

    def _articles(self, source: Source, stream: Stream) -> Iterator[Article]:
        kind = source.kind if source.kind is not Kind.UNKNOWN else self._sniff(stream)
        if kind is Kind.PAGE:
            yield from self._page(source, stream)
            return
        if kind is Kind.CRAWL:
            yield from self._crawl(source, stream)
            return
        for line, fields, place in self._records(kind, source, stream):
            try:
                article = self._mapper.article(fields)
            except ArticleError as error:
                self._reject(source, line, f"{place}{error}")
            else:
                yield article

    def _records(self, kind: Kind, source: Source, stream: Stream) -> Iterator[Record]:
        def reject(line: int | None, reason: str) -> None:
            self._reject(source, line, reason)

        if kind is Kind.FEED:
            from newsearch.reading.feeds import feed_records

            return feed_records(stream, reject)
        if kind is Kind.TABLE:
            return csv_records(stream, reject, self._mapper.knows)
        return json_records(stream, reject, lines_only=kind is Kind.JSON_LINES)

    def _sniff(self, stream: Stream) -> Kind:
        """What an unnamed stream holds: JSON and a known header say so, else it is a page."""
        head = first_bytes(stream)
        if head[:1] in (b"{", b"["):
            return Kind.JSON
        if head.startswith(b"WARC/"):
            return Kind.CRAWL
        if _FEED.match(head):
            return Kind.FEED
        line = head.partition(b"\n")[0].decode("utf-8", errors="replace")
        names = line.split(sniff_delimiter(line, self._mapper.knows))
        known = sum(self._mapper.knows(name.strip().strip('"')) for name in names)
        # A page that starts with the line 'Berita' has one known word, but no columns.
        return Kind.TABLE if known and len(names) > 1 and known * 2 >= len(names) else Kind.PAGE

    def _page(self, source: Source, stream: Stream) -> Iterator[Article]:
        data = stream.buffer.read(MAX_PAGE + 1)
        if stream.damage:
            self._reject(source, None, stream.damage)
        if len(data) > MAX_PAGE:
            self._reject(source, None, f"a page of more than {MAX_PAGE:,} bytes")
            return
        # Imported here: JSON Lines need none of its patterns.
        from newsearch.reading.page import read_page

        try:
            article = read_page(decode_page(data))
        except ArticleError as error:
            self._reject(source, None, str(error))
        else:
            yield article

    def _crawl(self, source: Source, stream: Stream) -> Iterator[Article]:
        def reject(line: int | None, reason: str) -> None:
            self._reject(source, line, reason)

        from newsearch.reading.crawl import crawled_pages
        from newsearch.reading.page import read_page

        for url, text in crawled_pages(stream, reject, MAX_PAGE):
            try:
                article = read_page(text, url[:MAX_ID] or None)
            except ArticleError as error:
                reject(None, f"{url}: {error}")
            else:
                yield article

    def _reject(self, source: Source, line: int | None, reason: str) -> None:
        rejection = Rejection(source.name, line, reason)
        if self._strict:
            raise ArticleError(str(rejection))
        self.rejected.append(rejection)


def read(
    *paths: str | os.PathLike[str],
    strict: bool = False,
    field_map: Mapping[str, str] | None = None,
) -> Reader:
    """Read articles from files, folders, glob patterns or standard input ('-').

    JSON Lines, JSON, CSV and TSV with a header, RSS and Atom feeds, crawls (.warc, .wet) and pages
    (.txt, .html; one a file), each also packed as .gz or .zst. Folders are read with all that lies
    below them; hidden files and unknown endings are left out. All but pages and single JSON objects
    is read in constant memory.

    Args:
        paths: what to read, in this order.
        strict: raise at the first record that is not an article, instead of collecting it.
        field_map: field of Article → key or column, for names newsearch does not know:
            {"title": "judul_berita"}.

    Returns:
        A Reader: iterate it for the Articles, then look at its `rejected`.

    Raises:
        ReadError: nothing at a path, a pattern without a match, a folder with nothing to read, a
            .zst, HTML or WARC file without its extra, a field_map that names no field.
        ArticleError: with strict, while iterating; it names the source and the line.
    """
    return Reader(find_sources(paths), RecordMapper(field_map), strict=strict)
