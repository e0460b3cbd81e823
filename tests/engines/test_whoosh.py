"""The Whoosh engine by itself: its commits, its segments, its files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsearch
from newsearch import NewsIndex
from newsearch.engines.norms import LENGTHS, length_bytes
from tests.support import article


@pytest.fixture
def index(tmp_path: Path) -> NewsIndex:
    return newsearch.create(tmp_path / "index", engine="whoosh")


def segments(index: NewsIndex) -> int:
    return len(list((Path(index._engine.location) / "data-1").glob("*.trm")))


def test_lengths_are_rounded_as_lucene_does() -> None:
    # Of org.apache.lucene.util.SmallFloat.byte4ToInt.
    assert LENGTHS[:41] == tuple(range(41))
    assert LENGTHS[41:50] == (42, 44, 46, 48, 50, 52, 54, 56, 60)
    assert LENGTHS[255] == 2_013_265_944


@given(st.lists(st.integers(0, 2_000_000_000), max_size=20))
def test_a_rounded_length_is_not_greater_and_not_much_less(lengths: list[int]) -> None:
    for length, byte in zip(lengths, length_bytes(lengths), strict=True):
        assert LENGTHS[byte] <= length <= 9 / 8 * LENGTHS[byte]


def test_segments_stay_few(index: NewsIndex) -> None:
    for number in range(64):
        index.add([article(f"a{number}", "Banjir")])
    assert segments(index) <= 7
    assert index.search("banjir").total == 64


def test_what_is_deleted_leaves_the_disk(index: NewsIndex) -> None:
    index.add([article(f"a{number}", "Banjir", "kata " * 2_000) for number in range(50)])
    before = index.stats().size
    with index.writer() as writer:
        for number in range(40):
            writer.delete(f"a{number}")
    assert segments(index) == 1
    assert index.stats().size < before / 2
    with index.writer() as writer:
        for number in range(40, 50):
            writer.delete(f"a{number}")
    assert (segments(index), len(index)) == (0, 0)
    assert index.search("banjir").total == 0


def test_a_writer_that_was_killed_leaves_the_last_commit(index: NewsIndex, tmp_path: Path) -> None:
    index.add([article("a", "Banjir")])
    ready = tmp_path / "ready"
    program = f"""
import pathlib, time, newsearch
with newsearch.open({str(index._engine.location)!r}) as index, index.writer() as writer:
    writer.delete("a")
    for number in range(500):
        writer.add(newsearch.Article(id=f"b{{number}}", title="Gempa", text="kata " * 500))
    pathlib.Path({str(ready)!r}).touch()
    time.sleep(60)
"""
    writing = subprocess.Popen([sys.executable, "-c", program])
    while not ready.exists():
        assert writing.poll() is None
        time.sleep(0.02)
    os.kill(writing.pid, signal.SIGKILL)
    writing.wait()
    assert {one.id for one in index.articles()} == {"a"}
    index.add([article("c", "Banjir")])
    assert {one.id for one in newsearch.open(index._engine.location).articles()} == {"a", "c"}
    assert index.check() == []
    # What the killed one had begun is gone.
    assert segments(index) <= 2


def test_contents_of_a_commit_that_did_not_finish_are_not_taken(index: NewsIndex) -> None:
    index.add([article("a", "Banjir")])
    data = Path(index._engine.location) / "data-1"
    before = {path.name: path.read_bytes() for path in data.iterdir()}
    index.add([article("b", "Banjir")])
    # As after a crash between putting the contents in place and naming them.
    for name, content in before.items():
        (data / name).write_bytes(content)
    with newsearch.open(data.parent) as again:
        assert {one.id for one in again.articles()} == {"a"}
        again.add([article("c", "Banjir")])
        assert {one.id for one in again.articles()} == {"a", "c"}


def test_files_cut_short_are_damage(index: NewsIndex) -> None:
    index.add([article(f"a{number}", "Banjir besar", "warga polisi") for number in range(300)])
    location = Path(index._engine.location)
    for path in sorted((location / "data-1").glob("MAIN*.*")):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        assert index.check(), path.name
        # Nothing but an error of ours, or an answer of what could be read.
        with suppress(newsearch.IndexCorruptError), newsearch.open(location) as again:
            again.search("banjir polisi", facets=["month", "region"])
            again.suggest("b")
            list(again.articles())
        path.write_bytes(data)
    assert index.check() == []
