"""Stems: PySastrawi's, but for the names of regions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsearch
from newsearch.language.analysis import BREAKS, analyse, stems_of
from newsearch.language.stemmer import StemCache
from newsearch.regions import protected_names


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pembakaran", "bakar"),
        ("Terbakar", "bakar"),
        ("anak-anak", "anak"),
        ("anak-anaknya", "anak"),
        ("berbalas-balasan", "balas"),
        ("covid-19", "covid 19"),
        ("Jum'at", "jumat"),
        ("2023", "2023"),
        ("Maluku", "maluku"),
        ("malu", "malu"),
        ("Bekasi", "bekasi"),
        ("bekas", "bekas"),
        ("Pekalongan", "pekalongan"),
        ("kebakaran di Maluku", "bakar di maluku"),
        ("", ""),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert newsearch.stem(word) == expected


def test_names_of_regions_survive() -> None:
    names = ["maluku", "bekasi", "pesawaran", "kendari", "tarakan", "pasuruan", "bengkalis"]
    assert set(names) <= protected_names()
    assert [newsearch.stem(name) for name in names] == names


def test_stop_words_have_no_stem_of_content() -> None:
    assert stems_of("yang") == []
    assert stems_of("pembakaran") == ["bakar"]
    # Words that turn a sentence round are no stop words.
    assert stems_of("tidak") == ["tidak"]


def test_analysis_of_an_article() -> None:
    terms = analyse("Pembakaran di Maluku", "Anak-anak yang melihat kebakaran itu lari.")
    assert terms.title == "bakar maluku"
    assert terms.title_words == "pembakaran di maluku"
    assert terms.body == "anak lihat bakar lari"
    assert terms.words == (
        f"pembakaran di maluku {BREAKS} anak-anak yang melihat kebakaran itu lari"
    )


def test_each_word_is_stemmed_once() -> None:
    asked: list[str] = []
    cache = StemCache(lambda word: asked.append(word) or word.upper())  # type: ignore[func-returns-value]
    assert [cache["a"], cache["b"], cache["a"]] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_the_cache_is_bounded() -> None:
    cache = StemCache(str.upper, size=10)
    for number in range(100):
        assert cache[f"kata{number}"] == f"KATA{number}"
    assert len(cache) <= 10


@given(st.text(max_size=100))
def test_any_text_has_stems(text: str) -> None:
    newsearch.stem(text)
