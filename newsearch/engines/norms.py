"""Lengths of fields as Lucene rounds them for BM25: to one byte, exactly up to 40 tokens.

Source: `org.apache.lucene.util.SmallFloat.intToByte4`. tantivy has the same table, so that engines
which know only the exact length can give the same scores.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

_EXACT = 24


def _length(byte: int) -> int:
    if byte < _EXACT:
        return byte
    mantissa, shift = (byte - _EXACT) & 7, ((byte - _EXACT) >> 3) - 1
    return _EXACT + (mantissa if shift < 0 else (mantissa | 8) << shift)


LENGTHS = tuple(map(_length, range(256)))
"""The lengths that a byte can tell apart, ascending."""


def length_bytes(lengths: Sequence[int]) -> bytes:
    """The byte of each length, which is rounded down."""
    known = {length: bisect_right(LENGTHS, length) - 1 for length in set(lengths)}
    return bytes(map(known.__getitem__, lengths))
