"""The signatures of many texts at once: see `newsearch.language.signature`.

Fast similarity sketching (Dahlgaard, Knudsen & Thorup 2017): in each round every shingle falls into
one of as many bins as there are minima, and a bin keeps the least of its first round; what is still
empty after `ROUNDS` takes the least of all shingles in an order of its own. A text of 250 words
fills its bins in three or four rounds where plain MinHash takes 128 orders, and as no two bins of a
round share a shingle the estimate is nearer the truth: its standard error is a fifth less.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from newsearch.language.parting import Parted
from newsearch.language.signature import BITS, MINIMA, OPENING, SHINGLE
from newsearch.wordtable import Hashes, Places, hash_runs

ROUNDS = 8
"""After them an eighth of the articles, most of fewer than 55 words, have bins that are empty."""
_SEED = 42
_HALF = np.uint64(32)
_TO_BIN = 32 - (MINIMA - 1).bit_length()
_EMPTY = np.uint32(0xFFFFFFFF)

Values = NDArray[np.uint32]


def sketch_all(parted: Parted) -> list[bytes]:
    """The signatures of articles, of each part a title and the next its body.

    Of an article without a body it is that of the title; empty for one shorter than a shingle.
    """
    titles, bodies, ends = parted.bounds[:-1:2], parted.bounds[1::2], parted.bounds[2::2]
    starts = np.where(ends > bodies, bodies, titles)
    counts = np.minimum(ends - starts, OPENING) - (SHINGLE - 1)
    signatures = [b""] * len(starts)
    long = np.flatnonzero(counts > 0)
    if len(long):
        counts = counts[long]
        packed = _packed(_minima(_shingles(parted.hashes, starts[long], counts), counts))
        for place, count, bits in zip(long.tolist(), counts.tolist(), packed, strict=True):
            signatures[place] = bytes((count,)) + bits.tobytes()
    return signatures


def _shingles(words: Hashes, starts: Places, counts: Places) -> Values:
    """The hashes of the first shingles of each text; those between two texts are passed over."""
    ends = np.cumsum(counts)
    places = np.repeat(starts - (ends - counts), counts)
    places += np.arange(len(places))
    shingles: Values = (hash_runs(words, SHINGLE)[places] >> _HALF).astype(np.uint32)
    return shingles


def _minima(shingles: Values, counts: Places) -> Values:
    """The minima of each text, a row for each text."""
    found = np.full((len(counts), MINIMA), _EMPTY)
    bins = found.reshape(-1)
    factors = _factors()
    texts = np.arange(len(counts))  # those that have an empty bin
    for number, factor in enumerate(factors[:ROUNDS]):
        values = shingles * factor
        places = np.repeat(texts * MINIMA, counts)
        places += values >> _TO_BIN
        if number:
            free = np.flatnonzero(bins[places] == _EMPTY)
            places, values = places[free], values[free]
        np.minimum.at(bins, places, values)
        left = found[texts].max(axis=1) == _EMPTY
        shingles = shingles[np.flatnonzero(np.repeat(left, counts))]
        texts, counts = texts[left], counts[left]
        if not len(texts):
            return found
    ends = np.cumsum(counts)
    for text, start, end in zip(
        texts.tolist(), (ends - counts).tolist(), ends.tolist(), strict=True
    ):
        values = (shingles[start:end, np.newaxis] * factors[ROUNDS:]).min(axis=0)
        row = found[text]
        row[row == _EMPTY] = values[row == _EMPTY]
    return found


@cache
def _factors() -> Values:
    """An odd factor for each round, and for each bin after them."""
    # Not numpy's generator, whose numbers may change from one version to the next.
    state, found = _SEED, []
    for _ in range(ROUNDS + MINIMA):
        # splitmix64 (Steele, Lea & Flood 2014)
        state = (state + 0x9E3779B97F4A7C15) % (1 << 64)
        mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % (1 << 64)
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % (1 << 64)
        found.append((mixed ^ mixed >> 31) >> 32 | 1)
    return np.array(found, np.uint32)


def _packed(values: Values) -> NDArray[np.uint8]:
    """The low six bits of each value, without a gap."""
    bits = np.unpackbits(values.astype(np.uint8), axis=1).reshape(len(values), MINIMA, 8)
    return np.packbits(bits[:, :, 8 - BITS :].reshape(len(values), -1), axis=1)
