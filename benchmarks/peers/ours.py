"""newsearch on its embedded engines."""

from __future__ import annotations

from pathlib import Path

import orjson

import newsearch
from benchmarks.peers.base import COMPLETIONS, PAGE, Verb

FACETS = ("region", "month", "source")


class Newsearch:
    """See `benchmarks.peers.base.Contender`."""

    packages: tuple[str, ...] = ("newsearch",)
    lacks = ""
    verbs: tuple[Verb, ...] = ("search", "suggest", "latest")

    def __init__(self, engine: str) -> None:
        self.title = "newsearch" if engine == "tantivy" else f"newsearch on {engine}"
        self.slow = engine != "tantivy"
        self._engine = engine

    def index(self, articles: Path, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.index`."""
        with newsearch.create(folder / "index", engine=self._engine) as index:
            index.add(newsearch.read(articles))

    def open(self, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.open`."""
        self._index = newsearch.open(folder / "index")

    def search(self, query: str) -> int:
        """See `benchmarks.peers.base.Contender.search`; with ten marked snippets."""
        return self._index.search(query, facets=FACETS, limit=PAGE).total

    def suggest(self, prefix: str) -> int:
        """See `benchmarks.peers.base.Contender.suggest`."""
        return len(self._index.suggest(prefix, limit=COMPLETIONS))

    def latest(self) -> int:
        """See `benchmarks.peers.base.Contender.latest`; copies are folded."""
        return len(self._index.latest(limit=PAGE))


def prepare(folder: Path, target: Path) -> None:
    """Write the articles of an index as the peers get them, with the regions that were found."""
    with newsearch.open(folder / "index") as index, target.open("wb") as file:
        for article in index.articles():
            file.write(orjson.dumps(article.to_dict()) + b"\n")
