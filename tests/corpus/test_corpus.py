"""The main job on real articles: all of ../shared/corpus goes in, once, and is found."""

from __future__ import annotations

import pytest

from newsearch import AddReport, NewsIndex

ARTICLES = 49_549


def test_every_article_goes_in_once(corpus: tuple[NewsIndex, list[AddReport]]) -> None:
    index, (first, second) = corpus
    assert (first.added, first.updated, first.rejected) == (ARTICLES + 1, 0, [])
    assert (second.added, second.updated, second.rejected) == (0, ARTICLES + 1, [])
    assert len(index) == ARTICLES + 1
    assert index.check() == []


def test_it_is_no_larger_than_promised(corpus: tuple[NewsIndex, list[AddReport]]) -> None:
    index, _ = corpus
    text = sum(len(one.text.encode()) for one in index.articles())
    # Also says that the segments of the first run were collected.
    assert index.stats().size < 1.6 * text


def test_a_search_with_facets(corpus: tuple[NewsIndex, list[AddReport]]) -> None:
    index, _ = corpus
    results = index.search("banjir bandar lampung", facets=("region", "month"))
    assert results.total >= 30
    assert not results.relaxed
    counts = {count.value: count.count for count in results.facets["region"]}
    assert results.total >= counts["18"] >= counts["18.71"] >= 15
    assert sum(count.count for count in results.facets["month"]) <= results.total
    assert len(index.related(results.hits[0].article.id)) == 5


@pytest.mark.parametrize("region", ["18.71", "16.02", "73", "91"])
def test_a_region_filter_agrees_with_its_facet(
    corpus: tuple[NewsIndex, list[AddReport]], region: str
) -> None:
    index, _ = corpus
    facet = index.search("", limit=0, facets=("region",)).facets["region"]
    counts = {count.value: count.count for count in facet}
    assert index.search("", region=region, limit=0).total == counts[region]


def test_every_region_name_finds_itself(corpus: tuple[NewsIndex, list[AddReport]]) -> None:
    index, _ = corpus
    for name in ("Maluku", "Bekasi", "Kendari", "Tarakan", "Pesawaran", "Bengkalis", "Pekalongan"):
        hits = index.search(name, limit=20).hits
        assert hits, name
        for hit in hits:
            shown = f"{hit.article.title} {hit.article.text}".lower()
            assert name.lower() in shown, (name, hit.article.id)


def test_the_sample_page(corpus: tuple[NewsIndex, list[AddReport]]) -> None:
    index, _ = corpus
    hit = index.search('judul:"Perkuat Sinergitas Jelang Pemilu"', region="16.02").hits[0]
    assert hit.article.regions[0] == "16.02"
    codes = set(hit.article.regions)
    assert not codes & {"32.16", "32.75", "11.18", "19.05"}  # Bekasi, Pidie Jaya, Bangka Barat
