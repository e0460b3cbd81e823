"""The words that a stemmer must leave alone."""

from __future__ import annotations

import pytest

from newsearch.regions import protected_names

NAMES = (
    "maluku bekasi pesawaran kendari tarakan pekalongan bengkalis kediri temanggung oki sumsel"
    " batu malang tulangbawang toli-toli mentawai bali"
)
WORDS = (
    "kabupaten kota utara selatan barat timur tengah tenggara kepulauan pulau pegunungan daya raya"
    " besar baru laut hulu hilir ulu daerah istimewa khusus ibukota jaya seribu labuhan meriah"
    " bagian dan"
)


@pytest.mark.parametrize("name", NAMES.split())
def test_names_are_protected(name: str) -> None:
    assert name in protected_names()


@pytest.mark.parametrize("word", WORDS.split())
def test_ordinary_words_are_not(word: str) -> None:
    assert word not in protected_names()


def test_they_are_lower_case_single_words() -> None:
    for name in protected_names():
        assert name == name.lower()
        assert " " not in name
