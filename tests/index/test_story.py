"""A story over time."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

import newsearch
from newsearch import Article, NewsIndex
from tests.support import WIB, article

WHEN = datetime(2023, 6, 14, 12, 0, tzinfo=WIB)
BRIDGE = ("jembatan gantung putus terseret arus sungai desa terisolasi "
          "sembako perahu darurat bupati perbaikan anggaran").split()  # fmt: skip


def _report(article_id: str, day: float | None, words: list[str], **fields: Any) -> Article:
    """A report of words in an order of its own, so that none copies another."""
    own = f"{article_id}a {article_id}b {article_id}c"
    turned = Random(article_id).sample(words, len(words))
    published = None if day is None else WHEN + timedelta(days=day)
    return article(article_id, "Kabar", f"{own} {' '.join(turned)}", published=published, **fields)


def _fill(index: NewsIndex, *articles: Article) -> None:
    index.add([*articles, *(article(f"lain{n}", f"Resep {n}", f"Masakan {n}") for n in range(40))])


def _ids(told: newsearch.Story) -> list[str]:
    return [hit.article.id for hit in told.hits]


def test_a_story_runs_from_its_first_report(index: NewsIndex) -> None:
    _fill(
        index,
        _report("usut", 4, BRIDGE),
        _report("putus", -1, BRIDGE),
        _report("bantu", 0, BRIDGE),
        _report("lama", -300, BRIDGE),
        _report("kapan", None, BRIDGE),
    )
    for asked in ("putus", "bantu", "usut"):
        told = index.story(asked)
        assert _ids(told) == ["putus", "bantu", "usut"]
        assert told.first == "putus"
    assert [hit.score for hit in index.story("usut").hits][2] == pytest.approx(1.0)
    assert _ids(index.story("bantu", days=1)) == ["putus", "bantu"]
    assert _ids(index.story("bantu", days=0)) == ["bantu"]
    assert _ids(index.story("bantu", days=10**9)) == ["lama", "putus", "bantu", "usut"]


def test_links_are_followed_twice_and_no_farther(index: NewsIndex) -> None:
    words = [f"tema{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    # Each shares half of its words with the one before it and half with the one after it.
    chain = [_report(f"bab{n}", n, words[n * 12 : n * 12 + 24]) for n in range(4)]
    _fill(index, *chain)
    assert _ids(index.story("bab0", days=30)) == ["bab0", "bab1", "bab2"]


def test_an_article_without_a_date_has_a_story_too(index: NewsIndex) -> None:
    _fill(index, _report("kapan", None, BRIDGE), _report("putus", -1, BRIDGE))
    told = index.story("kapan")
    assert _ids(told) == ["putus", "kapan"]
    assert told.first == "putus"


def test_a_story_of_undated_articles_has_no_first_report(index: NewsIndex) -> None:
    _fill(index, _report("kapan", None, BRIDGE), _report("entah", None, BRIDGE))
    told = index.story("kapan")
    assert set(_ids(told)) == {"kapan", "entah"}
    assert told.first is None
    assert [hit["first"] for hit in told.to_dict()["hits"]] == [False, False]


def test_copies_take_one_place_in_a_story(index: NewsIndex) -> None:
    text = " ".join(BRIDGE)
    _fill(
        index,
        article("satu", "Kabar", text, published=WHEN),
        article("dua", "Kabar", text, published=WHEN + timedelta(hours=3), source="Warta"),
    )
    told = index.story("dua")
    assert _ids(told) == ["satu"]
    assert told.hits[0].duplicates == ("dua",)


def test_a_story_is_bounded(index: NewsIndex) -> None:
    _fill(index, *(_report(f"r{n}", n / 10, BRIDGE) for n in range(30)))
    assert len(index.story("r3", limit=7).hits) == 7
    assert "r3" in _ids(index.story("r3", limit=7))
    assert index.story("r3", limit=0).hits == []
    with pytest.raises(newsearch.QueryTooLargeError):
        index.story("r3", limit=100_000)
    with pytest.raises(newsearch.QueryError):
        index.story("r3", days=-1)
    with pytest.raises(newsearch.ArticleNotFoundError):
        index.story("none")


def test_an_article_like_no_other_is_a_story_of_one(index: NewsIndex) -> None:
    _fill(index, _report("sendiri", 0, BRIDGE))
    told = index.story("sendiri")
    assert (_ids(told), told.first) == (["sendiri"], "sendiri")
