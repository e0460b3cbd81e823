"""A feed into a large index: `python -m benchmarks.feed INDEX [--commits 600] [--every 1]`.

Adds one article a transaction, as fast as it goes or one every so many seconds, to a copy of the
index, and prints how long it takes until a search finds the article, and what the index and this
process hold at the beginning and the end: files, segments, bytes on the disk, open files, memory.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import newsearch


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--commits", type=int, default=600)
    parser.add_argument("--every", type=float, default=0.0, help="seconds from one to the next")
    options = parser.parse_args()
    with TemporaryDirectory(dir=options.index.parent) as folder:
        copied = Path(folder) / "index"
        shutil.copytree(options.index, copied)
        with newsearch.open(copied) as index:
            measure(index, copied, options.commits, options.every)


def measure(index: newsearch.NewsIndex, folder: Path, commits: int, every: float) -> None:
    """Add so many articles, each in a transaction of its own, one every so many seconds."""
    index.add([newsearch.Article(title="Pembuka", text="Satu artikel.", id="feed-0")])
    report("before", folder)
    taken = []
    began = perf_counter()
    for number in range(1, commits + 1):
        word = f"kode{number:06}"
        article = newsearch.Article(
            title=f"Gempa {word} di Palu", text="Warga lari.", id=f"feed-{number}"
        )
        sleep(max(began + number * every - perf_counter(), 0.0))
        started = perf_counter()
        index.add([article])
        found = index.search(word).hits
        taken.append(perf_counter() - started)
        if [hit.article.id for hit in found] != [article.id]:
            raise SystemExit(f"{article.id} was added and is not found")
        if number % max(commits // 4, 1) == 0:
            report(f"after {number}", folder)
    sleep(1)
    report("at rest", folder)
    cuts = statistics.quantiles(taken, n=20)
    print(
        f"{commits} articles, each added and found: p50 {statistics.median(taken) * 1000:.0f} ms, "
        f"p95 {cuts[18] * 1000:.0f} ms, most {max(taken) * 1000:.0f} ms"
    )


def report(when: str, folder: Path) -> None:
    """Print what there is now."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    segments = len(list(folder.rglob("*.store")))
    handles = len(os.listdir("/proc/self/fd"))
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    print(
        f"{when}: {len(sizes)} files, {segments} segments, {sum(sizes) / 1e6:.1f} MB on the disk, "
        f"{handles} open files, {memory / 1e6:.0f} MB of memory",
        flush=True,
    )


if __name__ == "__main__":
    main()
