"""Search: what is found, in which order, counted how."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import NewsIndex
from tests.query.test_grammar import PIECES
from tests.support import WIB, article, found, in_order


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("banjir", {"banjir", "surut"}),
        ("BANJIR", {"banjir", "surut"}),
        ("kebakaran", {"bakar"}),  # another form of pembakaran
        ("anak", {"bakar"}),
        ("anak-anak", {"bakar"}),
        ("Maluku", {"ambon"}),
        ("maluku", {"ambon"}),
        ("malu", {"malu"}),
        ("warga banjir", {"banjir", "surut"}),
        ("yang banjir itu", {"banjir", "surut"}),
        ("banjir ATAU cengkih", {"banjir", "surut", "ambon"}),
        ("warga BUKAN banjir", {"ambon", "malu", "acara"}),
        ("warga -banjir -malu", {"ambon", "acara"}),
        ("-warga", {"bakar", "pengacara"}),
        ("(banjir OR cengkih) petani", {"ambon"}),
        ('"warga mengungsi"', {"banjir"}),
        ('"mengungsi warga"', set()),
        ('"warga mengungsikan"', set()),
        ('"warga balai"~4', {"banjir"}),
        ('"warga balai"', set()),
        ("pembak*", {"bakar"}),
        ("mem*kan", {"surut"}),
        ("mem*i", {"bakar"}),
        ("mem*x", set()),
        ("bnajir~1", {"banjir", "surut"}),
        ("judul:banjir", {"banjir"}),
        ("isi:banjir", {"banjir", "surut"}),
        ("title:banjir", {"banjir"}),
        ("text:banjir", {"banjir", "surut"}),
        ("source:warta.example date:2021 category:hukum", {"pengacara"}),
        ("author:'x' banjir", set()),
        ("daerah:bandar lampung surut", {"surut"}),
        ("daerah:ogan komering ilir", {"bakar"}),
        ('judul:"air surut"', {"surut"}),
        ("daerah:lampung", {"banjir", "surut"}),
        ("daerah:oki", {"bakar"}),
        ('daerah:"Ogan Komering Ilir"', {"bakar"}),
        ("region:16", {"bakar"}),
        ("sumber:KABAR.example", {"banjir", "surut"}),
        ("kategori:hukum pengacara", {"pengacara"}),
        ('penulis:"denny saputra"', {"banjir"}),
        ("tanggal:2021", {"pengacara", "acara"}),
        ("tanggal:2023-06", {"banjir", "surut"}),
        ("tanggal:[2023-06-15 TO 2023-07-01]", {"surut", "bakar"}),
        ("tanggal:[2023-06-20 TO ]", {"surut", "bakar"}),
        ('tanggal:"14 Juni 2023" banjir', {"banjir"}),
        ("tanggal:2021 -budaya", {"pengacara"}),
        ("banjir -sumber:kabar.example", set()),
        ("-daerah:lampung tanggal:2023", {"bakar"}),
        ('-penulis:"denny saputra" banjir', {"surut"}),
        ("-judul:banjir banjir", {"surut"}),
        ("tanggal:{2023-06-14 TO 2023-07-01}", {"surut"}),
        ("tanggal:1999-05-05", set()),
        ("kota/bnajir~1", {"banjir"}),
        ("m*n*h", set()),
        ("me*mp*k*n", set()),
        ('"warga warga"~3', {"banjir", "surut", "ambon", "malu", "acara"}),
        ("yang", set()),  # only a stop word: as it stands, in no article
        ("di", {"banjir", "surut", "bakar", "ambon", "malu", "acara"}),
        ("???", set()),
        ("🌊", set()),
    ],
)
def test_query_language(news: NewsIndex, query: str, ids: set[str]) -> None:
    assert {hit.article.id for hit in news.search(query, limit=100).hits} == ids


def test_a_search_of_expansions_comes_newest_first(news: NewsIndex) -> None:
    assert in_order(news, "war*")[:2] == ["surut", "banjir"]


def test_an_empty_query_finds_everything_newest_first(news: NewsIndex) -> None:
    assert in_order(news, "") == ["bakar", "surut", "banjir", "ambon", "acara", "pengacara", "malu"]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"region": "18"}, {"banjir", "surut"}),
        ({"region": "Lampung"}, {"banjir", "surut"}),
        ({"region": "16.02"}, {"bakar"}),
        ({"region": ["18", "OKI"]}, {"banjir", "surut", "bakar"}),
        ({"since": "2023"}, {"banjir", "surut", "bakar"}),
        ({"until": "2021"}, {"pengacara", "acara"}),
        ({"since": "2023-06-14", "until": "2023-06-14"}, {"banjir"}),
        ({"since": date(2023, 6, 15)}, {"surut", "bakar"}),
        ({"source": "kabar.EXAMPLE"}, {"banjir", "surut"}),
        ({"category": ("Hukum", "Opini")}, {"bakar", "pengacara", "malu"}),
        ({"author": "Denny Saputra"}, {"banjir"}),
        # Half past midnight in Ambon, the evening before in Jakarta.
        ({"since": "2022-01-01", "until": "2022-01-01"}, {"ambon"}),
        ({"until": datetime(2021, 12, 31, 22, 30, tzinfo=WIB), "since": "2021-12"}, {"ambon"}),
        ({"until": datetime(2021, 12, 31, 22, 29, tzinfo=WIB), "since": "2021-12"}, set()),
        ({"region": "18", "until": "2023-06-14"}, {"banjir"}),
    ],
)
def test_filters(news: NewsIndex, filters: dict[str, Any], ids: set[str]) -> None:
    assert found(news, "", **filters) == ids


def test_filters_have_no_say_in_the_score(news: NewsIndex) -> None:
    plain = {hit.article.id: hit.score for hit in news.search("banjir").hits}
    filtered = {
        hit.article.id: hit.score
        for hit in news.search("banjir daerah:lampung tanggal:2023", region="18", since="2020").hits
    }
    assert filtered == pytest.approx(plain)


def test_the_title_weighs_more(news: NewsIndex) -> None:
    assert in_order(news, "banjir") == ["banjir", "surut"]


def test_the_exact_word_weighs_more_than_its_mates(index: NewsIndex) -> None:
    index.add(
        [
            article("mate", "Pagi", "Rumah itu terbakar habis tadi pagi sekali"),
            article("same", "Pagi", "Rumah itu kebakaran habis tadi pagi sekali"),
        ]
    )
    assert in_order(index, "kebakaran") == ["same", "mate"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [("newest", "bakar"), ("oldest", "pengacara"), ("popular", "ambon")],
)
def test_sorts(news: NewsIndex, sort: Any, first: str) -> None:
    assert in_order(news, "", sort=sort)[0] == first


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_articles_without_a_date_come_last(news: NewsIndex, sort: Any) -> None:
    assert in_order(news, "", sort=sort)[-1] == "malu"


def test_pages_follow_each_other(news: NewsIndex) -> None:
    whole = in_order(news, "")
    pages = [
        hit.article.id
        for offset in (0, 3, 6)
        for hit in news.search("", limit=3, offset=offset).hits
    ]
    assert pages == whole
    assert news.search("", limit=0).total == 7
    assert news.search("", limit=0).hits == []


def test_any_word(news: NewsIndex) -> None:
    assert found(news, "banjir cengkih", match="any") == {"banjir", "surut", "ambon"}
    assert found(news, "banjir cengkih -ambon daerah:lampung", match="any") == {"banjir", "surut"}
    assert not news.search("banjir cengkih", match="any").relaxed


def test_where_no_article_has_all_words_those_with_any_are_shown(news: NewsIndex) -> None:
    results = news.search("banjir cengkih")
    assert results.relaxed
    assert results.total == 3
    assert not news.search("banjir warga").relaxed
    # Filters and exclusions still hold.
    assert found(news, "banjir cengkih -petani", region="18") == {"banjir", "surut"}


def test_misspelt_words_are_respelled(news: NewsIndex) -> None:
    assert news.search("bnajir").suggestion == "banjir"
    assert news.search("banjir cengkeh").suggestion == "banjir cengkih"
    assert news.search("banjir").suggestion is None


def test_facets_count_all_matches(news: NewsIndex) -> None:
    results = news.search(
        "", limit=1, facets=("region", "year", "month", "day", "source", "category", "author")
    )
    counts = {
        name: [(count.value, count.label, count.count) for count in facet]
        for name, facet in results.facets.items()
    }
    assert counts["region"] == [
        ("18", "Lampung", 2),
        ("18.71", "Kota Bandar Lampung", 2),
        ("32", "Jawa Barat", 2),
        ("32.75", "Kota Bekasi", 2),
        ("16", "Sumatera Selatan", 1),
        ("16.02", "Kabupaten Ogan Komering Ilir", 1),
        ("81", "Maluku", 1),
        ("81.71", "Kota Ambon", 1),
    ]
    assert counts["year"] == [("2021", "2021", 2), ("2022", "2022", 1), ("2023", "2023", 3)]
    assert counts["month"] == [
        ("2021-03", "Maret 2021", 2),
        ("2022-01", "Januari 2022", 1),
        ("2023-06", "Juni 2023", 2),
        ("2023-07", "Juli 2023", 1),
    ]
    # In the article's own time zone: in Jakarta it was still 2021.
    assert ("2022-01-01", "Sabtu, 1 Januari 2022", 1) in counts["day"]
    assert {label for _, label, _ in counts["source"]} == {
        "Kabar.example",
        "Warta.example",
        "Lensa.example",
    } or {label for _, label, _ in counts["source"]} == {
        "kabar.example",
        "Warta.example",
        "Lensa.example",
    }
    assert [(value, count) for value, _, count in counts["source"]] == [
        ("warta.example", 3),
        ("kabar.example", 2),
        ("lensa.example", 2),
    ]
    assert counts["author"] == [("denny saputra", "Denny Saputra", 1)]


def test_regions_as_a_tree(news: NewsIndex) -> None:
    results = news.search("", facets=("region",))
    tree = results.region_tree()
    assert {node.value: node.count for node in tree} == {"18": 2, "16": 1, "81": 1, "32": 2}
    lampung = next(node for node in tree if node.value == "18")
    assert [(node.value, node.label, node.count) for node in lampung.children] == [
        ("18.71", "Kota Bandar Lampung", 2)
    ]
    assert [node.value for node in results.region_tree(within="18")] == ["18.71"]
    assert results.region_tree(within="11") == []
    assert news.search("").region_tree() == []


def test_a_facet_without_its_own_filter(news: NewsIndex) -> None:
    options: dict[str, Any] = {"facets": ("source", "category", "year"), "multiselect": True}
    results = news.search("warga", source="lensa.example", **options)
    assert results.total == 2
    # The sources that could be chosen besides; of the others only what this one has.
    assert {count.value: count.count for count in results.facets["source"]} == {
        "lensa.example": 2,
        "kabar.example": 2,
        "warta.example": 1,
    }
    assert {count.value for count in results.facets["category"]} == {"ekonomi", "opini"}
    dated = news.search("", since="2023", source="warta.example", **options)
    assert {count.value for count in dated.facets["year"]} == {"2021", "2023"}
    assert {count.value for count in dated.facets["source"]} == {"warta.example", "kabar.example"}


def test_times_without_an_article_are_filled(news: NewsIndex) -> None:
    def filled(name: str, **options: Any) -> list[tuple[str, int]]:
        counts = news.search("", facets=(name,), fill=True, **options).facets[name]
        return [(count.value, count.count) for count in counts]

    assert filled("year") == [("2021", 2), ("2022", 1), ("2023", 3)]
    assert filled("month", since="2022-11", until="2023-08") == [
        ("2022-11", 0), ("2022-12", 0), ("2023-01", 0), ("2023-02", 0), ("2023-03", 0),
        ("2023-04", 0), ("2023-05", 0), ("2023-06", 2), ("2023-07", 1), ("2023-08", 0),
    ]  # fmt: skip
    assert filled("day", since="2024-02-28", until="2024-03-01") == [
        ("2024-02-28", 0), ("2024-02-29", 0), ("2024-03-01", 0),
    ]  # fmt: skip
    assert news.search("tidakada", facets=("day",), fill=True).facets["day"] == []


def test_facets_respect_filters_and_deletions(news: NewsIndex) -> None:
    news.delete("surut")
    facet = news.search("", region="18", facets=("region",)).facets["region"]
    assert [(count.value, count.count) for count in facet] == [("18", 1), ("18.71", 1)]


def test_a_province_counts_the_articles_of_its_kabupaten_once(index: NewsIndex) -> None:
    index.add([article("a", "Dua kota", regions=("18.71", "18.72", "18"))])
    facet = index.search("", facets=("region",)).facets["region"]
    assert {count.value: count.count for count in facet} == {"18": 1, "18.71": 1, "18.72": 1}


def test_copies_are_folded_under_the_best(samples: NewsIndex) -> None:
    plain = samples.search("nelayan", region="Lampung")
    folded = samples.search("nelayan", region="Lampung", collapse=True)
    assert [len(hit.duplicates) for hit in folded.hits].count(1) == 1
    copies = {copy for hit in folded.hits for copy in hit.duplicates}
    shown = {hit.article.id for hit in folded.hits}
    assert copies | shown == {hit.article.id for hit in plain.hits}
    assert not copies & shown
    assert folded.total == plain.total


def test_pages_of_folded_results_follow_each_other(samples: NewsIndex) -> None:
    whole = [hit.article.id for hit in samples.search("", collapse=True, limit=60).hits]
    pages = [
        hit.article.id
        for offset in range(0, 60, 7)
        for hit in samples.search("", collapse=True, limit=7, offset=offset).hits
    ]
    assert pages == whole
    assert len(whole) == len(samples) - 1


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"sort": "random"}, newsearch.QueryError),
        ({"match": "some"}, newsearch.QueryError),
        ({"facets": ("colour",)}, newsearch.QueryError),
        ({"limit": -1}, newsearch.QueryError),
        ({"limit": "5"}, newsearch.QueryError),
        ({"offset": 2.5}, newsearch.QueryError),
        ({"limit": 1_001}, newsearch.QueryTooLargeError),
        ({"offset": 10_000}, newsearch.QueryTooLargeError),
        ({"offset": 1_000, "collapse": True}, newsearch.QueryTooLargeError),
        ({"region": "Atlantis"}, newsearch.UnknownRegionError),
        ({"since": "entah"}, newsearch.InvalidDateError),
        ({"since": "2024", "until": "2023"}, newsearch.InvalidDateError),
        ({"source": ["x"] * 101}, newsearch.QueryError),
    ],
)
def test_wrong_options_are_clear_errors(
    news: NewsIndex, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        news.search("banjir", **options)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("daerah:atlantis", newsearch.UnknownRegionError),
        ("tanggal:entah", newsearch.InvalidDateError),
        ("x" * 4_001, newsearch.QueryTooLargeError),
        ("kata " * 401, newsearch.QueryTooLargeError),
        ("NOT " * 2_000, newsearch.QueryTooLargeError),
        ("sumber:[a TO b]", newsearch.QueryError),
        ('"' + "di " * 401 + '"', newsearch.QueryTooLargeError),
        ('"a b c d e f g h i"~50', newsearch.QueryTooLargeError),
        (" ".join(f"p{n}*" for n in range(21)), newsearch.QueryTooLargeError),
        ("tanggal:" + '"' + "sejak " * 2_00 + '"', newsearch.InvalidDateError),
    ],
)
def test_wrong_queries_are_clear_errors(
    news: NewsIndex, query: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        news.search(query)


def test_wildcards_take_no_exponential_time(index: NewsIndex) -> None:
    index.add([article("a", "a" * 64)])
    # With a regular expression this one takes years.
    assert found(index, "a*" * 19 + "b") == set()
    assert found(index, "a*" * 19 + "a") == {"a"}


def test_near_words_of_a_phrase_are_marked(news: NewsIndex) -> None:
    hit = news.search('"warga balai"~4').hits[0]
    assert "<mark>Warga</mark>" in hit.snippet.html()
    assert "<mark>balai</mark>" in hit.snippet.html()


def test_no_phrase_runs_from_the_title_into_the_text(index: NewsIndex) -> None:
    index.add([article("a", "Berita alfa", "beta gamma")])
    assert found(index, '"alfa beta"~50') == set()
    assert found(index, '"beta gamma"~50') == {"a"}


def test_an_unknown_region_comes_with_suggestions(news: NewsIndex) -> None:
    with pytest.raises(newsearch.UnknownRegionError) as caught:
        news.search("", region="ogan komring ilir")
    assert "Kabupaten Ogan Komering Ilir" in caught.value.suggestions


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.text(max_size=60) | st.lists(PIECES, max_size=15).map("".join))
def test_whatever_is_typed_is_answered(samples: NewsIndex, query: str) -> None:
    try:
        results = samples.search(query)
    except newsearch.QueryError:
        return
    assert len(results.hits) == min(results.total, 10)


def test_results_as_json_types(news: NewsIndex) -> None:
    results = news.search("pembakaran lahan", facets=("region",)).to_dict()
    assert list(results) == ["total", "took_ms", "relaxed", "suggestion", "hits", "facets"]
    hit = results["hits"][0]
    assert list(hit) == [
        "id", "title", "score", "published", "source", "category", "regions", "url", "snippet",
        "duplicates",
    ]  # fmt: skip
    assert hit["published"] == "2023-07-01T09:00:00+07:00"
    assert "<mark>pembakaran</mark> <mark>lahan</mark>" in hit["snippet"]
    assert results["facets"]["region"][0] == {
        "value": "16",
        "label": "Sumatera Selatan",
        "count": 1,
    }


def test_pages_of_equal_scores_hold_each_hit_once(index: NewsIndex) -> None:
    index.add([article(f"a{number}", "Banjir", "Air naik.") for number in range(40)])
    for sort in ("relevance", "newest", "popular"):
        whole = in_order(index, "banjir", sort=sort)
        pages = [
            hit.article.id
            for offset in range(0, 40, 7)
            for hit in index.search("banjir", sort=sort, limit=7, offset=offset).hits
        ]
        assert pages == whole
        assert len(set(pages)) == 40


def test_one_facet_may_be_named_without_a_list(index: NewsIndex) -> None:
    alone = index.search("banjir", facets="month").facets
    assert alone == index.search("banjir", facets=["month"]).facets
    assert list(alone) == ["month"]
