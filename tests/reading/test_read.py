"""read(): which files are read, what is rejected, and the counters."""

import gzip
import io
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard

from newsearch.article import Article
from newsearch.errors import ArticleError, ReadError
from newsearch.reading import Reader, Rejection, read
from newsearch.reading.dates import WIB

RECORDS = [{"judul": f"Berita {n}", "isi": f"Isi berita nomor {n}."} for n in range(3)]
LINES = b"".join(orjson.dumps(record) + b"\n" for record in RECORDS)
TITLES = ["Berita 0", "Berita 1", "Berita 2"]
PAGE = "Panen Raya di Sukamaju Dimulai\n\nPetani Sukamaju memulai panen raya padi pagi ini.\n"


def packed(data: bytes, ending: str) -> bytes:
    if ending == ".gz":
        return gzip.compress(data)
    return zstandard.ZstdCompressor().compress(data) if ending == ".zst" else data


def titles(reader: Reader) -> list[str]:
    return [article.title for article in reader]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("news.jsonl", LINES),
        ("news.ndjson", LINES),
        ("news.json", LINES),
        ("news.json", orjson.dumps(RECORDS)),
        ("news.json", orjson.dumps(RECORDS, option=orjson.OPT_INDENT_2)),
        ("news.jsonl", orjson.dumps(RECORDS)),
        ("news.csv", b"judul,isi\nBerita 0,a\nBerita 1,b\nBerita 2,c\n"),
        ("news.tsv", b"judul\tisi\nBerita 0\ta\nBerita 1\tb\nBerita 2\tc\n"),
        ("news.dat", LINES),
        ("news.dat", b"judul;isi\nBerita 0;a\nBerita 1;b\nBerita 2;c\n"),
    ],
)
def test_formats(tmp_path: Path, name: str, data: bytes, ending: str) -> None:
    path = tmp_path / (name + ending)
    path.write_bytes(packed(data, ending))

    reader = read(path)

    assert titles(reader) == TITLES
    assert reader.rejected == []
    assert reader.bytes_read == reader.bytes_total == path.stat().st_size
    assert reader.unpacked_total == path.stat().st_size * (3 if ending else 1)


def test_one_object_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(orjson.dumps(RECORDS[0], option=orjson.OPT_INDENT_2))

    assert titles(read(path)) == ["Berita 0"]


def test_a_page_of_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b.txt").write_bytes(
        "Kafé Baru Dibuka\nKafé baru dibuka pagi ini.".encode("cp1252")
    )

    reader = read(tmp_path)

    assert titles(reader) == ["Panen Raya di Sukamaju Dimulai", "Kafé Baru Dibuka"]


def test_a_page_that_is_none_is_rejected_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("\n")
    (tmp_path / "page.txt").write_text("<html><body><p>Panen</p></body></html>")

    reader = read(tmp_path)

    assert titles(reader) == []
    assert [(Path(r.source).name, r.line) for r in reader.rejected] == [
        ("empty.txt", None),
        ("page.txt", None),
    ]
    assert "empty" in reader.rejected[0].reason
    assert "no text" in reader.rejected[1].reason


def test_a_folder_is_read_with_all_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b/2.jsonl", "a/1.csv", "c.txt", ".hidden/x.jsonl", ".x.jsonl", "d.md", "e.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"judul,isi\nsatu,x\n" if name.endswith("csv") else LINES.splitlines()[0])
    (tmp_path / "c.txt").write_text(PAGE)
    (tmp_path / "README.txt").write_text(PAGE)

    reader = read(tmp_path)

    assert titles(reader) == ["Panen Raya di Sukamaju Dimulai", "satu", "Berita 0"]


def test_patterns_and_several_paths(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "c.md"):
        (tmp_path / name).write_bytes(LINES)

    assert titles(read(str(tmp_path / "*"))) == TITLES * 2
    # A file that two paths name is read once.
    assert titles(read(tmp_path / "b.jsonl", str(tmp_path / "*.jsonl"))) == TITLES * 2


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        ((), "nothing to read"),
        (("missing.jsonl",), "no such file"),
        (("",), "no such file"),
        (("a\0b",), "no such file"),
        (("*.jsonl",), "no file matches"),
        (("*.md",), "no file to read"),
        (("empty",), "no file to read"),
    ],
)
def test_what_is_not_there_is_an_error_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...], reason: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.md").write_text("x")

    with pytest.raises(ReadError, match=reason):
        read(*paths)


def test_an_unknown_field_in_the_map_is_an_error_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES)

    with pytest.raises(ReadError, match="no field 'titel'"):
        read(path, field_map={"titel": "judul"})


def test_zst_without_the_package_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.jsonl.zst"
    path.write_bytes(zstandard.ZstdCompressor().compress(LINES))
    monkeypatch.setitem(sys.modules, "zstandard", None)

    with pytest.raises(ReadError, match=r"newsearch\[zstd\]"):
        read(path)


def test_a_file_that_vanishes_is_a_rejection(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(LINES)
    reader = read(tmp_path)
    (tmp_path / "a.jsonl").unlink()

    assert titles(reader) == TITLES
    assert "cannot be opened" in reader.rejected[0].reason


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_error_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES)
    path.chmod(0)

    with pytest.raises(ReadError, match="permission denied"):
        read(path)


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (LINES, TITLES),
        (orjson.dumps(RECORDS), TITLES),
        (gzip.compress(LINES), TITLES),
        (b"tanggal;judul;isi\n1/2/2023;Berita 0;x\n", ["Berita 0"]),
        (PAGE.encode(), ["Panen Raya di Sukamaju Dimulai"]),
        (b"", []),
    ],
)
def test_standard_input_is_known_by_its_first_bytes(
    monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[str]
) -> None:
    stdin(monkeypatch, data)

    reader = read("-")

    assert reader.bytes_total is reader.unpacked_total is None
    assert titles(reader) == expected
    assert reader.bytes_read == len(data)


def test_strict_raises_with_source_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES + b"{broken\n")
    articles: Iterator[Article] = iter(read(path, strict=True))

    assert [next(articles).title for _ in RECORDS] == TITLES
    with pytest.raises(ArticleError, match=r"a\.jsonl, line 4: not JSON"):
        next(articles)


def test_reading_again_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES + b"[]\n")
    reader = read(path)

    assert titles(reader) == titles(reader) == TITLES
    assert len(reader.rejected) == 1
    assert reader.bytes_read == reader.bytes_total


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_cut_off_file_keeps_what_could_be_read(tmp_path: Path, ending: str) -> None:
    # Bytes that cannot be packed, so that a cut in the middle leaves lines before it.
    data = b"".join(
        orjson.dumps({"judul": f"Berita {n}", "isi": os.urandom(3000).hex()}) + b"\n"
        for n in range(200)
    )
    whole = packed(data, ending)
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(whole[: len(whole) // 2])

    reader = read(path)
    read_titles = titles(reader)

    assert read_titles
    assert read_titles == [f"Berita {n}" for n in range(len(read_titles))]
    [rejection] = reader.rejected
    assert rejection.line in (len(read_titles), len(read_titles) + 1)
    assert "cut off" in rejection.reason


def test_damage_in_the_middle_of_a_gzip_file(tmp_path: Path) -> None:
    damaged = bytearray(gzip.compress(LINES * 2000))
    damaged[len(damaged) // 2] ^= 0xFF
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(damaged)

    reader = read(path)
    list(reader)

    assert reader.rejected
    assert all(isinstance(rejection, Rejection) for rejection in reader.rejected)


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_packed_files_that_were_joined(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(packed(LINES, ending) * 2)

    assert titles(read(path)) == TITLES * 2


FULL: dict[str, Any] = {
    "_id": 17,
    "Judul": "  Panen\n Raya ",
    "isi": "Isi.\r\nLagi.\0",
    "tanggal": "Rabu, 14 Juni 2023 - 18:22 WIB",
    "link": "https://a.example/1",
    "sumber": "a.example",
    "kanal": "Daerah",
    "penulis": "Denny; Wati dan Budi, Denny",
    "wilayah": "Lampung Timur, Lampung",
    "dibaca": "1.234",
}


def test_fields_by_their_indonesian_names(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(orjson.dumps(FULL))

    assert list(read(path)) == [
        Article(
            id="17",
            title="Panen Raya",
            text="Isi.\nLagi.",
            published=datetime(2023, 6, 14, 18, 22, tzinfo=WIB),
            url="https://a.example/1",
            source="a.example",
            category="Daerah",
            authors=("Denny", "Wati", "Budi"),
            regions=("Lampung Timur", "Lampung"),
            views=1234,
        )
    ]


def one(tmp_path: Path, record: dict[str, Any], **options: Any) -> Article:
    path = tmp_path / "one.jsonl"
    path.write_bytes(orjson.dumps(record))
    [article] = read(path, **options)
    return article


def test_what_to_dict_writes_reads_back(tmp_path: Path) -> None:
    article = one(tmp_path, FULL)

    assert one(tmp_path, article.to_dict()) == article


def test_the_field_map_goes_first(tmp_path: Path) -> None:
    record = {"title": "A", "judul_berita": "B", "isi": "x"}

    assert one(tmp_path, record, field_map={"title": "judul_berita"}).title == "B"
    assert one(tmp_path, record, field_map={"title": "lain"}).title == "A"


def test_names_of_the_field_map_that_no_record_has_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(orjson.dumps({"kepala": "A"}) + b"\n" + orjson.dumps({"judul": "B"}) + b"\n")
    reader = read(path, field_map={"title": "kepala", "text": "badan"})
    assert reader.not_found == {}
    assert titles(reader) == ["A", "B"]
    assert reader.not_found == {"text": "badan"}


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        ({"title": "", "judul": None, "headline": "nan", "name": "N"}, "title", "N"),
        ({"title": "A", "text": "None", "body": "B"}, "text", "B"),
        ({"title": 7}, "title", "7"),
        ({"text": "tanpa judul"}, "title", ""),
        ({"title": "A", "isi": ["satu", None, "dua"]}, "text", "satu\ndua"),
        ({"title": "A", "author": {"@type": "Person", "name": "Denny"}}, "authors", ("Denny",)),
        ({"title": "A", "author": [{"name": "Denny"}, "Wati"]}, "authors", ("Denny", "Wati")),
        ({"title": "A", "region": ["18", "16.02"]}, "regions", ("18", "16.02")),
        ({"title": "A", "date": "14:52"}, "published", None),
        ({"title": "A", "date": "Tidak Ditemukan"}, "published", None),
        ({"title": "A", "date": True}, "published", None),
        ({"title": "A", "date": 1e300}, "published", None),
        (
            {"title": "A", "date": 1686741720},
            "published",
            datetime(2023, 6, 14, 18, 22, tzinfo=WIB),
        ),
        (
            {"title": "A", "date": 1686741720000},
            "published",
            datetime(2023, 6, 14, 18, 22, tzinfo=WIB),
        ),
        (
            {"title": "A", "date": "1686741720"},
            "published",
            datetime(2023, 6, 14, 18, 22, tzinfo=WIB),
        ),
        ({"title": "A", "views": 12.0}, "views", 12),
        ({"title": "A", "views": "12.0"}, "views", 12),
        ({"title": "A", "views": "1,2 rb"}, "views", 1200),
        ({"title": "A", "views": "-3"}, "views", None),
        ({"title": "A", "views": "banyak"}, "views", None),
    ],
)
def test_values(tmp_path: Path, record: dict[str, Any], field: str, expected: object) -> None:
    assert getattr(one(tmp_path, record), field) == expected
