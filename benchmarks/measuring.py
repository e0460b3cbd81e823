"""Measures contenders in turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from benchmarks import multiplied
from benchmarks.peers import BASELINE, Contender, make
from benchmarks.processes import printed, run, seconds

STARTS = 3
"""Times that newsearch is started in a round."""
_IMPORT = (
    "from time import perf_counter as now; began = now(); import newsearch; print(now() - began)"
)
_COMMAND = "import sys; from newsearch.cli import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a contender took, a value for each round.

    Attributes:
        contender: its name.
        articles: how many it was given.
        values: measure → values. `cold`, `warm` and `cpu` are milliseconds an article; `memory`
            bytes; `size` the index against the JSON Lines that newsearch read; `cores` those kept
            busy; all else milliseconds.
    """

    contender: str
    articles: int
    values: dict[str, list[float]] = field(default_factory=dict)

    def put(self, measure: str, value: float) -> None:
        """Add the value of a round."""
        self.values.setdefault(measure, []).append(value)


@dataclass(frozen=True, slots=True)
class Task:
    """Some contenders over the same articles.

    Attributes:
        names: the contenders, newsearch first: it finds the regions that the others are given.
        articles: how many.
    """

    names: tuple[str, ...]
    articles: int


def plan(names: Sequence[str], articles: int, corpus: int, sample: int) -> Iterator[Task]:
    """What to measure: slow contenders over a sample, and newsearch beside all of them.

    Args:
        names: the contenders asked for.
        articles: how many the others get.
        corpus: articles of the corpus; where they get more, newsearch is measured there as well.
        sample: how many slow contenders get at most.
    """
    slow = [name for name in names if make(name).slow]
    quick = [name for name in names if name not in slow and name != BASELINE]
    if quick or not slow:
        yield Task((BASELINE, *quick), articles)
    if articles > corpus:
        yield Task((BASELINE,), corpus)
    if slow:
        yield Task((BASELINE, *slow), min(sample, articles))


def measure(task: Task, corpus: Path, queries: Path, folder: Path, rounds: int) -> list[Measured]:
    """Index and answer, in turns.

    Args:
        task: who and how much.
        corpus: compressed JSON Lines.
        queries: a JSON array of strings.
        folder: for indexes; about seven times the JSON Lines. Emptied at the end.
        rounds: how often each is measured.
    """
    articles = folder / "articles.jsonl"
    given = multiplied.write(multiplied.lines(corpus, task.articles), articles)
    results = {name: Measured(name, task.articles) for name in task.names}
    for number in range(rounds):
        for result in results.values():
            _say(f"{result.contender}, {task.articles:,} articles: indexing, round {number + 1}")
            _index(result, folder, given)
    for number in range(rounds):
        for result in results.values():
            if make(result.contender).verbs:
                _say(f"{result.contender}: answering, round {number + 1}")
                _answer(result, make(result.contender), folder, queries)
    shutil.rmtree(folder)
    folder.mkdir()
    return list(results.values())


def starts(rounds: int) -> Measured:
    """How long newsearch takes to import and to print its help, and Python to do nothing."""
    result = Measured(BASELINE, 0)
    for _ in range(rounds * STARTS):
        result.put("import", float(printed(sys.executable, "-c", _IMPORT)) * 1000)
        result.put("help", seconds(sys.executable, "-c", _COMMAND, "--help") * 1000)
        result.put("python", seconds(sys.executable, "-c", "pass") * 1000)
    return result


def _index(result: Measured, folder: Path, given: int) -> None:
    ours, theirs = folder / "articles.jsonl", folder / "prepared.jsonl"
    target = folder / result.contender
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    source = ours if result.contender.startswith("newsearch") else theirs
    peaks = []
    for kind, line in zip(
        ("cold", "warm"), run(result.contender, "index", source, target), strict=True
    ):
        took = float(line.text)
        result.put(kind, took / result.articles * 1000)
        peaks.append(line.memory)
        if kind == "cold":
            result.put("cpu", line.cpu / result.articles * 1000)
            result.put("cores", line.cpu / took)
    result.put("memory", max(peaks))
    files = [one for one in (target / "cold").rglob("*") if one.is_file()]
    result.put("size", sum(one.stat().st_size for one in files) / given)
    shutil.rmtree(target / "warm")
    if result.contender == BASELINE and not theirs.exists():
        list(run(BASELINE, "prepare", target / "cold", theirs))


def _answer(result: Measured, contender: Contender, folder: Path, queries: Path) -> None:
    target = folder / result.contender / "cold"
    [line] = run(result.contender, "answer", target, queries)
    answers = orjson.loads(line.text)
    result.put("open", answers["open"])
    result.put("first", answers["first"])
    for verb in contender.verbs:
        result.put(f"{verb} p50", statistics.median(answers[verb]))
        result.put(f"{verb} p95", statistics.quantiles(answers[verb], n=20)[18])
        result.put(f"{verb} found", statistics.mean(answers[f"{verb} found"]))
    if "anew" in answers:
        result.put("search anew", statistics.median(answers["anew"]))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
