"""The queries that speed is measured with."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import orjson

from benchmarks.sets import CORPUS

QUERIES = 200


def make_queries(shared: Path, count: int = QUERIES) -> Iterator[str]:
    """Varied queries: the judged ones, then runs of 1 to 4 words of headlines."""
    judged = shared / "eval" / "queries" / "queries.tsv"
    made = [line.split("\t")[1] for line in judged.read_text("utf-8").splitlines()]
    chosen = random.Random(2026)
    with gzip.open(shared / CORPUS) as file:
        titles = [title for line in file if (title := orjson.loads(line).get("title"))]
    while len(made) < count:
        words = "".join(c if c.isalnum() else " " for c in chosen.choice(titles)).split()
        length = chosen.randint(1, 4)
        if len(words) > length:
            start = chosen.randrange(len(words) - length)
            made.append(" ".join(words[start : start + length]))
    yield from made[:count]
