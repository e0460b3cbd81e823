"""Ctrl-C and kill -9 at real processes: what they say is in is in, and nothing else."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

import newsearch
from newsearch.interrupts import Whole, what_is_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals")

ARTICLES = 8_000
SMALL = 400
STEPS = 4


def write(path: Path, count: int) -> None:
    with path.open("wb") as file:
        for number in range(count):
            fields = {
                "id": str(number),
                "title": f"Banjir {number}",
                "text": f"warga {number} " * 9,
            }
            file.write(orjson.dumps(fields) + b"\n")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    write(path, ARTICLES)
    return path


def start(index: Path, *arguments: object, code: str = "") -> subprocess.Popen[str]:
    """The command line in a process of its own; `code` runs before it."""
    ready = index.with_name("ready")
    ready.unlink(missing_ok=True)
    script = f"""
import pathlib
import newsearch
pathlib.Path({str(ready)!r}).touch()
{code}
from newsearch.start import main
main()
"""
    return subprocess.Popen(
        [sys.executable, "-c", script, "--index", str(index), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def ctrl_c(process: subprocess.Popen[str], number: signal.Signals = signal.SIGINT) -> None:
    """What a terminal does: the processes that help get the signal too."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def wait_for(path: Path, pattern: str, process: subprocess.Popen[str]) -> None:
    while not list(path.glob(pattern)) and process.poll() is None:
        time.sleep(0.002)


def held(index: Path) -> int:
    if not (index / "newsearch.json").exists():
        return 0
    with newsearch.open(index) as opened:
        assert opened.check() == []
        return len(opened)


def outcome(process: subprocess.Popen[str]) -> str:
    """What an interrupted command said; it is one line, and no traceback."""
    printed, told = process.communicate(timeout=120)
    lines = told.strip().splitlines()
    assert len(lines) <= 1, told
    if process.returncode in (0, -signal.SIGINT):
        return "done" if printed else "nothing"  # it was at its end, or had not begun
    assert process.returncode == 130, told
    assert lines[0].startswith("newsearch: interrupted; ")
    return lines[0]


@pytest.mark.parametrize("step", range(STEPS))
def test_index_interrupted_anywhere(tmp_path: Path, news: Path, step: int) -> None:
    """From its start-up to its end: all articles or none, as it says."""
    small = tmp_path / "small.jsonl"
    write(small, SMALL)
    index = tmp_path / "index"
    process = start(index, "index", small)
    wait_for(tmp_path, "ready", process)
    if step:
        wait_for(index, "newsearch.json", process)
    time.sleep(random.random() * 0.1 * (step + 1))
    ctrl_c(process)
    told = outcome(process)
    expected = 0 if "nothing" in told else SMALL
    assert held(index) == expected, told


# The commit takes a second in these, and says when it begins and ends.
_SLOW = """
import pathlib, time
import newsearch.interrupts as interrupts
commit = interrupts._commit
def slow(transaction):
    result = commit(transaction)
    (pathlib.Path({folder!r}) / "committing").touch()
    time.sleep({seconds})
    return result
interrupts._commit = slow
"""


def test_index_interrupted_in_its_commit_is_whole(tmp_path: Path) -> None:
    small = tmp_path / "small.jsonl"
    write(small, SMALL)
    index = tmp_path / "index"
    code = _SLOW.format(folder=str(tmp_path), seconds=1)
    process = start(index, "index", small, code=code)
    wait_for(tmp_path, "committing", process)
    ctrl_c(process)
    assert "was committed before" in outcome(process)
    assert held(index) == SMALL


def test_a_second_interrupt_does_not_wait(tmp_path: Path) -> None:
    small = tmp_path / "small.jsonl"
    write(small, SMALL)
    code = _SLOW.format(folder=str(tmp_path), seconds=60)
    process = start(tmp_path / "index", "index", small, code=code)
    wait_for(tmp_path, "committing", process)
    ctrl_c(process)
    time.sleep(0.2)
    ctrl_c(process)
    outcome(process)


def test_delete_and_rebuild_interrupted_in_their_commit(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with newsearch.create(index) as made:
        made.add(newsearch.Article(id=str(number), title="a") for number in range(3))
    code = _SLOW.format(folder=str(tmp_path), seconds=1)
    for left, command in ((2, ["delete", "1"]), (2, ["rebuild"])):
        process = start(index, *command, code=code)
        wait_for(tmp_path, "committing", process)
        ctrl_c(process)
        assert "was committed before" in outcome(process)
        assert held(index) == left
        (tmp_path / "committing").unlink()


def interrupted_after_a_commit(
    tmp_path: Path, arguments: list[object], index: Path, number: signal.Signals
) -> subprocess.Popen[str]:
    """A process that is interrupted somewhere behind its first commits."""
    code = f"""
import newsearch.indexing.adding, newsearch.moving
newsearch.moving.BATCH = 1_000
newsearch.indexing.adding.add_onwards.__defaults__ = (1_000,)
import pathlib, newsearch.interrupts as interrupts
commit = interrupts._commit
def counted(transaction):
    result = commit(transaction)
    with open({str(tmp_path / "commits")!r}, "a") as file:
        file.write(".")
    return result
interrupts._commit = counted
"""
    process = start(index, *arguments, code=code)
    wanted = random.randint(1, 4)
    commits = tmp_path / "commits"
    while process.poll() is None and not (commits.exists() and commits.stat().st_size >= wanted):
        time.sleep(0.005)
    time.sleep(random.random() * 0.1)
    ctrl_c(process, number)
    return process


def test_resume_interrupted_says_what_is_in(tmp_path: Path, news: Path) -> None:
    index = tmp_path / "index"
    command: list[object] = ["index", "--resume", news]
    process = interrupted_after_a_commit(tmp_path, command, index, signal.SIGINT)
    told = re.match(r".*interrupted; the index has ([\d,]+) articles", outcome(process))
    assert told
    committed = int(told[1].replace(",", ""))
    assert committed >= 1_000
    assert held(index) == committed

    done = start(index, *command, "--json")
    report = orjson.loads(done.communicate()[0])
    assert (report["added"], report["updated"]) == (ARTICLES - committed, 0)
    assert held(index) == ARTICLES


def test_resume_after_kill(tmp_path: Path, news: Path) -> None:
    index = tmp_path / "index"
    command: list[object] = ["index", "--resume", news]
    interrupted_after_a_commit(tmp_path, command, index, signal.SIGKILL).communicate()
    there = held(index)
    assert 1_000 <= there < ARTICLES

    report = orjson.loads(start(index, *command, "--json").communicate()[0])
    # What a commit brought that was not noted any more is replaced; no article is there twice.
    assert report["added"] == ARTICLES - there
    assert report["updated"] in (0, 1_000)
    assert held(index) == ARTICLES


def test_copy_interrupted_says_what_is_in(tmp_path: Path, news: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    with newsearch.create(source) as made:
        made.add(newsearch.read(news))
    command: list[object] = ["copy", source, target]
    process = interrupted_after_a_commit(tmp_path, command, source, signal.SIGINT)
    told = re.match(r".*interrupted; the index has ([\d,]+) articles", outcome(process))
    assert told
    assert held(target) == int(told[1].replace(",", ""))


def test_a_failed_commit_is_none() -> None:
    before = what_is_in()

    class Transaction:
        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), Whole(Transaction()):
        pass
    assert what_is_in() == before
