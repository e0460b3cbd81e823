"""How a query was understood."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

import newsearch
from newsearch import NewsIndex, ParsedQuery
from tests.query.test_grammar import TYPED


def _lines(part: ParsedQuery, depth: int = 0) -> list[str]:
    """A line for each part: its kind and query, indented."""
    inner = [line for one in part.parts for line in _lines(one, depth + 1)]
    return [f"{'  ' * depth}{part.kind} {part.query}".rstrip(), *inner]


def test_the_parts_of_a_query(news: NewsIndex) -> None:
    query = (
        'siapa yang pembakaran bekasi 2023 "air surut" -judul:malu war* daerah:oki ATAU daerah:18'
    )
    assert _lines(news.parse(query))[1:] == [
        "  ignored siapa",
        "  ignored yang",
        "  word pembakaran",
        "  region bekasi",
        "  date 2023",
        '  phrase "air surut"',
        "  prefix war*",
        "  not -judul:malu",
        "    word judul:malu",
        '  any daerah:"oki" ATAU daerah:"18"',
        '    filter daerah:"oki"',
        '    filter daerah:"18"',
    ]


@pytest.mark.parametrize(
    ("query", "kind", "meaning"),
    [
        ("pembakaran", "word", "kata dasar bakar"),
        ("judul:pembakaran", "word", "kata dasar bakar di judul"),
        ("bekasi", "region", "Kota Bekasi (32.75), Kabupaten Bekasi (32.16)"),
        ("dbd", "forms", "juga demam berdarah dengue"),
        ('"warga balai"~4', "near", "paling banyak 3 kata di antaranya"),
        ("mengun*", "prefix", "salah satu dari mengungsi"),
        ("mem*n", "wildcard", "salah satu dari memanen, membersihkan"),
        ("m*", "prefix", " kata lain"),
        ("xyz*", "prefix", "tidak ada kata seperti ini"),
        ("bnajir~1", "fuzzy", "banjir"),
        ("daerah:oki", "filter", "daerah Kabupaten Ogan Komering Ilir (16.02)"),
        ("tanggal:2023-06-14", "filter", "Rabu, 14 Juni 2023"),
        ("tanggal:{2020 TO ]", "filter", "sejak Jumat, 1 Januari 2021"),
        ("tanggal:sampai 2020", "filter", "sampai Kamis, 31 Desember 2020"),
        ("sumber:warta.example", "filter", "sumber warta.example"),
        ("yang di", "word", "dicari seperti tertulis"),
        ("((((", "all", "tidak ada kata yang dapat dicari"),
        ("", "all", "semua artikel"),
    ],
)
def test_meanings(news: NewsIndex, query: str, kind: str, meaning: str) -> None:
    parsed = news.parse(query)
    assert (parsed.kind, parsed.parts) == (kind, ())
    assert meaning in parsed.meaning


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("kab bogor", ["region kabupaten bogor"]),
        ("siapa bupati kab oki", ["ignored siapa", "word bupati", "region oki"]),
        ("di prov lampung banjir", ["ignored di", "region lampung", "word banjir"]),
        ("kab entah", ["word kab", "word entah"]),
    ],
)
def test_short_kinds_of_regions_are_written_out(
    news: NewsIndex, query: str, lines: list[str]
) -> None:
    parsed = news.parse(query)
    assert [line.strip() for line in _lines(parsed)][bool(parsed.parts) :] == lines


def test_any_word_leaves_filters_required(news: NewsIndex) -> None:
    parsed = news.parse("banjir malu daerah:oki", match="any")
    assert [line.split()[0] for line in _lines(parsed)] == ["all", "any", "word", "word", "filter"]


@pytest.mark.parametrize("query", ["daerah:atlantis", "tanggal:entah", "x" * 4_001])
def test_what_a_search_refuses_is_refused(news: NewsIndex, query: str) -> None:
    with pytest.raises(newsearch.QueryError) as searched:
        news.search(query)
    with pytest.raises(newsearch.QueryError) as parsed:
        news.parse(query)
    assert str(parsed.value) == str(searched.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=TYPED)
def test_whatever_is_typed_is_told(samples: NewsIndex, query: str) -> None:
    try:
        samples.search(query, limit=0)
    except newsearch.QueryError:
        with pytest.raises(newsearch.QueryError):
            samples.parse(query)
        return
    assert samples.parse(query).to_dict()["meaning"]
