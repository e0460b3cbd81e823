"""What is fed with hostile bytes: every place where newsearch reads what others wrote.

Each target takes any bytes and returns, or raises an error of newsearch; all else is a bug. The
hypothesis tests, the tests of size and the fuzzer share them.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import BinaryIO

import zstandard

import newsearch
from newsearch.engines import fold
from newsearch.indexing.entries import make_entry
from newsearch.query import Highlight, plan
from newsearch.reading import Reader
from newsearch.reading.records import RecordMapper
from newsearch.reading.sources import Kind, Source
from newsearch.results import Highlighter
from tests.support import story

LEAST_ARTICLES = 5


@dataclass(frozen=True, slots=True)
class Held(Source):
    """A source whose bytes are in memory."""

    data: bytes = b""

    def open(self) -> BinaryIO:
        return BytesIO(self.data)


def text_of(data: bytes) -> str:
    """Any bytes as a text; what is no UTF-8 becomes lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def records(kind: Kind) -> Callable[[bytes], None]:
    """Reads a source of a kind; what it gives must go into an index."""

    def read(data: bytes) -> None:
        reader = Reader([Held("hostile", kind, len(data), data)], RecordMapper(), strict=False)
        for number, article in enumerate(reader):
            article.text.encode()
            if number < LEAST_ARTICLES:
                make_entry(replace(article, text=article.text[:5_000]))
        for rejection in reader.rejected:
            assert rejection.reason
            assert len(str(rejection)) < 5_000

    return read


def page(data: bytes) -> None:
    newsearch.read_page(text_of(data)).text.encode()


def html(data: bytes) -> None:
    newsearch.read_page("<html>" + text_of(data), "https://warta.example/a").text.encode()


def gzipped(data: bytes) -> None:
    records(Kind.JSON_LINES)(gzip.compress(data, 1))
    records(Kind.UNKNOWN)(b"\x1f\x8b\x08\x00" + data)


def zstd(data: bytes) -> None:
    records(Kind.JSON_LINES)(zstandard.compress(data, 1))
    records(Kind.UNKNOWN)(b"\x28\xb5\x2f\xfd" + data)


def date(data: bytes) -> None:
    found = newsearch.parse_date(text_of(data))
    assert found is None or found.utcoffset() is not None


def regions(data: bytes) -> None:
    title, _, text = text_of(data).partition("\n")
    for match in newsearch.detect_regions(title, text):
        assert newsearch.region(match.code).code == match.code


def region(data: bytes) -> None:
    newsearch.region(text_of(data))


def stem(data: bytes) -> None:
    newsearch.stem(text_of(data))


def entry(data: bytes) -> None:
    title, _, text = text_of(data).partition("\n")
    made = make_entry(newsearch.Article(title=title, text=text, source=title or None))
    assert fold(made.source or "") == (made.source or "")
    made.words.encode()


def query(data: bytes) -> None:
    index = _news()
    typed = text_of(data)
    index.search(typed, facets=("region", "month"), limit=3)
    index.parse(typed)


def snippet(data: bytes) -> None:
    """A query in the first line, the text behind it; marks must be inside, in order and whole."""
    typed, _, text = text_of(data).partition("\n")
    found = Highlighter(_highlight(typed)).best_passage(text)
    last = 0
    for start, end in found.marks:
        assert last <= start < end <= len(found.text)
        last = end
    found.html()
    assert "\x1b" not in found.ansi().replace("\x1b[1;33m", "").replace("\x1b[0m", "")


def suggest(data: bytes) -> None:
    _news().suggest(text_of(data))


def _highlight(typed: str) -> Highlight:
    return plan(typed, _news()._engine, any_word=True).highlight


@cache
def _news() -> newsearch.NewsIndex:
    """An index of seven articles, for the life of the process."""
    folder = tempfile.TemporaryDirectory()
    index = newsearch.create(f"{folder.name}/index")
    index.add(story())
    _kept.append(folder)
    return index


_kept: list[object] = []

TARGETS: dict[str, Callable[[bytes], None]] = {
    "page": page,
    "html": html,
    "json-lines": records(Kind.JSON_LINES),
    "json": records(Kind.JSON),
    "csv": records(Kind.TABLE),
    "feed": records(Kind.FEED),
    "crawl": records(Kind.CRAWL),
    "file": records(Kind.PAGE),
    "unknown": records(Kind.UNKNOWN),
    "gzip": gzipped,
    "zstd": zstd,
    "date": date,
    "regions": regions,
    "region": region,
    "stem": stem,
    "entry": entry,
    "query": query,
    "snippet": snippet,
    "suggest": suggest,
}

WORDS = (
    *("Baca Juga", "Berita Terkait", "Penulis:", "Editor:", "WIB", "Rabu, 14 Juni 2023 - 18:22"),
    *("Kabupaten", "Kota", "Desa", "Kecamatan", "Ogan Komering Ilir", "OKI", "Bandar Lampung"),
    *("DAN", "ATAU", "BUKAN", "AND", "OR", "NOT", "judul:", "isi:", "daerah:", "tanggal:", " TO "),
    *(
        "lalu",
        "kemarin",
        "jam",
        "menit",
        "hari terakhir",
        "sejak",
        "sampai",
        "2023-06-14T18:22:00Z",
    ),
    *("<p>", "</p>", "<h1>", "<script>", "<!--", "-->", "<![CDATA[", "]]>", "&nbsp;", "&#0;"),
    *("<meta property=", "application/ld+json", "datePublished", "headline", "<title>", "<table>"),
    *(
        "<rss>",
        "<item>",
        "<feed>",
        "<entry>",
        "<!DOCTYPE",
        "<!ENTITY",
        "WARC/1.0\r\n",
        "HTTP/1.1 200",
    ),
    *('{"title":', '"text":"', '"url":', '"date":', '"penulis":', "judul,isi\n", '""', "\ufeff"),
    *("mem", "peng", "kan", "nya", "-", "~1", "^2", "*", "?", "\u0301", "\u202e", "\u200b", "😀"),
    *("WARC-Type: response\r\n", "WARC-Target-URI: http://a/\r\n", "Content-Length: 10\r\n"),
    *("Content-Type: application/http\r\n", "Content-Type: text/html\r\n"),
    *("Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n", "WARC-Type: conversion\r\n"),
    *("\r\n", "\0", "\x1b[31m", "(JAKARTA)", "JAKARTA, KOMPAS.com –", "Dibaca 1.234 kali"),
)
"""What a fuzzer would not find by itself in an hour."""
