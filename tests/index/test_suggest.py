"""Completions of what is being typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import NewsIndex
from newsearch.results import completion
from tests.support import article


@pytest.fixture
def desk(index: NewsIndex) -> NewsIndex:
    """Headlines with words and phrases of known frequency."""
    index.add(
        [
            *(article(f"a{n}", f"Kebakaran Hutan dan Lahan {n}", "Angin.") for n in range(4)),
            *(article(f"b{n}", "Kebakaran Pasar", "Karetan", regions=("18.71",)) for n in range(3)),
            article("c", "Kebijakan Pupuk", "Petani kebingungan.", regions=("32.75",)),
            article("d", "Kabar Bekasi", "Kabar.", regions=("32.16",)),
        ]
    )
    return index


def _said(index: NewsIndex, text: str, limit: int = 8) -> list[tuple[str, int, str]]:
    return [(one.text, one.count, one.kind) for one in index.suggest(text, limit)]


def test_words_and_phrases_of_headlines_by_frequency(desk: NewsIndex) -> None:
    assert _said(desk, "keb") == [("kebakaran", 7, "word"), ("kebijakan", 1, "word")]
    assert _said(desk, "keba") == [
        ("kebakaran", 7, "word"),
        ("kebakaran hutan", 4, "phrase"),
        ("kebakaran hutan dan lahan", 4, "phrase"),
        ("kebakaran pasar", 3, "phrase"),
    ]
    assert _said(desk, "keba", limit=2) == _said(desk, "keba")[:2]
    # No headline has this one.
    assert _said(desk, "kebing") == [("kebingungan", 1, "word")]
    assert _said(desk, "KEBA")[0] == ("kebakaran", 7, "word")


def test_a_phrase_goes_on_behind_a_blank_and_inside_a_word(desk: NewsIndex) -> None:
    assert _said(desk, "Kebakaran ") == [
        ("kebakaran hutan", 4, "phrase"),
        ("kebakaran hutan dan lahan", 4, "phrase"),
        ("kebakaran pasar", 3, "phrase"),
    ]
    assert _said(desk, "kebakaran hu", limit=1) == [("kebakaran hutan", 4, "phrase")]
    assert ("hutan dan lahan", 4, "phrase") in _said(desk, "hutan ")
    assert ("hutan dan lahan", 4, "phrase") in _said(desk, "hutan dan l")


def test_a_frequent_phrase_comes_with_what_follows_it(desk: NewsIndex) -> None:
    desk.add([article(f"e{n}", "Revisi UU KPK disahkan") for n in range(3)])
    desk.add([article(f"f{n}", "UU KPK lama") for n in range(5)])
    for text in ("revisi", "revisi uu"):
        assert ("revisi uu kpk", 3, "phrase") in _said(desk, text)
    for text in ("revisi uu ", "revisi uu k"):
        assert _said(desk, text, limit=1) == [("revisi uu kpk", 3, "phrase")]
    assert _said(desk, "uu k")[0] == ("uu kpk", 8, "phrase")


def test_only_the_longest_phrase_typed_goes_on(desk: NewsIndex) -> None:
    desk.add([article(f"h{n}", "Titik Panas Lindung Riau") for n in range(3)])
    assert [text for text, _, _ in _said(desk, "titik panas")] == [
        "titik panas",
        "titik panas lindung",
    ]


def test_what_follows_a_word_of_very_many_headlines_is_not_listed(
    desk: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "MOST_FOLLOWED", 3)
    assert [text for text, _, kind in _said(desk, "keba") if kind == "phrase"] == [
        "kebakaran hutan",
        "kebakaran pasar",
    ]


def test_phrases_are_counted_beside_the_words_before(desk: NewsIndex) -> None:
    assert _said(desk, "hutan kebakaran p") == []
    assert ("lahan kebakaran hutan", 4, "phrase") in _said(desk, "lahan kebakaran h")


def test_one_headline_makes_no_phrase(desk: NewsIndex) -> None:
    assert "kebijakan pupuk" not in [text for text, _, _ in _said(desk, "kebij")]


def test_words_are_counted_beside_the_words_before(desk: NewsIndex) -> None:
    assert ("lahan kebakaran", 4, "word") in _said(desk, "lahan keba")
    assert not any("kebijakan" in text for text, _, _ in _said(desk, "lahan keb"))


def test_a_letter_goes_on_with_phrases_and_with_words_where_there_are_none(desk: NewsIndex) -> None:
    assert _said(desk, "kebakaran p") == [("kebakaran pasar", 3, "phrase")]
    assert _said(desk, "lahan k") == [("lahan kebakaran", 4, "word")]


def test_a_letter_of_very_many_articles_waits_for_the_next(
    desk: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion, "FEW", 10)  # there are nine, and then eleven
    assert _said(desk, "lahan k") == [("lahan kebakaran", 4, "word")]
    desk.add([article(f"g{n}", "Kabar") for n in range(2)])
    assert _said(desk, "lahan k") == []
    assert _said(desk, "lahan ke") == [("lahan kebakaran", 4, "word")]


def test_a_word_that_stands_already_is_not_offered_again(desk: NewsIndex) -> None:
    for text in ("kebakaran ke", "kebakaran keba"):
        assert "kebakaran kebakaran" not in [one for one, _, _ in _said(desk, text)]


def test_names_of_regions(desk: NewsIndex) -> None:
    assert ("bandar lampung", 3, "region") in _said(desk, "banda")
    assert ("harga beras bandar lampung", 3, "region") in _said(desk, "harga beras bandar l")
    assert ("lampung", 3, "region") in _said(desk, "lam")
    # Kota and kabupaten share a name; only those that have articles are offered.
    assert {text for text, _, kind in _said(desk, "kota b") if kind == "region"} == {
        "kota bandar lampung",
        "kota bekasi",
    }
    assert ("kabupaten bekasi", 1, "region") in _said(desk, "kabupaten bek")


def test_stop_words_are_no_completions(news: NewsIndex) -> None:
    assert "di" not in [one.text for one in news.suggest("d", limit=20)]


@pytest.mark.parametrize("text", ["", " ", "xyz", "kebakaran (", "🌊", "_", '"'])
def test_nothing_to_complete(desk: NewsIndex, text: str) -> None:
    assert desk.suggest(text) == []


def test_bounds(desk: NewsIndex) -> None:
    assert desk.suggest("keb", limit=0) == []
    with pytest.raises(newsearch.QueryTooLargeError):
        desk.suggest("a" * 4_001)
    with pytest.raises(newsearch.QueryTooLargeError):
        desk.suggest("a", limit=1_001)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40), limit=st.integers(0, 20))
def test_whatever_is_being_typed_is_completed(samples: NewsIndex, text: str, limit: int) -> None:
    found = samples.suggest(text, limit)
    assert len(found) <= limit
    assert len({one.text for one in found}) == len(found)
    assert all(one.count > 0 for one in found)
