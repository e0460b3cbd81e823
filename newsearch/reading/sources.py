"""Paths, folders, glob patterns and '-' → the files to read, and what each of them holds."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from newsearch.errors import ReadError
from newsearch.reading.crawl import import_warcio
from newsearch.reading.markup import import_lxml
from newsearch.reading.streams import import_zstandard


class Kind(Enum):
    """What a source holds."""

    JSON_LINES = auto()
    JSON = auto()
    TABLE = auto()
    PAGE = auto()
    FEED = auto()
    CRAWL = auto()
    UNKNOWN = auto()


_KINDS = {
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".json": Kind.JSON,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".txt": Kind.PAGE,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xhtml": Kind.PAGE,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".xml": Kind.FEED,
    ".warc": Kind.CRAWL,
    ".wet": Kind.CRAWL,
}
HTML_ENDINGS = (".html", ".htm", ".xhtml")
_PACKED = (".gz", ".zst")
_PACKING = 3  # times that news becomes smaller
# What lies beside data in a folder and is no article.
_NOT_ARTICLES = frozenset({"readme", "license", "licence", "copying", "notice", "changelog"})
_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input.

    Attributes:
        name: the path as given or found; '-' for standard input.
        kind: what the name says it holds.
        size: bytes on the disk, or None for standard input.
    """

    name: str
    kind: Kind
    size: int | None

    @property
    def unpacked_size(self) -> int | None:
        """About the bytes that there will be to read; None for standard input."""
        packed = self.size is not None and self.name.lower().endswith(_PACKED)
        return self.size * _PACKING if self.size is not None and packed else self.size

    def open(self) -> BinaryIO:
        """The packed bytes; OSError as for open()."""
        if self.name != "-":
            return open(self.name, "rb")
        buffer: BinaryIO | None = getattr(sys.stdin, "buffer", None)
        return buffer if buffer is not None else BytesIO(sys.stdin.read().encode())


def find_sources(paths: Iterable[str | os.PathLike[str]]) -> list[Source]:
    """All files that the paths name, in order and each once.

    Raises:
        ReadError: a path that is not there or not readable, a pattern or folder without anything
            to read, a .zst, HTML or WARC file without its extra.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for source in _expand(os.fspath(path)):
            found.setdefault(source.name, source)
    if not found:
        raise ReadError("nothing to read; name a file, a folder, a pattern or '-'")
    if any(name.lower().endswith(".zst") for name in found):
        import_zstandard()
    if any(ending_of(name) in HTML_ENDINGS for name in found):
        import_lxml()
    if any(kind_of(name) is Kind.CRAWL for name in found):
        import_warcio()
    return list(found.values())


def kind_of(name: str) -> Kind:
    """What a file name says that the file holds."""
    return _KINDS.get(ending_of(name), Kind.UNKNOWN)


def ending_of(name: str) -> str:
    """The ending of a file name in small letters, without that of a packed file."""
    stem, ending = os.path.splitext(name.lower())
    return os.path.splitext(stem)[1] if ending in _PACKED else ending


def _expand(path: str) -> list[Source]:
    if path == "-":
        return [Source("-", Kind.UNKNOWN, None)]
    if "\0" in path or not os.path.lexists(path):
        return _match(path)
    if os.path.isdir(path):
        return _known(_walk(path)) or _nothing(f"the folder {path!r} has no file to read")
    return [_source(path)]


def _match(pattern: str) -> list[Source]:
    if "\0" in pattern or not _GLOB.intersection(pattern):
        raise ReadError(f"no such file or folder: {pattern!r}; check the path")
    matches = sorted(_glob(pattern))
    if not matches:
        raise ReadError(f"no file matches the pattern {pattern!r}")
    files: list[str] = []
    for match in matches:
        files.extend(_walk(match) if os.path.isdir(match) else [match])
    return _known(files) or _nothing(f"the pattern {pattern!r} matches no file to read")


def _glob(pattern: str) -> Iterator[str]:
    # Not glob.glob: its ** follows symbolic links, round and round where they make a circle.
    path = Path(pattern)
    base = Path(path.anchor)
    try:
        for match in base.glob(str(path.relative_to(base)) if path.anchor else pattern):
            if not match.name.startswith("."):
                yield str(match)
    except (ValueError, NotImplementedError) as error:  # '**x', or an empty pattern
        raise ReadError(f"cannot read the pattern {pattern!r}: {error}") from error


def _nothing(what: str) -> list[Source]:
    endings = ", ".join(_KINDS)
    raise ReadError(f"{what}; newsearch reads {endings}, each also with .gz or .zst")


def _known(files: Iterable[str]) -> list[Source]:
    return [_found(file) for file in files if _holds_articles(file)]


def _found(file: str) -> Source:
    """A file found in a folder; one that cannot be read is rejected when its turn comes."""
    try:
        size = os.stat(file).st_size
    except OSError:
        size = 0
    return Source(file, kind_of(file), size)


def _holds_articles(file: str) -> bool:
    stem = os.path.basename(file).partition(".")[0].lower()
    if kind_of(file) is Kind.UNKNOWN or stem in _NOT_ARTICLES:
        return False
    # A pipe or device in a folder would wait for a writer for ever.
    return os.path.isfile(file) or not os.path.exists(file)


def _walk(folder: str) -> Iterator[str]:
    """The files below a folder in the order of their names, without hidden ones and indexes."""
    for root, folders, files in os.walk(folder):
        if "newsearch.json" in files:  # an index: its articles came from somewhere else
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield os.path.join(root, name)


def _source(path: str) -> Source:
    try:
        status = os.stat(path)
    except OSError as error:
        raise ReadError(f"cannot read {path!r}: {error.strerror}") from error
    if not os.access(path, os.R_OK):
        raise ReadError(f"cannot read {path!r}: permission denied")
    # A pipe that is named may be read; nobody knows how much it will give.
    size = status.st_size if stat.S_ISREG(status.st_mode) else None
    return Source(path, kind_of(path), size)
