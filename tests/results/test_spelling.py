"""'Mungkin maksud Anda'."""

from __future__ import annotations

import pytest

from newsearch.results import respell

WORDS = {"lampung": 90, "lampion": 2, "banjir": 50, "banyak": 70, "pengungsi": 8}


def _terms(prefix: str, limit: int) -> list[tuple[str, int]]:
    return [(word, count) for word, count in WORDS.items() if word.startswith(prefix)][:limit]


@pytest.mark.parametrize(
    ("query", "words", "better"),
    [
        ("banjr lampung", ["banjr", "lampung"], "banjir lampung"),
        ("Banjir lampnug", ["banjir", "lampnug"], "Banjir lampung"),
        ("penguungsi", ["penguungsi"], "pengungsi"),
        ("banjir", ["banjir"], None),
        ("xyzzy", ["xyzzy"], None),
        ("bnj", ["bnj"], None),
    ],
)
def test_respell(query: str, words: list[str], better: str | None) -> None:
    assert respell(query, words, lambda word: WORDS.get(word, 0), _terms) == better
