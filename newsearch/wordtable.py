"""Words of text in bytes as numbers, thousands at once: what analysing many articles rests on.

A loop over words costs 50 to 100 ns a word and step in Python, however small the step; here numpy
takes each step for all words of a hundred articles. It takes 80 ms to import: only what indexes
imports this module.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from threading import RLock
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Numbers = NDArray[np.int32]
Hashes = NDArray[np.uint64]

EIGHT = 8
"""Bytes that are read at once; so many must follow the last word of a text."""
_LEAST_BITS = 14
_ROOM = 3  # slots for each word, at least

# Odd numbers with well mixed bits: 2^64 divided by the golden ratio, and two of xxHash
# (Collet 2012, github.com/Cyan4973/xxHash).
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_THIRD = np.uint64(0x165667B19E3779F9)
_HALF = np.uint64(32)
_NOTHING = np.uint64(0)
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(EIGHT + 1)], np.uint64)


def hash_words(text: Bytes, starts: Places, lengths: Places) -> Hashes:
    """The hash of each word of a text, never 0: eight bytes at a time, multiplied and folded.

    Two words of up to eight bytes have two hashes; of two longer ones the chance of one is
    2^-64.

    Args:
        text: without a zero byte, and with `EIGHT` bytes more after its last word.
        starts: where each word starts.
        lengths: the bytes of each, at least one.
    """
    eights: Hashes = np.ndarray((len(text) - EIGHT + 1,), "<u8", buffer=text.data, strides=(1,))
    found = eights[starts] & _MASKS[np.minimum(lengths, EIGHT)]
    found *= _GOLDEN
    found ^= found >> _HALF
    done = EIGHT
    longer = np.flatnonzero(lengths > done)
    while len(longer):
        left = lengths[longer] - done
        more = eights[starts[longer] + done] & _MASKS[np.minimum(left, EIGHT)]
        more += found[longer]
        more *= _SECOND
        more ^= more >> _HALF
        found[longer] = more
        done += EIGHT
        longer = longer[left > EIGHT]
    found *= _THIRD
    found[found == _NOTHING] = _GOLDEN
    return found


def hash_runs(words: Hashes, length: int) -> Hashes:
    """The hash of each run of so many words, given those of the words, in their order."""
    found: Hashes = words[: len(words) - length + 1].copy()
    for place in range(1, length):
        found *= _SECOND
        found += words[place : len(words) - length + 1 + place]
    found ^= found >> _HALF
    found *= _THIRD
    return found


class Found:
    """Words that were found in a text in bytes.

    Attributes:
        text: the text, with `EIGHT` bytes more after its last word.
        starts, lengths: where each word starts, and its bytes.
    """

    def __init__(self, text: Bytes, starts: Places, lengths: Places) -> None:
        self.text = text
        self.starts = starts
        self.lengths = lengths

    @cached_property
    def hashes(self) -> Hashes:
        """See `hash_words`."""
        return hash_words(self.text, self.starts, self.lengths)

    def word(self, place: int) -> str:
        """One of the words."""
        start = self.starts[place]
        return self.text[start : start + self.lengths[place]].tobytes().decode()


class WordTable:
    """Word → number, looked up for many words at once; each word is learnt when it turns up.

    Open addressing with linear probing (Knuth, TAOCP 3, 6.4), each step for all words that are
    left. Several threads may look up at once, one at a time learns: a word half added is one that
    is not there yet.

    Args:
        learn: gives new words their numbers, from 1 on.
    """

    def __init__(self, learn: Callable[[Sequence[str]], Sequence[int]]) -> None:
        self.count = 0
        self._learn = learn
        self._learning = RLock()
        self._slots = _Slots(_LEAST_BITS)

    def numbers(self, found: Found) -> Numbers:
        """The number of each word."""
        numbers = self._slots.find(found.hashes)
        unknown = np.flatnonzero(numbers == 0)
        if len(unknown):
            hashes, first, which = np.unique(
                found.hashes[unknown], return_index=True, return_inverse=True
            )
            words = [found.word(place) for place in unknown[first].tolist()]
            with self._learning:
                learnt = np.array(self._learn(words), np.int32)
                self._add(hashes, learnt)
            numbers[unknown] = learnt[which]
        return numbers

    def _add(self, words: Hashes, numbers: Numbers) -> None:
        self.count += len(words)
        slots = self._slots
        if self.count * _ROOM > slots.size:
            slots = _Slots((self.count * _ROOM).bit_length())
            slots.put(*self._slots.all())
        slots.put(words, numbers)
        self._slots = slots


class Learner(Protocol):
    """What knows the words of a `WordTable`."""

    @property
    def is_full(self) -> bool:
        """Whether it knows as many words as are to be kept."""


L = TypeVar("L", bound=Learner)


class Kept(Generic[L]):
    """The one learner of a kind in this process.

    It is made anew where it is full, and in a fork: a thread that is not in that may have been
    learning.
    """

    def __init__(self, make: Callable[[], L]) -> None:
        self._make = make
        self._renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def get(self) -> L:
        """The learner, with room for more."""
        if self._one.is_full:
            self._renew()
        return self._one

    def _renew(self) -> None:
        self._one = self._make()


class _Slots:
    """The slots of a table, a power of two of them."""

    def __init__(self, bits: int) -> None:
        self.size = 1 << bits
        self._shift = np.uint64(64 - bits)
        self._words: Hashes = np.zeros(self.size, np.uint64)
        self._numbers: Numbers = np.zeros(self.size, np.int32)

    def find(self, words: Hashes) -> Numbers:
        slots = self._first(words)
        found = self._numbers[slots]
        there = self._words[slots]
        others = np.flatnonzero(there != words)
        there = there[others]
        found[others] = 0
        while len(others):
            others = others[there != _NOTHING]
            slots[others] = self._next(slots[others])
            there = self._words[slots[others]]
            same = there == words[others]
            found[others[same]] = self._numbers[slots[others[same]]]
            others, there = others[~same], there[~same]
        return found

    def put(self, words: Hashes, numbers: Numbers) -> None:
        slots = self._first(words)
        while len(words):
            free = self._words[slots] == _NOTHING
            # Of several for one slot the last stays.
            self._words[slots[free]] = words[free]
            placed = self._words[slots] == words
            self._numbers[slots[placed]] = numbers[placed]
            left = ~placed
            words, numbers, slots = words[left], numbers[left], self._next(slots[left])

    def all(self) -> tuple[Hashes, Numbers]:
        used = self._numbers != 0
        return self._words[used], self._numbers[used]

    def _first(self, words: Hashes) -> Places:
        slots: Places = (words >> self._shift).astype(np.int64)
        return slots

    def _next(self, slots: Places) -> Places:
        after: Places = slots + 1 & self.size - 1
        return after
