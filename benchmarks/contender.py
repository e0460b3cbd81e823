"""One contender in a process of its own, so that its memory and its cold caches are its own.

    python -m benchmarks.contender NAME index ARTICLES FOLDER
    python -m benchmarks.contender NAME answer FOLDER QUERIES
    python -m benchmarks.contender newsearch prepare FOLDER ARTICLES

`index` makes two indexes, the second with what the first has learnt of words, and prints the
seconds of each as soon as it is done. `answer` opens one and prints JSON: the milliseconds to open
it and for a first answer, of each query, completion and list of the latest articles, and of each
query as one that was never asked.
`prepare` writes what newsearch indexed as the peers get it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson

from benchmarks.peers import Contender, make

RUNS = ("cold", "warm")
LATEST = 50
"""Times that the latest articles are asked for."""


def index(contender: Contender, articles: Path, folder: Path) -> None:
    """Index twice."""
    for run in RUNS:
        target = folder / run
        target.mkdir()
        started = perf_counter()
        contender.index(articles, target)
        print(perf_counter() - started, flush=True)


def answer(contender: Contender, folder: Path, queries: list[str]) -> dict[str, Any]:
    """Answer every question once to warm up, and once measured."""
    answers: dict[str, Any] = {"open": milliseconds(lambda: contender.open(folder))}
    prefixes = [query[: len(query) * (place % 4 + 1) // 4] for place, query in enumerate(queries)]
    asked: dict[str, list[Callable[[], int]]] = {
        "search": [partial(contender.search, query) for query in queries],
        "suggest": [partial(contender.suggest, prefix) for prefix in prefixes],
        "latest": [contender.latest] * LATEST,
    }
    if contender.verbs:
        answers["first"] = milliseconds(asked["search"][0])
    for verb in contender.verbs:
        answers[f"{verb} found"] = [ask() for ask in asked[verb]]
        answers[verb] = [milliseconds(ask) for ask in asked[verb]]
    if "search" in contender.verbs:
        # What keeps whole queries does not know these, which ask for the same.
        anew = [partial(contender.search, f" {query}") for query in queries]
        answers["anew"] = [milliseconds(ask) for ask in anew]
    return answers


def milliseconds(ask: Callable[[], object]) -> float:
    """The milliseconds of a call."""
    started = perf_counter()
    ask()
    return (perf_counter() - started) * 1000


def main() -> None:
    """Do one thing."""
    name, verb, *paths = sys.argv[1:]
    first, second = map(Path, paths)
    if verb == "prepare":
        from benchmarks.peers.ours import prepare

        prepare(first, second)
    elif verb == "index":
        index(make(name), first, second)
    else:
        answers = answer(make(name), first, orjson.loads(second.read_bytes()))
        print(orjson.dumps(answers).decode())


if __name__ == "__main__":
    main()
