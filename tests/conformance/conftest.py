"""The engines that must give the same answers, and one index of each with the same articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex
from tests.conformance.articles import articles
from tests.support import CLUSTERED

ENGINES = ("tantivy", "whoosh", *(["opensearch"] if CLUSTERED else []))
Place = Callable[[str], str | Path]
"""Engine → where a new index of it can be made."""


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Places for new indexes; those on the cluster go with it."""
    numbers = count()

    def find(engine: str) -> str | Path:
        if engine != "opensearch":
            return tmp_path_factory.mktemp(engine) / "index"
        return f"{request.getfixturevalue('running').url(f'sama{next(numbers)}')}?shards=2"

    return find


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine."""
    name: str = request.param
    return name


@pytest.fixture
def empty(engine: str, place: Place) -> Iterator[NewsIndex]:
    """An index without articles."""
    with newsearch.create(place(engine), engine=engine) as made:
        yield made


@pytest.fixture(scope="session")
def full(engine: str, place: Place) -> Iterator[NewsIndex]:
    """All articles, not to be written to."""
    with newsearch.create(place(engine), engine=engine) as made:
        made.add(articles())
        yield made


@pytest.fixture(scope="session")
def reference(place: Place) -> Iterator[NewsIndex]:
    """All articles in an index of the default engine."""
    with newsearch.create(place("tantivy")) as made:
        made.add(articles())
        yield made
