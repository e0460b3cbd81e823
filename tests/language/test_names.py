"""Names in a text stay whole: any case of a query finds them, the word they look like does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch import NewsIndex
from newsearch.language import stems_of
from newsearch.language.analysis import analyse
from newsearch.language.names import LOOK, PLACE, names_among
from tests.support import article, found

BEACH = article("place", "Wisata", "Turis memadati pantai Seminyak di Bali sejak pagi.")
OIL = article("word", "Pangan", "Harga minyak goreng dan biji seminyaknya naik di pasar itu.")


@pytest.mark.parametrize("query", ["Seminyak", "seminyak", "SEMINYAK", "pantai seminyak"])
def test_a_query_in_any_case_finds_the_name(index: NewsIndex, query: str) -> None:
    index.add([BEACH, OIL])
    assert found(index, query) == {"place"}


def test_the_word_a_name_looks_like_does_not_find_it(index: NewsIndex) -> None:
    index.add([BEACH, OIL])
    assert found(index, "minyak") == {"word"}


def test_a_form_that_no_article_has_as_a_name_is_a_word(index: NewsIndex) -> None:
    index.add([OIL])
    assert found(index, "seminyak") == {"word"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Pelaku dijerat pasal dalam KUHAP dan dihukum.", "kuhap"),
        ("Gol dicetak striker Lukaku pada menit akhir.", "lukaku"),
        ("Gol Lukaku, kata pelatih, sah.", "lukaku"),
        # A cue word and the name of a kecamatan: an everyday word is a place there.
        ("Kebakaran melanda Kecamatan Beringin kemarin.", "beringin"),
    ],
)
def test_names_by_capital_and_place(text: str, kept: str) -> None:
    assert kept in analyse("", text).body.split()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # First in its sentence, or all that there is: a capital tells nothing.
        ("Lukaku tidak terasa lagi.", "lukaku"),
        # Once in lower case: a word throughout the article.
        ("Ia menulis Lukaku lalu lukaku lagi.", "lukaku"),
        # News writes it in lower case, and it has a verb's ending.
        ("Kantor itu bernama Perbukuan dan Perbankan.", "perbankan"),
        ("Akun itu ada di dalam Cerminkan berita.", "cerminkan"),
    ],
)
def test_words_stay_words(text: str, kept: str) -> None:
    terms = analyse("", text).body.split()
    assert kept not in terms
    assert set(stems_of(kept)) <= set(terms)


def test_a_name_of_the_title_is_one_by_the_evidence_of_the_body() -> None:
    terms = analyse("LUKAKU CETAK GOL", "Striker Lukaku mencetak gol.")
    assert terms.title.split()[0] == "lukaku"


def test_places_need_no_evidence(index: NewsIndex) -> None:
    index.add(
        [
            article("maluku", "Warga maluku", "panen di maluku."),
            article("malu", "Warga malu", "jangan malu bertanya."),
            article("pesawaran", "PESAWARAN", "kabar dari pesawaran."),
        ]
    )
    assert found(index, "maluku") == {"maluku"}
    assert found(index, "malu") == {"malu"}
    assert found(index, "Pesawaran") == {"pesawaran"}


PIECES = [*"-.,aé_1 ", "Salak", "SALAK", "salak", "Kec.", "Desa", " Desa "]


def _by_definition(before: str, text: str) -> bool:
    inside = re.search(rf"{before}(?:Salak|SALAK)\b(?!-)", text)
    return inside is not None and re.search(r"\bsalak\b", text) is None


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_the_middle_of_a_sentence_and_the_company_of_a_name(text: str) -> None:
    in_sentence = _by_definition(" (?<=[a-z0-9,;)] )", text)
    assert bool(names_among([("salak", LOOK)], text)) == in_sentence
    behind_cue = _by_definition(r"\b(?:Kec\.|Desa) ", text)
    assert bool(names_among([("salak", PLACE)], text)) == behind_cue
