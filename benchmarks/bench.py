"""What the evaluations share: the data, the indexes (each built once), and the rows they give."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import perf_counter

import newsearch
from benchmarks.plain import Layout, PlainIndex, stemmers
from benchmarks.sets import CORPUS, Document, RankingSet, Search, Shared
from benchmarks.stems import Stems
from newsearch.searching.searcher import Match


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        measure: what is measured; a row with a score of newsearch is pinned under this name.
        newsearch: the score, 0.0 to 1.0, higher is better; None in a line of a plain build only.
        plain: column → score of the plain build.
    """

    measure: str
    newsearch: float | None
    plain: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One evaluation set and how it is measured.

    Attributes:
        name: as `--only` takes it.
        needs: files and folders of ../shared; it is skipped where one is missing.
        run: gives its rows.
    """

    name: str
    needs: tuple[str, ...]
    run: Callable[[Bench], Iterable[Row]]


class Bench:
    """One run of the gate.

    Args:
        shared: the data.
        folder: where indexes are built; empty and temporary.
        fast: newsearch only, over samples of the large sets.
        headlines: how many articles are searched by their titles, and how their ids begin.
    """

    def __init__(
        self,
        shared: Shared,
        folder: Path,
        *,
        fast: bool = False,
        headlines: tuple[int, str] = (1500, "click_id-"),
    ) -> None:
        self.shared = shared
        self.fast = fast
        self.headlines = headlines
        self._folder = folder

    @cached_property
    def index(self) -> newsearch.NewsIndex:
        """newsearch's index of the corpus."""
        return self.build("corpus", newsearch.read(self.shared.root / CORPUS))

    @cached_property
    def plain(self) -> PlainIndex:
        """The plain builds of the corpus."""
        return self.build_plain(self.shared.documents.values())

    @cached_property
    def stems(self) -> dict[str, Stems]:
        """The plain stemmers; every plain build shares what they stemmed."""
        return stemmers()

    def build(self, name: str, articles: Iterable[newsearch.Article]) -> newsearch.NewsIndex:
        """A newsearch index of articles."""
        started = perf_counter()
        index = newsearch.create(self._folder / name)
        report = index.add(articles)
        say(f"{name}: {report.added:,} articles indexed in {perf_counter() - started:.0f} s")
        if report.rejected:
            raise ValueError(f"{name}: {len(report.rejected)} rejected, {report.rejected[0]}")
        return index

    def build_plain(self, documents: Iterable[Document]) -> PlainIndex:
        """The plain builds of documents."""
        started = perf_counter()
        index = PlainIndex(documents, self.stems)
        say(f"plain builds indexed in {perf_counter() - started:.0f} s")
        return index

    def sample(self, judged: RankingSet) -> RankingSet:
        """A third of a large set in a fast run, else all of it."""
        return judged.every(3) if self.fast else judged


def asking(index: newsearch.NewsIndex, match: Match) -> Search:
    """The search of an index as a user makes it: what was typed, as it was typed."""

    def search(query: str, limit: int) -> list[str]:
        try:
            results = index.search(query, match=match, limit=limit)
        except newsearch.QueryError:
            # What a person gets then is no article.
            return []
        return [hit.article.id for hit in results.hits]

    return search


def plain_search(index: PlainIndex, stemmer: str, layout: Layout) -> Search:
    """The search of a plain build."""
    return lambda query, limit: index.search(query, limit, stemmer=stemmer, layout=layout)


def articles(documents: Iterable[Document]) -> Iterator[newsearch.Article]:
    """Documents as newsearch takes them."""
    for one in documents:
        yield newsearch.Article(id=one.id, title=one.title, text=one.text)


def say(line: str) -> None:
    """Tell how far it is, on standard error: standard output is the table's."""
    print(line, file=sys.stderr, flush=True)
