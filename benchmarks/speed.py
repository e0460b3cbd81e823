"""How fast newsearch indexes and answers, over ../shared/corpus: `python -m benchmarks.speed`.

Prints articles a second for a first run (nothing stemmed yet) and a second one in the same process,
the size of the index against its input, the peak memory, and the median and 95th percentile of 200
varied queries with three facets and ten snippets; then what `benchmarks.completion`, `.neighbours`,
`benchmarks.words`, `benchmarks.snippets`, `benchmarks.places` and `benchmarks.reading` measure.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import random
import resource
import statistics
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson

import newsearch
from benchmarks import completion, neighbours, places, reading, snippets, words
from newsearch.language import tokens

SHARED = Path(__file__).resolve().parents[2] / "shared"
FACETS = ("region", "month", "source")
QUERIES = 200
ROUNDS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="leave the index here")
    options = parser.parse_args()
    corpus = SHARED / "corpus" / "news.jsonl.gz"
    if not corpus.is_file():
        sys.exit("../shared/corpus, the articles to measure with, is not beside the project")
    print(f"newsearch {newsearch.__version__}, Python {platform.python_version()}, "
          f"{os.cpu_count()} cores")  # fmt: skip
    with TemporaryDirectory() as folder:
        index = newsearch.create(options.keep or Path(folder) / "index")
        for label in ("first run", "second run (all updated)"):
            measure_indexing(index, corpus, label)
        measure_size(index, corpus)
        queries = list(make_queries(corpus))
        measure_queries(index, queries)
        completion.measure_completion(index, queries)
        completion.measure_correction(index, sorted({*tokens(" ".join(queries))}))
        snippets.measure_snippets(index, queries)
        neighbours.measure_related(index)
    texts = [article.text for article in islice(newsearch.read(corpus), words.ARTICLES)]
    words.measure_analysis(texts)
    words.measure_stemming({token for text in texts for token in tokens(text)})
    places.measure_regions(newsearch.read(corpus))
    with gzip.open(corpus) as file:
        reading.measure_reading(file)


def measure_indexing(index: newsearch.NewsIndex, corpus: Path, label: str) -> None:
    """Articles a second from compressed JSON Lines to a committed index."""
    started = perf_counter()
    report = index.add(newsearch.read(corpus))
    seconds = perf_counter() - started
    count = report.added + report.updated
    print(f"indexing, {label}: {count:,} articles in {seconds:.1f} s = {count / seconds:,.0f}/s")


def measure_size(index: newsearch.NewsIndex, corpus: Path) -> None:
    """Bytes of the index against the uncompressed input, and the peak memory so far."""
    with gzip.open(corpus) as file:
        given = sum(len(block) for block in iter(lambda: file.read(1 << 20), b""))
    size = index.stats().size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"size: {size / 1e6:.0f} MB for {given / 1e6:.0f} MB of JSON Lines = {size / given:.2f}")
    print(f"peak memory: {peak:.0f} MB")


def make_queries(corpus: Path) -> Iterator[str]:
    """Varied queries: the judged ones, then runs of 1 to 4 words of headlines."""
    judged = SHARED / "eval" / "queries" / "queries.tsv"
    made = [line.split("\t")[1] for line in judged.read_text("utf-8").splitlines()]
    chosen = random.Random(2026)
    with gzip.open(corpus) as file:
        titles = [title for line in file if (title := orjson.loads(line).get("title"))]
    while len(made) < QUERIES:
        words = "".join(c if c.isalnum() else " " for c in chosen.choice(titles)).split()
        length = chosen.randint(1, 4)
        if len(words) > length:
            start = chosen.randrange(len(words) - length)
            made.append(" ".join(words[start : start + length]))
    yield from made[:QUERIES]


def measure_queries(index: newsearch.NewsIndex, queries: list[str]) -> None:
    """Milliseconds of a search with facets and snippets: the median of some rounds a query."""
    taken: list[float] = []
    for query in queries:
        rounds = []
        for _ in range(ROUNDS):
            started = perf_counter()
            index.search(query, facets=FACETS)
            rounds.append((perf_counter() - started) * 1000)
        taken.append(statistics.median(rounds))
    cuts = statistics.quantiles(taken, n=20)
    print(f"{len(queries)} queries with {len(FACETS)} facets and snippets: "
          f"p50 {statistics.median(taken):.1f} ms, p95 {cuts[18]:.1f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
