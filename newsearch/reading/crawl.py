"""WARC and WET files of a crawl → the pages in them, one at a time."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from typing import Any

from newsearch.article import MAX_ID
from newsearch.errors import ArticleError, ReadError
from newsearch.reading.encoding import decode_page
from newsearch.reading.formats import Record
from newsearch.reading.rejects import HTML_PAGE, TEXT_PAGE, Reject
from newsearch.reading.streams import Stream

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_LOOK = 1_000
"""Characters in which a page has a tag if it is HTML."""
MAX_HEADERS = 1 << 18
"""Bytes of the headers of one record; usual ones have 2,000."""
_BROKEN = (EOFError, OSError, ValueError, LookupError, AttributeError, TypeError, zlib.error)
"""What warcio lets through from damaged records."""


def import_warcio() -> Any:
    """The module that iterates over records, imported only when a crawl is read.

    Raises:
        ReadError: it is not installed.
    """
    try:
        from warcio import archiveiterator
    except ImportError as error:
        raise ReadError(
            "crawls (WARC, WET) need the extra 'crawl': pip install 'newsearch[crawl]'"
        ) from error
    # Its warnings quote addresses as they came, control characters and all; without a handler of
    # the program's own they would go to the terminal.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    return archiveiterator


def crawled_pages(stream: Stream, reject: Reject, limit: int) -> Iterator[Record]:
    """The pages that servers answered with; images, redirects and errors are passed over.

    Each is a record with its text and address.

    Args:
        stream: the unpacked bytes.
        reject: takes None, the reason, which names the page, and the page.
        limit: bytes of one page.
    """
    module = import_warcio()
    records = _bounded(module.ArchiveIterator(stream.buffer, arc2warc=True))
    url = ""
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            if not _is_page(record):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            data = _content(record, limit)
        except (*_BROKEN, module.ArchiveLoadFailed) as error:
            reject(None, f"not a web archive behind {url or 'its beginning'}: {error}")
            break
        if len(data) > limit:
            reject(None, f"{url}: a page of more than {limit:,} bytes")
            continue
        try:
            text = decode_page(data, _charset(record))
        except ArticleError as error:
            reject(None, f"{url}: {error}", (data,), TEXT_PAGE)
            continue
        # Whatever the server said of their encoding, those left out are written as UTF-8.
        raw = (text.encode("utf-8", "replace"),)
        shape = HTML_PAGE if "<" in text[:_LOOK] else TEXT_PAGE
        yield Record(None, {"url": url[:MAX_ID] or None}, f"{url}: ", raw, shape, text)
    if stream.damage:
        reject(None, stream.damage)
    # What lies behind a broken record is read to its end, so that the counters agree.
    while stream.buffer.read1(1 << 18):
        pass


def _bounded(archive: Any) -> Iterator[Any]:
    """The records of an archive, whose headers cannot fill the memory."""
    readline, size = archive.reader.readline, 0

    def read(length: int | None = None) -> bytes:
        nonlocal size
        line: bytes = readline(MAX_HEADERS if length is None else min(length, MAX_HEADERS))
        # A blank line ends the headers.
        size = size + len(line) if line.strip() else 0
        if size >= MAX_HEADERS:
            raise ValueError(f"headers of more than {MAX_HEADERS:,} bytes")
        return line

    archive.reader.readline = read
    archive.INC_RECORD = ""  # a warning that it would print on standard error
    return iter(archive)


def _is_page(record: Any) -> bool:
    if record.rec_type == "conversion":  # the text of a page, in WET files
        return True
    if record.rec_type not in ("response", "resource") or not record.rec_headers.get_header(
        "WARC-Target-URI", ""
    ).startswith(("http://", "https://")):
        return False
    if record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
        return kind.startswith(_PAGES)
    http = record.http_headers
    return bool(
        http
        and http.get_statuscode() == "200"
        and (http.get_header("Content-Type") or "").strip().lower().startswith(_PAGES)
    )


def _content(record: Any, limit: int) -> bytes:
    """The bytes of a page, unpacked as HTTP says; one more than the limit where they are more."""
    content, pieces, size = record.content_stream(), [], 0
    while size <= limit and (piece := content.read(min(1 << 16, limit + 1 - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _charset(record: Any) -> str | None:
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") or "") if headers else ""
    _, found, name = kind.lower().partition("charset=")
    return name.split(";")[0].strip(" \"'") or None if found else None
