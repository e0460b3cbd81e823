"""The engines that must give the same answers, and one index of each with the same articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex
from tests.conformance.articles import articles

ENGINES = ("tantivy", "whoosh")


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine."""
    name: str = request.param
    return name


@pytest.fixture
def empty(engine: str, tmp_path: Path) -> Iterator[NewsIndex]:
    """An index without articles."""
    with newsearch.create(tmp_path / "index", engine=engine) as made:
        yield made


@pytest.fixture(scope="session")
def full(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    """All articles, not to be written to."""
    with newsearch.create(tmp_path_factory.mktemp(engine) / "index", engine=engine) as made:
        made.add(articles())
        yield made


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewsIndex]:
    """All articles in an index of the default engine."""
    with newsearch.create(tmp_path_factory.mktemp("reference") / "index") as made:
        made.add(articles())
        yield made
