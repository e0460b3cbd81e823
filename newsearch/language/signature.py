"""MinHash signatures: how much of their text two articles share, from 97 bytes each.

Broder (1997): the share of equal minima over random orders of two sets estimates their Jaccard
similarity; with 128 minima the standard error is at most 0.045. Of each minimum six bits are kept
(b-bit minwise hashing, Li & König 2010), a fifth of its size, and the chance match in 64 is taken
off the estimate. A byte before them counts the shingles, from which the share of the smaller text
that the larger one holds is told. Signatures do not compress: whole bytes made an index 1.5 %
larger, and were no better.

Only the opening is read: a copy with its tail cut, or with other articles behind it, opens alike.
`newsearch.language.sketch` makes them.
"""

from __future__ import annotations

MINIMA = 128
SHINGLE = 4
"""Words of a shingle; see ../shared/eval/related/near_duplicates.tsv, which counts in the same."""
OPENING = 250
"""Words of a text that are read. Pairs that share half of their openings and pairs that share a
fifth overlap where whole texts are compared (1 % of the first are below 0.24, of the second above
0.36); here they do not."""
BITS = 6
CHANCE = 1 / (1 << BITS)
SIZE = 1 + MINIMA * BITS // 8


def _every(bits: int, step: int) -> int:
    """A number with some low bits set in every so many, for all minima."""
    return sum(((1 << bits) - 1) << at for at in range(0, MINIMA * 8, step))


# Six bits of each two, then twelve of each four.
_OF_PAIRS = _every(6, 16)
_OF_FOURS = _every(12, 32)
_LAST_BITS = sum(1 << at for at in range(0, MINIMA * BITS, BITS))


def minima(one: bytes) -> bytes:
    """The minima of a signature, a byte each; nothing of what is none."""
    if len(one) != SIZE:
        return b""
    fours = bytearray(MINIMA)
    for place in range(3):
        fours[place + 1 :: 4] = one[place + 1 :: 3]
    number = int.from_bytes(fours, "big")
    number = number & _OF_FOURS | (number & _OF_FOURS << 12) << 4
    number = number & _OF_PAIRS | (number & _OF_PAIRS << 6) << 2
    return number.to_bytes(MINIMA, "big")


def similarity(one: bytes, other: bytes) -> float:
    """The estimated Jaccard similarity of two openings, 0.0 to 1.0, from their signatures."""
    if not one or len(one) != len(other):
        return 0.0
    # As whole numbers all minima are compared at once; the last bit of each gathers its others.
    differing = int.from_bytes(one[1:], "big") ^ int.from_bytes(other[1:], "big")
    differing |= differing >> 1
    differing |= differing >> 2
    differing |= differing >> 2
    equal = 1 - (differing & _LAST_BITS).bit_count() / MINIMA
    return max(0.0, (equal - CHANCE) / (1 - CHANCE))


def containment(one: bytes, other: bytes) -> float:
    """The estimated share of the smaller opening that the larger one holds, 0.0 to 1.0.

    Of a text much shorter than the other little can be told: one chance match more is as much as
    a part of it.
    """
    common = similarity(one, other)
    if not common:
        return 0.0
    # |A ∩ B| = J (|A| + |B|) / (1 + J)
    return min(1.0, common * (one[0] + other[0]) / ((1 + common) * min(one[0], other[0])))
