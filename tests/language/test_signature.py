"""Signatures: how much two texts share."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsearch.language import analyse, analyse_all, containment, similarity, tokens
from newsearch.language.signature import (
    BITS,
    CHANCE,
    MINIMA,
    OPENING,
    SHINGLE,
    SIZE,
    minima,
)
from newsearch.language.sketch import ROUNDS
from tests.support import ARTICLES


def signature(words: list[str]) -> bytes:
    """The signature of a text of words."""
    return analyse("", " ".join(words)).signature


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
    others = [f"lain{number}" for number in range(10)]
    assert signature([*others, *words]) != signature(words)


@given(st.lists(st.sampled_from(["banjir", "warga", "jalan", "kota"]), max_size=300))
def test_signatures_are_of_one_size(words: list[str]) -> None:
    made = signature(words)
    assert len(made) == (SIZE if len(words) >= SHINGLE else 0)
    assert similarity(made, made) == (1.0 if made else 0.0)
    assert containment(made, made) == (1.0 if made else 0.0)


_64 = (1 << 64) - 1


def _hash(word: str) -> int:
    written = word.encode()
    found = int.from_bytes(written[:8], "little") * 0x9E3779B97F4A7C15 & _64
    found ^= found >> 32
    for start in range(8, len(written), 8):
        found += int.from_bytes(written[start : start + 8], "little")
        found = found * 0xC2B2AE3D27D4EB4F & _64
        found ^= found >> 32
    return found * 0x165667B19E3779F9 & _64


def _shingle(words: list[str]) -> int:
    found = _hash(words[0])
    for word in words[1:]:
        found = found * 0xC2B2AE3D27D4EB4F + _hash(word) & _64
    return (found ^ found >> 32) * 0x165667B19E3779F9 >> 32 & 0xFFFFFFFF


def _factors() -> list[int]:
    """See `newsearch.language.sketch`: the high half of each number of splitmix64, made odd."""
    found = []
    for step in range(1, ROUNDS + MINIMA + 1):
        mixed = 42 + step * 0x9E3779B97F4A7C15 & _64
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _64
        found.append((mixed ^ mixed >> 31) >> 32 | 1)
    return found


def _minima(shingles: list[int]) -> list[int]:
    """Fast similarity sketching, as its authors write it."""
    bins: list[int | None] = [None] * MINIMA
    for factor in _factors()[:ROUNDS]:
        least: dict[int, int] = {}
        for value in (shingle * factor & 0xFFFFFFFF for shingle in shingles):
            place = value >> 25
            least[place] = min(value, least.get(place, value))
        bins = [least.get(place) if kept is None else kept for place, kept in enumerate(bins)]
    others = [
        min(shingle * factor & 0xFFFFFFFF for shingle in shingles) for factor in _factors()[ROUNDS:]
    ]
    return [other if kept is None else kept for kept, other in zip(bins, others, strict=True)]


@given(st.lists(st.text("abcé1-", min_size=1, max_size=20), max_size=300))
@example([f"kata{number}" for number in range(OPENING + 10)])
@example([f"kata{number}" for number in range(90)])
def test_signatures_are_as_defined(words: list[str]) -> None:
    words = tokens(" ".join(words))
    shingles = [
        _shingle(words[start : start + SHINGLE])
        for start in range(min(len(words), OPENING) - SHINGLE + 1)
    ]
    made = signature(words)
    assert made[:1] == bytes([len(shingles)])[: len(made)]
    expected = _minima(shingles) if shingles else []
    assert list(minima(made)) == [value % 2**BITS for value in expected]


def _signature_of(values: list[int]) -> bytes:
    bits = "".join(f"{value:06b}" for value in values)
    return b"\x01" + int(bits, 2).to_bytes(SIZE - 1, "big")


@given(st.lists(st.integers(0, 63), min_size=128, max_size=128), st.randoms())
def test_similarity_is_the_share_of_equal_minima(values: list[int], random: Random) -> None:
    others = [random.choice((value, random.randrange(64))) for value in values]
    one, other = map(_signature_of, (values, others))
    assert (list(minima(one)), list(minima(other))) == (values, others)
    equal = sum(mine == theirs for mine, theirs in zip(values, others, strict=True)) / 128
    assert similarity(one, other) == pytest.approx(max(0.0, (equal - CHANCE) / (1 - CHANCE)))


@given(st.lists(st.lists(st.sampled_from(["banjir", "warga", "jalan", "kota"]), max_size=9)))
def test_signatures_made_together_are_those_made_alone(texts: list[list[str]]) -> None:
    written = [("", " ".join(words)) for words in texts]
    assert [terms.signature for terms in analyse_all(written)] == list(map(signature, texts))


def test_what_is_no_signature_has_no_minima() -> None:
    assert minima(b"") == minima(b"abc") == b""


def test_an_article_without_a_body_has_the_signature_of_its_title() -> None:
    title = "Banjir merendam ratusan rumah warga"
    assert analyse(title, "").signature == analyse("", title).signature != b""


def test_short_texts_have_no_signature() -> None:
    assert signature(["tiga", "kata", "saja"]) == b""
    assert similarity(b"", b"") == 0.0
    assert similarity(signature(["empat", "kata", "saja", "ini"]), b"") == 0.0
