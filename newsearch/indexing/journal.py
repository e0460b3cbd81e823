"""How far each source was read into an index: the notes of `newsearch index --resume`.

They stand beside the index in `newsearch.progress`, a line for each source that was finished or
that a commit interrupted; the last line about a source counts. They are written after the commit,
so that a crash between the two has some articles indexed twice, under the same ids.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes

import orjson

from newsearch.engines.manifest import sync_directory
from newsearch.errors import NewsIndexError
from newsearch.reading.sources import Source

FILE_NAME = "newsearch.progress"


class Note(NamedTuple):
    """How far a source was read.

    Attributes:
        identity: what it was then: size, time of change, names of fields.
        record: the number of the last record, or None at its end.
    """

    identity: tuple[Any, ...]
    record: int | None


class Journal:
    """The notes of one index, and those of this run that the next `save` adds."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE_NAME
        self._notes: dict[str, Note] = {}
        self._fresh: dict[str, Note] = {}
        self._source = ""
        self._identity: tuple[Any, ...] = ()
        self._torn = False
        self._load()

    def start(self, source: Source, field_map: Mapping[str, str]) -> int | None:
        """How many records of a source are in; None if it is finished.

        One that has changed since then is read from its beginning.
        """
        self._source = quote_from_bytes(os.fsencode(os.path.abspath(source.name)))
        self._identity = _identity(source, field_map)
        note = self._notes.get(self._source)
        return note.record if note is not None and note.identity == self._identity else 0

    def note(self, record: int) -> None:
        """A record of the source is in the transaction."""
        self._fresh[self._source] = Note(self._identity, record)

    def finish(self) -> None:
        """All of the source is in the transaction."""
        self._fresh[self._source] = Note(self._identity, None)

    def save(self) -> None:
        """Write what was noted since the last time to the disk; the transaction is committed.

        Raises:
            NewsIndexError: it cannot be written.
        """
        lines = [
            orjson.dumps([source, note.identity, note.record]) + b"\n"
            for source, note in self._fresh.items()
        ]
        try:
            with open(self._path, "ab", opener=_not_elsewhere) as file:
                file.writelines([b"\n" * self._torn, *lines])
                file.flush()
                os.fsync(file.fileno())
            sync_directory(self._path.parent)
        except OSError as error:
            raise NewsIndexError(
                f"the commit is in, but {self._path} could not be written: {error}"
            ) from error
        self._torn = False
        self._fresh.clear()

    def _load(self) -> None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise NewsIndexError(f"cannot read {self._path}: {error}") from error
        self._torn = not data.endswith(b"\n")
        for line in data.splitlines():
            try:
                source, identity, record = orjson.loads(line)
                if record is None or type(record) is int:
                    self._notes[source] = Note(_frozen(identity), record)
            except (ValueError, TypeError):
                continue  # the last line of a run that was killed, torn


def _not_elsewhere(path: str, flags: int) -> int:
    """Open a file, but none that a link in an index of somebody else points to."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _identity(source: Source, field_map: Mapping[str, str]) -> tuple[Any, ...]:
    try:
        status = os.stat(source.name)
    except OSError:
        return ()
    names = tuple(sorted(field_map.items()))
    return status.st_size, status.st_mtime_ns, names


def _frozen(identity: Any) -> tuple[Any, ...]:
    """As it was before JSON made lists of it."""
    size, changed, names = identity
    return size, changed, tuple(map(tuple, names))
