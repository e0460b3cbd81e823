"""What a cluster can do to an index: die in part, go away, be slow, full or picky."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import newsearch
from newsearch import Article, NewsIndex, NewsIndexError
from newsearch.engines.opensearch import lease
from newsearch.engines.opensearch.writer import BULK_ARTICLES
from tests.conformance.articles import articles
from tests.opensearch.cluster import Cluster
from tests.opensearch.proxy import Proxy
from tests.support import CLUSTERED, article

BOUND = 90.0
"""Seconds in which a failure must have become an error; the timeouts of newsearch are 20 and 60."""


@pytest.fixture
def index(location: str) -> Iterator[NewsIndex]:
    with newsearch.create(f"{location}?shards=2&replicas=1") as made:
        yield made


def ids(index: NewsIndex) -> set[str]:
    return {one.id for one in index.articles()}


@contextmanager
def bounded() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < BOUND


def host_of(location: str) -> str:
    return location.removeprefix("opensearch://").partition(",")[0].partition("/")[0]


# A node dies


def test_no_acknowledged_article_is_lost_when_a_node_dies(
    cluster: Cluster, index: NewsIndex
) -> None:
    cluster.wait()
    acknowledged: set[str] = set()
    some = articles()
    for start in range(0, 300, 10):
        batch = some[start : start + 10]
        if start == 100:
            # In the middle of a transaction, so that its requests meet the dying node.
            threading.Timer(0.05, cluster.kill, (1,)).start()
        for _ in range(5):
            with suppress(NewsIndexError):
                index.add(batch, timeout=60)
                acknowledged |= {one.id for one in batch}
                break
    assert len(acknowledged) == 300
    assert ids(index) == acknowledged
    cluster.restart(1)
    cluster.wait()
    assert ids(index) == acknowledged
    assert index.check() == []


def test_searches_go_on_when_a_node_dies(cluster: Cluster, index: NewsIndex) -> None:
    index.add(articles())
    cluster.wait()
    expected = index.search("banjir").total
    seen: list[int] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            seen.append(index.search("banjir", facets=["region"]).total)

    searching = [threading.Thread(target=search) for _ in range(2)]
    for one in searching:
        one.start()
    time.sleep(0.5)
    before = len(seen)
    cluster.kill(0)
    time.sleep(5)
    stop.set()
    for one in searching:
        one.join(BOUND)
        assert not one.is_alive()
    assert len(seen) > before
    assert set(seen) == {expected}


# A cluster goes away, or is slow


def test_a_cluster_that_is_not_there_is_an_error_in_time() -> None:
    with bounded(), pytest.raises(NewsIndexError, match="cannot be reached"):
        newsearch.open("opensearch://127.0.0.1:1/berita")


def test_a_cluster_that_does_not_answer_is_an_error_in_time(
    cluster: Cluster, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSEARCH_OPENSEARCH_TIMEOUT", "1")
    with newsearch.create(location) as index:
        index.add([article("a", "Banjir")])
        for place in range(3):
            cluster.pause(place)
        try:
            with bounded(), pytest.raises(NewsIndexError, match="does not answer in time"):
                index.search("banjir")
            with bounded(), pytest.raises(NewsIndexError, match="does not answer in time"):
                index.add([article("b", "Banjir")])
        finally:
            for place in range(3):
                cluster.resume(place)
        cluster.wait("yellow")
        assert ids(index) == {"a"}


# A cluster takes no writes


def test_a_read_only_index_takes_nothing_and_can_be_read(
    cluster: Cluster, index: NewsIndex, location: str
) -> None:
    index.add([article("a", "Banjir")])
    name = location.rpartition("/")[2]
    cluster.ask("PUT", f"/{name}/_settings", {"index.blocks.write": True})
    with bounded(), pytest.raises(NewsIndexError, match="takes no writes"):
        index.add([article("a", "Gempa"), article("b", "Gempa")])
    assert ids(index) == {"a"}
    assert index.search("banjir").total == 1
    cluster.ask("PUT", f"/{name}/_settings", {"index.blocks.write": None})
    index.add([article("b", "Gempa")])
    assert ids(index) == {"a", "b"}


def test_a_cluster_over_its_disk_watermark_says_so() -> None:
    if not CLUSTERED:
        pytest.skip("needs a real cluster: make test-opensearch starts one")
    marks = {
        f"cluster.routing.allocation.disk.watermark.{mark}": "900tb"
        for mark in ("low", "high", "flood_stage")
    }
    # Of its own: OpenSearch forbids new indexes for good once every disk was full.
    with Cluster(1) as cluster, newsearch.create(f"{cluster.url('penuh')}?replicas=0") as index:
        index.add([article("a", "Banjir")])
        cluster.ask("PUT", "/_cluster/settings", {"transient": marks})
        until = time.monotonic() + 60
        while "read_only_allow_delete" not in json.dumps(cluster.ask("GET", "/penuh/_settings")):
            assert time.monotonic() < until, "the cluster never noticed"
            time.sleep(0.5)
        with bounded(), pytest.raises(NewsIndexError, match="too full"):
            index.add([article("b", "Banjir")])
        assert ids(index) == {"a"}
        cluster.ask("PUT", "/_cluster/settings", {"transient": dict.fromkeys(marks)})
        cluster.ask("PUT", "/_all/_settings", {"index.blocks.read_only_allow_delete": None})
        index.add([article("b", "Banjir")])
        assert ids(index) == {"a", "b"}


# A cluster takes a part


@pytest.fixture
def picky(cluster: Cluster, index: NewsIndex, location: str) -> NewsIndex:
    """An index that takes no article whose source is not a number."""
    steps = [{"convert": {"field": "source", "type": "integer", "ignore_missing": True}}]
    cluster.ask("PUT", "/_ingest/pipeline/angka", {"processors": steps})
    name = location.rpartition("/")[2]
    cluster.ask("PUT", f"/{name}/_settings", {"index.final_pipeline": "angka"})
    return index


def test_rejected_articles_are_reported_and_the_others_are_in(picky: NewsIndex) -> None:
    report = picky.add(
        [
            article("a", "Banjir", source="12"),
            article("b", "Banjir", source="Kabar"),
            article("c", "Banjir"),
            article("d", "Banjir", source="Warta"),
        ]
    )
    assert (report.added, report.updated, ids(picky)) == (2, 0, {"a", "c"})
    assert [one.source for one in report.rejected] == ["b", "d"]
    assert all("convert" in one.reason or "integer" in one.reason for one in report.rejected)


def test_the_command_line_names_rejected_articles(
    picky: NewsIndex, location: str, tmp_path: Path
) -> None:
    source = tmp_path / "berita.jsonl"
    source.write_text('{"id": "a", "title": "Banjir"}\n{"id": "b", "title": "X", "source": "Y"}\n')
    newsearch_cli = [sys.executable, "-m", "newsearch.cli", "--index", location]
    done = subprocess.run([*newsearch_cli, "index", source], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "1 artikel ditambahkan, 0 diperbarui, 1 ditolak" in done.stdout
    assert "b: " in done.stderr
    done = subprocess.run(
        [*newsearch_cli, "search", "banjir", "--json"], capture_output=True, text=True
    )
    assert json.loads(done.stdout)["total"] == 1


def test_what_a_full_queue_turns_away_is_sent_again(cluster: Cluster, location: str) -> None:
    turned_away: list[bytes] = []
    busy = {"type": "opensearch_rejected_execution_exception", "reason": "rejected execution"}

    def meddle(path: str, body: bytes) -> tuple[int, bytes] | None:
        if "_bulk" not in path or len(turned_away) >= 4:
            return None
        turned_away.append(body)
        if len(turned_away) % 2:
            return 429, json.dumps({"error": busy, "status": 429}).encode()
        # Of this one the node is asked for nothing, and each article is turned away by itself.
        items = [
            {"index": {"_id": json.loads(line)["index"]["_id"], "status": 429, "error": busy}}
            for line in body.splitlines()[::2]
        ]
        return 200, json.dumps({"took": 1, "errors": True, "items": items}).encode()

    some = [article(f"a{number}", "Banjir") for number in range(2 * BULK_ARTICLES + 1)]
    name = location.rpartition("/")[2]
    with Proxy(host_of(location), meddle) as way, newsearch.create(way.url(name)) as index:
        assert index.add(some).added == len(some)
        assert len(turned_away) == 4
        assert len(index) == len(some)


def test_a_cluster_that_fails_in_the_middle_says_how_much_is_in(
    cluster: Cluster, location: str
) -> None:
    sent: list[bytes] = []

    def meddle(path: str, body: bytes) -> tuple[int, bytes] | None:
        if "_bulk" not in path:
            return None
        sent.append(body)
        if len(sent) == 1:
            return None
        time.sleep(1)  # so that the first is done
        return 500, b'{"error": {"type": "boom", "reason": "broken"}, "status": 500}'

    some = [article(f"a{number}", "Banjir") for number in range(3 * BULK_ARTICLES)]
    name = location.rpartition("/")[2]
    with (
        Proxy(host_of(location), meddle) as way,
        newsearch.create(way.url(name)) as index,
        pytest.raises(NewsIndexError, match=f"broken.*{BULK_ARTICLES} of 1,500 articles are in"),
    ):
        index.add(some)
    with newsearch.open(location) as index:
        report = index.add(some)
        assert (report.added, report.updated) == (2 * BULK_ARTICLES, BULK_ARTICLES)
        assert len(index) == len(some)


# One writer


def test_a_writer_waits_for_another_and_then_says_who_it_is(index: NewsIndex) -> None:
    with (
        index._engine.rebuilder(1, "other"),
        pytest.raises(newsearch.IndexLockedError, match=r"process \d+ on "),
    ):
        index.add([article("a", "Banjir")], timeout=0.5)
    index.add([article("a", "Banjir")], timeout=0.5)
    assert ids(index) == {"a"}


def test_the_lease_of_a_dead_writer_runs_out(
    index: NewsIndex, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "LEASE", 2.0)
    monkeypatch.setattr(lease.Lease, "_renew", lambda self: None)
    monkeypatch.setattr(lease.Lease, "_let_go", lambda self: None)
    index.add([article("a", "Banjir")])  # and dies without a word
    monkeypatch.undo()
    with pytest.raises(newsearch.IndexLockedError):
        index.add([article("b", "Banjir")], timeout=0.2)
    index.add([article("b", "Banjir")], timeout=30)
    assert ids(index) == {"a", "b"}


# A rebuild


def test_a_rebuild_swaps_under_the_searches(
    cluster: Cluster, index: NewsIndex, location: str
) -> None:
    some: list[Article] = articles()[:200]
    index.add(some)
    seen: set[int] = set()
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            seen.add(index.search("").total)

    searching = threading.Thread(target=search)
    searching.start()
    assert index.rebuild() == 200
    stop.set()
    searching.join(BOUND)
    assert seen == {200}
    name = location.rpartition("/")[2]
    assert list(cluster.ask("GET", f"/_alias/{name}")) == [f"{name}-000002"]
    assert f"{name}-000001" not in cluster.ask("GET", "/_all/_settings")


def test_a_rebuild_that_fails_leaves_the_old_index(index: NewsIndex) -> None:
    index.add([article("a", "Banjir")])
    with suppress(RuntimeError), index._engine.rebuilder(5, "other") as writer:
        writer.expect(["a"])
        raise RuntimeError
    assert ids(index) == {"a"}
    index.add([article("b", "Banjir")])
    assert ids(index) == {"a", "b"}


# Locations and credentials


def test_an_index_is_not_made_twice(index: NewsIndex, location: str) -> None:
    with pytest.raises(newsearch.IndexExistsError):
        newsearch.create(location)


def test_an_index_that_is_not_there(cluster: Cluster) -> None:
    with pytest.raises(newsearch.IndexNotFoundError):
        newsearch.open(cluster.url("tidak-ada"))


def test_an_index_of_another_analysis_is_rebuilt(index: NewsIndex, location: str) -> None:
    index.add([article("a", "Banjir")])
    with index._engine.rebuilder(5, "older"):
        pass
    with pytest.raises(newsearch.IndexVersionError, match="rebuild"):
        newsearch.open(location)
    with newsearch.open(location, outdated=True) as again:
        again.rebuild()
    newsearch.open(location).close()
