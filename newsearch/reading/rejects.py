"""Rejected records as they came, in files that can be repaired and indexed again.

```
ditolak.jsonl          JSON records, a line each
ditolak.csv            rows behind their header; of another header in ditolak-2.csv, …
ditolak-pages/1.html   pages
ditolak.log            for each the place in these files, where it came from and why
```
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from newsearch.errors import ReadError

_ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".html", ".log")
"""Endings that give way to that of the records; any other is part of the name."""


class Shape(NamedTuple):
    """In which kind of file records can be read again.

    Attributes:
        ending: of that file; each page has a file of its own.
        header: the first line of a table.
    """

    ending: str
    header: bytes = b""


LINES = Shape(".jsonl")
TEXT_PAGE, HTML_PAGE = Shape(".txt"), Shape(".html")
Raw = Iterable[bytes]
"""The bytes of a record in pieces, so that a line of 1 GB need not be in memory."""


class Reject(Protocol):
    """Takes a record that is left out."""

    def __call__(self, line: int | None, reason: str, raw: Raw = (), shape: Shape = LINES) -> None:
        """Take the line (None where there are none), the reason, and the record as it came."""


class RejectFiles:
    """The files beside the one that was named; each is made when the first record comes.

    Attributes:
        files: the names of those written so far, without the log.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        named = Path(path)
        self._stem = named.with_suffix("") if named.suffix in _ENDINGS else named
        self._open: dict[Shape, _Appended] = {}
        self._log: _Appended | None = None
        self._page = 0
        self._begun = False
        self.files: list[str] = []

    @property
    def log(self) -> str:
        """The name of the file that says where each record came from, and why it is there."""
        return str(self._beside(".log"))

    def begin(self, *, append: bool) -> None:
        """Look whether the files can be made, before anything is read.

        Raises:
            ReadError: there is one already, and `append` is not asked for; or no such folder.
        """
        folder = self._stem.parent
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            raise ReadError(f"no folder {str(folder)!r} to write rejected records to")
        there = next(filter(os.path.lexists, self._names()), None)
        if there is not None and not (append or self._begun):
            raise ReadError(
                f"{str(there)!r} is there already and is not overwritten: move it, or name another "
                "file for the rejected records"
            )
        self._begun = True
        if there is not None:
            self._page = sum(1 for _ in self._pages().iterdir()) if self._pages().is_dir() else 0

    def write(self, raw: Raw, shape: Shape, came_from: str, reason: str) -> None:
        """Write one record, and a line about it.

        Raises:
            ReadError: it cannot be written, as on a full disk.
        """
        try:
            place = self._write(raw, shape)
            self._log = self._log or _Appended(self._beside(".log"))
            told = "\t".join((place, came_from, reason))
            self._log.write([" ".join(told.split("\n")).encode("utf-8", "replace")])
        except OSError as error:
            raise ReadError(f"rejected records cannot be written: {error}") from error

    def sync(self) -> None:
        """Bring what was written to the disk."""
        for file in self._all():
            file.sync()

    def close(self) -> None:
        """Close the files; what comes later is appended."""
        for file in self._all():
            file.close()
        self._open.clear()
        self._log = None

    def _write(self, raw: Raw, shape: Shape) -> str:
        """Write a record; the place where it stands, or '-' where its bytes are not known."""
        pieces = iter(raw)
        first = next(pieces, None)
        if first is None:
            return "-"
        pieces = chain([first], pieces)
        if shape.ending in (TEXT_PAGE.ending, HTML_PAGE.ending):
            return self._write_page(pieces, shape.ending)
        if shape == LINES:
            # An item over several lines becomes one; its ends of lines are blanks.
            pieces = (piece.rstrip(b"\r\n").replace(b"\n", b" ") for piece in pieces)
        file = self._open.get(shape)
        if file is None:
            file = self._open[shape] = self._file(shape)
        return f"{file.name}:{file.write(pieces)}"

    def _write_page(self, pieces: Raw, ending: str) -> str:
        self._pages().mkdir(exist_ok=True)
        self._page += 1
        path = self._pages() / f"{self._page}{ending}"
        with open(path, "xb") as file:
            file.writelines(pieces)
        if str(self._pages()) not in self.files:
            self.files.append(str(self._pages()))
        return str(path)

    def _file(self, shape: Shape) -> _Appended:
        """The file of a shape: of tables the first that has this header, or a new one."""
        for number in count(1):
            path = self._beside(f"-{number}{shape.ending}" if number > 1 else shape.ending)
            if not path.exists():
                break
            with open(path, "rb") as there:
                if there.read(len(shape.header)) == shape.header:
                    break
        file = _Appended(path, shape.header)
        if file.name not in self.files:
            self.files.append(file.name)
        return file

    def _all(self) -> list[_Appended]:
        return [*self._open.values(), *([self._log] if self._log else [])]

    def _names(self) -> Iterable[Path]:
        return (self._beside(".jsonl"), self._beside(".csv"), self._beside(".log"), self._pages())

    def _beside(self, ending: str) -> Path:
        return self._stem.with_name(self._stem.name + ending)

    def _pages(self) -> Path:
        return self._beside("-pages")


class _Appended:
    """A file of records, each on lines of its own, that is only ever appended to."""

    def __init__(self, path: Path, header: bytes = b"") -> None:
        self.name = str(path)
        with open(path, "ab") as made:
            fresh = made.tell() == 0
        with open(path, "rb") as there:
            self._line = sum(block.count(b"\n") for block in iter(lambda: there.read(1 << 20), b""))
        self._file: BinaryIO = open(path, "ab")  # noqa: SIM115 - until close()
        if header and fresh:
            self.write([header])

    def write(self, pieces: Raw) -> int:
        """Append a record; the line where it begins, from 1."""
        begins = self._line + 1
        last = b""
        for piece in pieces:
            self._file.write(piece)
            self._line += piece.count(b"\n")
            last = piece or last
        if not last.endswith(b"\n"):
            self._file.write(b"\n")
            self._line += 1
        return begins

    def sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()
