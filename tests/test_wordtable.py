"""Words as numbers, many at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from time import sleep

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.wordtable import EIGHT, Found, Kept, WordTable, hash_runs


def found(words: Sequence[str]) -> Found:
    """Words as if they were found in a text of them."""
    written = [word.encode() for word in words]
    text = np.frombuffer(b" ".join((*written, b" " * EIGHT)), np.uint8)
    lengths = np.array(list(map(len, written)), np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths + 1)))[: len(lengths)]
    return Found(text, starts, lengths)


class Numberer:
    """Gives words numbers, and remembers which it was asked for."""

    def __init__(self) -> None:
        self.learnt: list[str] = []
        self._numbers = count(1)

    def __call__(self, words: Sequence[str]) -> list[int]:
        self.learnt += words
        return list(islice(self._numbers, len(words)))


WORDS = st.lists(st.text("abAé1-", min_size=1, max_size=30), max_size=60)


@given(st.lists(WORDS, max_size=5))
def test_each_word_is_learnt_once_and_known_from_then_on(lots: list[list[str]]) -> None:
    learner = Numberer()
    table = WordTable(learner)
    for words in lots:
        numbers = table.numbers(found(words)).tolist()
        assert [learner.learnt[number - 1] for number in numbers] == words
    assert sorted(learner.learnt) == sorted({word for words in lots for word in words})
    assert table.count == len(learner.learnt)


def test_a_table_grows() -> None:
    learner = Numberer()
    table = WordTable(learner)
    words = [f"kata{number}" for number in range(50_000)]
    for start in range(0, len(words), 1_000):
        table.numbers(found(words[start : start + 1_000]))
    assert learner.learnt == sorted(learner.learnt, key=lambda word: int(word[4:]) // 1_000)
    numbers = table.numbers(found(words)).tolist()
    assert [learner.learnt[number - 1] for number in numbers] == words
    assert len(learner.learnt) == len(words)


def test_words_have_different_hashes() -> None:
    words = [
        f"{head}{number}"
        for head in ("a", "kata", "abcdefgh", "x" * 25)
        for number in range(50_000)
    ]
    assert len(set(found(words).hashes.tolist())) == len(words)


@given(WORDS.filter(lambda words: len(words) >= 4))
def test_a_run_has_the_hash_of_its_words_in_their_order(words: list[str]) -> None:
    hashes = found(words).hashes
    runs = hash_runs(hashes, 3).tolist()
    assert len(runs) == len(words) - 2
    for place, run in enumerate(runs):
        alone = found(words[place : place + 3]).hashes
        assert hash_runs(alone, 3).tolist() == [run]
        turned = found(words[place : place + 3][::-1]).hashes
        if words[place] != words[place + 2]:
            assert hash_runs(turned, 3).tolist() != [run]


class Lonely(Numberer):
    """Says whether anybody else learnt while it did."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = 0
        self.most = 0

    def __call__(self, words: Sequence[str]) -> list[int]:
        self._inside += 1
        self.most = max(self.most, self._inside)
        sleep(0.02)
        self._inside -= 1
        return super().__call__(words)


def test_one_thread_at_a_time_learns() -> None:
    learner = Lonely()
    table = WordTable(learner)
    lots = [[f"kata{lot}", f"lain{lot}"] for lot in range(12)]
    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(lambda words: table.numbers(found(words)).tolist(), lots))
    assert learner.most == 1
    assert [[learner.learnt[number - 1] for number in lot] for lot in numbers] == lots


class OfTable:
    """A learner of nothing but a table."""

    is_full = False

    def __init__(self) -> None:
        self.table = WordTable(Numberer())


def test_a_full_learner_gives_way_to_another() -> None:
    kept = Kept(OfTable)
    first = kept.get()
    assert kept.get() is first
    first.is_full = True
    assert kept.get() is not first


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_learns_while_a_thread_of_its_parent_learnt() -> None:
    kept = Kept(OfTable)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(kept.get().table._learning.acquire).result()
        child = os.fork()
        if not child:
            signal.alarm(20)  # it would wait for ever for a lock that nobody holds
            numbers = kept.get().table.numbers(found(["kata"])).tolist()
            os._exit(0 if numbers == [1] else 1)
        assert os.waitpid(child, 0)[1] == 0
        pool.submit(kept.get().table._learning.release).result()
