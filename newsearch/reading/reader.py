"""read(): files, folders, patterns and standard input → Articles, with what was left out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from newsearch.article import MAX_TEXT, Article
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
from newsearch.reading.rejects import (
    HTML_PAGE,
    LINES,
    TEXT_PAGE,
    Raw,
    Reject,
    RejectFiles,
    Shape,
)
from newsearch.reading.sources import HTML_ENDINGS, Kind, Source, ending_of, find_sources
from newsearch.reading.streams import Stream

MAX_PAGE = 4 * MAX_TEXT
"""Bytes of one page scrape: the longest text an Article may have, four bytes a character."""
MAX_REJECTED = 100_000
"""Rejections that are kept; all are counted, and written where a file for them is named."""
MAX_REASON = 500
"""Characters of a reason."""

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

    @property
    def place(self) -> str:
        """Where it was: the source, and the line where there is one."""
        return self.source if self.line is None else f"{self.source}, line {self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class Reader:
    """The articles of some sources; iterating reads them one after the other.

    Each iteration starts anew from the first source (standard input can be read only once).

    Attributes:
        sources: what is read, in this order.
        field_map: as it was given.
        rejected: what was left out so far, filled while iterating; the first 100,000 records.
        rejected_total: how many they were in all.
        rejects: the files that they are written to as they came, or None.
        bytes_total: the size of all files as they lie on the disk, or None with standard input.
        unpacked_total: about the bytes in them, or None.
    """

    def __init__(
        self,
        sources: list[Source],
        mapper: RecordMapper,
        *,
        strict: bool,
        rejects: RejectFiles | None = None,
    ) -> None:
        self.sources = tuple(sources)
        self.field_map = mapper.field_map
        self.rejects = rejects
        self._mapper = mapper
        self._strict = strict
        self._done = 0
        self._stream: Stream | None = None
        self._passing = False
        self.rejected: list[Rejection] = []
        self.rejected_total = 0
        self.bytes_total = _sum(source.size for source in sources)
        self.unpacked_total = _sum(source.unpacked_size for source in sources)

    @property
    def not_found(self) -> dict[str, str]:
        """What of the field map no record has had so far: a name that is misspelt, most likely."""
        return self._mapper.not_found

    @property
    def bytes_read(self) -> int:
        """Bytes read so far as they lie on the disk; at most bytes_total."""
        return self._done + (self._stream.packed_bytes if self._stream else 0)

    def __iter__(self) -> Iterator[Article]:
        """Yield each Article.

        Raises:
            ArticleError: with strict, at the first record left out.
            ReadError: the files for rejected records are there already, or cannot be written.
        """
        with self.begun(append=False):
            for source in self.sources:
                for _, article in self.read_from(source):
                    yield article

    @contextmanager
    def begun(self, *, append: bool) -> Iterator[None]:
        """Forget what was counted before; rejected records are written until the end of it."""
        self.rejected.clear()
        self.rejected_total = self._done = 0
        if self.rejects is not None:
            self.rejects.begin(append=append)
        try:
            yield
        finally:
            if self.rejects is not None:
                self.rejects.close()

    def read_from(self, source: Source, start: int = 0) -> Iterator[tuple[int, Article]]:
        """The articles of one source, each with the number of its record.

        Args:
            source: one of `sources`.
            start: this many records were read before: they, and what was rejected among them, are
                passed over.
        """
        try:
            file = source.open()
        except OSError as error:
            self._reject(source, None, f"cannot be opened: {error.strerror}")
            return
        try:
            self._stream = Stream(file)
            yield from self._articles(source, self._stream, start)
        except ReadError as error:  # zstd bytes under another name, and no package for them
            self._passing = False
            self._reject(source, None, str(error))
        finally:
            self._passing = False
            self._done += self._stream.packed_bytes if self._stream else 0
            self._stream = None
            if source.name != "-":
                file.close()

    def _articles(
        self, source: Source, stream: Stream, start: int
    ) -> Iterator[tuple[int, Article]]:
        kind = source.kind if source.kind is not Kind.UNKNOWN else self._sniff(stream)
        self._passing = start > 0
        for number, record in enumerate(self._records(kind, source, stream), 1):
            if number <= start:
                self._passing = number < start
                continue
            try:
                article = self._article(record)
            except ArticleError as error:
                reason = f"{record.place}{error}"
                self._reject(source, record.line, reason, record.raw, record.shape)
            else:
                yield number, article

    def _article(self, record: Record) -> Article:
        if record.page is None:
            return self._mapper.article(record.fields)
        # Imported here: JSON Lines need none of its patterns.
        from newsearch.reading.page import read_page

        return read_page(record.page, record.fields.get("url"))

    def _records(self, kind: Kind, source: Source, stream: Stream) -> Iterator[Record]:
        def reject(line: int | None, reason: str, raw: Raw = (), shape: Shape = LINES) -> None:
            self._reject(source, line, reason, raw, shape)

        if kind is Kind.PAGE:
            return _page(source, stream, reject)
        if kind is Kind.CRAWL:
            from newsearch.reading.crawl import crawled_pages

            return crawled_pages(stream, reject, MAX_PAGE)
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

    def _reject(
        self,
        source: Source,
        line: int | None,
        reason: str,
        raw: Raw = (),
        shape: Shape = LINES,
    ) -> None:
        if self._passing:
            return
        rejection = Rejection(source.name, line, _shortened(reason))
        if self.rejects is not None:
            self.rejects.write(raw, shape, rejection.place, rejection.reason)
        if self._strict:
            raise ArticleError(str(rejection))
        self.rejected_total += 1
        if len(self.rejected) < MAX_REJECTED:
            self.rejected.append(rejection)


def _page(source: Source, stream: Stream, reject: Reject) -> Iterator[Record]:
    """The one page of a file, as a record."""
    shape = HTML_PAGE if ending_of(source.name) in HTML_ENDINGS else TEXT_PAGE
    data = stream.buffer.read(MAX_PAGE + 1)
    if stream.damage:
        reject(None, stream.damage)
    if len(data) > MAX_PAGE:
        rest = iter(lambda: stream.buffer.read1(MAX_PAGE), b"")
        reject(None, f"a page of more than {MAX_PAGE:,} bytes", chain([data], rest), shape)
        return
    try:
        text = decode_page(data)
    except ArticleError as error:
        reject(None, str(error), (data,), shape)
    else:
        yield Record(None, {}, "", (data,), shape, text)


def _sum(sizes: Iterable[int | None]) -> int | None:
    """The sum of sizes; None if one is not known."""
    known = list(sizes)
    return None if None in known else sum(size or 0 for size in known)


def _shortened(reason: str) -> str:
    """A reason that quotes what it was given, but not all of it."""
    return reason if len(reason) <= MAX_REASON else f"{reason[:MAX_REASON]} …"


def read(
    *paths: str | os.PathLike[str],
    strict: bool = False,
    field_map: Mapping[str, str] | None = None,
    rejects: str | os.PathLike[str] | None = None,
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
        rejects: a file that records left out are written to as they came, to be repaired and read
            again: JSON records to `rejects.jsonl`, rows to `rejects.csv` behind their header,
            pages into the folder `rejects-pages`; `rejects.log` says of each where it came from
            and why it is there. None of them may be there before.

    Returns:
        A Reader: iterate it for the Articles, then look at its `rejected`.

    Raises:
        ReadError: nothing at a path, a pattern without a match, a folder with nothing to read, a
            .zst, HTML or WARC file without its extra, a field_map that names no field.
        ArticleError: with strict, while iterating; it names the source and the line.
    """
    return Reader(
        find_sources(paths),
        RecordMapper(field_map),
        strict=strict,
        rejects=None if rejects is None else RejectFiles(rejects),
    )
