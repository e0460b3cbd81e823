"""What an index says of itself: what became of articles that were added, what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field

import whoosh.query as wq

from newsearch.engines import Engine, Filters
from newsearch.reading import Rejection


@dataclass(slots=True)
class AddReport:
    """What became of the articles that were added.

    Attributes:
        added: new ones.
        updated: ones that replaced an article of the same id.
        undated: of those, the ones without a date, or with one that nobody can read.
        unplaced: of those, the ones without any region.
        rejected: records that could not be read or indexed, the first 100,000.
        rejected_total: how many they were in all.
        passed_over: sources of which everything was in before (`NewsIndex.resume`).
    """

    added: int = 0
    updated: int = 0
    undated: int = 0
    unplaced: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    rejected_total: int = 0
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """What an index holds.

    Attributes:
        location: where it is.
        engine: the name of its engine.
        articles: how many.
        size: bytes it takes.
        dated: articles whose date is known; `oldest` and `newest` are the first and last days
            of those (``"2023-06-14"``), None where there is none.
        placed: articles with at least one region.
        sources: how many different sources.
    """

    location: str
    engine: str
    articles: int
    size: int
    dated: int
    oldest: str | None
    newest: str | None
    placed: int
    sources: int


def measure(engine: Engine) -> Stats:
    """What an index holds."""
    counted = engine.search(wq.Every(), Filters(), limit=0, facets=("day", "source", "region"))
    days = sorted(int(day) for day, _ in counted.facets["day"])
    provinces = tuple(str(code) for code, _ in counted.facets["region"] if "." not in str(code))
    placed = engine.search(wq.Every(), Filters(region=provinces), limit=0)
    return Stats(
        location=engine.location,
        engine=engine.name,
        articles=counted.total,
        size=engine.size(),
        dated=sum(count for _, count in counted.facets["day"]),
        oldest=_iso(days[0]) if days else None,
        newest=_iso(days[-1]) if days else None,
        placed=placed.total if provinces else 0,
        sources=len(counted.facets["source"]),
    )


def _iso(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
