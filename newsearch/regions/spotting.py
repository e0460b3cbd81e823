"""The words of many texts that can open a name of a region or announce one, and where they are.

One pass over the bytes of all texts finds the words that start with a capital; a table over them
as they are written, filled as they turn up, tells which of them matter, an eighth, and what they
can mean. Apart from `words`, for it imports numpy, which a search does without.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from newsearch.regions.words import Opener, Words, opener_of, words_of_caseless
from newsearch.wordtable import EIGHT, Bytes, Flags, Found, Kept, Places, WordTable

_MOST_KNOWN = 150_000  # words; 50,000 articles have 110,000 different ones, most of them once
_MEANS_NOTHING = 1
_NO_OPENER = Opener("", 0, None, "", False, False)


class _Openers:
    """What each word means, as it is written; most mean nothing."""

    def __init__(self) -> None:
        self._table = WordTable(self._learn)
        # By number: that of what is unknown, and that of what means nothing, come first.
        self._openers: list[Opener] = [_NO_OPENER] * (_MEANS_NOTHING + 1)
        self._regional = self._local = np.zeros(0, np.bool_)

    @property
    def is_full(self) -> bool:
        """See `newsearch.wordtable.Learner`."""
        return self._table.count >= _MOST_KNOWN

    def words(self, texts: Sequence[str]) -> list[Words]:
        """The words with a capital that matter in each text."""
        # Each character is one byte: places in bytes are places in the text.
        whole = b" ".join((*(text.encode("ascii", "replace") for text in texts), b" " * EIGHT))
        found = _with_capital(np.frombuffer(whole, np.uint8))
        numbers = self._table.numbers(found)
        places = np.flatnonzero(numbers > _MEANS_NOTHING)
        numbers = numbers[places]
        starts = found.starts[places]
        ends = starts + found.lengths[places]
        opens = np.fromiter(accumulate((len(text) + 1 for text in texts), initial=0), np.int64)
        bounds = np.searchsorted(starts, opens)
        shifts = np.repeat(opens[:-1], np.diff(bounds))
        openers = map(self._openers.__getitem__, numbers.tolist())
        marked = list(
            zip(openers, (starts - shifts).tolist(), (ends - shifts).tolist(), strict=True)
        )
        return [
            Words(text, False, marked[start:end], regional, local)
            for text, (start, end), regional, local in zip(
                texts,
                pairwise(bounds.tolist()),
                _any(self._regional[numbers], bounds),
                _any(self._local[numbers], bounds),
                strict=True,
            )
        ]

    def _learn(self, words: Sequence[str]) -> list[int]:
        numbers = []
        for opener in map(opener_of, words):
            numbers.append(len(self._openers) if opener else _MEANS_NOTHING)
            if opener:
                self._openers.append(opener)
        if len(self._openers) > len(self._regional):
            self._regional = np.array([opener.regional for opener in self._openers], np.bool_)
            self._local = np.array([opener.local for opener in self._openers], np.bool_)
        return numbers


def _any(flags: Flags, bounds: Places) -> list[bool]:
    """Whether there is one between each bound and the next."""
    before = np.concatenate(([0], np.cumsum(flags)))[bounds]
    found: list[bool] = (before[1:] > before[:-1]).tolist()
    return found


def _with_capital(text: Bytes) -> Found:
    """The words that start with a capital; letters before it are no part of them."""
    letters = (text | 32) - ord("a") < 26
    capitals = np.flatnonzero(text - ord("A") < 26)
    others = np.flatnonzero(~letters)
    ends = others[np.searchsorted(others, capitals)]
    first = np.ones(len(ends), np.bool_)
    first[1:] = ends[1:] != ends[:-1]
    starts = capitals[first]
    return Found(text, starts, ends[first] - starts)


_kept = Kept(_Openers)


def find_words(texts: Sequence[str]) -> list[Words]:
    """Return the words of several texts."""
    return [
        words_of_caseless(words.text) if words.text.islower() else words
        for words in _kept.get().words(texts)
    ]
