"""NewsIndex: the one object through which articles go in and results come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from newsearch.article import Article, is_text, stored_article
from newsearch.engines import Sort, create_engine, decode, open_engine
from newsearch.errors import ArticleNotFoundError, NewsIndexError
from newsearch.fingerprint import fingerprint
from newsearch.neighbours import Neighbours

# What asks and what writes is imported where it begins: an index is opened in half of the time.
if TYPE_CHECKING:
    from newsearch.indexing.entries import ArticleWriter
    from newsearch.moving import CopyReport
    from newsearch.query import ParsedQuery
    from newsearch.query.filters import Many, When
    from newsearch.query.freshness import Fresh
    from newsearch.reading import Reader
    from newsearch.reports import AddReport, Stats
    from newsearch.results import Hit, SearchResults, Suggestion
    from newsearch.salvage import Salvage
    from newsearch.searching.saved import Arrivals, SavedSearch, SavedSearches
    from newsearch.searching.searcher import Match, Searcher

LOCK_TIMEOUT = 10.0
"""Seconds a writer waits for the writer before it."""


class NewsIndex(Neighbours):
    """An index of news articles; make one with `newsearch.create` or `newsearch.open`.

    One object serves many threads. It sees the commits of other processes by itself.
    """

    @cached_property
    def _searcher(self) -> Searcher:
        from newsearch.searching.searcher import Searcher

        return Searcher(self._engine)

    @cached_property
    def _saved(self) -> SavedSearches:
        from newsearch.searching.saved import SavedSearches

        return SavedSearches(self._engine)

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
            ArticleError: among them is something else.
        """
        from newsearch.indexing.adding import add, bytes_coming
        from newsearch.reading import Reader
        from newsearch.reports import AddReport

        report = AddReport()
        add(self._engine, articles, timeout, report, coming=bytes_coming(articles))
        if isinstance(articles, Reader):
            report.rejected.extend(articles.rejected)
            report.rejected_total += articles.rejected_total
        return report

    def resume(self, reader: Reader, timeout: float = LOCK_TIMEOUT) -> Iterator[AddReport]:
        """Add what a reader reads in several transactions, going on where a run before ended.

        Each step of the iterator is one transaction of 10,000 articles, and gives what this run
        has committed so far. How far each file was read is noted beside the index: files that were
        finished are passed over, those that have changed since are read from their beginning.

        Args:
            reader: of `newsearch.read`, from files.
            timeout: seconds to wait for another writer.

        Raises:
            IndexLockedError: another writer held the index for `timeout` seconds.
            NewsIndexError: the index is not in a directory, or something is read from standard
                input.
        """
        from newsearch.indexing.adding import add_onwards

        return add_onwards(self._engine, reader, timeout)

    @contextmanager
    def writer(self, timeout: float = LOCK_TIMEOUT) -> Iterator[ArticleWriter]:
        """A transaction: committed as a whole on a clean exit, rolled back on an exception.

        Raises:
            IndexLockedError: another writer held the index for `timeout` seconds.
        """
        from newsearch.indexing.entries import ArticleWriter
        from newsearch.interrupts import Whole

        transaction = self._engine.writer(timeout)
        with Whole(transaction, short=self._engine.directory is not None) as writer:
            yield ArticleWriter(writer)

    def delete(self, article_id: str) -> bool:
        """Delete an article; False if there is none of that id."""
        with self.writer() as writer:
            return writer.delete(article_id)

    def rebuild(self, timeout: float = LOCK_TIMEOUT, *, salvage: Salvage | None = None) -> int:
        """Analyse every stored article anew, into files that then replace the old ones.

        The old files stay until the new ones are whole. Returns the number of articles.

        Args:
            timeout: seconds to wait for another writer.
            salvage: the `salvage()` of this index: what it cannot read is left out and noted
                there, and the old files are kept, in a folder `unreadable-N`. Without it an
                article that cannot be read is an error, and nothing changes.

        Raises:
            IndexLockedError: another writer held the index for `timeout` seconds.
            IndexCorruptError: an article cannot be read, or a file is not as it was written.
        """
        from newsearch.indexing.adding import rebuild

        return rebuild(self._engine, timeout, salvage)

    def copy_to(self, target: NewsIndex, timeout: float = LOCK_TIMEOUT) -> Iterator[CopyReport]:
        """Copy every article and saved search into another index, of any engine.

        Each step of the iterator is one transaction, and gives what was done so far; a copy that
        was interrupted goes on where it was when it is run again. Articles that the target has
        and this index has not stay there.

        Args:
            target: an index of the present analysis; this one may be of an older.
            timeout: seconds to wait for another writer.

        Raises:
            IndexLockedError: another writer held the target for `timeout` seconds.
            NewsIndexError: the target is this index.
        """
        from newsearch.moving import copy

        if target._engine.location == self._engine.location:
            raise NewsIndexError(f"{self._engine.location} cannot be copied into itself")
        return copy(self._engine, target._engine, timeout)

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
        facets: str | Sequence[str] = (),
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
            facets: one or several of `newsearch.results.FACETS`; counted over all matches.
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
        from newsearch.query import make_filters
        from newsearch.query.freshness import half_life
        from newsearch.searching.searcher import Request

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
            (facets,) if isinstance(facets, str) else tuple(facets),
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
        from newsearch.query import make_filters

        filters = make_filters(
            region=region, since=since, until=until, source=source, category=category, author=author
        )
        found = self._searcher.export(query, filters, match)
        return (stored_article(decode(hit.stored)) for hit in found)

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
        from newsearch.searching.saved import SavedSearch

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
        from newsearch.query import make_filters
        from newsearch.searching.saved import Arrivals

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
        return stored_article(decode(stored))

    def articles(self) -> Iterator[Article]:
        """Every article of the index, in no particular order."""
        for stored in self._engine.stored():
            yield stored_article(decode(stored))

    def stats(self) -> Stats:
        """What the index holds."""
        from newsearch.reports import measure

        return measure(self._engine)

    def salvage(self) -> Salvage:
        """Every article that can be read, of a damaged index too: see `open`."""
        from newsearch.salvage import Salvage

        return Salvage(self._engine)

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


def open(path: str | Path, *, outdated: bool = False, damaged: bool = False) -> NewsIndex:
    """Open an index.

    Args:
        path: where it is.
        damaged: also open one whose files are damaged, for `check`, `salvage` and
            `rebuild(salvage=…)`; a search may be an IndexCorruptError.
        outdated: also open one made by an older analysis, so that it can be rebuilt; until
            then its searches miss what the analyses see differently.

    Raises:
        IndexNotFoundError: there is none.
        IndexVersionError: it was made by another analysis or format.
        IndexCorruptError: files are missing or damaged.
    """
    return NewsIndex(open_engine(path, None if outdated else fingerprint(), damaged=damaged))
