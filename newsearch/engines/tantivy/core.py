"""The default engine: tantivy, an inverted index in Rust with columns for facets and sorting."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import orjson
import tantivy

from newsearch.engines.base import (
    NO_FILTERS,
    FacetCounts,
    FacetField,
    Filters,
    Memory,
    RawHit,
    RawResults,
    Shortlists,
    Sort,
    WordField,
)
from newsearch.engines.cores import Upkeep
from newsearch.engines.machine import give_back_memory, refusal
from newsearch.engines.manifest import write_file
from newsearch.engines.tantivy.commit import NEWEST, Commit
from newsearch.engines.tantivy.counting import start_counting
from newsearch.engines.tantivy.damage import DamageNamed, is_failure, unreadable
from newsearch.engines.tantivy.export import addresses
from newsearch.engines.tantivy.footer import checksum
from newsearch.engines.tantivy.places import Borrowed, is_unwritable, share
from newsearch.engines.tantivy.salvage import salvage
from newsearch.engines.tantivy.writer import TantivyWriter, schema
from newsearch.errors import NewsIndexError

if TYPE_CHECKING:
    import whoosh.query as wq

NAME = "tantivy"

HEAP_BYTES = 256_000_000
"""What the indexing thread may hold before it writes a segment: some 80,000 articles. tantivy's own
default, half of it, makes eight segments of 320,000 articles and merges them, and a merge maps all
of them into memory: 1.1 GB for 500,000 articles."""
PARTED = 40_000_000
"""Bytes of articles from which on a transaction writes two segments at least: while the second and
last of them is written one core is idle, 3.2 s for 49,549 articles in one segment and 1.4 s for the
9,000 of them in the second. A search in two takes no longer; in four it takes a tenth more."""
PART = 1.2
"""Bytes to hold for each byte of such articles. 1.5 would hold all of them."""
LARGE = 10_000
"""Articles of a transaction after which what it held is given back to the system."""
BLOCK_BYTES = 12_288
"""Of stored articles that are compressed together. Ten hits of 49,549 articles are read in 148 µs;
in 8,192 bytes it takes 126 µs and 2.1 % of the JSON Lines more, in tantivy's own 16,384 it takes
171 and 1.3 % less, in 24,576 it takes 219 and 2.9 % less."""
END_BYTES = 65_536
"""Of each file that are read ahead when an index is opened."""
PAGE = 10_000
"""Articles whose addresses are fetched at once when all are read."""

Found = tuple[Any, tantivy.DocAddress]
"""What tantivy finds: the score, or what was sorted by, and where the article is."""
_ORDERS = {
    "newest": ("published", tantivy.Order.Desc),
    "oldest": ("published", tantivy.Order.Asc),
    "popular": ("views", tantivy.Order.Desc),
}


_reading = RLock()
"""Held while some articles of a page are read: for each tantivy-py lets other threads of Python
run, and those that read at once would only change places, 20 times a search instead of 9. A handler
of a signal may search meanwhile, in the same thread."""
READ_TOGETHER = 25
"""Articles that are read before another thread may: a page of 1,000 does not keep it waiting."""


def _read_anew() -> None:
    # Another thread of the process that was forked may have held it.
    global _reading
    _reading = RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_read_anew)


class TantivyCore:
    """A tantivy index in a directory; `newsearch.engines.local` adds the manifest and the lock."""

    state_file = "meta.json"
    upkeep = Upkeep(
        replaced=frozenset({state_file, ".managed.json", ".del"}), copied=frozenset({state_file})
    )
    checksum = staticmethod(checksum)
    salvage = staticmethod(salvage)

    def __init__(
        self, directory: Path, index: tantivy.Index, borrowed: Borrowed | None = None
    ) -> None:
        self._directory = directory
        self._damage = DamageNamed(directory)
        self._index = index
        self._borrowed = borrowed
        index.config_reader(reload_policy="manual")
        self.reload()

    @classmethod
    def create(cls, directory: Path) -> TantivyCore:
        """A new index in an empty directory."""
        tantivy.Index(schema(), path=str(directory), reuse=False)
        _set_block(directory / cls.state_file)
        share(directory, cls.upkeep.replaced)
        return cls(directory, tantivy.Index.open(str(directory)))

    @classmethod
    def open(cls, directory: Path) -> TantivyCore:
        """The index in a directory.

        Raises:
            IndexCorruptError: tantivy cannot read it.
        """
        _read_ahead(directory)
        try:
            return cls(directory, tantivy.Index.open(str(directory)))
        except BaseException as error:  # a panic is no Exception
            if not is_failure(error):
                raise
            if not is_unwritable(error):
                raise unreadable(directory, error) from error
        borrowed = Borrowed(directory)
        try:
            return cls(directory, tantivy.Index.open(borrowed.path), borrowed)
        except BaseException as error:
            if not is_failure(error):
                raise
            raise unreadable(directory, error) from error

    def reload(self) -> None:
        """See the latest commit.

        Raises:
            IndexCorruptError: it cannot be read.
        """
        with self._damage:
            if self._borrowed is not None:
                self._borrowed.renew()
            self._index.reload()
            self._commit = Commit(self._index.searcher())

    @contextmanager
    def writer(self, coming: int | None = None) -> Iterator[TantivyWriter]:
        """One transaction; the caller holds the lock of the index. See `Engine.writer`."""
        # One indexing thread: the other core analyses, and one thread writes fewer segments.
        with self._failure_named():
            writer = self._index.writer(heap_size=_heap(coming), num_threads=1)
        transaction = TantivyWriter(self._index, writer)
        try:
            yield transaction
            with self._failure_named():
                writer.commit()
            share(self._directory, self.upkeep.replaced)
        except BaseException:
            # What failed was the disk, most likely: its error is the one to be seen.
            with suppress(ValueError, OSError):
                writer.rollback()
                writer.garbage_collect_files()
            raise
        finally:
            # Also lets go of tantivy's own lock file.
            with suppress(ValueError, OSError):
                writer.wait_merging_threads()
            share(self._directory, self.upkeep.replaced)
            self.reload()
            transaction.close()
            if transaction.size >= LARGE:
                give_back_memory()

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
        """See `newsearch.engines.base.Reader.search`."""
        from newsearch.engines.tantivy.query import is_every

        commit = self._commit
        ranked = sort == "relevance" and limit > 0
        counted = _filtered(_asked(query, ranked=ranked and not facets), filters)
        with self._damage:
            counts = start_counting(commit.searcher, counted, facets)
            every = is_every(query) and filters == NO_FILTERS
            if every and sort == "newest" and offset + limit <= NEWEST:
                total, wanted = commit.searcher.num_docs, commit.newest[offset : offset + limit]
            else:
                asked = _filtered(_asked(query), filters) if ranked and facets else counted
                total, wanted = _search(commit.searcher, asked, sort, limit, offset)
            hits = _read(commit.searcher, wanted, scored=sort == "relevance")
        return RawResults(total, hits, partial(self._counted, counts))

    def _counted(self, counts: Callable[[], FacetCounts]) -> FacetCounts:
        with self._damage:
            return counts()

    def shortlists(self, query: wq.Query, filters: Sequence[Filters], limit: int) -> Shortlists:
        """See `newsearch.engines.base.Reader.shortlists`."""
        asked = _asked(query)
        searcher = self._commit.searcher
        addresses: dict[int, tantivy.DocAddress] = {}
        lists = []
        with self._damage:
            for one in filters:
                # Without a count tantivy passes over blocks that cannot reach the list.
                hits = searcher.search(_filtered(asked, one), limit=max(limit, 1), count=False).hits
                scores = {}
                for score, at in hits[:limit]:
                    key = (at.segment_ord << 32) + at.doc
                    scores[key], addresses[key] = score, at
                lists.append(scores)
            column = searcher.fast_field_values("published", list(addresses.values()))
        published: Any = dict(zip(addresses, column, strict=True))

        def fetch(key: int) -> RawHit:
            with self._damage:
                return _raw_hit(searcher, addresses[key], 0.0)

        return Shortlists(lists, published, fetch)

    def get(self, article_id: str) -> bytes | None:
        """See `newsearch.engines.base.Reader.get`."""
        searcher = self._commit.searcher
        query = tantivy.Query.term_query(schema(), "id", article_id, index_option="basic")
        with self._damage:
            found = searcher.search(query, limit=1, count=False).hits
            return _raw_hit(searcher, found[0][1], 0.0).stored if found else None

    def doc_freq(self, field: str, term: str) -> int:
        """See `newsearch.engines.base.Reader.doc_freq`."""
        known = self._commit.doc_freqs(field)
        if term in known:  # those of a word are asked for several times in a plan
            return known[term]
        with self._damage:
            return known[term]

    def doc_freqs(self, field: str, terms: Iterable[str]) -> list[int]:
        """See `newsearch.engines.base.Reader.doc_freqs`."""
        with self._damage:
            return list(map(self._commit.doc_freqs(field).__getitem__, terms))

    def terms(
        self,
        prefix: str,
        limit: int,
        within: wq.Query | None = None,
        field: WordField = "words",
    ) -> list[tuple[str, int]]:
        """See `newsearch.engines.base.Reader.terms`."""
        commit = self._commit
        with self._damage:
            if within is None:
                return commit.completions(field, prefix, limit)
            return commit.searcher.terms_with_prefix(field, prefix, _asked(within), limit)

    def stored(self) -> Iterator[bytes]:
        """See `newsearch.engines.base.Reader.stored`."""
        return (hit.stored for hit in self.every())

    def every(self) -> Iterator[RawHit]:
        """See `newsearch.engines.base.Reader.every`."""
        searcher = self._commit.searcher
        every = tantivy.Query.all_query()
        for offset in range(0, searcher.num_docs, PAGE):
            with self._damage:
                page = searcher.search(every, limit=PAGE, offset=offset, count=False).hits
                stamps = self._stamps(searcher, [address for _, address in page])
            for (_, address), stamp in zip(page, stamps, strict=True):
                with self._damage:
                    hit = _raw_hit(searcher, address, 0.0)._replace(indexed=stamp)
                yield hit

    def matches(self, query: wq.Query, filters: Filters) -> Iterator[RawHit]:
        """See `newsearch.engines.base.Reader.matches`."""
        searcher = self._commit.searcher
        asked = _filtered(_asked(query), filters)
        found = addresses(searcher, schema(), asked)
        while True:
            with self._damage:
                address = next(found, None)
                if address is None:
                    return
                hit = _raw_hit(searcher, address, 0.0)
            yield hit

    def _stamps(
        self, searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]
    ) -> Sequence[int | None]:
        try:
            stamps: Any = searcher.fast_field_values("indexed", addresses)
        except ValueError:  # an index of an analysis before stamps, which is being rebuilt
            return [None] * len(addresses)
        return list(stamps)

    def segments(self) -> frozenset[str]:
        """See `newsearch.engines.cores.Core.segments`."""
        meta = orjson.loads((self._directory / self.state_file).read_bytes())
        return frozenset(one["segment_id"].replace("-", "") for one in meta["segments"])

    @contextmanager
    def _failure_named(self) -> Iterator[None]:
        """Name a write that failed, as on a full disk, as such."""
        try:
            yield
        except (ValueError, OSError) as error:
            raise NewsIndexError(
                f"writing to {self._directory} failed, nothing of it was committed: "
                f"{refusal(error) or error}"
            ) from error

    @property
    def last_stamp(self) -> int:
        """See `newsearch.engines.base.Reader.last_stamp`."""
        return self._commit.last_stamp

    @property
    def count(self) -> int:
        """See `newsearch.engines.base.Reader.count`."""
        return self._commit.searcher.num_docs

    @property
    def memory(self) -> Memory:
        """See `newsearch.engines.base.Reader.memory`."""
        return self._commit.memory


def _read_ahead(directory: Path) -> None:
    """Have the system read the ends of all files, where tantivy looks when it opens them.

    It looks at one after the other and waits for the disk at each: where nothing is in memory that
    takes 120 ms of 500,000 articles, and so 4.
    """
    if not hasattr(os, "posix_fadvise"):  # not on macOS, not on Windows
        return
    # A file may be gone by now; what is wrong with another tantivy tells.
    with suppress(OSError):
        for path in list(directory.iterdir()):
            opened = os.open(path, os.O_RDONLY)
            try:
                start = max(0, os.fstat(opened).st_size - END_BYTES)
                os.posix_fadvise(opened, start, 0, os.POSIX_FADV_WILLNEED)
            finally:
                os.close(opened)


def _heap(coming: int | None) -> int:
    """Bytes that the indexing thread may hold, where so many bytes of articles come."""
    if coming is None or coming < PARTED:
        return HEAP_BYTES
    return min(int(coming * PART), HEAP_BYTES)


def _set_block(state: Path) -> None:
    """Have stored articles compressed in blocks of `BLOCK_BYTES`, in an index without any.

    It is a setting of each index that tantivy-py gives no name, so it is written where tantivy
    reads it from.
    """
    fields = orjson.loads(state.read_bytes())
    fields["index_settings"]["docstore_blocksize"] = BLOCK_BYTES
    write_file(state, fields)


def _asked(query: wq.Query, *, ranked: bool = True) -> tantivy.Query:
    """A question for tantivy; not ranked, one that has the same answers in less time."""
    # With whoosh.query it takes 20 ms to import, and an index is opened before it is asked.
    from newsearch.engines.tantivy.query import translate

    return translate(query, ranked=ranked)


def _search(
    searcher: tantivy.Searcher, asked: tantivy.Query, sort: Sort, limit: int, offset: int
) -> tuple[int, Sequence[Found]]:
    """How many there are, and where those of one page are."""
    # tantivy refuses a limit of 0; a page of one costs next to nothing.
    page = max(limit, 1)
    if sort == "relevance":
        found: Any = searcher.search(asked, limit=page, offset=offset)
    else:
        column, order = _ORDERS[sort]
        found = searcher.search(
            asked, limit=page, offset=offset, order_by_field=column, order=order
        )
    return found.count, found.hits[:limit]


def _read(searcher: tantivy.Searcher, wanted: Sequence[Found], *, scored: bool) -> list[RawHit]:
    hits: list[RawHit] = []
    for first in range(0, len(wanted), READ_TOGETHER):
        with _reading:
            hits += [
                _raw_hit(searcher, address, score if scored else 0.0)
                for score, address in wanted[first : first + READ_TOGETHER]
            ]
    return hits


def _raw_hit(searcher: tantivy.Searcher, address: tantivy.DocAddress, score: float) -> RawHit:
    document = searcher.doc(address)
    stored: Any = document.get_first("stored")
    signature: Any = document.get_first("signature")
    return RawHit(score=score, stored=bytes(stored), signature=bytes(signature))


def _filtered(query: tantivy.Query, filters: Filters) -> tantivy.Query:
    if filters == NO_FILTERS:
        return query
    clauses = [*_keyword_clauses(filters), *_date_clauses(filters)]
    # A constant score of 0 keeps a filter from ranking.
    silent = [tantivy.Query.const_score_query(clause, 0.0) for clause in clauses]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in (query, *silent)])


def _keyword_clauses(filters: Filters) -> Iterator[tantivy.Query]:
    for name in ("region", "source", "category", "author"):
        values: tuple[str, ...] = getattr(filters, name)
        if len(values) == 1:
            # A set of one takes 1.7 times as long: it is read whole before anything is skipped.
            yield tantivy.Query.term_query(schema(), name, values[0], index_option="basic")
        elif values:
            yield tantivy.Query.term_set_query(schema(), name, list(values))


def _date_clauses(filters: Filters) -> Iterator[tantivy.Query]:
    for column, first, last in (
        ("day", filters.first_day, filters.last_day),
        ("published", filters.since, filters.until),
        ("indexed", filters.first_stamp, filters.last_stamp),
    ):
        if first is not None or last is not None:
            number = tantivy.FieldType.Integer
            yield tantivy.Query.range_query(schema(), column, number, first, last)
