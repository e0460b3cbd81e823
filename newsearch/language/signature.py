"""MinHash signatures: how much of their text two articles share, from 129 bytes each.

Broder (1997): the share of equal minima over random orders of two sets estimates their Jaccard
similarity; with 128 minima the standard error is at most 0.044. Of each minimum one byte is kept
(b-bit minwise hashing, Li & König 2010), a quarter of its size, and the chance match in 256 is
taken off the estimate. One more byte counts the shingles, from which the share of the smaller text
that the larger one holds is told.

Only the opening is read: a copy with its tail cut, or with other articles behind it, opens alike.
Computed by rensa's RMinHash: 21 µs an article, 13 of them for putting the shingles together, where
its CMinHash takes 38, numpy 88 and one permutation in plain Python 45.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from functools import cache
from typing import Any

MINIMA = 128
SHINGLE = 4
"""Words of a shingle; see ../shared/eval/related/near_duplicates.tsv, which counts in the same."""
OPENING = 250
"""Words of a text that are read. Pairs that share half of their openings and pairs that share a
fifth overlap where whole texts are compared (1 % of the first are below 0.24, of the second above
0.36); here they do not."""
CHANCE = 1 / 256
_SEED = 42
_LOW_BYTE = 0 if sys.byteorder == "little" else 3


def signature(words: Sequence[str]) -> bytes:
    """The signature of a text given as its tokens; empty for a text shorter than a shingle."""
    if len(words) < SHINGLE:
        return b""
    opening = words[:OPENING]
    shingles = list(
        map(" ".join, zip(*(opening[start:] for start in range(SHINGLE)), strict=False))
    )
    sketch = _rensa().RMinHash(num_perm=MINIMA, seed=_SEED)
    sketch.update(shingles)
    minima = array("I", sketch.digest()).tobytes()[_LOW_BYTE::4]
    return bytes((len(shingles),)) + minima


def similarity(one: bytes, other: bytes) -> float:
    """The estimated Jaccard similarity of two openings, 0.0 to 1.0, from their signatures."""
    if not one or len(one) != len(other):
        return 0.0
    # Equal bytes are zeros of the difference: as whole numbers they take a quarter of the time.
    differing = int.from_bytes(one[1:], "big") ^ int.from_bytes(other[1:], "big")
    equal = differing.to_bytes(len(one) - 1, "big").count(0) / (len(one) - 1)
    return max(0.0, (equal - CHANCE) / (1 - CHANCE))


def containment(one: bytes, other: bytes) -> float:
    """The estimated share of the smaller opening that the larger one holds, 0.0 to 1.0."""
    common = similarity(one, other)
    if not common:
        return 0.0
    # |A ∩ B| = J (|A| + |B|) / (1 + J)
    return min(1.0, common * (one[0] + other[0]) / ((1 + common) * min(one[0], other[0])))


@cache
def _rensa() -> Any:
    import rensa

    return rensa
