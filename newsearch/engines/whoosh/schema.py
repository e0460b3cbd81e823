"""What goes into a Whoosh index: its fields, and columns that load as a whole.

Whoosh's own numeric column reads a number at a time, and its column of shared values holds no more
than 65,535 of them. A search here runs over whole columns, so these load as one array.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from functools import cache
from typing import Any

import orjson
from whoosh import columns, fields, formats
from whoosh.filedb.structfile import StructFile

from newsearch.engines.base import KEYWORD_FIELDS, NUMBER_FIELDS, TEXT_FIELDS

NO_NUMBER = -(1 << 63)
"""What a column of numbers holds for an article that has none."""
POSITION_FIELDS = ("title_words", "words")
FACET_FIELDS = tuple(name for name in KEYWORD_FIELDS if name != "id")


def length_column(field: str) -> str:
    """The name of the column with the number of tokens of a text field."""
    return f"{field}_length"


@cache
def schema() -> fields.Schema:
    """The fields of `Entry` as Whoosh knows them."""
    made = fields.Schema()
    for name in TEXT_FIELDS:
        made.add(name, PositionTerms() if name in POSITION_FIELDS else Terms())
        made.add(length_column(name), fields.COLUMN(NumberColumn("I", 0)))
    for name in KEYWORD_FIELDS:
        made.add(name, Values(faceted=name in FACET_FIELDS))
    for name in NUMBER_FIELDS:
        made.add(name, fields.COLUMN(NumberColumn("q", NO_NUMBER)))
    for name in ("signature", "stored"):
        made.add(name, fields.COLUMN(columns.VarBytesColumn()))
    return made


class Terms(fields.FieldType):
    """Terms joined by blanks, with their frequencies as weights."""

    def __init__(self) -> None:
        self.format = formats.Existence()

    def index(
        self, value: str, **kwargs: Any
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each term with its frequency, twice, and what it holds besides."""
        for term, frequency in Counter(value.split(" ")).items():
            yield term.encode(), frequency, float(frequency), b""


class PositionTerms(Terms):
    """Terms joined by blanks, with their positions."""

    def __init__(self) -> None:
        super().__init__()
        self.format = formats.Positions()

    def index(
        self, value: str, **kwargs: Any
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each term with its frequency, twice, and its positions (`positions`)."""
        found: dict[str, list[int]] = {}
        for position, term in enumerate(value.split(" ")):
            found.setdefault(term, []).append(position)
        for term, places in found.items():
            yield term.encode(), len(places), float(len(places)), _little(array("I", places))


def positions(value: bytes) -> array[int]:
    """The positions of a term in an article, ascending."""
    return _array("I", value)


class Values(fields.FieldType):
    """Whole values, as terms and as a column to count them from."""

    def __init__(self, *, faceted: bool) -> None:
        self.format = formats.Existence()
        self.column_type = ValuesColumn() if faceted else None

    def index(
        self, value: Iterable[str], **kwargs: Any
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Each value once."""
        for one in dict.fromkeys(value):
            yield one.encode(), 1, 1.0, b""

    def to_column_value(self, value: Iterable[str]) -> Any:
        """The values as the column takes them."""
        return tuple(value)


class NumberColumn(columns.Column):
    """A number for each article, of a type that `array` has; one loads as such an array."""

    def __init__(self, typecode: str, default: int) -> None:
        self._typecode = typecode
        self._default = default

    def writer(self, dbfile: StructFile) -> columns.ColumnWriter:
        """See `whoosh.columns.Column`."""
        return _NumberWriter(dbfile, self._typecode, self._default)

    def reader(
        self, dbfile: StructFile, basepos: int, length: int, doccount: int
    ) -> columns.ColumnReader:
        """See `whoosh.columns.Column`."""
        return _LoadedReader(_array(self._typecode, dbfile.get(basepos, length)))


class ValuesColumn(columns.Column):
    """Some values for each article; each distinct combination of them is stored once."""

    _default = ()

    def writer(self, dbfile: StructFile) -> columns.ColumnWriter:
        """See `whoosh.columns.Column`."""
        return _ValuesWriter(dbfile)

    def reader(
        self, dbfile: StructFile, basepos: int, length: int, doccount: int
    ) -> columns.ColumnReader:
        """See `whoosh.columns.Column`."""
        data = dbfile.get(basepos, length)
        split = 4 * doccount
        return ValuesReader(_array("I", data[:split]), orjson.loads(data[split:]))


class _LoadedReader(columns.ColumnReader):
    def __init__(self, rows: array[int]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, docnum: int) -> Any:
        return self.rows[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def load(self) -> Any:
        """The whole column."""
        return self.rows


class ValuesReader(_LoadedReader):
    """`rows` points into `combinations`."""

    def __init__(self, rows: array[int], combinations: list[list[str]]) -> None:
        super().__init__(rows)
        self.combinations = [tuple(values) for values in combinations]

    def __getitem__(self, docnum: int) -> tuple[str, ...]:
        return self.combinations[self.rows[docnum]]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return map(self.combinations.__getitem__, self.rows)

    def load(self) -> Any:
        """The reader itself: it is loaded."""
        return self


class _NumberWriter(columns.ColumnWriter):
    def __init__(self, dbfile: StructFile, typecode: str, default: int) -> None:
        super().__init__(dbfile)
        self._rows = array(typecode)
        self._filler = array(typecode, [default])

    def fill(self, docnum: int) -> None:
        self._rows.extend(self._filler * (docnum - len(self._rows)))

    def add(self, docnum: int, value: int) -> None:
        self.fill(docnum)
        self._rows.append(value)

    def finish(self, docnum: int) -> None:
        self.fill(docnum)
        self._dbfile.write(_little(self._rows))


class _ValuesWriter(_NumberWriter):
    def __init__(self, dbfile: StructFile) -> None:
        super().__init__(dbfile, "I", 0)
        self._numbers: dict[tuple[str, ...], int] = {(): 0}

    def add(self, docnum: int, value: Any) -> None:
        super().add(docnum, self._numbers.setdefault(value, len(self._numbers)))

    def finish(self, docnum: int) -> None:
        super().finish(docnum)
        self._dbfile.write(orjson.dumps(list(self._numbers)))


def _array(typecode: str, data: bytes) -> array[int]:
    rows = array(typecode)
    rows.frombytes(data)
    if sys.byteorder == "big":
        rows.byteswap()
    return rows


def _little(rows: array[int]) -> bytes:
    if sys.byteorder == "big":
        rows = rows[:]
        rows.byteswap()
    return rows.tobytes()
