"""What every contender does, and the records that the peers are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

import orjson

Verb = Literal["search", "suggest", "latest"]

PAGE = 10
"""Hits of an answer."""
COMPLETIONS = 8


class Contender(Protocol):
    """What is measured. What it has learnt of words is kept for its next index.

    Attributes:
        title: its name in the table.
        packages: whose versions are told.
        lacks: what newsearch does at this price and it does not.
        verbs: what it is asked; none where only its indexing is measured.
        slow: give it a sample of the articles.
    """

    title: str
    packages: tuple[str, ...]
    lacks: str
    verbs: tuple[Verb, ...]
    slow: bool

    def index(self, articles: Path, folder: Path) -> None:
        """Make a committed index of JSON Lines in a folder that is empty."""

    def open(self, folder: Path) -> None:
        """Open what `index` made."""

    def search(self, query: str) -> int:
        """The ten best articles, read, and counts by region, month and source; how many match.

        Those with all the words, in the title or the body, or those with any where none has all,
        as newsearch does: so that all of them find and count about the same articles.
        """

    def suggest(self, prefix: str) -> int:
        """Complete what is being typed; how many completions."""

    def latest(self) -> int:
        """The ten newest articles, read; how many there are."""


@dataclass(frozen=True, slots=True)
class Record:
    """An article as the peers get it, with what newsearch found in it for facets to count.

    Attributes:
        regions: codes with every ancestor.
        month: in the article's own time zone, as 202306.
        published: UTC epoch in seconds; 0 without a date.
        stored: the article as JSON.
    """

    id: str
    title: str
    text: str
    source: str
    category: str
    regions: tuple[str, ...]
    month: int
    published: int
    stored: bytes


def records(articles: Path) -> Iterator[Record]:
    """The records of JSON Lines that newsearch wrote (`benchmarks.peers.ours.prepare`)."""
    with articles.open("rb") as lines:
        for line in lines:
            yield _record(orjson.loads(line), line)


def _record(fields: dict[str, Any], line: bytes) -> Record:
    date = datetime.fromisoformat(fields["published"]) if fields["published"] else None
    codes = dict.fromkeys(wider for code in fields["regions"] for wider in _with_ancestors(code))
    return Record(
        id=fields["id"],
        title=fields["title"],
        text=fields["text"],
        source=fields["source"] or "",
        category=fields["category"] or "",
        regions=tuple(codes),
        month=date.year * 100 + date.month if date else 0,
        published=int(date.timestamp()) if date else 0,
        stored=line,
    )


def _with_ancestors(code: str) -> Iterator[str]:
    parts = code.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))
