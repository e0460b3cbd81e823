"""The items of a JSON array, one at a time, so that no array has to fit into memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsearch.reading.rejects import Reject
from newsearch.reading.streams import MAX_LINE, Stream

_BLOCK = 1 << 18
_BLANKS = 1024
"""Bytes in which the line of an item that is too long is looked for."""
_OUTSIDE = re.compile(rb'["\[\]{},]')
_STRING = re.compile(rb'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_OPENING, _CLOSING = b"[{", b"]}"


class Item(NamedTuple):
    """One item as it stands in the array.

    Attributes:
        number: its place in the array, from 1.
        line: the line where it begins, from 1.
        data: its bytes.
    """

    number: int
    line: int
    data: bytes


def array_items(stream: Stream, reject: Reject) -> Iterator[Item]:
    """The items of the array that a stream begins with.

    Only brackets and strings are looked at; whether an item is JSON its reader finds out. What is
    too long is passed over, what follows the array and an end that is missing are rejected.

    Args:
        stream: the bytes; before the opening bracket stand whitespace or a byte order mark.
        reject: takes the line, the reason and the bytes.
    """
    cutter = _Cutter(reject)
    while block := stream.buffer.read1(_BLOCK):
        yield from cutter.feed(block)
    if stream.damage:
        reject(cutter.line, stream.damage, cutter.rest)
    elif not cutter.closed:
        why = "the array does not end; the file is cut off or a quote is missing"
        reject(cutter.line, why, cutter.rest)
    elif cutter.more:
        reject(cutter.line, "text behind the end of the array; write one array, or JSON Lines")


class _Cutter:
    """Cuts blocks of an array into items; keeps what is not complete."""

    def __init__(self, reject: Reject) -> None:
        self._reject = reject
        self._data = b""
        self._at = 0
        self._depth = 0
        self._in_string = False
        self._number = 1
        self._too_long = False
        self.line = 1
        self.closed = False
        self.more = False

    @property
    def rest(self) -> tuple[bytes, ...]:
        """What is left where the array does not end: an item that is cut off."""
        left = self._data.strip()
        return (left,) if left and not self._too_long else ()

    def feed(self, block: bytes) -> Iterator[Item]:
        """The items that end in this block."""
        if self.closed:
            self.more = self.more or bool(block.strip())
            return
        self._data += block
        start = 0
        for at, last in self._ends():
            item = self._item(start, at, last)
            if item is not None:
                yield item
            start = at + 1
        if self.closed:
            self.more = bool(self._data[self._at :].strip())
            self._data = b""
            return
        self._keep(start)

    def _keep(self, start: int) -> None:
        """Let go of what was cut off; of an item that is too long everything."""
        if len(self._data) - start > MAX_LINE:
            self._refuse(start)
        if self._too_long:
            self.line += self._data.count(b"\n", start, self._at)
            start = self._at
        self._data = self._data[start:]
        self._at -= start

    def _refuse(self, start: int) -> None:
        if not self._too_long:
            line = self.line + _lines_before(self._data[start : start + _BLANKS])
            self._reject(line, f"item {self._number}: more than {MAX_LINE:,} bytes")
        self._too_long = True

    def _ends(self) -> Iterator[tuple[int, bool]]:
        """Where items end: the offset of the comma or bracket, and whether it is the bracket."""
        data = self._data
        while self._at < len(data):
            if self._in_string:
                match = _STRING.match(data, self._at)
                end = match.end() if match else self._at
                self._at = end
                if end == len(data) or data[end : end + 1] == b"\\":
                    return  # the rest of the string, or of the escape, is in the next block
                self._at += 1
                self._in_string = False
                continue
            found = _OUTSIDE.search(data, self._at)
            if found is None:
                self._at = len(data)
                return
            self._at = found.end()
            mark = found[0]
            if mark == b'"':
                self._in_string = True
            elif mark in _OPENING:
                self._depth += 1
                if self._depth == 1:
                    yield found.start(), False
            elif mark in _CLOSING:
                self._depth -= 1
                if self._depth == 0:
                    self.closed = True
                    yield found.start(), True
                    return
            elif self._depth == 1:
                yield found.start(), False

    def _item(self, start: int, end: int, last: bool) -> Item | None:
        if end - start > MAX_LINE:
            self._refuse(start)
        if self._too_long:
            # Not sliced: two copies of what is too long already would be in memory.
            self.line += self._data.count(b"\n", start, end)
            self._number += 1
            self._too_long = False
            return None
        piece = self._data[start:end]
        data = piece.strip()
        line = self.line + _lines_before(piece)
        self.line += piece.count(b"\n")
        if self._data[end : end + 1] == b"[":
            return None  # the opening bracket, with the byte order mark before it
        self._number += 1
        return None if last and not data else Item(self._number - 1, line, data)


def _lines_before(piece: bytes) -> int:
    """The line ends in the whitespace that a piece begins with."""
    return piece[: len(piece) - len(piece.lstrip())].count(b"\n")
