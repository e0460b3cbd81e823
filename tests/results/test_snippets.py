"""Snippets: the passage that shows why an article was found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.language import spans, stems_of
from newsearch.query import Highlight
from newsearch.results import Highlighter, Snippet, matches
from newsearch.results.snippets import LENGTH

BAKAR = Highlight(stems=frozenset({"bakar"}))


def mark(text: str, highlight: Highlight) -> Snippet:
    return Highlighter(highlight).mark(text)


def best_passage(text: str, highlight: Highlight, length: int = LENGTH) -> Snippet:
    return Highlighter(highlight).best_passage(text, length)


def _marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_every_form_of_a_word_is_marked() -> None:
    found = mark("Pembakaran, terbakar dan bakaran; bukan baka.", BAKAR)
    assert _marked(found) == ["Pembakaran", "terbakar", "bakaran"]


def test_phrases_are_marked_as_one() -> None:
    highlight = Highlight(phrases=(("balai", "kota"),))
    assert _marked(mark("Balai Kota dan balai desa di kota; balai kota.", highlight)) == [
        "Balai Kota",
        "balai kota",
    ]


def test_reduplication_is_marked_whole() -> None:
    assert _marked(mark("Anak-anak bermain", Highlight(stems=frozenset({"anak"})))) == ["Anak-anak"]


def test_the_passage_with_most_different_words_is_chosen() -> None:
    text = (
        "Banjir banjir banjir disebut di awal. "
        + "Kalimat tanpa kata yang dicari. " * 20
        + "Warga mengungsi karena banjir di Ambon. "
        + "Penutup yang panjang sekali. " * 20
    )
    found = best_passage(text, Highlight(stems=frozenset({"banjir", "ungsi", "ambon"})))
    assert _marked(found) == ["mengungsi", "banjir", "Ambon"]
    assert found.before
    assert found.after


def test_it_starts_at_a_sentence_where_one_starts_near() -> None:
    text = "Kalimat pembuka. " * 30 + "Lahan itu habis terbakar semalam. " + "Penutup. " * 60
    start = str(best_passage(text, BAKAR)).removeprefix("… ")
    assert start.startswith(("Kalimat", "Lahan"))


def test_without_a_match_it_is_the_start() -> None:
    found = best_passage("Satu dua tiga. " * 50, BAKAR)
    assert found.text.startswith("Satu dua")
    assert not found.marks
    assert str(found).endswith(" …")


def test_short_texts_are_shown_whole() -> None:
    assert str(best_passage("Rumah terbakar.", BAKAR)) == "Rumah terbakar."


def test_html_is_escaped() -> None:
    found = mark("<script>alert(1)</script> & terbakar", BAKAR)
    assert found.html() == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <mark>terbakar</mark>"
    assert found.__html__() == found.html()


def test_a_terminal_gets_no_control_characters() -> None:
    found = mark("\x1b[2J terbakar", BAKAR)
    assert found.ansi() == "[2J \x1b[1;33mterbakar\x1b[0m"


@given(st.text(max_size=2_000), st.sets(st.sampled_from(["a", "bakar", "1"])))
def test_marks_lie_in_the_text_and_in_order(text: str, stems: set[str]) -> None:
    found = best_passage(text, Highlight(stems=frozenset(stems), words=frozenset({"b"})), 100)
    assert len(found.text) <= 100
    last = 0
    for start, end in found.marks:
        assert last <= start < end <= len(found.text)
        last = end


def test_it_ends_with_a_sentence_where_one_ends_near() -> None:
    text = "Pembakaran lahan. " + "Kalimat biasa saja ada di sini. " * 20
    found = best_passage(text, BAKAR)
    assert found.text.endswith("di sini.")
    assert found.after
    assert str(found).endswith("sini. …")


def test_a_sign_that_is_two_words_is_marked_once() -> None:
    found = mark("½ liter", Highlight(words=frozenset({"1", "2"})))
    assert found.html() == "<mark>½</mark> liter"


def test_the_only_match_is_shown_with_what_stands_behind_it() -> None:
    found = best_passage(f"{'kata ' * 11}akhir bakar.", BAKAR, len("kata " * 11 + "akhir bakar"))
    assert _marked(found) == ["bakar"]


def test_a_passage_between_blanks_in_rows_has_none_at_its_ends() -> None:
    for text in (f"{'x' * 99}\n\n\nLahan bakar", f"Lahan bakar\n\n\n{'x' * 99}"):
        assert best_passage(text, BAKAR, 20).text == "Lahan bakar"


PIECES = ["bakar", "Pembakaran", "Jum’at", "jumat", "anak-anak", "BALAI", "kota", "İ", "ﬁ", "1.5"]
PIECES += [",", ".", "'", "-", "“", "”", " ", "\n", "\u00ad", "_", "di", "ter"]
PIECES += ["–", "‘", "…", "K", "ſ", "É"]
PIECES += ["½", "ﷺ", "\u200b", "2", "5", "⑤", "t", "T", "pn"]
PIECES += ["menulis", "penyapu", "memukuli", "mengirim", "é"]
STEMS = ["bakar", "anak", "1", "2", "5", "t", "pn", "tulis", "sapu", "pukul", "kirim", "kota"]


@given(
    st.lists(st.sampled_from(PIECES), max_size=30),
    st.sampled_from(["", " "]),
    st.sets(st.sampled_from(STEMS)),
)
def test_what_is_marked_is_what_the_tokens_say(
    pieces: list[str], between: str, stems: set[str]
) -> None:
    text = " ".join(between.join(pieces).split())
    highlight = Highlight(stems=frozenset(stems), words=frozenset({"jumat", "1.5"}))
    expected = {
        (start, end)  # of a sign that is two words, such as ½, once
        for start, end, token in spans(text)
        if token in highlight.words or not highlight.stems.isdisjoint(stems_of(token))
    }
    assert list(mark(text, highlight).marks) == sorted(expected)


BLANKS = [" ", " ", " ", "  ", "\n", "\n\n\n", "\t", "\xa0", ". ", ".\n", ""]


@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BLANKS)), max_size=40),
    st.sets(st.sampled_from(STEMS)),
    st.integers(12, 60),
)
def test_a_passage_is_a_piece_of_the_text_with_its_marks(
    pieces: list[tuple[str, str]], stems: set[str], length: int
) -> None:
    text = "".join(map("".join, pieces))
    highlight = Highlight(stems=frozenset(stems))
    whole, found = mark(text, highlight), best_passage(text, highlight, length)
    assert found.text == " ".join(found.text.split())
    assert found.text in whole.text
    assert len(found.text) <= length
    done = 0
    for start, end in found.marks:
        assert done <= start < end <= len(found.text)
        done = end
    if any(end - start <= length for start, end in whole.marks):
        assert found.marks


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_a_phrase_is_marked_where_its_words_stand(pieces: list[str]) -> None:
    text = " ".join(" ".join(pieces).split())
    marked = mark(text, Highlight(phrases=(("balai", "kota"),)))
    names = [token for _, _, token in spans(text)]
    stands = sum(pair == ("balai", "kota") for pair in pairwise(names))
    assert len(marked.marks) == stands


@given(
    st.lists(st.lists(st.sampled_from([*PIECES, "balai"]), max_size=8), max_size=6),
    st.lists(st.lists(st.sampled_from([*PIECES, "balai"]), max_size=20), max_size=6),
    st.sets(st.sampled_from(STEMS)),
    st.sets(st.sampled_from(["pembakaran", "terbakar", "bakar", "jumat", "a"])),
)
def test_a_page_shows_what_each_of_its_texts_shows(
    titles: list[list[str]], texts: list[list[str]], stems: set[str], words: set[str]
) -> None:
    phrases = (("balai", "kota"), ("kota", "bakar"))
    highlighter = Highlighter(Highlight(frozenset(stems), frozenset(words), phrases))
    joined_titles, joined_texts = list(map(" ".join, titles)), list(map(" ".join, texts))
    marked, passages = highlighter.show(joined_titles, joined_texts, 50)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matches, "TOGETHER", 40)
        assert highlighter.show(joined_titles, joined_texts, 50) == (marked, passages)
    assert marked == list(map(highlighter.mark, joined_titles))
    assert passages == [highlighter.best_passage(text, 50) for text in joined_texts]


def test_no_phrase_runs_from_one_text_to_the_next() -> None:
    highlighter = Highlighter(Highlight(phrases=(("balai", "kota"),)))
    marked, passages = highlighter.show(["Balai", "Kota"], ["", "Balai", "kota balai kota"])
    assert [snippet.marks for snippet in marked] == [(), ()]
    assert [snippet.marks for snippet in passages] == [(), (), ((5, 15),)]


def test_words_of_a_prefix_are_marked_each() -> None:
    words = frozenset({"bakar", "bakaran", "bakarnya", "baku"})
    found = mark("Bakar bakaran, bakarnya baku; pembakaran bakal.", Highlight(words=words))
    assert _marked(found) == ["Bakar", "bakaran", "bakarnya", "baku"]


@given(st.lists(st.sampled_from(["kota", "anak", "bakar", "di", "yang"]), min_size=30, max_size=60))
def test_no_other_passage_shows_more(words: list[str]) -> None:
    text, length = " ".join(words), 40
    stems = frozenset({"kota", "anak", "bakar"})
    found = best_passage(text, Highlight(stems=stems), length)

    def shown(piece: str) -> int:
        return len(stems.intersection(piece.split()))

    others = (text[start : start + length].rpartition(" ")[0] for start in range(len(text)))
    assert shown(found.text) >= max(shown(other.partition(" ")[2]) for other in others)
