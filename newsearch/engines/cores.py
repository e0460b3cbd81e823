"""What an engine of its own brings to an index in a directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from newsearch.engines.base import EngineWriter, RawHit, Reader, Unreadable


class Core(Reader, Protocol):
    """An engine's own part of a local index: its files in one directory."""

    def reload(self) -> None:
        """See the latest commit.

        Raises:
            IndexCorruptError: it cannot be read.
        """

    def segments(self) -> frozenset[str]:
        """What the names of the commit's files begin with, up to their first point."""

    def writer(self, coming: int | None = None) -> AbstractContextManager[EngineWriter]:
        """One transaction; the caller holds the lock. See `Engine.writer`."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Which files of an engine are what; by their names, or their suffixes (`.toc`).

    Attributes:
        replaced: those that commits may write anew; all others never change.
        copied: those of them that say what belongs to a commit, without which nothing can be read.
        verified: those that are read as a whole before an index is opened.
    """

    replaced: frozenset[str]
    copied: frozenset[str]
    verified: frozenset[str] = frozenset()


class CoreClass(Protocol):
    """How a Core is made.

    Attributes:
        state_file: the name of the file in its directory that each commit replaces.
        upkeep: what its files are.
    """

    state_file: str
    upkeep: Upkeep

    def create(self, directory: Path) -> Core:
        """A new one in an empty directory."""

    def open(self, directory: Path) -> Core:
        """The one in a directory.

        Raises:
            IndexCorruptError: it cannot be read.
        """

    def checksum(self, path: Path) -> int | None:
        """The CRC-32 of one of its files, where that is known without reading all of it."""

    def salvage(
        self, directory: Path, copies: Mapping[str, bytes]
    ) -> Iterator[RawHit | Unreadable]:
        """What can be read of the articles in a damaged directory, and what cannot.

        Args:
            directory: with the files.
            copies: of its files that are `copied`, by their names.
        """
