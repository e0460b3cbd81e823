"""The cluster whole for each test, and an index name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.opensearch.cluster import Cluster


@pytest.fixture
def cluster(running: Cluster) -> Iterator[Cluster]:
    """The cluster whole: nodes that a test killed or paused are back for the next."""
    running.wait()  # a replica that is not there yet cannot stand in for its primary
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
