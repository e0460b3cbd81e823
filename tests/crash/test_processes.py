"""Several processes over one index."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import newsearch
from tests.crash import readers, work

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")


@pytest.fixture(params=["tantivy", "whoosh"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_readers_see_whole_commits_one_after_the_other(tmp_path: Path, engine: str) -> None:
    # Two rebuilds among them; `make torture` does a thousand.
    counts = readers.run(tmp_path / "index", engine, commits=2 * readers.REBUILD_EVERY)
    assert all(counts)


def _hold(location: str, pipe: Connection) -> None:
    with newsearch.open(location) as index, index.writer() as writer:
        writer.add(work.made("mine", "milik saya"))
        pipe.send(os.getpid())
        with suppress(EOFError):
            pipe.recv()


def test_a_second_writer_waits_and_then_learns_who_holds_the_index(
    tmp_path: Path, engine: str
) -> None:
    newsearch.create(tmp_path / "index", engine=engine).close()
    forks = multiprocessing.get_context("forkserver")
    ours, theirs = forks.Pipe()
    process = forks.Process(target=_hold, args=(str(tmp_path / "index"), theirs))
    process.start()
    holder = ours.recv()
    with newsearch.open(tmp_path / "index") as index:
        started = time.monotonic()
        with (
            pytest.raises(newsearch.IndexLockedError, match=rf"process {holder} on"),
            index.writer(timeout=0.5),
        ):
            pass
        assert time.monotonic() - started >= 0.5
        # Readers are kept from nothing.
        assert len(index) == 0
        assert newsearch.open(tmp_path / "index").search("milik").total == 0
        ours.send("go on")
        # This one waits, and gets it.
        index.add([work.made("yours", "milik kamu")], timeout=60)
        assert {one.id for one in index.articles()} == {"mine", "yours"}
    process.join()


def test_a_lock_of_a_dead_process_blocks_nobody(tmp_path: Path, engine: str) -> None:
    newsearch.create(tmp_path / "index", engine=engine).close()
    forks = multiprocessing.get_context("forkserver")
    ours, theirs = forks.Pipe()
    process = forks.Process(target=_hold, args=(str(tmp_path / "index"), theirs))
    process.start()
    os.kill(ours.recv(), signal.SIGKILL)
    process.join()
    assert (tmp_path / "index" / "newsearch.writer").exists()
    with newsearch.open(tmp_path / "index") as index:
        index.add([work.made("yours", "milik kamu")], timeout=0.5)
        assert {one.id for one in index.articles()} == {"yours"}
        assert index.check() == []
    assert not (tmp_path / "index" / "newsearch.writer").exists()


def test_a_reader_that_is_kept_open_follows_without_opening_anew(
    tmp_path: Path, engine: str
) -> None:
    with newsearch.create(tmp_path / "index", engine=engine) as index:
        index.add([work.made("a", "banjir")])
        with newsearch.open(tmp_path / "index") as kept:
            assert kept.search("banjir").total == 1
            core = kept._engine._core  # type: ignore[attr-defined]
            for number in range(5):
                index.add([work.made(f"b{number}", "banjir")])
                assert kept.search("banjir").total == number + 2
            assert kept._engine._core is core  # type: ignore[attr-defined]
