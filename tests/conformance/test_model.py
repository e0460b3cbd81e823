"""Any order of additions, updates, deletes and searches, against a dictionary."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

import newsearch
from newsearch import Article
from tests.conformance.conftest import ENGINES, Place
from tests.support import WIB, article

WORDS = ("banjir", "gempa", "jembatan", "beras", "polisi", "sekolah")
"""Stems of their own, so that the model needs none."""
REGIONS = ("18", "18.71", "16.02", "81")
SOURCES = ("satu", "dua")
DAYS = (1, 2, 15, 28)

ids = st.sampled_from("abcdefgh")
words = st.sampled_from(WORDS)
made = st.builds(
    lambda name, title, text, region, source, day: article(
        name,
        title,
        " ".join(text),
        regions=(region,),
        source=source,
        published=None if day is None else datetime(2023, 5, day, 8, tzinfo=WIB),
    ),
    ids,
    words,
    st.lists(words, max_size=5),
    st.sampled_from(REGIONS),
    st.sampled_from((*SOURCES, None)),
    st.sampled_from((*DAYS, None)),
)


class Newsroom(RuleBasedStateMachine):
    """An index and what it should hold."""

    engine = "tantivy"
    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[str, Article] = {}

    @initialize()
    def create(self) -> None:
        self.location = self.place(self.engine)
        self.index = newsearch.create(self.location, engine=self.engine)

    def teardown(self) -> None:
        self.index.close()

    @rule(some=st.lists(made, min_size=1, max_size=6))
    def add(self, some: list[Article]) -> None:
        report = self.index.add(some)
        assert report.added == len({one.id for one in some} - self.held.keys())
        assert report.added + report.updated == len(some)
        self.held |= {one.id: one for one in some}

    @rule(name=ids)
    def delete(self, name: str) -> None:
        assert self.index.delete(name) == (self.held.pop(name, None) is not None)

    @rule(some=st.lists(st.one_of(made, ids), min_size=1, max_size=5), fails=st.booleans())
    def transaction(self, some: list[Article | str], fails: bool) -> None:
        held = self.held.copy()
        try:
            with self.index.writer() as writer:
                for one in some:
                    if isinstance(one, str):
                        assert writer.delete(one) == (held.pop(one, None) is not None)
                    else:
                        assert writer.add(one) == (one.id in held)
                        held[one.id] = one
                if fails:
                    raise RuntimeError
        except RuntimeError:
            return
        self.held = held

    @rule()
    def reopen(self) -> None:
        self.index.close()
        self.index = newsearch.open(self.location)

    @rule()
    def rebuild(self) -> None:
        assert self.index.rebuild() == len(self.held)

    @rule(word=words)
    def search(self, word: str) -> None:
        self.compare(word, {}, lambda one: word in tokens(one))

    @rule(first=words, second=words)
    def either(self, first: str, second: str) -> None:
        self.compare(f"{first} ATAU {second}", {}, lambda one: bool(tokens(one) & {first, second}))

    @rule(first=words, second=words)
    def but_not(self, first: str, second: str) -> None:
        self.compare(
            f"{first} BUKAN {second}",
            {},
            lambda one: first in tokens(one) and second not in tokens(one),
        )

    @rule(first=words, second=words)
    def phrase(self, first: str, second: str) -> None:
        def has(one: Article) -> bool:
            return any(f" {first} {second} " in f" {part} " for part in (one.title, one.text))

        self.compare(f'"{first} {second}"', {}, has)

    @rule(
        region=st.sampled_from(REGIONS), source=st.sampled_from(SOURCES), day=st.sampled_from(DAYS)
    )
    def filtered(self, region: str, source: str, day: int) -> None:
        since = f"2023-05-{day:02}"
        self.compare(
            "",
            {"region": region, "source": source, "since": since},
            lambda one: (
                f"{one.regions[0]}.".startswith(f"{region}.")
                and one.source == source
                and one.published is not None
                and one.published.day >= day
            ),
        )

    def compare(self, query: str, arguments: dict[str, Any], holds: Any) -> None:
        expected = {name for name, one in self.held.items() if holds(one)}
        found = self.index.search(query, limit=100, facets=["source"], **arguments)
        if found.relaxed:  # no article has all, and those with any are shown
            assert not expected
            return
        assert {hit.article.id for hit in found.hits} == expected
        assert found.total == len(expected)
        counted = {count.value: count.count for count in found.facets["source"]}
        sources = [self.held[name].source for name in expected]
        assert counted == {one: sources.count(one) for one in sources if one is not None}

    @invariant()
    def holds_what_it_should(self) -> None:
        assert len(self.index) == len(self.held)
        newest = [hit.article for hit in self.index.latest(limit=100, collapse=False)]
        assert {one.id: (one.title, one.text) for one in newest} == {
            name: (one.title, one.text) for name, one in self.held.items()
        }
        dates = [one.published.day for one in newest if one.published is not None]
        assert dates == sorted(dates, reverse=True)
        assert all(one.published is not None for one in newest[: len(dates)])


def tokens(one: Article) -> set[str]:
    """The words of an article."""
    return {*one.title.split(), *one.text.split()}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_index_behaves_as_a_dictionary(engine: str, place: Place) -> None:
    # On the cluster each step is a dozen questions over the network.
    examples = 5 if engine == "opensearch" else 25
    run_state_machine_as_test(
        type("Newsroom", (Newsroom,), {"engine": engine, "place": staticmethod(place)}),
        settings=settings(max_examples=examples, stateful_step_count=25, deadline=None),
    )
