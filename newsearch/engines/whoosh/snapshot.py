"""One commit of a Whoosh index, held open: its segments, their postings and columns."""

from __future__ import annotations

import time
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from whoosh.reading import TermNotFound

from newsearch.engines.base import Memory, RawHit
from newsearch.engines.norms import length_bytes
from newsearch.engines.whoosh.guard import GuardedStorage, read_contents
from newsearch.engines.whoosh.schema import NO_NUMBER, ValuesReader, length_column, schema

STATE_NAME = "commit.json"
"""Names the table of contents of the last commit; replaced in one step."""
OPEN_TRIES = 20
OPEN_PAUSE = 0.05
"""Seconds between tries to open an index while another process replaces its files."""

Postings = tuple[Sequence[int], Sequence[float]]
"""Numbers of articles in a segment, ascending, and how often each holds the term."""


class Files:
    """What a segment keeps in its files, which never change.

    Files that are read later are opened at once: the next commit may take them away.
    """

    def __init__(self, storage: GuardedStorage, segment: Any) -> None:
        self.size: int = segment.doc_count_all()
        self.terms = segment.codec().terms_reader(storage, segment)
        self._articles = segment.codec().per_document_reader(storage, segment)
        columns = {name: field.column_type for name, field in schema().items()}
        self._columns: dict[str, Any] = {
            name: self._articles.column_reader(name, column)
            for name, column in columns.items()
            if column and self._articles.has_column(name)
        }
        self._length_bytes: dict[str, bytes] = {}

    def numbers(self, name: str) -> array[int]:
        """A column of numbers."""
        if name not in self._columns:
            return array("q", [NO_NUMBER]) * self.size
        rows: array[int] = self._columns[name].load()
        return rows

    def values(self, name: str) -> ValuesReader:
        """A column of values."""
        if name not in self._columns:
            return ValuesReader(array("I", [0]) * self.size, [[]])
        loaded: ValuesReader = self._columns[name].load()
        return loaded

    def data(self, name: str, number: int) -> bytes:
        """The bytes that a column holds for an article."""
        found: bytes = self._columns[name][number]
        return found

    def lengths(self, field: str) -> array[int]:
        """Tokens of each article in a text field."""
        name = length_column(field)
        return self.numbers(name) if name in self._columns else array("I", [0]) * self.size

    def length_bytes(self, field: str) -> bytes:
        """`lengths`, rounded to a byte (`newsearch.engines.norms`)."""
        if field not in self._length_bytes:
            self._length_bytes[field] = length_bytes(self.lengths(field))
        return self._length_bytes[field]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment in a snapshot.

    Attributes:
        base: what is added to its numbers of articles to tell them from those of other segments.
        deleted: the numbers of articles that are gone.
    """

    base: int
    files: Files
    deleted: frozenset[int]

    def postings(self, field: str, term: str) -> Postings:
        """The articles that hold a term, deleted ones among them."""
        matcher = self.matcher(field, term)
        numbers: list[int] = []
        weights: list[float] = []
        while matcher is not None and matcher.is_active():
            numbers.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return numbers, weights

    def positions(self, field: str, term: str) -> Iterator[tuple[int, bytes]]:
        """The articles that hold a term, and where."""
        matcher = self.matcher(field, term)
        while matcher is not None and matcher.is_active():
            yield matcher.id(), matcher.value()
            matcher.next()

    def terms(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms that begin with a prefix, and how many articles hold each."""
        start = encode(prefix)
        for (name, term), information in self.files.terms.items_from(field, start):
            if name != field or not term.startswith(start):
                return
            yield term.decode(), information.doc_frequency()

    def matcher(self, field: str, term: str) -> Any:
        """Whoosh's own reader of postings; None for a term that is not there."""
        try:
            return self.files.terms.matcher(field, encode(term), schema()[field].format)
        except (KeyError, TermNotFound):
            return None

    def doc_freq(self, field: str, term: str) -> int:
        """How many articles hold a term, deleted ones among them."""
        try:
            found: int = self.files.terms.doc_frequency(field, encode(term))
        except (KeyError, TermNotFound):
            return 0
        return found


def contents_name(directory: Path) -> str:
    """The file with the table of contents of the last commit."""
    name: str = orjson.loads((directory / STATE_NAME).read_bytes())["contents"]
    return name


def encode(term: str) -> bytes:
    """A term as Whoosh keeps it; what is no Unicode matches nothing."""
    return term.encode("utf-8", "replace")


class Snapshot:
    """The index as one commit left it."""

    def __init__(self, leaves: Sequence[Leaf], files: Mapping[str, Files]) -> None:
        self.leaves = leaves
        self.files = files
        self.memory = Memory()
        self.size = sum(leaf.files.size for leaf in leaves)
        self.count = self.size - sum(len(leaf.deleted) for leaf in leaves)

    @classmethod
    def open(cls, directory: Path, known: Mapping[str, Files] | None = None) -> Snapshot:
        """The last commit; files that are known by the name of their segment stay open.

        Raises:
            OSError: a file is missing or cannot be read.
        """
        storage = GuardedStorage(directory)
        for attempt in range(OPEN_TRIES):
            try:
                return cls._open(storage, known or {})
            except FileNotFoundError:
                # Another process committed, and took away what was about to be opened.
                if attempt == OPEN_TRIES - 1:
                    raise
                time.sleep(OPEN_PAUSE)
        raise AssertionError("unreachable")

    @classmethod
    def _open(cls, storage: GuardedStorage, known: Mapping[str, Files]) -> Snapshot:
        generation = int(contents_name(Path(storage.folder)).rpartition("_")[2].partition(".")[0])
        contents = read_contents(storage, generation)
        leaves, files, base = [], {}, 0
        for segment in contents.segments:
            name = segment.segment_id()
            files[name] = known[name] if name in known else Files(storage, segment)
            leaves.append(Leaf(base, files[name], frozenset(segment.deleted_docs())))
            base += segment.doc_count_all()
        return cls(leaves, files)

    def find(self, article_id: str) -> tuple[int, int] | None:
        """The number and the stamp of an article, or None."""
        for leaf in self.leaves:
            for number in leaf.postings("id", article_id)[0]:
                if number not in leaf.deleted:
                    return leaf.base + number, leaf.files.numbers("indexed")[number]
        return None

    def doc_freq(self, field: str, term: str) -> int:
        """How many articles hold a term, deleted ones among them."""
        return sum(leaf.doc_freq(field, term) for leaf in self.leaves)

    def hit(self, leaf: Leaf, number: int, score: float) -> RawHit:
        """An article of a segment."""
        return RawHit(
            score,
            zlib.decompress(leaf.files.data("stored", number)),
            leaf.files.data("signature", number),
        )

    def at(self, number: int) -> tuple[Leaf, int]:
        """The segment of an article, and its number there."""
        for leaf in reversed(self.leaves):
            if number >= leaf.base:
                return leaf, number - leaf.base
        raise IndexError(number)

    def living(self) -> Iterator[tuple[Leaf, int]]:
        """Every article."""
        for leaf in self.leaves:
            for number in range(leaf.files.size):
                if number not in leaf.deleted:
                    yield leaf, number

    @cached_property
    def last_stamp(self) -> int:
        """The greatest stamp of an article; 0 without one."""
        return max(
            (leaf.files.numbers("indexed")[number] for leaf, number in self.living()), default=0
        )
