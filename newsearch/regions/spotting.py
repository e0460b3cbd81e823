"""The words of many texts that can open a name of a region or announce one, and where they are.

One pass over the bytes of all texts finds the words that start with a capital; a table over them
as they are written, filled as they turn up, tells which of them matter, an eighth, and what they
can mean. Apart from `words`, for it imports numpy, which a search does without.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from newsearch.regions.words import Marked, Opener, Words, marked_of_caseless, opener_of
from newsearch.wordtable import EIGHT, Bytes, Found, Kept, WordTable

_MOST_KNOWN = 150_000  # words; 50,000 articles have 110,000 different ones, most of them once
_MEANS_NOTHING = 1
_NO_OPENER = Opener("", 0, None, "", False, False)


class _Openers:
    """What each word means, as it is written; most mean nothing."""

    def __init__(self) -> None:
        self._table = WordTable(self._learn)
        # By number: that of what is unknown, and that of what means nothing, come first.
        self._openers: list[Opener] = [_NO_OPENER] * (_MEANS_NOTHING + 1)

    @property
    def is_full(self) -> bool:
        """See `newsearch.wordtable.Learner`."""
        return self._table.count >= _MOST_KNOWN

    def marked(self, texts: Sequence[str]) -> list[list[Marked]]:
        """The words with a capital that matter in each text."""
        # Each character is one byte: places in bytes are places in the text.
        whole = b" ".join((*(text.encode("ascii", "replace") for text in texts), b" " * EIGHT))
        found = _with_capital(np.frombuffer(whole, np.uint8))
        numbers = self._table.numbers(found)
        places = np.flatnonzero(numbers > _MEANS_NOTHING)
        starts = found.starts[places]
        ends = starts + found.lengths[places]
        openers = list(map(self._openers.__getitem__, numbers[places].tolist()))
        opens = list(accumulate((len(text) + 1 for text in texts), initial=0))
        bounds = np.searchsorted(starts, opens)
        shifts = np.repeat(opens[:-1], np.diff(bounds))
        everything = list(
            zip(openers, (starts - shifts).tolist(), (ends - shifts).tolist(), strict=True)
        )
        return [everything[start:end] for start, end in pairwise(bounds.tolist())]

    def _learn(self, words: Sequence[str]) -> list[int]:
        numbers = []
        for opener in map(opener_of, words):
            numbers.append(len(self._openers) if opener else _MEANS_NOTHING)
            if opener:
                self._openers.append(opener)
        return numbers


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
    marked = _kept.get().marked(texts)
    return [
        Words(text, True, marked_of_caseless(text))
        if text.islower()
        else Words(text, False, marked_of_text)
        for text, marked_of_text in zip(texts, marked, strict=True)
    ]
