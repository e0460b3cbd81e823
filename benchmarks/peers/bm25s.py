"""bm25s: scores of every word in every article, computed beforehand, in sparse matrices."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from benchmarks.peers.base import PAGE, Record, Verb, records
from benchmarks.stems import sastrawi, words_of

FACETS = ("region", "month", "source")


class Bm25s:
    """See `benchmarks.peers.base.Contender`. It counts nothing: facets are ours, in numpy."""

    title = "bm25s"
    packages: tuple[str, ...] = ("bm25s", "numpy", "PySastrawi")
    lacks = (
        "queries of all words (it finds any), changes without indexing all anew, suggest, regions "
        "(given), names, stop words, dates in queries, snippets, spelling, copies"
    )
    verbs: tuple[Verb, ...] = ("search", "latest")
    slow = False

    def __init__(self) -> None:
        self._stems = sastrawi()

    def index(self, articles: Path, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.index`."""
        given = list(records(articles))
        tokens = bm25s.tokenize(
            [f"{record.title} {record.text}" for record in given],
            stopwords=[],
            stemmer=lambda words: [self._stems[word] for word in words],
            show_progress=False,
        )
        retriever = bm25s.BM25()
        retriever.index(tokens, show_progress=False)
        stored = [{"stored": record.stored.decode()} for record in given]
        retriever.save(folder, corpus=stored, show_progress=False)
        _save_columns(given, folder)

    def open(self, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.open`: memory-mapped, as for large indexes."""
        self._retriever = bm25s.BM25.load(folder, load_corpus=True, mmap=True)
        self._published = np.load(folder / "published.npy")
        self._columns = [
            (np.load(folder / f"{name}-articles.npy"), np.load(folder / f"{name}-values.npy"))
            for name in FACETS
        ]

    def search(self, query: str) -> int:
        """See `benchmarks.peers.base.Contender.search`: any of the words."""
        stems = self._stems.of(dict.fromkeys(words_of(query)))
        page = min(PAGE, len(self._published))
        self._retriever.retrieve([stems], k=page, show_progress=False)
        found = self._retriever.get_scores(stems) > 0
        for articles, values in self._columns:
            np.bincount(values[found[articles]])
        return int(found.sum())

    def suggest(self, prefix: str) -> int:
        """Not asked: it has no dictionary in order."""
        raise NotImplementedError

    def latest(self) -> int:
        """See `benchmarks.peers.base.Contender.latest`."""
        page = min(PAGE, len(self._published))
        newest = np.argpartition(-self._published, page - 1)[:page]
        return len([self._retriever.corpus[int(one)] for one in newest])


def _save_columns(given: list[Record], folder: Path) -> None:
    """The values of each facet as numbers, and the article that each belongs to."""
    values: dict[str, Iterable[tuple[Any, ...]]] = {
        "region": (record.regions for record in given),
        "month": ((record.month,) for record in given),
        "source": ((record.source,) for record in given),
    }
    for name, rows in values.items():
        pairs = [(article, value) for article, row in enumerate(rows) for value in row]
        numbers = {value: number for number, value in enumerate(dict.fromkeys(v for _, v in pairs))}
        np.save(
            folder / f"{name}-articles.npy", np.array([one for one, _ in pairs], dtype=np.int32)
        )
        coded = np.array([numbers[value] for _, value in pairs], dtype=np.int32)
        np.save(folder / f"{name}-values.npy", coded)
    np.save(folder / "published.npy", np.array([one.published for one in given], dtype=np.int64))
