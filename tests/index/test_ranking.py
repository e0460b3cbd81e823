"""Ranking: what stands above what, and why."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

import newsearch
from newsearch import NewsIndex
from tests.support import WIB, article, found, in_order

FILLER = "Kalimat biasa tanpa isi yang dicari hari itu. " * 5


def test_most_of_the_words_stand_above_many_of_one(index: NewsIndex) -> None:
    index.add(
        [
            article("one", "Harga", "Harga harga harga harga harga naik. " * 5),
            article("most", "Pasar", FILLER + "Telur dan beras, harga keduanya turun."),
        ]
    )
    assert in_order(index, "harga telur beras", match="any") == ["most", "one"]


def test_words_near_each_other_stand_above_words_far_apart(index: NewsIndex) -> None:
    index.add(
        [
            article("far", "Pagi", f"Panen dimulai. {FILLER} Jagung sudah tua. {FILLER}"),
            article("near", "Pagi", f"Dimulai sudah. {FILLER} Panen jagung tua. {FILLER}"),
        ]
    )
    assert in_order(index, "panen jagung") == ["near", "far"]


def test_short_words_for_a_kind_of_region_are_written_out(index: NewsIndex) -> None:
    index.add(
        [
            article("kabupaten", "Rapat", "Bupati Bogor hadir.", regions=("32.01",)),
            article("kota", "Rapat", "Wali kota hadir.", regions=("32.71",)),
            article("banten", "Rapat", "Gubernur hadir.", regions=("36",)),
            article("orang", "Kab Entah", "Ia bernama Kab."),
        ]
    )
    assert found(index, "rapat kab. bogor") == {"kabupaten"}
    index.add([article("alias", "Rapat", "Bupati OKI hadir.", regions=("16.02",))])
    assert found(index, "rapat kab oki") == {"alias"}
    assert found(index, "rapat prov banten") == {"banten"}
    assert found(index, "kab entah") == {"orang"}


def test_a_region_lifts_what_is_about_it_whatever_it_calls_it(index: NewsIndex) -> None:
    index.add(
        [
            article("named", "Banjir di Lampung Utara", "Banjir surut.", regions=("18.03",)),
            article("alias", "Banjir di Lampura", "Banjir surut.", regions=("18.03",)),
            article("field", "Banjir di sini", "Banjir surut.", regions=("18.03",)),
            article("aside", "Banjir di Aceh", "Banjir. Lampung Utara aman.", regions=("11",)),
            article("topic", "Panen di Lampung Utara", "Panen raya.", regions=("18.03",)),
        ]
    )
    for query in ("banjir lampung utara", "banjir lampura", "banjir LAMPURA"):
        order = in_order(index, query, match="any")
        assert set(order[:3]) == {"named", "alias", "field"}
        # The topic is not drowned: what is only of the place comes after what is only of it.
        assert set(order[3:]) == {"aside", "topic"}
        assert found(index, query) == {"named", "alias", "field", "aside"}


def test_a_province_is_meant_with_its_kabupaten(index: NewsIndex) -> None:
    index.add([article("a", "Banjir di Kotabumi", "Air naik.", regions=("18.03",))])
    assert found(index, "banjir lampung") == {"a"}


def test_a_word_that_is_also_a_place_is_a_word(index: NewsIndex) -> None:
    index.add(
        [
            article("verb", "Harimau Serang Warga", "Seekor harimau menyerang."),
            article("city", "Warga Tanam Pohon", "Di ibu kota Banten.", regions=("36.73",)),
        ]
    )
    assert found(index, "serang warga") == {"verb"}
    assert found(index, "kota serang warga") == {"city"}


@pytest.mark.parametrize("query", ["upah 2021", "upah maret 2021"])
def test_a_year_or_month_finds_articles_of_that_time(news: NewsIndex, query: str) -> None:
    news.add([article("upah", "Upah Baru", "Upah naik.", published=None)])
    assert in_order(news, query, match="any")[0] == "upah"
    assert {"pengacara", "acara"} <= found(news, query, match="any")


def test_what_must_not_be_there_is_only_the_word(news: NewsIndex) -> None:
    # -lampung leaves out what says Lampung, not what is filed under it.
    assert found(news, "warga -lampung") == {"ambon", "malu", "acara"}
    assert found(news, "pembakaran -lampung") == {"bakar"}


def test_scores_are_explained(news: NewsIndex) -> None:
    hit = news.search("banjir bandar lampung warga", explain=True).hits[0]
    labels = [part.label for part in hit.explanation]
    assert labels == ["banjir", "bandar lampung", "warga", "berdekatan"]
    assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-3)
    assert hit.to_dict()["explanation"].keys() == set(labels)
    # Phrases and fields are the rest.
    hit = news.search('banjir judul:rendam "tiga kelurahan"', explain=True).hits[0]
    assert [part.label for part in hit.explanation] == ["banjir", "lainnya"]
    assert sum(part.score for part in hit.explanation) == pytest.approx(hit.score, rel=1e-3)
    assert news.search("banjir").hits[0].explanation == ()
    assert "explanation" not in news.search("banjir").hits[0].to_dict()


def test_fresh_blends_relevance_with_age(index: NewsIndex) -> None:
    now = datetime.now(WIB)
    index.add(
        [
            article("best", "Panen raya jagung", "Panen jagung.", published=now - timedelta(400)),
            article("week", "Panen jagung", "Jagung dan padi.", published=now - timedelta(7)),
            article("new", "Panen jagung", "Jagung dan padi.", published=now - timedelta(hours=1)),
            article("other", "Panen padi", "Padi.", published=now),
            article("undated", "Panen jagung", "Jagung dan padi.", published=None),
        ]
    )
    assert in_order(index, "panen jagung")[0] == "best"
    fresh = in_order(index, "panen jagung", match="any", fresh="7d")
    assert fresh.index("new") < fresh.index("week") < fresh.index("best")
    assert fresh[0] == "new"
    assert found(index, "panen jagung", fresh="7d") == found(index, "panen jagung")
    assert in_order(index, "jagung", sort="oldest", fresh="7d")[0] == "best"


@pytest.mark.parametrize("fresh", ["", "30", "0d", "9999w", "d", "1y", timedelta(0), 30])
def test_a_half_life_that_is_none(index: NewsIndex, fresh: str) -> None:
    with pytest.raises(newsearch.QueryError, match="fresh"):
        index.search("a", fresh=fresh)
