"""The quality gate, over ../shared/eval: `python -m benchmarks.quality`.

Runs every evaluation that has data, prints one table with the plain builds of PySastrawi, Snowball
and no stemming (on the same engine) beside newsearch, and compares newsearch with `floors.json`.
Exit status: 0 passed or no data to measure with, 1 a measure below its floor or data that changed,
2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks import labels, pages, ranking
from benchmarks.bench import Bench, Evaluation, Row, say
from benchmarks.floors import Floors, Measured, failures, raised
from benchmarks.sets import Shared

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLOORS = Path(__file__).with_name("floors.json")
EVALUATIONS: tuple[Evaluation, ...] = (
    *ranking.EVALUATIONS,
    *labels.EVALUATIONS,
    *pages.EVALUATIONS,
)
COLUMNS = ("no stemming", "PySastrawi", "Snowball", "trafilatura")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare; returns the exit status."""
    options = parse(arguments)
    shared = Shared(options.shared)
    if not shared.has("eval"):
        say("quality gate skipped: ../shared/eval, the data to measure with, is not there")
        return 0
    started = perf_counter()
    with TemporaryDirectory() as folder:
        bench = Bench(shared, Path(folder), fast=options.fast)
        rows, digests = measure(bench, options.only)
    measured = Measured(
        mode="fast" if options.fast else "full",
        digests=digests,
        scores={row.measure: row.newsearch for row in rows if row.newsearch is not None},
        whole=not options.only,
    )
    floors = Floors.load(options.floors)
    if options.update:
        try:
            floors = raised(floors, measured, lower=options.lower)
        except ValueError as error:
            say(f"floors were not changed: {error}")
            return 1
        floors.save(options.floors)
    wrong = list(failures(floors, measured))
    report(rows, floors, measured, wrong, perf_counter() - started, as_json=options.json)
    return 1 if wrong else 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options; exits with status 2 where they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--fast", action="store_true", help="newsearch only, smaller samples")
    parser.add_argument("--update", action="store_true", help="raise floors to what is reached")
    parser.add_argument("--lower", action="store_true", help="with --update: lower floors too")
    parser.add_argument("--json", action="store_true", help="print one JSON object, no table")
    parser.add_argument("--only", action="append", metavar="NAME", default=[],
                        choices=[one.name for one in EVALUATIONS],
                        help="one evaluation (may be repeated): %(choices)s")  # fmt: skip
    parser.add_argument("--shared", type=Path, default=SHARED, help="where the data is")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the file of floors")
    options = parser.parse_args(arguments)
    if options.lower and not options.update:
        parser.error("--lower goes with --update")
    return options


def measure(bench: Bench, only: Sequence[str] = ()) -> tuple[list[Row], dict[str, str]]:
    """The rows of the evaluations, and the digests of all the data they read."""
    rows: list[Row] = []
    digests: dict[str, str] = {}
    for evaluation in EVALUATIONS:
        if only and evaluation.name not in only:
            continue
        if not bench.shared.has(*evaluation.needs):
            say(f"{evaluation.name}: skipped, no data")
            continue
        started = perf_counter()
        rows.extend(evaluation.run(bench))
        say(f"{evaluation.name}: {perf_counter() - started:.0f} s")
        for name in evaluation.needs:
            if name not in digests:
                digests[name] = bench.shared.digest(name)
    return rows, digests


def report(
    rows: Sequence[Row],
    floors: Floors,
    measured: Measured,
    wrong: Sequence[str],
    seconds: float,
    *,
    as_json: bool,
) -> None:
    """Print the table, what is wrong, and the time it took."""
    pinned = floors.of(measured.mode)
    if as_json:
        lines = [
            {
                "measure": row.measure,
                "newsearch": row.newsearch,
                "floor": pinned.get(row.measure),
                "plain": dict(row.plain),
            }
            for row in rows
        ]
        record = {
            "mode": measured.mode,
            "seconds": round(seconds, 1),
            "rows": lines,
            "failures": list(wrong),
        }
        print(orjson.dumps(record, option=orjson.OPT_INDENT_2).decode())
    else:
        # A log has no width of its own; names are not to be cut there.
        console = Console(width=None if sys.stdout.isatty() else 120)
        console.print(table(rows, floors, measured))
        print(f"{measured.mode} run, {seconds:.0f} s")
    for line in wrong:
        say(f"FAILED: {line}")
    if not wrong:
        say("quality gate passed")


def table(rows: Sequence[Row], floors: Floors, measured: Measured) -> Table:
    """All rows; the plain builds have columns where any was measured."""
    columns = [name for name in COLUMNS if any(name in row.plain for row in rows)]
    made = Table("measure", box=None)
    for name in ("newsearch", "floor", *columns):
        made.add_column(name, justify="right")
    pinned = floors.of(measured.mode)
    for row in rows:
        scores = (row.newsearch, pinned.get(row.measure), *map(row.plain.get, columns))
        made.add_row(row.measure, *("" if one is None else f"{one:.4f}" for one in scores))
    return made


if __name__ == "__main__":
    sys.exit(main())
