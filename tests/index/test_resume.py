"""`resume`: an import in several transactions, which a later run goes on from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson
import pytest

import newsearch
from newsearch import NewsIndex, NewsIndexError
from newsearch.indexing.adding import add_onwards
from newsearch.reports import AddReport


def write(path: Path, numbers: range, *, bad: int | None = None) -> None:
    lines = [
        b"rusak" if number == bad else orjson.dumps({"id": str(number), "title": f"judul {number}"})
        for number in numbers
    ]
    path.write_bytes(b"\n".join(lines) + b"\n")


def by_tens(index: NewsIndex, reader: newsearch.Reader) -> Iterator[AddReport]:
    """What `index.resume` does, with ten articles in a transaction."""
    return add_onwards(index._engine, reader, 10.0, batch=10)


def ids(index: NewsIndex) -> set[str]:
    return {article.id for article in index.articles()}


def test_goes_on_where_it_stopped(index: NewsIndex, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(25), bad=12)
    write(tmp_path / "b.jsonl", range(25, 40))
    reader = newsearch.read(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    first = list(islice(by_tens(index, reader), 2))
    assert [report.added for report in first] == [10, 20]
    assert ids(index) == {str(number) for number in range(21)} - {"12"}

    last = list(by_tens(index, reader))[-1]
    assert (last.added, last.updated, last.rejected_total) == (19, 0, 0)
    assert ids(index) == {str(number) for number in range(40)} - {"12"}


def test_what_is_finished_is_passed_over(index: NewsIndex, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(3))
    write(tmp_path / "b.jsonl", range(3))
    (tmp_path / "c.txt").write_text("hanya satu baris")
    reader = newsearch.read(tmp_path / "a.jsonl", tmp_path / "b.jsonl", tmp_path / "c.txt")
    assert list(index.resume(reader))[-1].rejected_total == 1
    again = list(index.resume(reader))[-1]
    assert (again.added, again.updated, again.passed_over) == (0, 0, 3)


def test_a_file_that_changed_is_read_again(index: NewsIndex, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(15))
    next(by_tens(index, newsearch.read(tmp_path / "a.jsonl")))
    write(tmp_path / "a.jsonl", range(5, 30))
    last = list(by_tens(index, newsearch.read(tmp_path / "a.jsonl")))[-1]
    assert (last.added, last.updated) == (20, 5)


def test_other_names_of_fields_begin_anew(index: NewsIndex, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"kop": "Banjir"}\n')
    assert list(index.resume(newsearch.read(tmp_path / "a.jsonl")))[-1].rejected_total == 1
    reader = newsearch.read(tmp_path / "a.jsonl", field_map={"title": "kop"})
    assert list(index.resume(reader))[-1].added == 1


def test_rejected_records_come_once_where_they_were_passed(
    index: NewsIndex, tmp_path: Path
) -> None:
    write(tmp_path / "a.jsonl", range(25), bad=3)
    for _ in range(2):
        reader = newsearch.read(tmp_path / "a.jsonl", rejects=tmp_path / "tolak.jsonl")
        list(islice(by_tens(index, reader), 2))
    assert (tmp_path / "tolak.jsonl").read_bytes() == b"rusak\n"


def test_an_error_leaves_the_transactions_before_it(index: NewsIndex, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(25), bad=17)
    reader = newsearch.read(tmp_path / "a.jsonl", strict=True)
    with pytest.raises(newsearch.ArticleError, match="line 18"):
        list(by_tens(index, reader))
    assert ids(index) == {str(number) for number in range(10)}


def test_a_torn_note_counts_for_nothing(index: NewsIndex, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(15))
    reader = newsearch.read(tmp_path / "a.jsonl")
    next(by_tens(index, reader))
    notes = tmp_path / "index" / "newsearch.progress"
    notes.write_bytes(notes.read_bytes()[:-5])
    last = list(add_onwards(index._engine, reader, 10.0, batch=100))[-1]
    assert (last.added, last.updated) == (5, 10)
    assert len(index) == 15
    # The line that was torn and the next one must not have become one.
    assert list(by_tens(index, reader))[-1].passed_over == 1


@pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")
def test_any_name_of_a_file(index: NewsIndex, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\n.jsonl"
    with open(path, "wb") as file:
        file.write(b'{"title": "a"}\n')
    reader = newsearch.read(os.fsdecode(path))
    assert list(index.resume(reader))[-1].added == 1
    assert list(index.resume(reader))[-1].passed_over == 1


def test_standard_input_cannot_be_resumed(index: NewsIndex) -> None:
    with pytest.raises(NewsIndexError, match="write it to a file"):
        list(index.resume(newsearch.read("-")))


def test_notes_of_somebody_else_are_not_believed(index: NewsIndex, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(3))
    notes = tmp_path / "index" / "newsearch.progress"
    for line in (
        b"[]",
        b'["a",[1,2,[]],"x"]',
        b"{}",
        b"\xff",
        b"[1,[1,2,[[[]]]],0]",
        b'["a",null,1]',
    ):
        notes.write_bytes(line + b"\n")
        assert len(list(index.resume(newsearch.read(tmp_path / "a.jsonl")))) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_notes_are_not_written_through_a_link(index: NewsIndex, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", range(3))
    (tmp_path / "milik").write_bytes(b"saya\n")
    (tmp_path / "index" / "newsearch.progress").symlink_to(tmp_path / "milik")
    with pytest.raises(NewsIndexError):
        list(index.resume(newsearch.read(tmp_path / "a.jsonl")))
    assert (tmp_path / "milik").read_bytes() == b"saya\n"
