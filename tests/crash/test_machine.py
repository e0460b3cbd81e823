"""Machines that refuse: full disks, no permission, nothing to write to, few files, little memory.

Each time the error is one line that says so, the last commit is there, and the next write works.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex
from tests.crash import work

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts of Linux")

BEFORE = {f"a{number}" for number in range(20)}
NOBODY = 65534
ENGINES = ("tantivy", "whoosh")
Limit = Callable[[], None]

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes another user"
)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter, as pytest's own may not."""
    made = Path(tempfile.mkdtemp(prefix="newsearch-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def make(location: Path, engine: str) -> NewsIndex:
    made = newsearch.create(location, engine=engine)
    made.add([work.made(one, "banjir") for one in sorted(BEFORE)])
    return made


def _warm(engine: str) -> None:
    """Import and load all that is used later, while that is still allowed."""
    place = tempfile.mkdtemp(prefix="newsearch-")
    with newsearch.create(f"{place}/index", engine=engine) as index:
        index.add([work.made("a", "banjir")])
        index.search("banjir")
        index.check()
    shutil.rmtree(place, ignore_errors=True)


def _attempt(location: Path, engine: str, limit: Limit, count: int, pipe: Connection) -> None:
    _warm(engine)
    limit()
    try:
        with newsearch.open(location) as index:
            pipe.send(f"found {index.search('banjir').total}")
            index.add(work.made(f"x{number}", "banjir") for number in range(count))
        pipe.send("added")
    except newsearch.NewsearchError as error:
        pipe.send(str(error))
    except BaseException as error:
        pipe.send(f"unnamed: {error!r}")


def attempt(location: Path, engine: str, limit: Limit, count: int = 3_000) -> tuple[list[str], int]:
    """What a process says that searches and writes under a limit, and how it ended."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([work.__name__])
    ours, theirs = forks.Pipe()
    process = forks.Process(target=_attempt, args=(location, engine, limit, count, theirs))
    process.start()
    theirs.close()
    said = []
    with suppress(EOFError):
        while True:
            said.append(ours.recv())
    process.join()
    assert process.exitcode is not None
    assert all("\n" not in line and not line.startswith("unnamed") for line in said), said
    return said, process.exitcode


def assert_as_it_was(location: Path) -> None:
    with newsearch.open(location) as index:
        assert {one.id for one in index.articles()} == BEFORE
        index.add([work.made("next", "banjir")])
        assert index.check() == []
        assert len(index) == len(BEFORE) + 1


def file_size(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def open_files(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))


def memory(more: int) -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def nothing() -> None:
    """No limit."""


@pytest.mark.parametrize("limit", [4_096, 100_000])
def test_files_that_may_not_grow(tmp_path: Path, engine: str, limit: int) -> None:
    make(tmp_path / "index", engine)
    said, status = attempt(tmp_path / "index", engine, partial(file_size, limit))
    assert status == 0
    assert said[0] == "found 20"
    assert "nothing of it was committed" in said[1]
    assert_as_it_was(tmp_path / "index")


@pytest.mark.parametrize("limit", [8, 24])
def test_few_open_files(tmp_path: Path, engine: str, limit: int) -> None:
    make(tmp_path / "index", engine)
    said, status = attempt(tmp_path / "index", engine, partial(open_files, limit))
    assert status == 0
    if said[-1] != "added":
        assert "open" in said[-1]
        assert_as_it_was(tmp_path / "index")


@pytest.mark.parametrize("more", [0, 4 << 20])
def test_little_memory(tmp_path: Path, engine: str, more: int) -> None:
    make(tmp_path / "index", engine)
    said, status = attempt(tmp_path / "index", engine, partial(memory, more), count=10_000)
    # Compiled code may end the process where memory cannot be had, as Rust does; that is no error
    # anybody can catch, but the last commit is there.
    assert status in (0, -signal.SIGABRT, -signal.SIGSEGV), said
    if said[-1] != "added":
        assert status or "memory" in said[-1]
        assert_as_it_was(tmp_path / "index")


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own."""
    place = folder / "mounted"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip(f"this user may not mount: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk(folder: Path, engine: str) -> None:
    with mounted(folder, "size=400k") as place:
        make(place / "index", engine)
        said, status = attempt(place / "index", engine, nothing, count=4_000)
        assert (status, said[0]) == (0, "found 20")
        assert "nothing of it was committed" in said[1]
        assert_as_it_was(place / "index")


def test_a_disk_that_is_full_to_the_last_byte(folder: Path, engine: str) -> None:
    with mounted(folder, "size=1m") as place:
        make(place / "index", engine)
        with suppress(OSError), (place / "else").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4_096))
        said, status = attempt(place / "index", engine, nothing, count=1)
        assert (status, said[0]) == (0, "found 20")
        assert "No space left" in said[1]
        (place / "else").unlink()
        assert_as_it_was(place / "index")


def test_a_file_system_that_is_read_only(folder: Path, engine: str) -> None:
    with mounted(folder, "size=2m") as place:
        make(place / "index", engine)
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        with newsearch.open(place / "index") as index:
            assert index.search("banjir", facets=("region",)).total == 20
            assert index.suggest("ba")
            assert index.check() == []
            assert len(list(index.salvage())) == 20
            with pytest.raises(newsearch.NewsIndexError, match="Read-only file system"):
                index.add([work.made("b", "banjir")])
            # Someone who may write does so: the reader sees it.
            subprocess.run(["mount", "-o", "remount,rw", place], check=True)
            with newsearch.open(place / "index") as other:
                other.add([work.made("b", "banjir")])
            subprocess.run(["mount", "-o", "remount,ro", place], check=True)
            assert index.search("banjir").total == 21


@needs_root
def test_a_user_who_may_read_but_not_write(folder: Path, engine: str) -> None:
    make(folder / "index", engine)
    for path in (folder / "index").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    said, status = attempt(folder / "index", engine, partial(os.seteuid, NOBODY))
    assert (status, said[0]) == (0, "found 20")
    assert "Permission denied" in said[1]
    assert_as_it_was(folder / "index")


@needs_root
def test_a_user_who_may_not_read(folder: Path, engine: str) -> None:
    make(folder / "index", engine)
    for path in (folder / "index" / "data-1").iterdir():
        path.chmod(0o600)
    said, status = attempt(folder / "index", engine, partial(os.seteuid, NOBODY))
    assert status == 0
    assert "may not read" in said[0]
    assert_as_it_was(folder / "index")


def _follow(location: Path, engine: str, pipe: Connection) -> None:
    _warm(engine)  # another user may not read where Python is
    os.setuid(NOBODY)
    with newsearch.open(location) as index:
        pipe.send(len(index))
        while pipe.recv():
            pipe.send(len(index))


@needs_root
def test_another_user_follows_the_commits(folder: Path, engine: str) -> None:
    make(folder / "index", engine)
    forks = multiprocessing.get_context("forkserver")
    ours, theirs = forks.Pipe()
    process = forks.Process(target=_follow, args=(folder / "index", engine, theirs))
    process.start()
    theirs.close()
    counts = [ours.recv()]
    with newsearch.open(folder / "index") as index:
        for number in range(20):  # merges too
            index.add([work.made(f"n{number}", "banjir")])
            ours.send(True)
            counts.append(ours.recv())
        index.rebuild()
        index.delete("n0")
        ours.send(True)
        counts.append(ours.recv())
    ours.send(False)
    process.join()
    assert process.exitcode == 0
    assert counts == [*range(20, 41), 39]
