"""What tantivy is spared gives the same answers as asking it for everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import whoosh.query as wq

import newsearch
from newsearch.engines import Filters, RawResults
from newsearch.engines.base import FacetCounts, Memory
from newsearch.engines.tantivy import commit, core, counting
from newsearch.engines.tantivy.query import translate
from tests.support import WIB, article

FACETS = ("region", "month", "source")


@pytest.fixture
def index(tmp_path: Path) -> newsearch.NewsIndex:
    made = newsearch.create(tmp_path / "index")
    for first in (0, 10, 20):  # several segments
        made.add(
            article(
                f"a{number}",
                f"Banjir ke-{number} di Lampung",
                # Two of a day, out of order, and some without a date.
                published=None
                if number % 7 == 6
                else datetime(2023, 1, 1, tzinfo=WIB) + timedelta(days=number * 11 % 30 // 2),
            )
            for number in range(first, first + 10)
        )
    return made


def newest(index: newsearch.NewsIndex, limit: int, offset: int = 0) -> list[str]:
    results = index.search("", limit=limit, offset=offset, facets=FACETS)
    assert results.total == len(index)
    assert sum(one.count for one in results.facets["month"]) == 26
    return [hit.article.id for hit in results.hits]


@pytest.mark.parametrize("bound", [1, 5, 26, 27, 100])
def test_the_newest_are_the_same_by_the_bound(
    index: newsearch.NewsIndex, monkeypatch: pytest.MonkeyPatch, bound: int
) -> None:
    index.add([article("late", "Gempa di Palu", published=datetime(2024, 1, 1, tzinfo=WIB))])
    assert index.delete("late")
    monkeypatch.setattr(commit, "NEWEST", bound)
    monkeypatch.setattr(core, "NEWEST", 0)  # all are looked at
    expected = newest(index, 30)
    monkeypatch.setattr(core, "NEWEST", bound)
    for limit, offset in ((1, 0), (bound, 0), (bound - 1, 1), (3, bound), (30, 0)):
        assert newest(index, limit, offset) == expected[offset : offset + limit]


def test_what_only_ranks_is_not_counted() -> None:
    one, two = wq.Term("body", "banjir"), wq.Term("words", "lampung")
    found = wq.Or([one, wq.ConstantScoreQuery(one, 2.0)])
    tree = wq.AndMaybe(wq.And([found, wq.Not(wq.Or([two, one]))]), two)
    bare = wq.And([one, wq.Not(wq.Or([two, one]))])
    assert repr(translate(tree, ranked=False)) == repr(translate(bare))
    assert repr(translate(tree)) != repr(translate(bare))
    assert repr(translate(tree, ranked=False)) == repr(translate(bare, ranked=False))


def test_a_question_is_translated_once() -> None:
    one, two = wq.Term("body", "banjir", boost=2.0), wq.Term("words", "lampung")
    assert translate(wq.And([one, two])) is not translate(wq.And([one, two]))
    assert translate(one) is translate(one)
    assert translate(one) is not translate(one, ranked=False)
    assert repr(translate(one)) != repr(translate(one, ranked=False))


def test_what_was_made_is_kept_up_to_a_bound() -> None:
    memory, made = Memory(2), []

    def make(value: str | None) -> str | None:
        made.append(value)
        return value

    for _ in range(2):
        assert memory.once("nothing", make, None) is None
        assert memory.once("word", make, "word") == "word"
    assert made == [None, "word"]
    memory.once("more", make, "more")
    assert len(memory) == 1


def test_only_short_lists_of_completions_are_kept(
    index: newsearch.NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit, "MAX_COMPLETION", 3)
    made = commit.Commit(index._engine._core._index.searcher())  # type: ignore[attr-defined]
    for limit in (1, 3, 4, 100_000):
        assert made.completions("words", "b", limit) == made.completions("words", "b", limit)
    made.completions("words", "b", 1).clear()
    assert len(made.completions("words", "b", 1)) == 1
    assert set(made._completions) == {("words", "b", 1), ("words", "b", 3)}


def test_only_who_searches_alone_counts_in_another_thread(
    index: newsearch.NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    aggregate = counting._aggregate

    def noted(*asked: Any) -> Any:
        counted.append(threading.current_thread().name)
        return aggregate(*asked)

    monkeypatch.setattr(counting, "_aggregate", noted)
    alone = index.search("banjir", facets=FACETS).facets
    waiting = index._engine.current().search(wq.Every(), Filters(), facets=["region"])
    assert index.search("banjir", facets=FACETS).facets == alone
    assert waiting.facets["region"]
    del waiting
    assert index.search("banjir", facets=FACETS).facets == alone
    beside = [name.startswith("newsearch-facets") for name in counted]
    assert sorted(beside) == [False, True, True, True]
    assert counted[beside.index(False)] == threading.main_thread().name


def test_no_search_waits_for_the_counts_of_another() -> None:
    counted, seen = threading.Event(), threading.Event()

    def slowly() -> FacetCounts:
        seen.set()
        counted.wait(30)
        return {}

    slow = threading.Thread(target=lambda: RawResults(0, [], slowly).facets)
    slow.start()
    seen.wait(30)
    quick = threading.Thread(target=lambda: RawResults(0, []).facets)
    quick.start()
    quick.join(10)
    waited = quick.is_alive()
    counted.set()
    slow.join()
    quick.join()
    assert not waited


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers on this system")
def test_a_handler_of_a_signal_searches_amid_a_search(index: newsearch.NewsIndex) -> None:
    script = """
import faulthandler, signal, sys, newsearch
faulthandler.dump_traceback_later(30, exit=True)
index = newsearch.open(sys.argv[1])
def search(*_):
    seen.append(index.search("banjir", limit=100, facets=["region", "month"]).total)
seen = []
search()
signal.signal(signal.SIGALRM, search)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
while len(seen) < 300:
    search()
signal.setitimer(signal.ITIMER_REAL, 0)
"""
    place = index.stats().location
    subprocess.run([sys.executable, "-c", script, place], check=True, timeout=60)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_searches_while_its_parent_does(index: newsearch.NewsIndex) -> None:
    expected = index.search("banjir", facets=FACETS)
    with core._reading:  # as if another thread read articles just now
        child = os.fork()
        if child == 0:
            signal.alarm(30)
            found = index.search("banjir", facets=FACETS)
            os._exit(0 if (found.hits, found.facets) == (expected.hits, expected.facets) else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
