"""The bounds that newsearch keeps to, each beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.peers import BASELINE, LOOP
from benchmarks.results import Results, short

LARGE = 40_000
"""Articles from which on the time an article counts: in small indexes it is words to be learnt."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound.

    Attributes:
        says: what is bounded.
        measured: the value.
        limit: the most, or the least where it begins with `at least`, with its unit.
        held: whether it was kept.
    """

    says: str
    measured: str
    limit: str
    held: bool


def bounds(results: Results) -> Iterator[Bound]:
    """The bounds that can be told from what was measured."""
    counts = sorted({articles for articles, _ in results.columns}, reverse=True)
    for articles in counts:
        yield from _against_peers(results, articles)
    # A sample is for the slow peers.
    for articles in [one for one in counts if one >= min(LARGE, counts[0])]:
        yield from _own(results, articles)
    yield from _growth(results)
    yield from _most("importing newsearch", results.value("import"), 150, " ms")
    yield from _most("newsearch --help", results.value("help"), 250, " ms")


def _against_peers(results: Results, articles: int) -> Iterator[Bound]:
    where = f"{articles:,} articles"
    for says, measure, peer, least in (
        ("indexing, cold, against the bare loop", "cold", LOOP, 2.0),
        ("indexing, words known, against the bare loop", "warm", LOOP, 0.75),
        ("indexing, cold, against plain Whoosh", "cold", "whoosh", 8.0),
        ("search p50 against plain Whoosh", "search p50", "whoosh", 20.0),
    ):
        ratio = results.ratio(measure, peer, articles)
        yield from _least(f"{where}: speed of {says}", ratio, least)
    for measure, most in (("search p50", 2.5), ("search p95", 3.0)):
        ratio = results.ratio(measure, "tantivy", articles)
        says = f"{where}: time of {measure} against bare tantivy"
        yield from _most(says, 1 / ratio if ratio else None, most, " times")


def _own(results: Results, articles: int) -> Iterator[Bound]:
    where = f"{articles:,} articles"
    memory = results.value("memory", BASELINE, articles)
    yield from _most(f"{where}: memory", memory / 1e6 if memory else None, 1000, " MB")
    size = results.value("size", BASELINE, articles)
    yield from _most(f"{where}: index against its JSON Lines", size, 1.2, "")
    for measure, milliseconds in (("suggest p95", 5), ("latest p95", 5), ("open", 100)):
        value = results.value(measure, BASELINE, articles)
        yield from _most(f"{where}: {measure}", value, milliseconds, " ms")


def _growth(results: Results) -> Iterator[Bound]:
    """Time an article in the largest index against that in the smallest that counts."""
    counts = sorted(
        articles for articles, name in results.columns if name == BASELINE and articles >= LARGE
    )
    if len(counts) > 1:
        few, many = counts[0], counts[-1]
        small, large = (results.value("cold", BASELINE, count) for count in (few, many))
        if small and large:
            says = f"time an article at {many:,} against {few:,}"
            yield from _most(says, large / small, 1.3, " times")


def _most(says: str, value: float | None, limit: float, unit: str) -> Iterator[Bound]:
    if value is not None:
        yield Bound(says, f"{short(value)}{unit}", f"at most {limit:g}{unit}", value <= limit)


def _least(says: str, value: float | None, limit: float) -> Iterator[Bound]:
    if value is not None:
        yield Bound(says, f"{short(value)} times", f"at least {limit:g} times", value >= limit)
