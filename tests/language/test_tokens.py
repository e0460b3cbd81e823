"""Tokens: the words of a text as people search them."""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from newsearch.language import spans, tokens
from newsearch.language.tokens import MAX_TOKEN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anak-anak bermain", ["anak-anak", "bermain"]),
        ("Jum'at dan Jum’at", ["jumat", "dan", "jumat"]),
        ("Rp2.500.000 atau 17,5 persen", ["rp2.500.000", "atau", "17,5", "persen"]),
        ("pukul 08.00.Lalu", ["pukul", "08.00", "lalu"]),
        ("2023.Dia", ["2023", "dia"]),
        ("COVID-19, ke-97", ["covid-19", "ke-97"]),
        ("- minus -kata kata-", ["minus", "kata", "kata"]),
        ("a_b a/b", ["a", "b", "a", "b"]),
        ("Palangka\u00adraya \u200bKota", ["palangkaraya", "kota"]),
        ("ＫＯＴＡ ﬁlm", ["kota", "film"]),
        ("", []),
        ("🌊 !!! …", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_words_longer_than_any_word_are_left_out() -> None:
    assert tokens(f"a {'x' * (MAX_TOKEN + 1)} b {'y' * MAX_TOKEN}") == ["a", "b", "y" * MAX_TOKEN]


def test_spans_point_into_the_text_as_written() -> None:
    text = "Jum’at: Anak-anak"
    assert [(text[a:b], token) for a, b, token in spans(text)] == [
        ("Jum’at", "jumat"),
        ("Anak-anak", "anak-anak"),
    ]


def _by_definition(text: str) -> list[str]:
    """Tokens in the plainest way, whatever the text is made of."""
    folded = normalize("NFKC", text.replace("_", " ")).lower()
    folded = re.sub("['’ʼ`‘\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", folded)
    return re.findall(r"\w+(?:(?:-|(?<=\d)[.,](?=\d))\w+)*", folded)


# Few characters, so that they meet: joints, marks that go, signs that part, figures of other
# scripts, letters and marks that NFKC joins, the characters that the quick way uses itself.
_MEETING = "aZé \u0301ʼ'`’‘“”–—…•\xa0\xad\u200b\ufeff_-.,019٣²¼ﬁİß\xb7\xb8\n\t\x1c\x85/\0"


@given(st.text(_MEETING, max_size=30) | st.text("aB0-.,'_ \n“”", max_size=30) | st.text())
@example("2'.5 2.'5 1.2.3,4 5-.3 a--b -a-")
@example("a’\u0301b “1,5” 3…4 5–6 7\xa08")
@example("a\xb7b 1\xb75")
def test_every_way_to_tokens_gives_the_same(text: str) -> None:
    assert tokens(text) == _by_definition(text)


@given(st.text(max_size=300))
def test_tokens_of_tokens_are_the_same(text: str) -> None:
    once = tokens(text)
    assert tokens(" ".join(once)) == once


@given(st.text(st.characters(codec="latin-1", exclude_characters="´"), max_size=300))
@example("0.\xad0")
@example("0'.0 a\xad-'b")
def test_spans_and_tokens_agree(text: str) -> None:
    # Signs that stand for several characters (0.¼ is 0.1⁄4) may part differently.
    assume(is_normalized("NFKC", text))
    assert [token for _, _, token in spans(text)] == tokens(text)


@given(st.text(max_size=300))
@example("ʼ")
def test_spans_are_in_order_and_inside(text: str) -> None:
    last = 0
    for start, end, token in spans(text):
        assert last <= end
        assert start < end <= len(text)
        assert token
        last = end
