"""What runs of `benchmarks.speed` measured: kept as JSON, compared as ratios."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from benchmarks.measuring import Measured
from benchmarks.peers import BASELINE, NAMES, make


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program.

    Attributes:
        command: how it was called.
        made: date, commit, machine and versions, in words.
        measured: what came of it.
    """

    command: str
    made: dict[str, str]
    measured: list[Measured]

    def to_json(self) -> bytes:
        """The run as JSON."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def from_json(cls, content: bytes) -> Run:
        """What `to_json` wrote."""
        record: dict[str, Any] = orjson.loads(content)
        measured = [Measured(**one) for one in record["measured"]]
        return cls(record["command"], record["made"], measured)


class Results:
    """Some runs together. A ratio is that of medians of the runs that measured both.

    Attributes:
        columns: articles and name of each contender, the most articles first.
    """

    def __init__(self, runs: Iterable[Run]) -> None:
        self.runs = list(runs)
        there = {
            (one.articles, one.contender)
            for run in self.runs
            for one in run.measured
            if one.articles
        }
        self.columns = sorted(there, key=lambda one: (-one[0], NAMES.index(one[1])))

    def value(self, measure: str, contender: str = BASELINE, articles: int = 0) -> float | None:
        """The median of a measure; None where it was not measured. Starts have 0 articles."""
        return self._median(self.runs, measure, contender, articles)

    def ratio(self, measure: str, contender: str, articles: int) -> float | None:
        """A contender's measure by newsearch's over the same articles: above 1, it takes more."""
        runs = [run for run in self.runs if _values(run, measure, contender, articles)]
        theirs = self._median(runs, measure, contender, articles)
        ours = self._median(runs, measure, BASELINE, articles)
        return theirs / ours if theirs is not None and ours else None

    def _median(self, runs: list[Run], measure: str, contender: str, articles: int) -> float | None:
        values = [value for run in runs for value in _values(run, measure, contender, articles)]
        return statistics.median(values) if values else None


def _values(run: Run, measure: str, contender: str, articles: int) -> list[float]:
    return [
        value
        for one in run.measured
        if (one.contender, one.articles) == (contender, articles)
        for value in one.values.get(measure, [])
    ]


def short(value: float) -> str:
    """A number with three digits that count, without an exponent."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def circumstances(names: Iterable[str]) -> dict[str, str]:
    """When, on what machine and with which versions contenders are measured."""
    packages = dict.fromkeys(package for name in names for package in make(name).packages)
    versions = [f"{package} {version(package)}" for package in packages]
    return {
        "date": date.today().isoformat(),
        "commit": _commit(),
        "machine": f"{os.cpu_count()} cores, {_processor()}, {_memory()}, {platform.system()}",
        "versions": ", ".join(
            [f"Python {platform.python_version()}", *versions, f"SQLite {sqlite3.sqlite_version}"]
        ),
    }


def _commit() -> str:
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty=, changed"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() or "unknown"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
