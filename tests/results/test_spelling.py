"""'Mungkin maksud Anda': other spellings of a query, over a real index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex
from newsearch.results.spelling import sounds
from tests.support import article


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    """Words that are frequent, and one typing error of each kind that is rare."""
    with newsearch.create(Path(tmp_path_factory.mktemp("spelling")) / "index") as made:
        made.add(
            [
                article(f"a{n}", "Banjir di Lampung", "Pihak polisi menonton film perjuangan.")
                for n in range(30)
            ]
        )
        made.add([article(f"b{n}", "Kabar", "Cuaca November di utara.") for n in range(5)])
        made.add([article("typo", "Banjor", "Banjor di Lampnug, kata seorang pengungsi.")])
        yield made


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("banjr lampung", "banjir lampung"),
        ("Banjir lampug", "Banjir lampung"),
        ("bnajir", "banjir"),
        ("abnjir", "banjir"),
        ("judul:banjr -cuaca", "judul:banjir -cuaca"),
        ('"polisi menontn" banjir', '"polisi menonton" banjir'),
        # By sound: f/p, v/f, oe/u, dj/j, tj/c, doubled letters
        ("fihak", "pihak"),
        ("pilm", "film"),
        ("nofember", "november"),
        ("oetara", "utara"),
        ("perdjoeangan", "perjuangan"),
        ("tjuaca", "cuaca"),
        ("bannjirr", "banjir"),
        # Glued; of parts that are longer the search finds both spellings
        ("banjirdi", "banjir di"),
        # As near to a typing error of the corpus as to the word
        ("banjer", "banjir"),
        # The corpus has this one, but hardly
        ("lampnug", None),
        # Nothing to correct, or nothing to correct it to
        ("banjir", None),
        ("xyzzyq", None),
        ("bnj", None),
        ("", None),
    ],
)
def test_suggestions(news: NewsIndex, query: str, suggestion: str | None) -> None:
    assert news.search(query).suggestion == suggestion


def test_a_suggestion_has_results(news: NewsIndex) -> None:
    # Both words are known then, but in no article together.
    assert news.search("banjr cuaca").relaxed
    suggestion = news.search("banjr cuaca").suggestion
    assert suggestion == "banjir cuaca"
    assert news.search(suggestion).total > news.search("banjr cuaca").total
    # Filters hold for it too.
    assert news.search("banjr", until="2000").suggestion is None


def test_a_suggestion_stays_within_the_bounds(news: NewsIndex) -> None:
    assert news.search("polisimenonton " * 260).suggestion is None


def test_suggestions_follow_what_is_committed(tmp_path: Path) -> None:
    with newsearch.create(tmp_path / "index") as index:
        index.add([article("a", "Banjir", "Cuaca buruk.")])
        assert index.search("gempaa").suggestion is None
        index.add([article("b", "Gempa", "Guncangan terasa.")])
        assert index.search("gempaa").suggestion == "gempa"
        with index.writer() as writer:
            writer.delete("b")
        assert index.search("gempaa").suggestion is None


def test_sounds() -> None:
    assert sounds("tjoekoep") == sounds("cukup")
    assert sounds("achir") == sounds("akhir")
    assert sounds("massal") == sounds("masal")
    assert sounds("perang") != sounds("terang")
