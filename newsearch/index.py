"""NewsIndex: the one object through which articles go in and results come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import whoosh.query as wq

from newsearch.article import Article, is_text
from newsearch.engines import (
    Engine,
    EngineWriter,
    Filters,
    Sort,
    create_engine,
    decode,
    open_engine,
)
from newsearch.errors import (
    ArticleNotFoundError,
)
from newsearch.indexing import make_entry, restore
from newsearch.language import fingerprint
from newsearch.neighbours import Neighbours
from newsearch.query import ParsedQuery, make_filters
from newsearch.query.filters import Many, When
from newsearch.query.freshness import Fresh, half_life
from newsearch.reading import Reader, Rejection
from newsearch.results import DuplicateGroup, Hit, SearchResults, Story, Suggestion
from newsearch.saved import Arrivals, SavedSearch, SavedSearches
from newsearch.searching import Match, Request, Searcher

LOCK_TIMEOUT = 10.0
"""Seconds a writer waits for the writer before it."""


@dataclass(slots=True)
class AddReport:
    """What became of the articles that were added.

    Attributes:
        added: new ones.
        updated: ones that replaced an article of the same id.
        undated: of those, the ones without a date, or with one that nobody can read.
        unplaced: of those, the ones without any region.
        rejected: records that could not be read or indexed.
    """

    added: int = 0
    updated: int = 0
    undated: int = 0
    unplaced: int = 0
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
        return is_text(article_id) and self._writer.delete(article_id)


class NewsIndex:
    """An index of news articles; make one with `newsearch.create` or `newsearch.open`.

    One object serves many threads. It sees the commits of other processes by itself.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._searcher = Searcher(engine)
        self._neighbours = Neighbours(engine)
        self._saved = SavedSearches(engine)

    def __repr__(self) -> str:
        return f"<NewsIndex {self._engine.location!r} ({self._engine.name})>"

    def __len__(self) -> int:
        return self._engine.count

    def __contains__(self, article_id: str) -> bool:
        return is_text(article_id) and self._engine.get(article_id) is not None

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
        with self._engine.writer(timeout) as writer:
            for article in articles:
                entry = make_entry(article)
                updated = writer.add(entry)
                report.updated += updated
                report.added += not updated
                report.undated += entry.published is None
                report.unplaced += not entry.regions
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
            for hit in self._engine.every():
                entry = make_entry(restore(hit.stored))
                writer.add(replace(entry, indexed=hit.indexed))
                count += 1
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
        explain: bool = False,
        multiselect: bool = False,
        fill: bool = False,
        fresh: Fresh = None,
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
                the first 1,000 hits are compared.
            explain: say for each hit what each part of the query gave to its score.
            multiselect: count each facet as if its own filter were not there, so that a reader can
                choose several sources, or regions, or months.
            fill: in the facets `year`, `month` and `day` also give those without an article, from
                the first to the last found or asked for.
            fresh: blend relevance with age: the half-life of a bonus for what is new, as `30d`,
                `12h` or `2w` (see `newsearch.query.freshness`). Without an effect on other orders.

        Raises:
            UnknownRegionError, InvalidDateError: in an argument or the query.
            QueryTooLargeError: the query or the page passes a bound.
            QueryError: an unknown sort, match, facet or half-life.
        """
        filters = make_filters(
            region=region, since=since, until=until, source=source, category=category, author=author
        )
        request = Request(
            query,
            filters,
            sort,
            match,
            limit,
            offset,
            tuple(facets),
            collapse,
            explain,
            multiselect,
            fill,
            half_life(fresh),
        )
        return self._searcher.search(request)

    def export(
        self,
        query: str,
        *,
        region: Many = None,
        since: When = None,
        until: When = None,
        source: Many = None,
        category: Many = None,
        author: Many = None,
        match: Match = "all",
    ) -> Iterator[Article]:
        """Every article that a query finds, however many: the newest first, undated ones last.

        All are of one commit, whatever is committed meanwhile, and few are in memory at once. A
        search has pages, an order of its own and an end at 10,000 hits; an export has neither.

        Args:
            query, region, since, until, source, category, author, match: as in `search`; a query
                of which no article has all words is not relaxed.

        Raises:
            UnknownRegionError, InvalidDateError, QueryError: as `search`.
        """
        filters = make_filters(
            region=region, since=since, until=until, source=source, category=category, author=author
        )
        found = self._searcher.export(query, filters, match)
        return (Article.from_dict(decode(hit.stored)) for hit in found)

    # Saved searches

    def save_search(
        self,
        name: str,
        query: str,
        *,
        region: Many = None,
        since: When = None,
        until: When = None,
        source: Many = None,
        category: Many = None,
        author: Many = None,
        match: Match = "all",
        overwrite: bool = False,
    ) -> SavedSearch:
        """Keep a search beside the index; `arrivals` tells what comes in for it from now on.

        Args:
            name: letters, digits, `_` and `-`, 64 at most.
            query, region, since, until, source, category, author, match: as in `search`. Words such
                as `kemarin` are read anew each time.
            overwrite: replace a saved search of that name.

        Raises:
            SavedSearchError: the name is none, or taken; or the index is not in a directory.
            UnknownRegionError, InvalidDateError, QueryError: as `search`.
        """
        given: dict[str, Any] = {
            "region": region,
            "since": since,
            "until": until,
            "source": source,
            "category": category,
            "author": author,
        }
        self.export(query, match=match, **given)  # refuses what a search refuses
        options = {key: value for key, value in given.items() if value}
        if match != "all":
            options["match"] = match
        saved = SavedSearch(name, query, options, self._engine.last_stamp)
        self._saved.save(saved, overwrite=overwrite)
        return saved

    def saved_searches(self) -> list[SavedSearch]:
        """The saved searches of the index, by name."""
        return [self._saved.load(name) for name in self._saved.names()]

    def delete_search(self, name: str) -> None:
        """Forget a saved search.

        Raises:
            SavedSearchError: there is none of that name.
        """
        self._saved.delete(name)

    def arrivals(self, name: str) -> Arrivals:
        """What has come into the index for a saved search since it was last marked as seen.

        An article that replaces one of the same id is not new, nor is one that a rebuild read
        again; one that is dated years back is. Until `mark_seen` is told, the same is given again.

        Raises:
            SavedSearchError: there is none of that name.
        """
        saved = self._saved.load(name)
        until = self._engine.last_stamp
        options = dict(saved.options)
        match = options.pop("match", "all")
        filters = replace(make_filters(**options), first_stamp=saved.seen + 1, last_stamp=until)
        return Arrivals(saved, self._searcher.arrivals(saved.query, filters, match), until)

    def mark_seen(self, name: str, until: int) -> None:
        """Note that the arrivals of a saved search up to a stamp have been seen.

        Raises:
            SavedSearchError: there is none of that name.
        """
        self._saved.mark(name, until)

    def parse(self, query: str, *, match: Match = "all") -> ParsedQuery:
        """How a query is understood here: its words, names, dates and fields, as a tree.

        Args:
            query, match: as in `search`.

        Raises:
            QueryError: what `search` raises for the query.
        """
        return self._searcher.parse(query, match)

    def related(
        self,
        article: Article | str,
        limit: int = 5,
        *,
        region: Many = None,
        same_source: bool | None = None,
    ) -> list[Hit]:
        """Articles related to one: the same story, names, place, time and source.

        None of them is a copy of the article, and no two are copies of each other. What gave how
        much of a score is in `Hit.explanation`, named in Indonesian.

        Args:
            article: an id, or an Article, which need not be in the index.
            limit: how many at most.
            region: only articles of a region (code, name or alias), or of one of several.
            same_source: True for articles of the same source only, False for other sources only;
                by default both, those of the same source raised.

        Raises:
            ArticleNotFoundError: there is no article of that id.
            UnknownRegionError: there is no such region.
        """
        return self._neighbours.related(article, limit, make_filters(region=region), same_source)

    def duplicates(self, article: Article | str, limit: int = 100) -> list[Hit]:
        """The copies of an article, the most similar first.

        Copies share the greater part of their first 250 words, or one is a part of the other:
        with boilerplate around it, another lead or a cut tail a text stays a copy. Texts of less
        than four words have none. The score of a hit is the estimated share, 0.0 to 1.0.

        Args:
            article: an id, or an Article, which need not be in the index.
            limit: how many at most.

        Raises:
            ArticleNotFoundError: there is no article of that id.
        """
        return self._neighbours.duplicates(article, limit)

    def duplicate_groups(self) -> Iterator[DuplicateGroup]:
        """Every set of copies in the index, the largest first.

        Holds the id, the date and the signature of each article while it runs.
        """
        return self._neighbours.duplicate_groups()

    def story(self, article_id: str, *, days: int = 14, limit: int = 20) -> Story:
        """The articles of one developing story in the order of their dates.

        Links of an article to others of the same story are followed, and once more theirs.

        Args:
            article_id: an article of the story.
            days: how long before and after it the story may run; an article without a date sets
                no bound.
            limit: how many articles at most, the most closely linked ones.

        Raises:
            ArticleNotFoundError: there is no article of that id.
            QueryError: `days` is negative.
        """
        return self._neighbours.story(article_id, days, limit)

    def latest(
        self,
        *,
        region: Many = None,
        category: Many = None,
        source: Many = None,
        limit: int = 10,
        collapse: bool = True,
    ) -> list[Hit]:
        """The newest articles, of a region, category or source; undated ones come last.

        Copies of one text take one place, that of the newest, with the others in its
        `duplicates`; without `collapse` each takes its own.
        """
        return self.search(
            "",
            region=region,
            category=category,
            source=source,
            sort="newest",
            limit=limit,
            collapse=collapse,
        ).hits

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Completions of what is being typed, the most frequent first.

        Words and phrases of headlines, and names of provinces, kabupaten and kota that have
        articles. Words of no headline come last.

        Raises:
            QueryTooLargeError: the text or the limit passes a bound.
        """
        return self._searcher.suggest(prefix, limit)

    def get(self, article_id: str) -> Article:
        """An article as it is stored, its regions as codes.

        Raises:
            ArticleNotFoundError: there is none of that id.
        """
        stored = self._engine.get(article_id) if is_text(article_id) else None
        if stored is None:
            raise ArticleNotFoundError(article_id)
        return Article.from_dict(decode(stored))

    def articles(self) -> Iterator[Article]:
        """Every article of the index, in no particular order."""
        for stored in self._engine.stored():
            yield Article.from_dict(decode(stored))

    def stats(self) -> Stats:
        """What the index holds."""
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


def _iso(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"
