"""A cluster for all tests of this folder, and an index name of its own for each."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest

from tests.opensearch.cluster import Cluster


@pytest.fixture(scope="session")
def running() -> Iterator[Cluster]:
    """Three real nodes; `make test-opensearch` asks for them."""
    if not os.environ.get("NEWSEARCH_TEST_CLUSTER"):
        pytest.skip("needs a real cluster: make test-opensearch starts one")
    with Cluster() as cluster:
        yield cluster


@pytest.fixture
def cluster(running: Cluster) -> Iterator[Cluster]:
    """The cluster whole: nodes that a test killed or paused are back for the next."""
    yield running
    for place, node in enumerate(running.nodes):
        if node.runs:
            running.resume(place)
        else:
            running.restart(place)
    running.wait("yellow")


@pytest.fixture
def location(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a test can make an index; what it made is deleted after it."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")[:60]
    yield cluster.url(name)
    cluster.wait("yellow")
    cluster.ask("DELETE", f"/{name}-*")
