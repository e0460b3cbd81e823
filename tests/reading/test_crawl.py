"""WARC and WET files of a crawl, written by warcio itself."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import newsearch
from newsearch import Article
from newsearch.errors import ReadError
from newsearch.reading.reader import Reader

warcio = pytest.importorskip("warcio", reason="needs the extra 'crawl'")
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402 - only where it is installed
from warcio.warcwriter import WARCWriter  # noqa: E402

PAGE = """<!doctype html><html><head><title>{title} | Kabar Pesisir</title>
<meta property="og:site_name" content="Kabar Pesisir"></head><body><h1>{title}</h1>
<p>Rabu, 14 Juni 2023 18:22 WIB</p>
<p>Nelayan di pesisir itu menerima sepuluh mesin perahu baru dari pemerintah kabupaten.</p>
<p>Bupati berharap hasil tangkapan naik pada musim ini, kata juru bicara di dermaga.</p>
</body></html>"""
TEXT = """Nelayan Terima Mesin
Rabu, 14 Juni 2023 18:22 WIB
Nelayan di pesisir itu menerima sepuluh mesin perahu baru dari pemerintah kabupaten.
Bupati berharap hasil tangkapan naik pada musim ini, kata juru bicara di dermaga.
"""
Add = Callable[..., None]


def crawl(folder: Path, fill: Callable[[Any], None], name: str = "a.warc.gz") -> Path:
    path = folder / name
    with path.open("wb") as file:
        fill(WARCWriter(file, gzip=name.endswith(".gz")))
    return path


def response(
    writer: Any, url: str, body: bytes, kind: str = "text/html", status: str = "200 OK"
) -> None:
    headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=headers)
    )


def page(title: str) -> bytes:
    return PAGE.format(title=title).encode()


def read_all(path: Path) -> tuple[list[Article], Reader]:
    reader = newsearch.read(path)
    return list(reader), reader


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "unnamed"])
def test_pages_of_a_crawl(tmp_path: Path, name: str) -> None:
    def fill(writer: Any) -> None:
        writer.write_record(writer.create_warcinfo_record("a", {"software": "test"}))
        response(writer, "https://kabar.example/1", page("Nelayan Terima Mesin"))
        response(writer, "https://kabar.example/logo.png", b"\x89PNG", "image/png")
        response(writer, "https://kabar.example/2", page("Lain"), status="404 Not Found")
        response(writer, "https://kabar.example/3", page("Petambak Panen Garam"))
        response(writer, "https://kabar.example/", b"<html><body></body></html>")

    articles, reader = read_all(crawl(tmp_path, fill, name))

    assert [(article.title, article.url) for article in articles] == [
        ("Nelayan Terima Mesin", "https://kabar.example/1"),
        ("Petambak Panen Garam", "https://kabar.example/3"),
    ]
    assert articles[0].source == "Kabar Pesisir"
    assert articles[0].text.startswith("Nelayan di pesisir itu")
    [rejection] = reader.rejected
    assert rejection.reason.startswith("https://kabar.example/: the page is empty")
    assert reader.bytes_read == reader.bytes_total


def test_the_text_of_a_crawl(tmp_path: Path) -> None:
    def fill(writer: Any) -> None:
        record = writer.create_warc_record(
            "https://kabar.example/1",
            "conversion",
            payload=BytesIO(TEXT.encode()),
            warc_content_type="text/plain",
        )
        writer.write_record(record)

    articles, _ = read_all(crawl(tmp_path, fill, "a.warc.wet.gz"))
    assert [(a.title, a.url, a.source) for a in articles] == [
        ("Nelayan Terima Mesin", "https://kabar.example/1", "kabar.example")
    ]


def test_the_charset_of_the_answer_is_believed(tmp_path: Path) -> None:
    body = PAGE.format(title="Kafé Nelayan Dibuka").encode("latin-1")
    path = crawl(
        tmp_path,
        lambda writer: response(
            writer, "https://a.example/", body, "text/html; charset=iso-8859-1"
        ),
    )
    assert read_all(path)[0][0].title == "Kafé Nelayan Dibuka"


def test_what_comes_before_a_damaged_place_is_read(tmp_path: Path) -> None:
    def fill(writer: Any) -> None:
        for number in range(3):
            response(writer, f"https://a.example/{number}", page(f"Nelayan Terima Mesin {number}"))

    path = crawl(tmp_path, fill)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) - 200])
    articles, reader = read_all(path)
    assert [article.url for article in articles[:2]] == [
        "https://a.example/0",
        "https://a.example/1",
    ]
    assert reader.rejected


@pytest.mark.parametrize(
    "data",
    [b"", b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: x\r\n\r\n", b"not a crawl\n" * 9],
)
def test_what_is_no_crawl_is_reported(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    articles, reader = read_all(path)
    assert articles == []
    assert len(reader.rejected) <= 1


def test_a_page_that_unpacks_to_more_than_a_page_is_refused(tmp_path: Path) -> None:
    def fill(writer: Any) -> None:
        headers = StatusAndHeaders(
            "200 OK",
            [("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
            protocol="HTTP/1.1",
        )
        bomb = gzip.compress(b"<html>" + b" " * 30_000_000)
        writer.write_record(
            writer.create_warc_record(
                "https://a.example/bomb", "response", payload=BytesIO(bomb), http_headers=headers
            )
        )
        response(writer, "https://a.example/1", page("Nelayan Terima Mesin"))

    articles, reader = read_all(crawl(tmp_path, fill))
    assert [article.url for article in articles] == ["https://a.example/1"]
    assert "a page of more than" in reader.rejected[0].reason


def test_without_the_extra_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = crawl(tmp_path, lambda writer: response(writer, "https://a.example/1", page("A B C")))
    monkeypatch.setitem(sys.modules, "warcio", None)
    with pytest.raises(ReadError, match=r"newsearch\[crawl\]"):
        newsearch.read(path)
