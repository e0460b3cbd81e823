"""Analysis in other processes gives what it gives in this one, in the same order."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch.indexing import adding, analysts
from newsearch.indexing.analysts import Analyst
from newsearch.indexing.entries import make_entry
from tests.support import article

COUNT = 120


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Analyst]]:
    """What processes were started; lots are small, so that some are."""
    monkeypatch.setattr(analysts, "TOGETHER", 10)
    monkeypatch.setattr(analysts, "FEW", 20)
    monkeypatch.setattr(analysts, "ALONE", 40)
    monkeypatch.setattr(analysts, "_processes", lambda: 2)
    known: list[Analyst] = []

    class Known(Analyst):
        def __init__(self) -> None:
            super().__init__()
            known.append(self)

    monkeypatch.setattr(analysts, "Analyst", Known)
    analysts.close()
    yield known
    analysts.close()
    assert not any(one.process for one in known)


def articles(count: int = COUNT) -> Iterator[newsearch.Article]:
    for number in range(count):
        # Every tenth id comes again: the later article must win.
        yield article(f"a{number % 100}", f"Banjir ke-{number} di Lampung", f"Warga {number} mandi")


def test_entries_are_those_of_one_process_in_order() -> None:
    entries = [entry for lot in analysts.analysed(articles()) for entry in lot]
    assert entries == [make_entry(one) for one in articles()]


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("count", [0, 1, 20, 21, 30, 119])
def test_any_number_of_articles(count: int, many: bool) -> None:
    assert sum(map(len, analysts.analysed(articles(count), many=many))) == count


def test_of_large_files_processes_help_from_the_start(
    tmp_path: Path, started: list[Analyst], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "berita.jsonl"
    file.write_text('{"title": "Banjir", "text": "Warga mengungsi."}\n' * 5, "utf-8")
    index = newsearch.create(tmp_path / "index")
    index.add(newsearch.read(file))
    assert not started
    monkeypatch.setattr(adding, "LARGE", 100)
    index.add(newsearch.read(file))
    assert len(started) == 2
    monkeypatch.setattr(adding, "MANY", 1)
    assert index.rebuild() == len(index) == 1


def test_later_articles_replace_earlier_ones_and_a_rebuild_keeps_stamps(tmp_path: Path) -> None:
    index = newsearch.create(tmp_path / "index")
    report = index.add(articles())
    assert (report.added, report.updated) == (100, 20)
    assert index.get("a5").title == "Banjir ke-105 di Lampung"
    stamp = index._engine.last_stamp
    index.add([article("z", "Gempa di Palu")])
    assert index.rebuild() == 101
    hits = {newsearch.Article.from_dict(newsearch.engines.decode(hit.stored)).id: hit.indexed
            for hit in index._engine.every()}  # fmt: skip
    assert {hits[name] for name in hits if name != "z"} == {stamp}
    assert (hits["z"] or 0) > stamp


def test_a_process_that_fails_costs_only_its_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysts, "_START", "raise SystemExit(1)")
    entries = [entry for lot in analysts.analysed(articles()) for entry in lot]
    assert entries == [make_entry(one) for one in articles()]


@pytest.mark.parametrize(
    "said",
    [
        b"N.",
        b"no more than a line\n",
        struct.pack("<QQ", 1, 3) + b"](.",  # another lot
        struct.pack("<QQ", 0, 2) + b"N.",
        struct.pack("<QQ", 0, 10) + b"(.",  # less than it says
        struct.pack("<QQ", 0, 7) + b"T\x01\0\0\0\xff.",
        struct.pack("<QQ", 0, 2**63) + b"N.",
    ],
)
def test_a_process_that_says_what_it_should_not_costs_only_its_help(
    monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(analysts, "_START", f"import os; os.write(1, {said!r})")
    entries = [entry for lot in analysts.analysed(articles()) for entry in lot]
    assert entries == [make_entry(one) for one in articles()]


def test_a_process_that_is_killed_costs_only_its_help(started: list[Analyst]) -> None:
    lots = analysts.analysed(articles())
    entries = [*next(lots), *next(lots), *next(lots)]
    for one in started:
        assert one.process is not None
        one.process.kill()
    entries += [entry for lot in lots for entry in lot]
    assert entries == [make_entry(one) for one in articles()]


def test_processes_serve_the_next_addition_and_end_when_none_comes(
    started: list[Analyst], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [make_entry(one) for one in articles()]
    for _ in range(2):
        assert [entry for lot in analysts.analysed(articles()) for entry in lot] == expected
    assert len(started) == 2
    monkeypatch.setattr(analysts, "KEPT", 0.01)
    assert [entry for lot in analysts.analysed(articles()) for entry in lot] == expected
    processes = [one.process for one in started]
    for process in processes:
        if process is not None:
            process.wait(30)


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="processes have no priority here")
def test_processes_leave_the_thread_of_the_engine_the_way(started: list[Analyst]) -> None:
    assert sum(map(len, analysts.analysed(articles(), many=True))) == COUNT
    own = os.getpriority(os.PRIO_PROCESS, 0)
    for one in started:
        assert one.process is not None
        assert os.getpriority(os.PRIO_PROCESS, one.process.pid) == min(own + analysts.NICE, 19)


def test_processes_end_with_the_source_that_fails(started: list[Analyst], tmp_path: Path) -> None:
    def broken() -> Iterator[newsearch.Article]:
        yield from articles(70)
        assert all(one.process for one in started)
        raise OSError("gone")

    index = newsearch.create(tmp_path / "index")
    with pytest.raises(OSError, match="gone"):
        index.add(broken())
    assert len(index) == 0
    assert len(started) == 2
    assert not any(one.process for one in started)
