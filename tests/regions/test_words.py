"""Where the words stand that can open or announce a name of a region."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsearch.regions import spotting
from newsearch.regions.spotting import find_words
from newsearch.regions.words import words_with_capital

_PIECES = (
    "Kota kota KOTA iKota Kotabumi Bumi Agam A a é ’ - Juga Jakarta JakartaDua Riaupagi".split()
)


TEXT = st.lists(st.sampled_from([*_PIECES, " ", " ", "\n", "🌊"]), max_size=30).map("".join)


def _matters(word: str, caseless: bool) -> bool:
    """Whether a word matters, alone; with a word that has no capital the text has none."""
    (alone,) = find_words([word])
    return alone.caseless == caseless and bool(alone.marked)


@given(st.lists(TEXT, max_size=5))
@example(["éagam agam magam", "Agam"])
@example(["SKota Kota", "", "kota"])
def test_places_are_those_of_the_words(texts: list[str]) -> None:
    for text, words in zip(texts, find_words(texts), strict=True):
        assert (words.text, words.caseless) == (text, text.islower())
        pattern = "[a-z]+" if words.caseless else "[A-Z][A-Za-z]*"
        found = [match.span() for match in re.finditer(pattern, text)]
        if not words.caseless:
            assert words_with_capital(text) == [text[start:end] for start, end in found]
        expected = [
            (start, end) for start, end in found if _matters(text[start:end], words.caseless)
        ]
        assert [(start, end) for _, start, end in words.marked] == expected
        assert all(opener.key == text[start:end].lower() for opener, start, end in words.marked)


def test_when_too_many_words_are_known_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spotting, "_MOST_KNOWN", 50)
    for number in range(200):
        name = "".join(chr(ord("a") + int(figure)) for figure in str(number))
        (words,) = find_words([f"Warga X{name} di Agam"])
        assert [opener.key for opener, _, _ in words.marked] == ["agam"]
    assert spotting._kept.get()._table.count < 60
