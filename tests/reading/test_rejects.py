"""Records that are left out are written as they came, and can be read again after repair."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsearch
from newsearch import ReadError
from newsearch.reading.streams import MAX_LINE


def read_all(folder: Path, name: str, data: bytes) -> newsearch.Reader:
    """Everything in a file, what is left out in `tolak.*` beside it."""
    (folder / name).write_bytes(data)
    reader = newsearch.read(folder / name, rejects=folder / "tolak.jsonl")
    for _ in reader:
        pass
    return reader


def test_json_lines_as_they_came(tmp_path: Path) -> None:
    bad = [b'{"title": "a", "te\n', b'{"x":  1}\n', b"[1, 2]\n", b'{"title": "\xff"}\r\n']
    good = b'{"title": "a", "text": "b"}\n'
    reader = read_all(tmp_path, "a.jsonl", good.join(bad) + good)
    assert reader.rejected_total == 4
    assert (tmp_path / "tolak.jsonl").read_bytes() == b"".join(bad).replace(b"\r", b"")
    assert reader.rejects is not None
    assert reader.rejects.files == [str(tmp_path / "tolak.jsonl")]


def test_log_names_both_places_and_the_reason(tmp_path: Path) -> None:
    read_all(tmp_path, "a.jsonl", b'{"title": "a"}\n{"y": 1}\nrusak\n')
    lines = (tmp_path / "tolak.log").read_text().splitlines()
    first, second = (line.split("\t") for line in lines)
    assert first[:2] == [f"{tmp_path}/tolak.jsonl:1", f"{tmp_path}/a.jsonl, line 2"]
    assert second[0] == f"{tmp_path}/tolak.jsonl:2"
    assert "no title" in first[2]
    assert "not JSON" in second[2]


def test_repaired_records_are_read_again(tmp_path: Path) -> None:
    read_all(tmp_path, "a.csv", b"judul;isi\nsatu;dua\n;;\n;;lebih;kurang\n")
    rejected = tmp_path / "tolak.csv"
    assert rejected.read_bytes() == b"judul;isi\n;;lebih;kurang\n"
    rejected.write_bytes(rejected.read_bytes().replace(b";;lebih", b"tiga;lebih"))
    rejected.write_bytes(rejected.read_bytes().replace(b";kurang", b""))
    assert [article.title for article in newsearch.read(rejected)] == ["tiga"]


def test_tables_of_several_headers_have_a_file_each(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"judul,isi\n1,2,3\n")
    (tmp_path / "b.csv").write_bytes(b"title,text\n4,5,6\n")
    (tmp_path / "c.csv").write_bytes(b"judul,isi\n7,8,9\n")
    reader = newsearch.read(tmp_path / "*.csv", rejects=tmp_path / "tolak.csv")
    assert not list(reader)
    assert (tmp_path / "tolak.csv").read_bytes() == b"judul,isi\n1,2,3\n7,8,9\n"
    assert (tmp_path / "tolak-2.csv").read_bytes() == b"title,text\n4,5,6\n"


def test_a_row_over_several_lines_keeps_its_line(tmp_path: Path) -> None:
    read_all(tmp_path, "a.csv", b'judul,isi\n"a,b\nc,d\ne,"f"\n')
    # The open quote costs its own line; the lines behind it are rows.
    assert (tmp_path / "tolak.csv").read_bytes() == b'judul,isi\n"a,b\n'


def test_items_of_an_array_become_lines(tmp_path: Path) -> None:
    data = b'[{"title": "a"},\n {"x":\n  1},\n {"title": "b", }, {"title": "c"'
    reader = read_all(tmp_path, "a.json", data)
    assert reader.rejected_total == 3
    lines = (tmp_path / "tolak.jsonl").read_bytes().splitlines()
    assert lines == [b'{"x":   1}', b'{"title": "b", }', b'{"title": "c"']


def test_pages_have_files_of_their_own(tmp_path: Path) -> None:
    reader = read_all(tmp_path, "..%2fetc.html", b"<html><body>hai")
    assert reader.rejected_total == 1
    assert (tmp_path / "tolak-pages" / "1.html").read_bytes() == b"<html><body>hai"


def test_a_long_line_is_written_whole(tmp_path: Path) -> None:
    long = b'{"title": "' + b"a" * (2 * MAX_LINE) + b'"}\n'
    reader = read_all(tmp_path, "a.jsonl", long + b'{"title": "b"}\n')
    assert [rejection.line for rejection in reader.rejected] == [1]
    assert (tmp_path / "tolak.jsonl").read_bytes() == long


def test_what_is_torn_is_kept(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"title": "a"}\n' * 5_000 + bytes(range(1, 10)) * 5_000, 0)
    reader = read_all(tmp_path, "a.jsonl.gz", packed[:-20_000])
    assert reader.rejected_total == 1
    assert (tmp_path / "tolak.jsonl").read_bytes().startswith(b"\1\2\3")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    for name in ("tolak.jsonl", "tolak.csv", "tolak.log", "tolak-pages"):
        (tmp_path / name).write_text("milik orang")
        with pytest.raises(ReadError, match="is not overwritten"):
            read_all(tmp_path, "a.jsonl", b"rusak\n")
        assert (tmp_path / name).read_text() == "milik orang"
        (tmp_path / name).unlink()


def test_the_folder_is_looked_for_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    with pytest.raises(ReadError, match="no folder"):
        next(iter(newsearch.read(tmp_path / "a.jsonl", rejects=tmp_path / "b" / "c.jsonl")))


def test_a_second_reading_appends(tmp_path: Path) -> None:
    reader = read_all(tmp_path, "a.jsonl", b"rusak\n")
    assert not list(reader)
    assert (tmp_path / "tolak.jsonl").read_bytes() == b"rusak\nrusak\n"


def test_nothing_is_made_without_a_rejection(tmp_path: Path) -> None:
    read_all(tmp_path, "a.jsonl", b'{"title": "a"}\n')
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl"]


LINE = st.sampled_from(
    [b'{"title":"a"}', b"rusak", b"{}", b"\xff\x80", b'{"title":"b"', b"[", b"null", b"\0", b"1"]
)


@given(lines=st.lists(LINE, max_size=20))
def test_every_line_is_an_article_or_written(
    lines: list[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    good = b'{"title":"a"}'
    (folder / "a.jsonl").write_bytes(b"\n".join([good, *lines]))
    reader = newsearch.read(folder / "a.jsonl", rejects=folder / "tolak")
    articles = len(list(reader))
    written = folder / "tolak.jsonl"
    kept = written.read_bytes().split(b"\n")[:-1] if written.exists() else []
    assert kept == [line for line in lines if line != good]
    assert articles + len(kept) == 1 + len(lines)
