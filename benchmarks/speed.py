"""How fast newsearch is beside what a user would pick instead: `python -m benchmarks.speed`.

Indexes ../shared/corpus and answers 200 varied queries with newsearch on its embedded engines, with
plain Whoosh, bare tantivy-py, SQLite's FTS5 and bm25s (`benchmarks.peers`), in turns, each in a
process of its own. Prints ratios of medians, and the bounds that newsearch keeps to. Every search
reads its ten best articles and counts those found by region, month and source; newsearch also marks
ten snippets.

    make bench                                       # everything, about ten minutes
    python -m benchmarks.speed --scale 500000        # the corpus multiplied (benchmarks.multiplied)
    python -m benchmarks.speed --only tantivy --json > tantivy.json
    python -m benchmarks.speed --merge *.json --write BENCHMARKS.md
    python -m benchmarks.speed --parts               # benchmarks.parts: completion, regions, …
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks import multiplied, table
from benchmarks.measuring import measure, plan, starts
from benchmarks.parts import measure_parts
from benchmarks.peers import BASELINE, NAMES, installed
from benchmarks.queries import QUERIES, make_queries
from benchmarks.results import Results, Run, circumstances
from benchmarks.sets import CORPUS

ROUNDS = 2
SAMPLE = 5_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _parser().parse_args(arguments)
    if options.merge:
        runs = [Run.from_json(path.read_bytes()) for path in options.merge]
    elif not (options.shared / CORPUS).is_file():
        sys.exit("../shared/corpus, the articles to measure with, is not beside the project")
    elif options.parts:
        measure_parts(options.shared)
        return
    else:
        runs = [_run(options)]
    if options.json:
        sys.stdout.buffer.writelines(run.to_json() for run in runs)
    else:
        print(table.section(Results(runs)))
    if options.write:
        table.write(Results(runs), options.write)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", type=int, help="articles; beyond the corpus, varied copies")
    parser.add_argument("--articles", type=int, default=SAMPLE, help="those of slow contenders")
    parser.add_argument("--only", action="append", choices=NAMES, help="beside newsearch")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times each is measured")
    parser.add_argument("--queries", type=int, default=QUERIES, help="queries asked")
    parser.add_argument("--json", action="store_true", help="print every value as JSON")
    parser.add_argument("--merge", type=Path, nargs="+", help="show runs that --json printed")
    parser.add_argument("--write", type=Path, help="put the tables into this Markdown file")
    parser.add_argument("--folder", type=Path, help="where indexes are made for the while")
    parser.add_argument("--parts", action="store_true", help="measure the parts of newsearch")
    parser.add_argument("--shared", type=Path, default=multiplied.SHARED, help=argparse.SUPPRESS)
    return parser


def _run(options: argparse.Namespace) -> Run:
    names = [name for name in options.only or NAMES if installed(name)]
    if missing := [name for name in options.only or NAMES if not installed(name)]:
        print(f"left out, not installed: {', '.join(missing)}", file=sys.stderr)
    corpus = options.shared / CORPUS
    total = sum(1 for _ in multiplied.lines(corpus))
    measured = [starts(options.rounds)]
    with TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        queries = folder / "queries.json"
        queries.write_bytes(orjson.dumps(list(make_queries(options.shared, options.queries))))
        for number, task in enumerate(plan(names, options.scale or total, total, options.articles)):
            place = folder / str(number)
            place.mkdir()
            measured += measure(task, corpus, queries, place, options.rounds)
    return Run(_command(options), circumstances([BASELINE, *names]), measured)


def _command(options: argparse.Namespace) -> str:
    """How to measure the same again, without the paths of this machine."""
    parts = ["python -m benchmarks.speed"]
    if options.scale:
        parts.append(f"--scale {options.scale}")
    parts += [f"--only {name}" for name in options.only or ()]
    parts += [
        f"--{name} {value}"
        for name, usual in (("articles", SAMPLE), ("rounds", ROUNDS), ("queries", QUERIES))
        if (value := getattr(options, name)) != usual
    ]
    return " ".join(parts)


if __name__ == "__main__":
    main()
