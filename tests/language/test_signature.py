"""Signatures: how much two texts share."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rensa import RMinHash

from newsearch.language import containment, similarity, tokens
from newsearch.language.signature import (
    BITS,
    CHANCE,
    OPENING,
    SHINGLE,
    SIZE,
    _packed,
    minima,
    signature,
)
from tests.support import ARTICLES


def _words(name: str) -> list[str]:
    return tokens((ARTICLES / name).read_text("utf-8"))


def test_a_text_is_like_itself() -> None:
    words = _words("01-banjir-bandar-lampung.txt")
    assert similarity(signature(words), signature(words)) == 1.0


def test_different_texts_are_not_alike() -> None:
    one, other = _words("10-singkong-tulang-bawang.txt"), _words("36-cengkih-maluku-tengah.txt")
    assert similarity(signature(one), signature(other)) < 0.2


@pytest.mark.parametrize("kept", [25, 50, 100, 200])
def test_the_estimate_is_near_the_truth(kept: int) -> None:
    words = [f"kata{number}" for number in range(240)]
    other = words[:kept] + [f"lain{number}" for number in range(240 - kept)]
    common = kept - 3  # shingles of four words
    assert similarity(signature(words), signature(other)) == pytest.approx(
        common / (2 * 237 - common), abs=0.13
    )


def test_a_part_is_contained_in_the_whole() -> None:
    words = [f"kata{number}" for number in range(240)]
    part, whole = signature(words[60:120]), signature(words)
    other = signature([f"lain{number}" for number in range(60)])
    assert similarity(part, whole) < 0.4
    assert containment(part, whole) == pytest.approx(1.0, abs=0.25)
    assert containment(other, whole) < 0.1


def test_only_the_opening_is_read() -> None:
    words = [f"kata{number}" for number in range(OPENING)]
    assert signature([*words, "dan", "lain-lain"]) == signature(words)
    assert signature(["dan", *words]) != signature(words)


@given(st.lists(st.sampled_from(["banjir", "warga", "jalan", "kota"]), max_size=300))
def test_signatures_are_of_one_size(words: list[str]) -> None:
    made = signature(words)
    assert len(made) == (SIZE if len(words) >= SHINGLE else 0)
    assert similarity(made, made) == (1.0 if made else 0.0)
    assert containment(made, made) == (1.0 if made else 0.0)


def test_what_is_kept_of_minima_are_their_low_bits() -> None:
    words = [f"kata{number}" for number in range(60)]
    sketch = RMinHash(num_perm=128, seed=42)
    sketch.update([" ".join(words[start : start + SHINGLE]) for start in range(57)])
    assert list(minima(signature(words))) == [value % 2**BITS for value in sketch.digest()]
    assert minima(b"") == minima(b"abc") == b""


@given(st.lists(st.integers(0, 63), min_size=128, max_size=128), st.randoms())
def test_similarity_is_the_share_of_equal_minima(values: list[int], random: Random) -> None:
    others = [random.choice((value, random.randrange(64))) for value in values]
    one, other = (b"\x01" + _packed(bytes(each)) for each in (values, others))
    assert (list(minima(one)), list(minima(other))) == (values, others)
    equal = sum(mine == theirs for mine, theirs in zip(values, others, strict=True)) / 128
    assert similarity(one, other) == pytest.approx(max(0.0, (equal - CHANCE) / (1 - CHANCE)))


def test_short_texts_have_no_signature() -> None:
    assert signature(["tiga", "kata", "saja"]) == b""
    assert similarity(b"", b"") == 0.0
    assert similarity(signature(["empat", "kata", "saja", "ini"]), b"") == 0.0
