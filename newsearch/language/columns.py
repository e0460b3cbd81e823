"""The stems of many texts at once: a column for each thing that is known of a token."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np

from newsearch.language.analysis import content_stems
from newsearch.language.names import may_be_name, names_among
from newsearch.language.parting import Parted
from newsearch.language.stemmer import CACHE_SIZE
from newsearch.wordtable import Bytes, Flags, Kept, Numbers, Places, WordTable

_TOGETHER = 100_000
"""Tokens whose stems are put together at once: each byte of them takes thirty meanwhile."""

Column = TypeVar("Column", Bytes, Flags, Numbers, Places)


class StemColumns:
    """Tokens by number: their stems, as they stand in one text of all stems, and a blank.

    What may be a name has two numbers: after that of its stem that of the token as it is.
    """

    def __init__(self) -> None:
        self._table = WordTable(self._learn)
        self._count = 1  # 0 is what is unknown
        self._size = 0
        self._text: Bytes = np.zeros(1 << 16, np.uint8)
        self._starts: Places = np.zeros(1 << 13, np.int64)
        self._lengths: Places = np.zeros(1 << 13, np.int64)
        self._doubtful: Flags = np.zeros(1 << 13, np.bool_)
        self._candidates: dict[int, tuple[str, str]] = {}

    @property
    def is_full(self) -> bool:
        """See `newsearch.wordtable.Learner`."""
        return self._table.count >= CACHE_SIZE

    def numbers(self, parted: Parted) -> Numbers:
        """The number of each token."""
        return self._table.numbers(parted)

    def keep_names(self, numbers: Numbers, texts: Sequence[str], ends: Places) -> None:
        """Give the tokens that are names in a text the numbers that leave them as they are.

        Args:
            numbers: of the tokens of all texts.
            texts: as they are written.
            ends: where each ends among the tokens.
        """
        places = np.flatnonzero(self._doubtful.take(numbers, mode="clip"))
        found = [self._candidates[number] for number in numbers[places].tolist()]
        start = 0
        kept: list[int] = []
        for text, end in zip(texts, np.searchsorted(places, ends).tolist(), strict=True):
            if end > start:
                names = names_among(set(found[start:end]), text)
                kept += [place for place in range(start, end) if found[place][0] in names]
            start = end
        numbers[places[kept]] += 1

    def texts(self, numbers: Numbers, bounds: Places) -> list[str]:
        """The stems of texts, joined by blanks.

        Args:
            numbers: of the tokens of all texts.
            bounds: where each text starts among them, and how many there are.
        """
        lengths = self._lengths.take(numbers, mode="clip")
        starts = self._starts.take(numbers, mode="clip")
        joined = b"".join(
            self._joined(starts[some], lengths[some])
            for some in (
                slice(place, place + _TOGETHER) for place in range(0, len(numbers), _TOGETHER)
            )
        )
        places = np.concatenate(([0], np.cumsum(lengths)))[bounds].tolist()
        return [joined[start : max(start, end - 1)].decode() for start, end in pairwise(places)]

    def _joined(self, starts: Places, lengths: Places) -> bytes:
        """What stands at places of the text of all stems."""
        ends = np.cumsum(lengths)
        places = np.repeat(starts - (ends - lengths), lengths)
        places += np.arange(len(places))
        # With a mode numpy does not look through the places first for one that is too large.
        joined: bytes = self._text.take(places, mode="clip").tobytes()
        return joined

    def _learn(self, tokens: Sequence[str]) -> list[int]:
        """The numbers of tokens that are new."""
        stems = content_stems()
        numbers = []
        for token in tokens:
            stem = stems[token]
            kind = may_be_name(token) if stem and stem != token else ""
            number = self._add(stem, doubtful=bool(kind))
            if kind:
                self._candidates[number] = token, kind
                self._add(token)
            numbers.append(number)
        return numbers

    def _add(self, stem: str, *, doubtful: bool = False) -> int:
        """Give stems a number."""
        written = f"{stem} ".encode() if stem else b""
        number, start, end = self._count, self._size, self._size + len(written)
        self._count, self._size = number + 1, end
        if end > len(self._text):
            self._text = _larger(self._text)
        if number >= len(self._starts):
            self._starts, self._lengths = _larger(self._starts), _larger(self._lengths)
            self._doubtful = _larger(self._doubtful)
        self._text[start:end] = np.frombuffer(written, np.uint8)
        self._starts[number], self._lengths[number] = start, len(written)
        self._doubtful[number] = doubtful
        return number


def _larger(column: Column) -> Column:
    return np.concatenate((column, np.zeros_like(column)))


_kept = Kept(StemColumns)


def stem_all(parted: Parted, texts: Sequence[str]) -> list[str]:
    """The stems of the titles and the bodies of articles, names as they are.

    Args:
        parted: title and body of each.
        texts: the bodies as they are written.
    """
    columns = _kept.get()
    numbers = columns.numbers(parted)
    columns.keep_names(numbers, texts, parted.bounds[2::2])
    return columns.texts(numbers, parted.bounds)
