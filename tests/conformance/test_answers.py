"""Every engine gives the answers of the default one.

Scores are defined alike: BM25 with k1 1.2 and b 0.75 over lengths rounded to a byte, in 32 bits in
one engine and 64 in another. Where they are closer than that, order is a tie. One thing is not:
a phrase with slop, of which Lucene (OpenSearch) weighs each place by its distance, while the others
count the places; the words of a query that stand near each other in the text are looked for so.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from newsearch import Hit, NewsearchError, NewsIndex, SearchResults
from newsearch.query.plan import plan
from newsearch.results import FACETS
from tests.conformance.articles import COUNT
from tests.conformance.queries import SEARCHES, TEXTS

DIGITS = 3
"""Decimals of a score in which engines agree; scores here are between 0 and 100."""


def ask(index: NewsIndex, text: str, arguments: dict[str, Any]) -> SearchResults:
    return index.search(text, limit=COUNT, facets=FACETS, **arguments)


def scored_alike(index: NewsIndex, text: str, arguments: dict[str, Any]) -> bool:
    """Whether an engine gives a query the scores of the default one."""
    if index.stats().engine != "opensearch":
        return True
    tree = plan(text, index._engine, any_word=arguments.get("match") == "any").tree
    return not any(getattr(leaf, "slop", 1) > 1 for leaf in tree.leaves())


@pytest.mark.parametrize(("text", "arguments"), SEARCHES, ids=str)
def test_a_search_finds_the_same(
    full: NewsIndex, reference: NewsIndex, text: str, arguments: dict[str, Any]
) -> None:
    found, expected = ask(full, text, arguments), ask(reference, text, arguments)
    hits = {hit.article.id: hit for hit in found.hits}
    assert hits.keys() == {hit.article.id for hit in expected.hits}
    assert found.total == expected.total
    assert (found.relaxed, found.suggestion) == (expected.relaxed, expected.suggestion)
    assert found.facets == expected.facets
    alike = scored_alike(full, text, arguments)
    for other in expected.hits:
        hit = hits[other.article.id]
        assert (hit.article, hit.snippet, hit.title) == (other.article, other.snippet, other.title)
        assert not alike or hit.score == pytest.approx(other.score, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(("text", "arguments"), SEARCHES, ids=str)
def test_a_search_ranks_the_same(
    full: NewsIndex, reference: NewsIndex, text: str, arguments: dict[str, Any]
) -> None:
    if not scored_alike(full, text, arguments) and "sort" not in arguments:
        pytest.skip("a phrase with slop is scored by distance here")
    found, expected = ask(full, text, arguments), ask(reference, text, arguments)
    place = {hit.article.id: rank for rank, hit in enumerate(found.hits)}
    for better, worse in pairwise(expected.hits):
        if key(better, arguments) > key(worse, arguments):
            assert place[better.article.id] < place[worse.article.id]


def key(hit: Hit, arguments: dict[str, Any]) -> float:
    """What hits are ordered by, the greater first."""
    when = hit.article.published.timestamp() if hit.article.published else None
    sort = arguments.get("sort")
    if sort == "newest":
        return when if when is not None else float("-inf")
    if sort == "oldest":
        return -when if when is not None else float("-inf")
    if sort == "popular":
        return hit.article.views or 0
    return round(hit.score, DIGITS)


@pytest.mark.parametrize("text", ["", "banjir", "warga polisi"])
@pytest.mark.parametrize("collapse", [False, True])
def test_pages_are_the_parts_of_the_whole(full: NewsIndex, text: str, collapse: bool) -> None:
    whole = [hit.article.id for hit in full.search(text, limit=COUNT, collapse=collapse).hits]
    pages = []
    for offset in range(0, len(whole) + 7, 7):
        page = full.search(text, limit=7, offset=offset, collapse=collapse)
        pages += [hit.article.id for hit in page.hits]
    assert pages == whole


@pytest.mark.parametrize(
    "text",
    ["tanggal:kemarin-dulu", "daerah:atlantis", "kategori:ek*", "a " * 3000],
)
def test_the_same_queries_are_errors(full: NewsIndex, reference: NewsIndex, text: str) -> None:
    with pytest.raises(NewsearchError) as expected:
        reference.search(text)
    with pytest.raises(type(expected.value)) as raised:
        full.search(text)
    assert str(raised.value) == str(expected.value)


@pytest.mark.parametrize("arguments", [{}, {"region": "lampung"}, {"source": "kabar.example"}])
@pytest.mark.parametrize("text", ["", "banjir", '"balai kota"', "beras ATAU cengkih"])
def test_an_export_holds_the_same_the_newest_first(
    full: NewsIndex, reference: NewsIndex, text: str, arguments: dict[str, Any]
) -> None:
    found = list(full.export(text, **arguments))
    assert sorted(one.id for one in found) == sorted(
        one.id for one in reference.export(text, **arguments)
    )
    dates = [one.published for one in found]
    dated = [when for when in dates if when is not None]
    assert dated == sorted(dated, reverse=True)
    assert dates[: len(dated)] == dated


@pytest.mark.parametrize("prefix", ["b", "ban", "kepala d", "har", "warga men", "lamp", "zz", ""])
def test_completions_are_the_same(full: NewsIndex, reference: NewsIndex, prefix: str) -> None:
    assert full.suggest(prefix) == reference.suggest(prefix)


@pytest.mark.parametrize("article_id", ["a000", "a007", "a100", "a359"])
def test_neighbours_are_the_same(full: NewsIndex, reference: NewsIndex, article_id: str) -> None:
    ours, theirs = full.related(article_id, limit=20), reference.related(article_id, limit=20)
    assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], rel=1e-4)
    assert {hit.article.id for hit in full.duplicates(article_id)} == {
        hit.article.id for hit in reference.duplicates(article_id)
    }
    told, expected = full.story(article_id), reference.story(article_id)
    assert len(told.hits) == len(expected.hits)


def test_the_whole_is_the_same(full: NewsIndex, reference: NewsIndex) -> None:
    assert sorted(full.articles(), key=lambda one: one.id) == sorted(
        reference.articles(), key=lambda one: one.id
    )
    groups, expected = (
        {frozenset(group.ids) for group in index.duplicate_groups()} for index in (full, reference)
    )
    assert groups == expected
    held, asked = full.stats(), reference.stats()
    assert (held.articles, held.dated, held.placed, held.oldest, held.newest) == (
        asked.articles,
        asked.dated,
        asked.placed,
        asked.oldest,
        asked.newest,
    )
    assert full.check() == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_query_is_understood_the_same(full: NewsIndex, reference: NewsIndex, text: str) -> None:
    assert full.parse(text) == reference.parse(text)
