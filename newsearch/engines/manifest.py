"""`newsearch.json`: the small file beside an index that says what it is."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from newsearch.errors import IndexCorruptError, IndexVersionError

FILE_NAME = "newsearch.json"
FORMAT = 1
"""Raise it when the layout of the directory or the fields of an engine change."""


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

    def data_directory(self, directory: Path) -> Path:
        """Where the engine's files of this generation are."""
        return directory / f"data-{self.generation}"


def load(directory: Path) -> Manifest:
    """The manifest of the index in a directory.

    Raises:
        FileNotFoundError: there is none.
        IndexCorruptError: it cannot be read.
        IndexVersionError: it was written by another version of the format.
    """
    path = directory / FILE_NAME
    data = path.read_bytes()
    try:
        fields = orjson.loads(data)
        if fields["format"] != FORMAT:
            raise IndexVersionError(
                f"{directory} has index format {fields['format']}, this newsearch reads {FORMAT}: "
                "use the version that made it, or index the sources again into a new path"
            )
        return Manifest(**fields)
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise IndexCorruptError(f"{path} is damaged: {error}") from error


def save(directory: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step that survives a crash and a power loss."""
    write_file(directory / FILE_NAME, asdict(manifest))


def write_file(path: Path, fields: dict[str, Any]) -> None:
    """Write fields as JSON to a file that is the old or the new one, also after a crash.

    Raises:
        OSError: it cannot be written; the old one is untouched.
    """
    fresh = path.with_suffix(".tmp")
    with open(fresh, "wb") as file:
        file.write(orjson.dumps(fields, option=orjson.OPT_INDENT_2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
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
