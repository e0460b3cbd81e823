"""Many texts → their tokens at once: where each stands, how long it is, its hash.

The tokens are those of `newsearch.language.tokens`, which has the rules; here they are found by
steps over the bytes of all texts together, 18 µs an article where the regular expression takes 52.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from newsearch.language.tokens import MAX_TOKEN, fold_bytes
from newsearch.wordtable import EIGHT, Bytes, Flags, Found, Places

_BLANK = 32
_JOINTS = 48  # of what `fold_bytes` leaves only comma, hyphen, point and blank are below '0'
_HYPHEN = ord("-")


def _kinds(*ranges: tuple[str, str]) -> Flags:
    """Which bytes are of some kind; those of signs beyond ASCII are of every kind."""
    flags = np.zeros(256, np.bool_)
    for first, last in ranges:
        flags[ord(first) : ord(last) + 1] = True
    # A text that has any was parted already: its joints are joints.
    flags[128:] = True
    return flags


_IS_FIGURE = _kinds(("0", "9"))
_IS_OF_WORD = _kinds(("0", "9"), ("a", "z"))


class Parted(Found):
    """The tokens of several texts, in order.

    Attributes:
        bounds: the place of the first token of each text among them, and how many there are.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        folded = list(map(fold_bytes, texts))
        whole = bytearray(b" ".join((b"", *folded, b" " * EIGHT)))
        super().__init__(*_parted(np.frombuffer(whole, np.uint8)))
        self._leave_out_long()
        opens = np.fromiter(accumulate((len(one) + 1 for one in folded), initial=1), np.int64)
        self.bounds: Places = np.searchsorted(self.starts, opens)

    @cached_property
    def words(self) -> list[str]:
        """The tokens of each text, joined by blanks."""
        kept = self.text != _BLANK
        kept[1:] |= kept[:-1]
        joined = self.text[kept].tobytes()
        ends = np.concatenate(([0], np.cumsum(self.lengths + 1)))[self.bounds].tolist()
        return [joined[start : max(start, end - 1)].decode() for start, end in pairwise(ends)]

    def _leave_out_long(self) -> None:
        """Make blanks of what is too long to be a token."""
        long = [
            place
            for place in np.flatnonzero(self.lengths > MAX_TOKEN).tolist()
            if len(self.word(place)) > MAX_TOKEN
        ]
        for place in long:
            start = self.starts[place]
            self.text[start : start + self.lengths[place]] = _BLANK
        if long:
            self.starts, self.lengths = np.delete(self.starts, long), np.delete(self.lengths, long)


def _parted(text: Bytes) -> tuple[Bytes, Places, Places]:
    """A text, where each token starts and how long it is.

    Blanks are made of the joints that join nothing.
    """
    parts = text == _BLANK
    joints = np.flatnonzero((text < _JOINTS) & ~parts)
    before, after = text[joints - 1], text[joints + 1]
    joins = np.where(
        text[joints] == _HYPHEN,
        _IS_OF_WORD[before] & _IS_OF_WORD[after],
        _IS_FIGURE[before] & _IS_FIGURE[after],
    )
    loose = joints[~joins]
    text[loose] = _BLANK
    parts[loose] = True
    # It opens and ends with a blank: from one edge to the next a token, then blanks.
    edges = np.flatnonzero(parts[1:] != parts[:-1]) + 1
    return text, edges[::2], edges[1::2] - edges[::2]
