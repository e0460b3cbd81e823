"""Readers in processes of their own, while another commits again and again.

    python -m tests.crash.readers [--engine tantivy] [--commits 1000]

Each commit replaces five articles by five of the next number, and every twentieth is followed by a
rebuild. Some readers open the index for each search, others keep it open. Each must see five
articles of one number, never a smaller one than before, nor one that was acknowledged earlier.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import newsearch
from newsearch import NewsIndex
from tests.crash import work

TOGETHER = 5
REBUILD_EVERY = 20


def read(location: str, acknowledged: Any, done: Any, keep: bool, pipe: Connection) -> None:
    """Search until the writer is done; tell how often, or what was wrong."""
    seen, count = 0, 0
    try:
        kept = newsearch.open(location) if keep else None
        while not done.is_set():
            least = max(seen, acknowledged.value)
            if kept:
                seen = look(kept, least)
            else:
                with newsearch.open(location) as index:
                    seen = look(index, least)
            count += 1
    except BaseException as error:
        pipe.send(f"after {count} searches: {error!r}")
    else:
        pipe.send(count)


def look(index: NewsIndex, least: int) -> int:
    """The number of the commit that is seen."""
    results = index.search("nomor", limit=2 * TOGETHER)
    numbers = {int(hit.article.title.split()[1]) for hit in results.hits}
    assert results.total == len(results.hits) == TOGETHER, (results.total, numbers)
    assert len(numbers) == 1, numbers
    (number,) = numbers
    assert number >= least, (number, least)
    return number


def commit(index: NewsIndex, number: int) -> None:
    """Replace all articles by those of a number."""
    index.add([work.made(f"a{one}", f"nomor {number}") for one in range(TOGETHER)])


def run(location: Path, engine: str, commits: int, readers: int = 2) -> list[int]:
    """Commit while others read; how often each of them did."""
    forks = multiprocessing.get_context("forkserver")
    forks.set_forkserver_preload([work.__name__])
    acknowledged, done = forks.Value("q", 0), forks.Event()
    with newsearch.create(location, engine=engine) as index:
        commit(index, 0)
        pipes, processes = [], []
        for number in range(readers):
            ours, theirs = forks.Pipe()
            keep = bool(number % 2)
            process = forks.Process(
                target=read, args=(str(location), acknowledged, done, keep, theirs)
            )
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        for number in range(1, commits + 1):
            commit(index, number)
            acknowledged.value = number
            if number % REBUILD_EVERY == 0:
                index.rebuild()
        done.set()
        said = [pipe.recv() for pipe in pipes]
        for process in processes:
            process.join()
        assert all(isinstance(one, int) for one in said), said
        assert index.check() == []
    return said


def main() -> None:
    """Run, and print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", action="append", choices=("tantivy", "whoosh"))
    parser.add_argument("--commits", type=int, default=1_000)
    options = parser.parse_args()
    for engine in options.engine or ("tantivy", "whoosh"):
        with tempfile.TemporaryDirectory(prefix="newsearch-", ignore_cleanup_errors=True) as folder:
            counts = run(Path(folder) / "index", engine, options.commits)
        print(f"{engine}: {options.commits} commits, read {' and '.join(map(str, counts))} times")


if __name__ == "__main__":
    main()
