"""Words of a query, by what the index knows of them: spellings, questions, rarity."""

from __future__ import annotations

import pytest

from newsearch import NewsIndex
from tests.support import article, found, in_order


@pytest.fixture
def spellings(index: NewsIndex) -> NewsIndex:
    index.add(
        [
            article("one", "Pasar Kotabumi", "Pedagang kotabumi berjualan."),
            article("two", "Pasar Kota Bumi", "Pedagang di kota bumi berjualan."),
            article("town", "Pasar di Kota", "Pedagang berjualan di kota."),
            article("earth", "Gempa Bumi", "Gempa mengguncang bumi di kota lain."),
            article("sport", "Juara Bulutangkis", "Atlet bulutangkis pulang."),
            article("parry", "Kiper Tangkis Bola", "Kiper tangkis bola pada bulan ini."),
        ]
    )
    return index


def test_two_words_find_the_one_they_are_spelt_as(spellings: NewsIndex) -> None:
    assert found(spellings, "pasar kota bumi") == {"one", "two"}
    assert found(spellings, "bulu tangkis", match="any") == {"sport", "parry"}
    assert in_order(spellings, "bulu tangkis", match="any")[0] == "sport"


def test_one_word_finds_the_two_it_is_spelt_as(spellings: NewsIndex) -> None:
    assert in_order(spellings, "kotabumi") == ["one", "two"]


def test_words_that_put_the_question_are_not_searched(index: NewsIndex) -> None:
    index.add(
        [
            article("topic", "Ibu Kota", "Brunei beribu kota Bandar Seri Begawan."),
            article("frame", "Siapa Nama", "Di mana letak nama siapa berapa apakah."),
        ]
    )
    assert found(index, "Apakah nama ibu kota Brunei?") == {"topic"}
    # Nothing but the question is left: then it is what is asked for.
    assert found(index, "siapa") == {"frame"}


def test_the_rarer_word_of_a_query_weighs_more(index: NewsIndex) -> None:
    common = [article(f"c{i}", "Kabar", f"Warga desa bekerja hari {i}.") for i in range(30)]
    index.add(
        [
            *common,
            article("common", "Kabar", "Warga desa dan warga desa serta warga desa bekerja lagi."),
            article("rare", "Kabar", "Trenggiling ditemukan."),
        ]
    )
    assert in_order(index, "warga trenggiling", match="any")[0] == "rare"
