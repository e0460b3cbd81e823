"""The exceptions that newsearch raises, all under one root.

NewsearchError
├── ReadError                a source cannot be read at all
├── ArticleError             a record cannot become an Article      (also a ValueError)
├── QueryError               a search that cannot be run            (also a ValueError)
│   ├── QueryTooLargeError   a bound on length, clauses, nesting or page was passed
│   ├── InvalidDateError     a date that nobody can read
│   └── UnknownRegionError   a region that is not in the gazetteer  (has .suggestions)
│       └── AmbiguousRegionError   a name of several kecamatan or villages
├── SavedSearchError         no saved search of that name, or one that cannot be kept
├── ArticleNotFoundError     no article of that id in the index     (also a KeyError)
└── NewsIndexError           an index that cannot be used
    ├── IndexNotFoundError   nothing at that path
    ├── IndexExistsError     something is there already; it is never overwritten
    ├── IndexLockedError     another writer holds the index
    ├── IndexVersionError    built by another analysis or format: rebuild it
    └── IndexCorruptError    files are missing or damaged

Messages are one sentence for a person and, where there is one, the next step.
"""

from __future__ import annotations

from collections.abc import Sequence


class NewsearchError(Exception):
    """The root: catch it to catch everything newsearch raises on purpose."""


class ReadError(NewsearchError):
    """Raised when a source (file, folder, glob) cannot be read at all."""


class ArticleError(NewsearchError, ValueError):
    """Raised when a record cannot become an Article: a field is missing, too large or of no use."""


class QueryError(NewsearchError, ValueError):
    """Raised when a search cannot be run as asked: an unknown sort, facet, match or page."""


class SavedSearchError(NewsearchError):
    """Raised when there is no saved search of a name, or one cannot be kept under it."""


class QueryTooLargeError(QueryError):
    """Raised when a query passes a bound: its length, clauses, nesting or page."""


class InvalidDateError(QueryError):
    """Raised when a date in an argument or a query cannot be read."""


class UnknownRegionError(QueryError):
    """Raised when a region is neither a code, a name nor an alias of the gazetteer.

    Attributes:
        name: what was asked for.
        suggestions: up to five close names, best first.
    """

    def __init__(self, name: str, suggestions: Sequence[str] = ()) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        super().__init__(self._message())

    def __reduce__(self) -> tuple[type[UnknownRegionError], tuple[str, tuple[str, ...]]]:
        return type(self), (self.name, self.suggestions)

    def _message(self) -> str:
        if self.suggestions:
            return f"unknown region {self.name!r}; did you mean {'; '.join(self.suggestions)}?"
        return (
            f"unknown region {self.name!r}: give a province, kabupaten, kota or kecamatan by name, "
            "alias or Kemendagri code"
        )


class AmbiguousRegionError(UnknownRegionError):
    """Raised when several kecamatan or villages have that name; `suggestions` tell them apart."""

    def _message(self) -> str:
        return f"several regions are called {self.name!r}: write {'; or '.join(self.suggestions)}"


class ArticleNotFoundError(NewsearchError, KeyError):
    """Raised when an id is not in the index."""

    def __init__(self, article_id: str) -> None:
        self.article_id = article_id
        super().__init__(article_id)

    def __str__(self) -> str:
        return f"no article with id {self.article_id!r} in this index"


class NewsIndexError(NewsearchError):
    """Raised when an index cannot be used; each way has a class of its own below."""


class IndexNotFoundError(NewsIndexError):
    """Raised by open() when there is no index at the path."""


class IndexExistsError(NewsIndexError):
    """Raised by create() when the path already holds something; nothing is overwritten."""


class IndexLockedError(NewsIndexError):
    """Raised when another writer holds the index longer than the wait allows."""


class IndexVersionError(NewsIndexError):
    """Raised when an index was built by another format or analysis; rebuild it."""


class IndexCorruptError(NewsIndexError):
    """Raised when files of an index are missing or damaged."""
