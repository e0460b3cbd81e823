"""The cluster under test itself: a node can die and come back, and the others go on."""

from __future__ import annotations

import pytest

from tests.opensearch.cluster import Cluster


def nodes_of(cluster: Cluster) -> int:
    health = cluster.ask("GET", "/_cluster/health")
    return int(health["number_of_nodes"])


def test_a_cluster_outlives_the_death_of_any_one_node(cluster: Cluster) -> None:
    for place in range(3):
        cluster.kill(place)
        cluster.wait("yellow")
        assert nodes_of(cluster) == 2
        cluster.restart(place)
        cluster.wait()
        assert nodes_of(cluster) == 3


def test_a_cluster_cannot_do_without_a_quorum(cluster: Cluster) -> None:
    cluster.kill(0)
    cluster.kill(1)
    with pytest.raises(OSError, match="503"):
        cluster.ask("PUT", "/nothing", timeout=60.0)
