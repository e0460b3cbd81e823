"""NewsIndex: the one object through which articles go in and results come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Literal, get_args

import orjson

from newsearch.article import Article
from newsearch.engines import (
    Engine,
    EngineWriter,
    FacetField,
    Filters,
    RawHit,
    RawResults,
    Sort,
    create_engine,
    fold,
    open_engine,
)
from newsearch.errors import (
    ArticleError,
    ArticleNotFoundError,
    QueryError,
    QueryTooLargeError,
)
from newsearch.indexing import make_entry, restore
from newsearch.language import fingerprint, stems_of, stop_words, tokens
from newsearch.reading import Reader, Rejection

if TYPE_CHECKING:
    from newsearch.query import Plan
    from newsearch.query.filters import Many, When
    from newsearch.results import FacetCount, Hit, SearchResults, Suggestion

Match = Literal["all", "any"]

MAX_PAGE = 1_000
"""Hits of one page."""
MAX_DEPTH = 10_000
"""How far down the results a page may reach: offset plus limit."""
MAX_COLLAPSED = 1_000
"""Hits that are compared with each other when copies are folded."""
MAX_LABELS = 10_000
"""Spellings of facet values that are kept."""
LOCK_TIMEOUT = 10.0
"""Seconds a writer waits for the writer before it."""


@dataclass(slots=True)
class AddReport:
    """What became of the articles that were added.

    Attributes:
        added: new ones.
        updated: ones that replaced an article of the same id.
        rejected: records that could not be read or indexed.
    """

    added: int = 0
    updated: int = 0
    rejected: list[Rejection] = field(default_factory=list)


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


class ArticleWriter:
    """One transaction: see `NewsIndex.writer`."""

    def __init__(self, writer: EngineWriter) -> None:
        self._writer = writer

    def add(self, article: Article) -> bool:
        """Add an article, or replace the one of the same id; True if there was one."""
        return self._writer.add(make_entry(article))

    def delete(self, article_id: str) -> bool:
        """Delete an article; False if there is none of that id."""
        return self._writer.delete(article_id)


class NewsIndex:
    """An index of news articles; make one with `newsearch.create` or `newsearch.open`.

    One object serves many threads. It sees the commits of other processes by itself.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._labels: dict[tuple[FacetField, str], str] = {}

    def __repr__(self) -> str:
        return f"<NewsIndex {self._engine.location!r} ({self._engine.name})>"

    def __len__(self) -> int:
        return self._engine.count

    def __contains__(self, article_id: str) -> bool:
        return self._engine.get(article_id) is not None

    def __enter__(self) -> NewsIndex:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index's files."""
        self._engine.close()

    # Writing

    def add(self, articles: Iterable[Article], timeout: float = LOCK_TIMEOUT) -> AddReport:
        """Add articles in one transaction; those of an id that is there already replace it.

        Args:
            articles: any iterable; of a `newsearch.read` the rejected records are reported too.
            timeout: seconds to wait for another writer.

        Raises:
            IndexLockedError: another writer held the index for `timeout` seconds.
        """
        report = AddReport()
        with self.writer(timeout) as writer:
            for article in articles:
                try:
                    updated = writer.add(article)
                except ArticleError as error:
                    report.rejected.append(Rejection(article.id, None, str(error)))
                    continue
                report.updated += updated
                report.added += not updated
        if isinstance(articles, Reader):
            report.rejected.extend(articles.rejected)
        return report

    @contextmanager
    def writer(self, timeout: float = LOCK_TIMEOUT) -> Iterator[ArticleWriter]:
        """A transaction: committed as a whole on a clean exit, rolled back on an exception.

        Raises:
            IndexLockedError: another writer held the index for `timeout` seconds.
        """
        with self._engine.writer(timeout) as writer:
            yield ArticleWriter(writer)

    def delete(self, article_id: str) -> bool:
        """Delete an article; False if there is none of that id."""
        with self.writer() as writer:
            return writer.delete(article_id)

    def rebuild(self, timeout: float = LOCK_TIMEOUT) -> int:
        """Analyse every stored article anew, into files that then replace the old ones.

        The old files stay until the new ones are whole. Returns the number of articles.
        """
        with self._engine.rebuilder(timeout, fingerprint()) as writer:
            count = 0
            for stored in self._engine.stored():
                writer.add(make_entry(restore(stored)))
                count += 1
        self._labels.clear()
        return count

    # Reading

    def search(
        self,
        query: str,
        *,
        region: Many = None,
        since: When = None,
        until: When = None,
        source: Many = None,
        category: Many = None,
        author: Many = None,
        sort: Sort = "relevance",
        match: Match = "all",
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[str] = (),
        collapse: bool = False,
    ) -> SearchResults:
        """Search; the README describes the query language.

        An empty query finds everything, the newest first.

        Args:
            query: what a person typed.
            region: code, name or alias; a province includes its kabupaten and kota. Several
                values of a filter are alternatives.
            since, until: first and last moment or day, both included.
            source, category, author: as in the articles, in upper or lower case.
            sort: `relevance`, `newest`, `oldest` or `popular` (most views first).
            match: `all` words or `any`; where no article has all, those with any are shown and
                `relaxed` says so.
            limit, offset: the page.
            facets: any of `newsearch.results.FACETS`; counted over all matches.
            collapse: fold copies of one text under the best of them. `total` counts them all;
                the first `MAX_COLLAPSED` hits are compared.

        Raises:
            UnknownRegionError, InvalidDateError: in an argument or the query.
            QueryTooLargeError: the query or the page passes a bound.
            QueryError: an unknown sort, match or facet.
        """
        from newsearch.query import make_filters, plan
        from newsearch.results import SearchResults, stored_fields

        started = perf_counter()
        _check_choice("sort", sort, get_args(Sort))
        _check_choice("match", match, get_args(Match))
        _check_page(limit, offset)
        fields = stored_fields(facets)
        filters = make_filters(
            region=region, since=since, until=until, source=source, category=category, author=author
        )
        planned = plan(query, self._engine, any_word=match == "any")
        page = _Page(filters, sort, limit, offset, fields, collapse)
        raw, hits = self._run(planned, page)
        relaxed = False
        if not raw.total and match == "all" and len(planned.typed) > 1:
            looser = plan(query, self._engine, any_word=True)
            raw, hits = self._run(looser, page)
            relaxed = raw.total > 0
        suggestion = self._respell(query, planned) if relaxed or not raw.total else None
        return SearchResults(
            total=raw.total,
            hits=hits,
            facets=self._facets(facets, raw),
            suggestion=suggestion,
            relaxed=relaxed,
            took_ms=(perf_counter() - started) * 1000,
        )

    def related(self, article: Article | str, limit: int = 5) -> list[Hit]:
        """Articles related to one: the same story, names and place; never copies of it.

        Args:
            article: an id, or an Article, which need not be in the index.
            limit: how many at most.

        Raises:
            ArticleNotFoundError: there is no article of that id.
        """
        from newsearch.query import Highlight
        from newsearch.results import are_copies, fold_copies, make_hit, related_query

        _check_page(limit, 0)
        if isinstance(article, str):
            article = self.get(article)
        entry = make_entry(article)
        query = related_query(entry, self._engine.doc_freq, self._engine.count)
        if query is None or not limit:
            return []
        raw = self._engine.search(query, Filters(), limit=min(limit * 2 + 10, MAX_PAGE))
        others = [hit for hit in raw.hits if not are_copies(hit.signature, entry.signature)]
        return [make_hit(hit, Highlight(), copies) for hit, copies in fold_copies(others)[:limit]]

    def latest(
        self,
        *,
        region: Many = None,
        category: Many = None,
        source: Many = None,
        limit: int = 10,
    ) -> list[Hit]:
        """The newest articles, of a region, category or source; undated ones come last."""
        return self.search(
            "", region=region, category=category, source=source, sort="newest", limit=limit
        ).hits

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Completions of the last word of what is being typed, the most frequent first."""
        from newsearch.results import Suggestion

        _check_page(limit, 0)
        typed = tokens(prefix)
        if not typed or prefix[-1].isspace():
            return []
        kept = prefix[: prefix.lower().rfind(typed[-1])] if len(typed) > 1 else ""
        stop = stop_words()
        found = self._engine.terms(typed[-1], limit + len(stop))
        words = [(word, count) for word, count in found if word not in stop]
        return [Suggestion(kept + word, count) for word, count in words[:limit]]

    def get(self, article_id: str) -> Article:
        """An article as it is stored, its regions as codes.

        Raises:
            ArticleNotFoundError: there is none of that id.
        """
        stored = self._engine.get(article_id)
        if stored is None:
            raise ArticleNotFoundError(article_id)
        return Article.from_dict(orjson.loads(stored))

    def articles(self) -> Iterator[Article]:
        """Every article of the index, in no particular order."""
        for stored in self._engine.stored():
            yield Article.from_dict(orjson.loads(stored))

    def stats(self) -> Stats:
        """What the index holds."""
        import whoosh.query as wq

        counted = self._engine.search(
            wq.Every(), Filters(), limit=0, facets=("day", "source", "region")
        )
        days = sorted(int(day) for day, _ in counted.facets["day"])
        provinces = tuple(str(code) for code, _ in counted.facets["region"] if "." not in str(code))
        placed = self._engine.search(wq.Every(), Filters(region=provinces), limit=0)
        return Stats(
            location=self._engine.location,
            engine=self._engine.name,
            articles=counted.total,
            size=self._engine.size(),
            dated=sum(count for _, count in counted.facets["day"]),
            oldest=_iso(days[0]) if days else None,
            newest=_iso(days[-1]) if days else None,
            placed=placed.total if provinces else 0,
            sources=len(counted.facets["source"]),
        )

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty when it is whole."""
        return self._engine.check()

    # Parts of a search

    def _run(self, planned: Plan, page: _Page) -> tuple[RawResults, list[Hit]]:
        from newsearch.results import fold_copies, make_hit

        sort = page.sort if planned.ranks or page.sort != "relevance" else "newest"
        depth = page.offset + page.limit
        # Folding shortens a page: it takes more hits, from the top, to fill it.
        limit, offset = (
            (min(depth * 3 + 20, max(MAX_COLLAPSED, depth)), 0)
            if page.collapse
            else (page.limit, page.offset)
        )
        raw = self._engine.search(
            planned.tree, page.filters, sort=sort, limit=limit, offset=offset, facets=page.facets
        )
        shown: list[tuple[RawHit, tuple[str, ...]]]
        if page.collapse:
            shown = fold_copies(raw.hits)[page.offset : depth]
        else:
            shown = [(hit, ()) for hit in raw.hits]
        return raw, [make_hit(hit, planned.highlight, copies) for hit, copies in shown]

    def _facets(self, names: Sequence[str], raw: RawResults) -> dict[str, list[FacetCount]]:
        from newsearch.results import make_facet

        return {name: make_facet(name, raw.facets, self._spelling) for name in names}

    def _spelling(self, name: FacetField, value: str) -> str:
        """A source, category or author as an article spells it."""
        import whoosh.query as wq

        label = self._labels.get((name, value))
        if label is None:
            found = self._engine.search(wq.Term(name, value), Filters(), limit=1).hits
            record = orjson.loads(found[0].stored) if found else {}
            spelled = record.get("authors" if name == "author" else name) or value
            options = spelled if isinstance(spelled, list) else [spelled]
            label = next((option for option in options if fold(option) == value), value)
            if len(self._labels) >= MAX_LABELS:
                self._labels.clear()
            self._labels[name, value] = label
        return label

    def _respell(self, query: str, planned: Plan) -> str | None:
        from newsearch.results import respell

        return respell(query, planned.typed, self._known, self._engine.terms)

    def _known(self, word: str) -> int:
        engine = self._engine
        by_stem = (engine.doc_freq("body", stem) for stem in stems_of(word))
        return engine.doc_freq("words", word) or max(by_stem, default=0)


@dataclass(frozen=True, slots=True)
class _Page:
    filters: Filters
    sort: Sort
    limit: int
    offset: int
    facets: tuple[FacetField, ...]
    collapse: bool


def create(path: str | Path, engine: str = "tantivy") -> NewsIndex:
    """Make a new, empty index.

    Raises:
        IndexExistsError: there is something at the path already; nothing is overwritten.
        NewsIndexError: there is no engine of that name, or the path cannot be written.
    """
    return NewsIndex(create_engine(path, engine, fingerprint()))


def open(path: str | Path, *, outdated: bool = False) -> NewsIndex:
    """Open an index.

    Args:
        path: where it is.
        outdated: also open one made by an older analysis, so that it can be rebuilt; until
            then its searches miss what the analyses see differently.

    Raises:
        IndexNotFoundError: there is none.
        IndexVersionError: it was made by another analysis or format.
        IndexCorruptError: files are missing or damaged.
    """
    return NewsIndex(open_engine(path, None if outdated else fingerprint()))


def _check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise QueryError(f"unknown {name} {value!r}; choose one of {', '.join(choices)}")


def _check_page(limit: int, offset: int) -> None:
    if limit < 0 or offset < 0:
        raise QueryError("limit and offset cannot be negative")
    if limit > MAX_PAGE:
        raise QueryTooLargeError(f"a page of {limit:,} hits is more than {MAX_PAGE:,}")
    if limit + offset > MAX_DEPTH:
        raise QueryTooLargeError(
            f"offset plus limit is {limit + offset:,}, more than {MAX_DEPTH:,}: narrow the search"
        )


def _iso(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
