"""Fixtures for every room: real indexes in real directories."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import newsearch
from tests.opensearch.cluster import Cluster
from tests.support import ARTICLES, CLUSTERED, SHARED, story

# Machines are shared: no test has a deadline. In CI the same examples come every time; whoever
# works on the code meets new ones.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[newsearch.NewsIndex]:
    """An empty index."""
    with newsearch.create(tmp_path / "index") as made:
        yield made


@pytest.fixture
def news(index: newsearch.NewsIndex) -> newsearch.NewsIndex:
    """An index of a handful of articles with known words, dates, places and sources."""
    index.add(story())
    return index


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsearch.NewsIndex]:
    """The sample articles, indexed once; not to be written to."""
    with newsearch.create(tmp_path_factory.mktemp("samples") / "index") as made:
        made.add(newsearch.read(ARTICLES))
        yield made


@pytest.fixture(scope="session")
def running() -> Iterator[Cluster]:
    """Three real nodes of OpenSearch; `make test-opensearch` asks for them."""
    if not CLUSTERED:
        pytest.skip("needs a real cluster: make test-opensearch starts one")
    with Cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data beside the project; a test that needs it is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("../shared, the data to measure against, is not beside the project")
    return SHARED
