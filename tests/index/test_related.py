"""Related articles, the latest, completions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

import newsearch
from newsearch import Article, NewsIndex
from tests.support import WIB, article


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


TOPIC = "Banjir bandang merusak jembatan gantung, tanggul jebol, relawan membagikan logistik."
WHEN = datetime(2023, 6, 14, 12, 0, tzinfo=WIB)


def _part(article_id: str, text: str, **fields: Any) -> Article:
    """An article on the topic, in words of its own."""
    own = " ".join(f"{article_id}kata{number}" for number in range(12))
    fields.setdefault("published", WHEN)
    return article(article_id, "Kabar", f"{own} {text} {own[::-1]}", **fields)


def _fill(index: NewsIndex, *articles: Article) -> None:
    index.add([*articles, *(article(f"lain{n}", f"Resep {n}", f"Masakan {n}") for n in range(20))])


def _ids(hits: list[newsearch.Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


def test_what_is_near_in_time_stands_first(index: NewsIndex) -> None:
    _fill(
        index,
        _part("asal", TOPIC),
        _part("lama", TOPIC, published=WHEN - timedelta(days=400)),
        _part("dekat", TOPIC, published=WHEN - timedelta(hours=2)),
        _part("nanti", TOPIC, published=WHEN + timedelta(days=3)),
        _part("kapan", TOPIC, published=None),
    )
    assert _ids(index.related("asal"))[:3] == ["dekat", "nanti", "lama"]
    assert set(_ids(index.related("kapan"))) == {"asal", "dekat", "nanti", "lama"}


def test_the_same_source_stands_first(index: NewsIndex) -> None:
    _fill(
        index,
        _part("asal", TOPIC, source="Kabar.example"),
        _part("lain", TOPIC, source="Warta.example"),
        _part("sama", TOPIC, source="kabar.EXAMPLE"),
        _part("tanpa", TOPIC),
    )
    assert _ids(index.related("asal"))[0] == "sama"
    assert _ids(index.related("asal", same_source=True)) == ["sama"]
    assert set(_ids(index.related("asal", same_source=False))) == {"lain", "tanpa"}
    assert index.related("tanpa", same_source=True) == []
    assert len(index.related("tanpa", same_source=False)) == 3


def test_a_common_region_counts_and_filters(index: NewsIndex) -> None:
    _fill(
        index,
        _part("asal", TOPIC, regions=("18.71",)),
        _part("ambon", TOPIC, regions=("81.71",)),
        _part("lampung", TOPIC, regions=("18.05",)),
        _part("kota", TOPIC, regions=("18.71.01",)),
    )
    assert _ids(index.related("asal")) == ["kota", "lampung", "ambon"]
    assert _ids(index.related("asal", region="Lampung")) == ["kota", "lampung"]
    assert _ids(index.related("asal", region=["81", "18.05"])) == ["lampung", "ambon"]
    with pytest.raises(newsearch.UnknownRegionError):
        index.related("asal", region="Atlantis")


def test_suggestions_say_why(index: NewsIndex) -> None:
    _fill(
        index,
        _part("asal", TOPIC, source="Kabar.example", regions=("18.71",)),
        _part(
            "jembatan",
            TOPIC,
            source="Kabar.example",
            regions=("18.71",),
            published=WHEN - timedelta(hours=5),
        ),
        _part("polos", TOPIC, published=None),
    )
    near, plain = index.related("asal")
    words, *others = [part.label for part in near.explanation]
    assert words.startswith("kata ")
    assert set(words[5:].split(", ")) < set(TOPIC.lower().replace(",", "").split())
    assert others == ["daerah Kota Bandar Lampung", "sumber Kabar.example", "5 jam sebelumnya"]
    assert [part.label.split()[0] for part in plain.explanation] == ["kata"]
    for hit in (near, plain):
        assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score)
    assert near.to_dict()["explanation"]["5 jam sebelumnya"] > 0


def test_no_two_suggestions_are_copies(index: NewsIndex) -> None:
    text = TOPIC + " " + " ".join(f"kata{number}" for number in range(40))
    copies = [
        article(f"salinan{n}", "Kabar", f"{text} (sumber {n})", source=f"{n}") for n in range(5)
    ]
    _fill(index, _part("asal", TOPIC), *copies)
    assert len(index.related("asal", limit=10)) == 1
    assert _ids(index.related("salinan0", limit=10)) == ["asal"]


def test_an_article_without_a_date_or_source_or_region(index: NewsIndex) -> None:
    _fill(index, _part("satu", TOPIC), _part("dua", TOPIC))
    # With words of its own, for a text that the others hold whole would be a copy of them.
    text = TOPIC + " Warga menunggu bantuan di posko sejak pagi hari ini."
    fresh = Article(title="Tanggul Jebol", text=text)
    assert set(_ids(index.related(fresh))) == {"satu", "dua"}
    # An Article of an id that is in the index is no suggestion for itself.
    assert _ids(index.related(Article(id="satu", title="Tanggul Jebol", text=text))) == ["dua"]


def test_an_article_that_is_not_in_the_index_meets_no_copy_of_itself(index: NewsIndex) -> None:
    text = TOPIC + " " + " ".join(f"kata{number}" for number in range(40))
    _fill(index, _part("asal", TOPIC), article("salinan", "Kabar", text), _part("lagi", TOPIC))
    fresh = Article(title="Kabar Lain", text=f"{text} Baca kabar lain di laman kami.")
    assert set(_ids(index.related(fresh))) == {"asal", "lagi"}
    assert _ids(index.duplicates(fresh)) == ["salinan"]


def test_fewer_suggestions_are_the_first_of_more(samples: NewsIndex) -> None:
    for one in samples.search("banjir", limit=5).hits:
        more = _ids(samples.related(one.article.id, limit=10))
        assert _ids(samples.related(one.article.id, limit=3)) == more[:3]
        scores = [hit.score for hit in samples.related(one.article.id, limit=10)]
        assert scores == sorted(scores, reverse=True)


def test_headlines_without_texts_are_related(index: NewsIndex) -> None:
    _fill(
        index,
        article("satu", "Tanggul Jebol di Demak"),
        article("dua", "Tanggul Demak Diperbaiki"),
    )
    assert _ids(index.related("satu")) == ["dua"]


def test_articles_added_later_are_related_at_once(index: NewsIndex) -> None:
    _fill(index, _part("asal", TOPIC))
    assert index.related("asal") == []
    index.add([_part("baru", TOPIC)])
    assert _ids(index.related("asal")) == ["baru"]


def test_latest(news: NewsIndex) -> None:
    assert [hit.article.id for hit in news.latest(limit=2)] == ["bakar", "surut"]
    assert [hit.article.id for hit in news.latest(region="18")] == ["surut", "banjir"]
    assert [hit.article.id for hit in news.latest(category="opini")] == ["malu"]
    assert [hit.article.id for hit in news.latest(source="lensa.example")] == ["ambon", "malu"]
