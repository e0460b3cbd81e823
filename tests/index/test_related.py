"""Related articles, the latest, completions."""

from __future__ import annotations

import pytest

import newsearch
from newsearch import Article, NewsIndex
from tests.support import article


def _titles(hits: list[newsearch.Hit]) -> list[str]:
    return [hit.article.title for hit in hits]


def _id_of(samples: NewsIndex, title: str) -> str:
    return samples.search(f'judul:"{title}"').hits[0].article.id


def test_a_story_leads_to_its_other_parts(samples: NewsIndex) -> None:
    first = _id_of(samples, "Banjir Rendam Empat Kecamatan di Bandar Lampung")
    hits = samples.related(first, limit=5)
    assert len(hits) == 5
    assert all("Bandar Lampung" in title for title in _titles(hits)[:4])
    assert first not in {hit.article.id for hit in hits}


def test_copies_are_not_related(samples: NewsIndex) -> None:
    pair = samples.search("mesin perahu nelayan", region="Pesawaran").hits
    assert len(pair) == 2
    one, copy = pair
    assert copy.article.id not in {hit.article.id for hit in samples.related(one.article.id, 20)}


def test_an_article_that_is_not_in_the_index(samples: NewsIndex) -> None:
    fresh = Article(
        title="Warga Bandar Lampung Mengungsi Akibat Banjir",
        text="Banjir di Panjang, Bandar Lampung, membuat warga mengungsi. Drainase dibongkar.",
    )
    assert "Bandar Lampung" in _titles(samples.related(fresh, limit=1))[0]
    assert fresh.id not in samples


def test_an_article_like_no_other_has_none(index: NewsIndex) -> None:
    index.add([article("a", "Xylofon"), article("b", "Zirkonium")])
    assert index.related("a") == []
    assert index.related("b", limit=0) == []


def test_related_to_an_unknown_id(samples: NewsIndex) -> None:
    with pytest.raises(newsearch.ArticleNotFoundError):
        samples.related("none")


def test_latest(news: NewsIndex) -> None:
    assert [hit.article.id for hit in news.latest(limit=2)] == ["bakar", "surut"]
    assert [hit.article.id for hit in news.latest(region="18")] == ["surut", "banjir"]
    assert [hit.article.id for hit in news.latest(category="opini")] == ["malu"]
    assert [hit.article.id for hit in news.latest(source="lensa.example")] == ["ambon", "malu"]


def test_suggest(news: NewsIndex) -> None:
    assert [(one.text, one.count) for one in news.suggest("ba")][:2] == [
        ("bandar", 2),
        ("banjir", 2),
    ]
    assert news.suggest("warga ban")[0].text == "warga bandar"
    assert news.suggest("Banjir BAN", limit=1)[0].text == "Banjir bandar"
    assert news.suggest("") == []
    assert news.suggest("banjir ") == []
    assert news.suggest("xyz") == []


def test_completions_are_counted_beside_the_words_before(news: NewsIndex) -> None:
    for completion in news.suggest("banjir wa"):
        assert completion.count == news.search(completion.text).total
    assert [one.text for one in news.suggest("petani ba")] == []


def test_stop_words_are_no_completions(news: NewsIndex) -> None:
    assert "di" not in [one.text for one in news.suggest("d", limit=20)]
