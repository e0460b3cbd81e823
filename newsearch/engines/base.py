"""What an engine is: the records that go in, the questions it answers, the Protocol.

Engines never see raw text and never analyse: terms come in and terms are asked for. That is why
the same query gives the same articles on all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar

import orjson

from newsearch.errors import IndexCorruptError

if TYPE_CHECKING:
    import whoosh.query as wq

Sort = Literal["relevance", "newest", "oldest", "popular"]
FacetField = Literal["region", "source", "category", "author", "month", "day"]

TEXT_FIELDS = ("title", "body", "title_words", "words", "title_phrases")
"""Fields of terms joined by blanks: `title` and `body` hold stems, the others surface words, and
`title_phrases` several joined as one term."""
KEYWORD_FIELDS = ("id", "region", "source", "category", "author")
"""Fields of whole values; source, category and author are folded (`fold`)."""
WordField = Literal["words", "title_words", "title_phrases"]
"""A field of surface words, whose terms a person can read."""
NUMBER_FIELDS = ("published", "month", "day", "views", "indexed")

MAX_FACET_VALUES = 10_000
"""Values of a facet that are counted; the gazetteer has 7,837 regions down to kecamatan."""
MAX_KEPT = 4_000
"""What a `Memory` keeps at most: of words of queries 11 MB, of names of regions 33."""

T = TypeVar("T")
_UNKNOWN = object()


@lru_cache(1_000)  # a few hundred outlets and sections stand in all articles
def fold(value: str) -> str:
    """A source, category or author as it is compared: lower-case, blanks single."""
    # What is no Unicode (a lone surrogate, of an argument in another encoding) matches nothing.
    return " ".join(value.casefold().encode("utf-8", "replace").decode().split())


def decode(stored: bytes) -> dict[str, Any]:
    """The record that `Entry.stored` holds.

    Raises:
        IndexCorruptError: it is damaged.
    """
    try:
        record: dict[str, Any] = orjson.loads(stored)
    except ValueError as error:
        raise IndexCorruptError(
            f"a stored article is damaged ({error}): restore a copy of the index, or index the "
            "sources again into a new path"
        ) from error
    return record


class Entry(NamedTuple):
    """What an engine stores for an article.

    A tuple, for it is made, and sent from process to process, for each article: a frozen
    dataclass takes 10 µs more for that.

    Attributes:
        id: the article's id.
        title, body: stems joined by blanks.
        title_words, words: surface words joined by blanks, of the title and of both.
        title_phrases: runs of words of the title as terms (`newsearch.language.analysis.Terms`).
        regions: codes with every ancestor, so that a province filter is one term.
        source, category, authors: folded.
        published: UTC epoch in seconds.
        month, day: in the article's own time zone, as 202306 and 20230614.
        views: 0 where unknown.
        signature: MinHash of the text.
        stored: the Article as JSON bytes.
        indexed: the stamp (`Reader.last_stamp`) of the transaction that brought the article; None
            for that of this one, or of the article that it replaces.
    """

    id: str
    title: str
    body: str
    title_words: str
    words: str
    title_phrases: str
    regions: tuple[str, ...]
    source: str | None
    category: str | None
    authors: tuple[str, ...]
    published: int | None
    month: int | None
    day: int | None
    views: int
    signature: bytes
    stored: bytes
    indexed: int | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What every hit must satisfy, without a say in its score.

    Values of one field are alternatives; the fields are ANDed. Bounds are included: days are
    numbers like `Entry.day`, `since` and `until` seconds like `Entry.published`, `first_stamp` and
    `last_stamp` like `Entry.indexed`.
    """

    region: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    first_day: int | None = None
    last_day: int | None = None
    since: int | None = None
    until: int | None = None
    first_stamp: int | None = None
    last_stamp: int | None = None


NO_FILTERS = Filters()


class RawHit(NamedTuple):
    """One match: its score (0.0 unless sorted by relevance), the stored JSON, the signature.

    `indexed` is the stamp of the article where `Reader.every` gives it, else None.
    """

    score: float
    stored: bytes
    signature: bytes
    indexed: int | None = None


FacetCounts = dict[FacetField, list[tuple[str | int, int]]]
"""For each field its values (a string, or a month or day as an integer) and how many articles have
each, the most frequent first and equal counts in the order of their values."""


@dataclass(frozen=True, slots=True)
class RawResults:
    """What an engine answers: how many match, one page of hits, counts over all matches.

    `counting` gives the counts, the same each time, and may have to wait for them: an engine may
    count while the hits are being dressed.
    """

    total: int
    hits: list[RawHit]
    counting: Callable[[], FacetCounts] = dict

    # Not a cached property: up to Python 3.11 one lock is held for those of all results, and
    # searches in several threads would wait for each other's counts.
    @property
    def facets(self) -> FacetCounts:
        """The counts over all matches."""
        return self.counting()


@dataclass(frozen=True, slots=True)
class Shortlists:
    """What one query finds under several filters, all of one state of an index.

    Attributes:
        lists: for each of the filters the scores of its best articles by key, best first. A key
            names an article in this answer only.
        published: of each article, as in `Entry`.
        fetch: key → the hit, its score 0.0.
    """

    lists: list[dict[int, float]]
    published: dict[int, int | None]
    fetch: Callable[[int], RawHit]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Articles of a damaged index that cannot be read.

    Attributes:
        count: how many; 0 where that is not known either.
        reason: why, for a person.
    """

    count: int
    reason: str


class Memory(dict[Hashable, Any]):
    """What was made of the answers of one state of an index, so that it is made once.

    Args:
        most: how much is kept; where there is more of it, it begins anew.
    """

    def __init__(self, most: int = MAX_KEPT) -> None:
        super().__init__()
        self._most = most

    def once(self, key: Hashable, make: Callable[..., T], *given: Any) -> T:
        """What `make` gives for `given`, remembered under a key."""
        value: Any = self.get(key, _UNKNOWN)
        made: T = self.keep(key, make(*given)) if value is _UNKNOWN else value
        return made

    def keep(self, key: Hashable, value: T) -> T:
        """Remember a value."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value


class EngineWriter(Protocol):
    """One transaction.

    Attributes:
        rejected: id and reason of each article that the engine did not take, when it has ended.
    """

    rejected: list[tuple[str, str]]

    def expect(self, ids: Iterable[str]) -> None:
        """Say which articles come next, so that an engine can look them up at once."""

    def add(self, entry: Entry) -> bool:
        """Add an article, replacing the one of the same id; True if there was one."""

    def delete(self, article_id: str) -> bool:
        """Delete an article; False if there is none of that id."""


class Reader(Protocol):
    """What can be asked of a committed state of an index."""

    def search(
        self,
        query: wq.Query,
        filters: Filters,
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[FacetField] = (),
    ) -> RawResults:
        """The articles that match, in the order asked for.

        Sorts but relevance put articles without a date (or views) last.
        """

    def shortlists(self, query: wq.Query, filters: Sequence[Filters], limit: int) -> Shortlists:
        """The `limit` best of a query under each of the filters, without reading the articles."""

    def get(self, article_id: str) -> bytes | None:
        """The stored JSON of an article, or None."""

    def doc_freq(self, field: str, term: str) -> int:
        """How many articles hold a term; those deleted since the last merge may count."""

    def doc_freqs(self, field: str, terms: Iterable[str]) -> list[int]:
        """`doc_freq` of each of many terms, at once."""

    def terms(
        self,
        prefix: str,
        limit: int,
        within: wq.Query | None = None,
        field: WordField = "words",
    ) -> list[tuple[str, int]]:
        """Surface words (or phrases) that begin with a prefix and how many articles hold each.

        The most frequent first, at most `limit`; counted among the articles that `within` finds.
        """

    def stored(self) -> Iterator[bytes]:
        """The stored JSON of every article, in no particular order."""

    def every(self) -> Iterator[RawHit]:
        """Every article in no particular order, its score 0.0, with its stamp."""

    def matches(self, query: wq.Query, filters: Filters) -> Iterator[RawHit]:
        """Every match, the newest first, undated ones last; scores are 0.0.

        All are of one commit, whatever is committed meanwhile, and few are in memory at once.
        """

    @property
    def last_stamp(self) -> int:
        """The stamp of the last transaction that brought an article that is here; 0 without one.

        Stamps are microseconds since 1970 of the beginning of a transaction, made greater than all
        before where the clock was not. So what comes in later has a greater one, even if the clock
        goes back or the transaction was open for long.
        """

    @property
    def count(self) -> int:
        """How many articles the index holds."""

    @property
    def memory(self) -> Memory:
        """Where to keep what is made of the answers; another one after the next commit.

        Ask for it before the questions: what is kept is then never older than it is taken for.
        """


class Engine(Reader, Protocol):
    """An index that can be read and written; `newsearch.engines` creates and opens them."""

    name: str
    location: str
    directory: Path | None
    """Where files can be kept beside the index; None for an index on other machines."""

    def current(self) -> Reader:
        """A reader of the last commit, for the questions that one search asks in a row.

        It does not look for a later commit at each of them.
        """

    def writer(
        self, timeout: float, coming: int | None = None
    ) -> AbstractContextManager[EngineWriter]:
        """A transaction: committed as a whole on a clean exit, rolled back on an exception.

        Args:
            timeout: seconds to wait for another writer.
            coming: about the bytes of all articles that will be added, where they are known.

        Raises:
            IndexLockedError: another writer held the index for `timeout` seconds.
        """

    def rebuilder(
        self, timeout: float, fingerprint: str, lost: Sequence[Unreadable] | None = None
    ) -> AbstractContextManager[EngineWriter]:
        """A transaction into an empty index that takes this one's place on a clean exit.

        The new index carries the fingerprint given. `lost` is what a salvage fills: where there is
        something in it at the end, the old files are kept. Without one, damage is an error.

        Raises:
            IndexCorruptError: a file is damaged.
        """

    def salvage(self) -> Iterator[RawHit | Unreadable]:
        """What can be read of the articles of a damaged index, and what cannot."""

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty when it is whole."""

    def size(self) -> int:
        """Bytes that the index takes."""

    def close(self) -> None:
        """Let go of files; the engine cannot be used afterwards."""
