"""Folders and patterns with what should not be read in them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import newsearch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.jsonl").write_text('{"title": "Satu"}\n')
    return tmp_path / "news"


def test_links_in_a_circle_end(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / name).symlink_to(folder)
    assert len(list(newsearch.read(folder))) == 1
    assert [one.title for one in newsearch.read(str(folder / "**" / "*.jsonl"))] == ["Satu"]


def test_a_pipe_in_a_folder_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "b.jsonl")
    assert len(list(newsearch.read(folder))) == 1


def test_a_dangling_link_in_a_folder_is_reported(folder: Path) -> None:
    (folder / "b.jsonl").symlink_to(folder / "none")
    reader = newsearch.read(folder)
    assert [one.title for one in reader] == ["Satu"]
    assert [Path(rejection.source).name for rejection in reader.rejected] == ["b.jsonl"]


def test_an_index_in_a_folder_is_passed_over(folder: Path) -> None:
    index = newsearch.create(folder / "index")
    index.add([newsearch.Article(title="Dua")])
    reader = newsearch.read(folder)
    assert [one.title for one in reader] == ["Satu"]
    assert reader.rejected == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(range(256)) * 40, "binary"),
        (b"title,text\rSatu,Dua\rTiga,Empat\r", "carriage returns"),
    ],
)
def test_what_is_no_text_is_rejected(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / ("a.csv" if b"," in data[:20] else "a.txt")
    path.write_bytes(data)
    reader = newsearch.read(path)
    assert list(reader) == []
    assert said in reader.rejected[0].reason


def test_a_page_in_utf_16(tmp_path: Path) -> None:
    page = "Banjir Rendam Kota\n\nRabu, 14 Juni 2023 - 18:22 WIB\n\n" + "Warga mengungsi. " * 30
    (tmp_path / "a.txt").write_text(page, "utf-16")
    assert [one.title for one in newsearch.read(tmp_path)] == ["Banjir Rendam Kota"]
