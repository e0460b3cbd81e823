"""Rates, sizes and answer times of an OpenSearch cluster on this machine, beside tantivy.

    python -m benchmarks.cluster [--articles 10000] [--nodes 3]

Nodes, ingest processes and searches share the cores of one machine: what counts is the ratio to
tantivy in the same run, and the bytes. `docs/scaling.md` works with them.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

import newsearch
from examples.ingest_many import ingest_all
from newsearch import NewsIndex
from tests.opensearch.cluster import Cluster
from tests.support import SHARED

CORPUS = SHARED / "corpus" / "news.jsonl.gz"
HEAP = 1024
"""MiB of each node."""
FILES = 10
QUERIES = (
    "banjir jakarta",
    "harga beras naik",
    '"rumah sakit"',
    "polisi tangkap pelaku",
    "daerah:jabar korupsi",
    "pemilihan kepala desa 2019",
    "gempa ATAU tsunami",
    "pem* jembatan",
)
ROUNDS = 5


def split(folder: Path, articles: int) -> None:
    """The first articles of the corpus, dealt out to files."""
    with gzip.open(CORPUS, "rb") as lines:
        some = list(islice(lines, articles))
    for number in range(FILES):
        (folder / f"{number}.jsonl").write_bytes(b"".join(some[number::FILES]))


def answer_ms(index: NewsIndex, **arguments: object) -> float:
    """Median milliseconds of a search with two facets."""
    taken = []
    for _ in range(ROUNDS):
        for query in QUERIES:
            started = time.perf_counter()
            index.search(query, facets=("region", "month"))
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def report(name: str, index: NewsIndex, seconds: float) -> None:
    """Print a row."""
    count = len(index)
    print(
        f"| {name} | {count / seconds:,.0f} | {index.stats().size / count:,.0f} "
        f"| {answer_ms(index):.1f} |",
        flush=True,
    )


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--nodes", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "files"
        folder.mkdir()
        split(folder, arguments.articles)
        print("| index | articles/s | bytes/article | search, ms |")
        print("| --- | --- | --- | --- |")
        for engine in ("tantivy", "whoosh"):
            started = time.perf_counter()
            with newsearch.create(Path(name) / engine, engine=engine) as index:
                index.add(newsearch.read(folder))
                report(f"{engine}, 1 process", index, time.perf_counter() - started)
        with Cluster(arguments.nodes, HEAP, fast=False) as cluster:
            for shards, replicas, processes in ((1, 0, 1), (1, 0, 2), (3, 0, 2), (3, 1, 2)):
                place = cluster.url(f"ukur-{shards}-{replicas}-{processes}")
                started = time.perf_counter()
                location = f"{place}?shards={shards}&replicas={replicas}"
                for _ in ingest_all(location, folder, processes):
                    pass
                seconds = time.perf_counter() - started
                with newsearch.open(place) as index:
                    kind = f"{shards} shards, {replicas} replicas, {processes} processes"
                    report(f"opensearch, {kind}", index, seconds)


if __name__ == "__main__":
    main()
