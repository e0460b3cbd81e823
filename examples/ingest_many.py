"""Index a folder of files into one OpenSearch index with several processes.

    python examples/ingest_many.py opensearch://host:9200/berita crawl/ --processes 8

Each process reads, stems and locates the articles of one file after the other, and sends a file in
one transaction: while one sends, the others work. A file that was sent is not lost when another
fails; run again, the same files end in the same index.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path

import newsearch

WAIT = 3600.0
"""Seconds to wait while another process sends."""


def ingest(location: str, path: Path) -> newsearch.AddReport:
    """Index the articles of one file."""
    with newsearch.open(location) as index:
        return index.add(newsearch.read(path), timeout=WAIT)


def ingest_all(location: str, folder: Path, processes: int) -> Iterator[newsearch.AddReport]:
    """Index every file of a folder; a report for each, as they are done."""
    with suppress(newsearch.IndexExistsError):
        newsearch.create(location, engine="opensearch").close()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with ProcessPoolExecutor(processes) as pool:
        started = {pool.submit(ingest, location, path): path for path in files}
        for done in as_completed(started):
            try:
                yield done.result()
            except newsearch.NewsearchError as error:
                print(f"{started[done]}: {error}", file=sys.stderr)


def main() -> None:
    """Read the arguments, and print what was done."""
    parser = argparse.ArgumentParser(description="Index a folder with several processes.")
    parser.add_argument("location")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--processes", type=int, default=4)
    arguments = parser.parse_args()
    added = 0
    for report in ingest_all(arguments.location, arguments.folder, arguments.processes):
        added += report.added + report.updated
        print(f"{added:,} articles", flush=True)


if __name__ == "__main__":
    main()
