"""`newsearch.json`: the small file beside an index that says what it is."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from newsearch.errors import IndexCorruptError, IndexVersionError

FILE_NAME = "newsearch.json"
FORMAT = 1
"""Raise it when the layout of the directory or the fields of an engine change."""

FileStamp = tuple[int, int]
"""When a file was written, and its inode."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index is.

    Attributes:
        engine: the name of its engine.
        fingerprint: the analysis that made its terms (`newsearch.language.fingerprint`).
        generation: which `data-N` directory holds the engine's files; a rebuild makes the next.
        count: how many articles it held at its last commit.
        format: of the directory (`FORMAT`).
    """

    engine: str
    fingerprint: str
    generation: int = 1
    count: int = 0
    format: int = FORMAT

    def __post_init__(self) -> None:
        # It may come from anywhere, and the generation becomes part of a path.
        for name in ("engine", "fingerprint"):
            if not isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is no text")
        for name in ("generation", "count"):
            if not isinstance(getattr(self, name), int) or getattr(self, name) < 0:
                raise TypeError(f"{name} is no number")

    def data_directory(self, directory: Path) -> Path:
        """Where the engine's files of this generation are."""
        return directory / f"data-{self.generation}"

    def encode(self) -> bytes:
        """The bytes of the file."""
        return encode(asdict(self))


def load(directory: Path) -> tuple[Manifest, FileStamp]:
    """The manifest of the index in a directory, and the stamp of the file that it was read from.

    Raises:
        FileNotFoundError: there is none.
        IndexCorruptError: it cannot be read.
        IndexVersionError: it was written by another version of the format.
    """
    path = directory / FILE_NAME
    with open(path, "rb") as file:
        # Of the file that is read, not of one that takes its place meanwhile.
        stamp = file_stamp(os.fstat(file.fileno()))
        data = file.read()
    try:
        fields = orjson.loads(data)
        if fields["format"] != FORMAT:
            raise IndexVersionError(
                f"{directory} has index format {fields['format']}, this newsearch reads {FORMAT}: "
                "use the version that made it, or index the sources again into a new path"
            )
        return Manifest(**fields), stamp
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise IndexCorruptError(
            f"{path} is damaged ({error}): restore a copy of the index, or run `newsearch --index "
            f"{directory} rebuild --salvage`, which makes it anew"
        ) from error


def save(directory: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step that survives a crash and a power loss."""
    write_bytes(directory / FILE_NAME, manifest.encode())


def file_stamp(status: os.stat_result) -> FileStamp:
    """What tells one version of a file that is replaced from the next.

    Such files are never written over: a new inode tells of a commit even where two fall into one
    tick of the clock.
    """
    return status.st_mtime_ns, status.st_ino


def encode(fields: dict[str, Any]) -> bytes:
    """Fields as JSON that people can read."""
    return orjson.dumps(fields, option=orjson.OPT_INDENT_2) + b"\n"


def write_file(path: Path, fields: dict[str, Any]) -> None:
    """Write fields as JSON: see `write_bytes`."""
    write_bytes(path, encode(fields))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that is the old or the new one, also after a crash.

    Raises:
        OSError: it cannot be written; the old one is untouched.
    """
    # A name that nobody can foresee, and never one that is there: in an index made by someone
    # else it could be a link to a file of the user's.
    fresh = path.with_name(f"{path.stem}-{os.urandom(4).hex()}.tmp")
    try:
        with open(fresh, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make renames in a directory durable; where directories cannot be synced, do nothing."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
