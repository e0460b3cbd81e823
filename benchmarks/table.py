"""Results as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bounds import bounds
from benchmarks.peers import BASELINE, make
from benchmarks.results import Results, short

# Measure, what it is called, its unit and what newsearch's value is multiplied by.
ROWS = (
    ("cold", "indexing, cold", " ms an article", 1.0),
    ("warm", "indexing, words known", " ms an article", 1.0),
    ("cpu", "processor time, cold", " ms an article", 1.0),
    ("cores", "cores kept busy, cold", "", 1.0),
    ("memory", "memory while indexing, at most", " MB", 1e-6),
    ("size", "index against its JSON Lines", " times", 1.0),
    ("search p50", "search, p50", " ms", 1.0),
    ("search p95", "search, p95", " ms", 1.0),
    ("search anew", "search, p50, of words asked before in another query", " ms", 1.0),
    ("search found", "articles found, mean", "", 1.0),
    ("suggest p50", "suggest, p50", " ms", 1.0),
    ("suggest p95", "suggest, p95", " ms", 1.0),
    ("latest p50", "latest, p50", " ms", 1.0),
    ("latest p95", "latest, p95", " ms", 1.0),
    ("open", "opening", " ms", 1.0),
    ("first", "first search after it", " ms", 1.0),
)
STARTS = (
    ("import", "importing newsearch"),
    ("help", "`newsearch --help`"),
    ("python", "a Python that does nothing"),
)


def heading(results: Results) -> str:
    """The heading of the section that results go to."""
    return f"## {max(articles for articles, _ in results.columns):,} articles"


def section(results: Results) -> str:
    """Everything: how it was made, the ratios, the bounds, what each contender lacks."""
    lines = [heading(results), "", *_circumstances(results), "", *_ratios(results), ""]
    lines += [*_starts(results), "", *_bounds(results), "", *_lacks(results), ""]
    return "\n".join(lines)


def write(results: Results, path: Path) -> None:
    """Put the section into a file, in the place of an older one of the same heading."""
    text = path.read_text("utf-8")
    title = re.escape(heading(results))
    found = re.search(rf"^{title}$.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    start, end = found.span() if found else (len(text), len(text))
    rest = text[end:]
    text = f"{text[:start].rstrip()}\n\n{section(results)}"
    path.write_text(f"{text}\n{rest}" if rest else text, "utf-8")


def _circumstances(results: Results) -> Iterator[str]:
    for name in ("date", "commit", "machine"):
        yield f"- {name}: {'; '.join(dict.fromkeys(run.made[name] for run in results.runs))}"
    # A run tells the versions of its own contenders.
    versions = [one for run in results.runs for one in run.made["versions"].split(", ")]
    yield f"- versions: {', '.join(dict.fromkeys(versions))}"
    commands = Counter(run.command for run in results.runs)
    said = [f"`{command}`{f' × {n}' if n > 1 else ''}" for command, n in commands.items()]
    yield f"- made by: {', '.join(said)}"


def _ratios(results: Results) -> Iterator[str]:
    most = max(articles for articles, _ in results.columns)
    titles = [
        make(name).title + ("" if articles == most else f", {articles:,}")
        for articles, name in results.columns
    ]
    yield f"| | {' | '.join(titles)} |"
    yield f"| --- |{' ---: |' * len(titles)}"
    for measure, label, unit, scale in ROWS:
        cells = []
        for articles, name in results.columns:
            if name == BASELINE:
                value = results.value(measure, name, articles)
                cells.append("" if value is None else f"{short(value * scale)}{unit}")
            else:
                ratio = results.ratio(measure, name, articles)
                cells.append("" if ratio is None else f"× {short(ratio)}")
        if any(cells):
            yield f"| {label} | {' | '.join(cells)} |"


def _starts(results: Results) -> Iterator[str]:
    yield "| start | |"
    yield "| --- | ---: |"
    for measure, label in STARTS:
        value = results.value(measure)
        if value is not None:
            yield f"| {label} | {value:.0f} ms |"


def _bounds(results: Results) -> Iterator[str]:
    yield "| bound | measured | limit | |"
    yield "| --- | ---: | ---: | --- |"
    for bound in bounds(results):
        held = "held" if bound.held else "**not held**"
        yield f"| {bound.says} | {bound.measured} | {bound.limit} | {held} |"


def _lacks(results: Results) -> Iterator[str]:
    yield "What each does not do for its time (it is given the regions that newsearch found):"
    yield ""
    for name in dict.fromkeys(name for _, name in results.columns):
        if lacks := make(name).lacks:
            yield f"- {make(name).title}: {lacks}."
