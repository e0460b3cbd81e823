"""Signatures: how much two texts share."""

from __future__ import annotations

from newsearch.language import similarity, tokens
from newsearch.language.signature import signature
from tests.support import ARTICLES


def _words(name: str) -> list[str]:
    return tokens((ARTICLES / name).read_text("utf-8"))


def test_a_text_is_like_itself() -> None:
    words = _words("01-banjir-bandar-lampung.txt")
    assert similarity(signature(words), signature(words)) == 1.0


def test_different_texts_are_not_alike() -> None:
    one, other = _words("10-singkong-tulang-bawang.txt"), _words("36-cengkih-maluku-tengah.txt")
    assert similarity(signature(one), signature(other)) < 0.2


def test_the_estimate_is_near_the_truth() -> None:
    words = [f"kata{number}" for number in range(400)]
    half = words[:200] + [f"lain{number}" for number in range(200)]
    # 197 shingles are common to both, 597 are in either.
    assert abs(similarity(signature(words), signature(half)) - 197 / 597) < 0.2


def test_short_texts_have_no_signature() -> None:
    assert signature(["tiga", "kata", "saja"]) == b""
    assert similarity(b"", b"") == 0.0
