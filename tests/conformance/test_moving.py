"""Copies between engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import newsearch
from newsearch import NewsIndex
from tests.conformance.articles import articles
from tests.conformance.conftest import ENGINES, Place
from tests.support import article


@pytest.fixture(params=ENGINES)
def other(request: pytest.FixtureRequest, place: Place) -> Iterator[NewsIndex]:
    """An empty index of each engine."""
    with newsearch.create(place(request.param), engine=request.param) as made:
        yield made


def held(index: NewsIndex) -> list[dict[str, object]]:
    return sorted((one.to_dict() for one in index.articles()), key=lambda one: str(one["id"]))


def test_a_copy_answers_as_its_source(empty: NewsIndex, other: NewsIndex) -> None:
    empty.add(articles())
    *_, report = empty.copy_to(other)
    assert (report.copied, report.same) == (len(empty), 0)
    assert held(other) == held(empty)
    for query in ("banjir", '"balai kota"', "daerah:maluku"):
        ours, theirs = (index.search(query, facets=["month"]) for index in (empty, other))
        assert (theirs.total, theirs.facets) == (ours.total, ours.facets)
    assert other.check() == []


def test_an_interrupted_copy_goes_on(
    empty: NewsIndex, other: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsearch.moving.BATCH", 50)
    empty.add(articles())
    steps = empty.copy_to(other)
    next(steps)
    assert next(steps).copied == len(other) == 100
    steps.close()  # type: ignore[attr-defined] # a generator
    empty.add([article("a000", "Banjir lagi")])
    *_, report = empty.copy_to(other)
    # Among the hundred may be the one that has changed since.
    assert report.same in (99, 100)
    assert held(other) == held(empty)
    *_, report = empty.copy_to(other)
    assert (report.copied, report.same) == (0, len(empty))


def test_saved_searches_have_seen_in_the_copy_what_they_had_seen(
    empty: NewsIndex, other: NewsIndex
) -> None:
    if None in (empty._engine.directory, other._engine.directory):
        pytest.skip("searches are saved beside indexes in directories only")
    empty.add([article("a", "Banjir")])
    empty.save_search("air", "banjir")
    empty.add([article("b", "Banjir")])
    *_, report = empty.copy_to(other)
    assert report.searches == 1
    assert [hit.article.id for hit in other.arrivals("air").hits] == ["b"]


def test_what_only_the_target_has_stays(empty: NewsIndex, other: NewsIndex) -> None:
    empty.add([article("a", "Banjir")])
    other.add([article("b", "Gempa")])
    for _ in empty.copy_to(other):
        pass
    assert {one.id for one in other.articles()} == {"a", "b"}


def test_an_index_is_not_copied_into_itself(empty: NewsIndex) -> None:
    with (
        newsearch.open(empty._engine.location) as again,
        pytest.raises(newsearch.NewsIndexError, match="into itself"),
    ):
        empty.copy_to(again)
