"""One index object in many threads: `python -m benchmarks.threads INDEX`.

Prints searches a second, the median and the 95th percentile of a search with three facets, by one
thread and by eight, and by eight while another process adds an article every second; the index is
copied for that first.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import newsearch
from benchmarks.multiplied import SHARED
from benchmarks.peers.ours import FACETS
from benchmarks.queries import make_queries

THREADS = 8
SECONDS = 20.0
_WRITER = """
import sys, time, newsearch
index = newsearch.open(sys.argv[1])
for number in range(10_000):
    index.add([newsearch.Article(title=f"Banjir ke-{number} di Lampung", text="Warga mengungsi.")])
    time.sleep(1)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    options = parser.parse_args()
    queries = list(make_queries(SHARED))
    with newsearch.open(options.index) as index:
        for query in queries:  # files are read once, labels looked up
            index.search(query, facets=FACETS)
        measure("1 thread", index, queries, 1)
        measure(f"{THREADS} threads", index, queries, THREADS)
    with TemporaryDirectory(dir=options.index.parent) as folder:
        copied = Path(folder) / "index"
        shutil.copytree(options.index, copied)
        with newsearch.open(copied) as index:
            writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(copied)])
            try:
                measure(f"{THREADS} threads and a writer", index, queries, THREADS)
            finally:
                writer.kill()
                writer.wait()


def measure(label: str, index: newsearch.NewsIndex, queries: list[str], threads: int) -> None:
    """Searches of `SECONDS` by so many threads, each with its own place in the queries."""
    until = perf_counter() + SECONDS

    def search(start: int) -> list[float]:
        taken = []
        place = start
        while (started := perf_counter()) < until:
            index.search(queries[place % len(queries)], facets=FACETS)
            taken.append((perf_counter() - started) * 1000)
            place += 1
        return taken

    starts = [len(queries) * number // threads for number in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        taken = [one for some in pool.map(search, starts) for one in some]
    cuts = statistics.quantiles(taken, n=20)
    print(
        f"{label}: {len(taken) / SECONDS:.0f} searches/s, p50 {statistics.median(taken):.1f} ms, "
        f"p95 {cuts[18]:.1f} ms, most {max(taken):.1f} ms"
    )


if __name__ == "__main__":
    main()
