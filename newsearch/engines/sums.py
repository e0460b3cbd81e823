"""Checksums of an index's files, which neither tantivy-py nor Whoosh would compare.

They are taken at each commit, right after the files were written, and compared by
`NewsIndex.check`: a disk that flips a bit is found before a reader stumbles over it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from newsearch.engines.manifest import write_file

FILE_NAME = "sums.json"
_BLOCK = 1 << 20


def save(directory: Path, replaced: frozenset[str]) -> None:
    """Sum the files of a commit.

    Args:
        directory: with the engine's files.
        replaced: the names of files that commits write anew; all others never change, and are not
            summed again, so that damage is not taken for the truth.

    Raises:
        OSError: a file cannot be read, or the sums not be written.
    """
    known = load(directory)
    sums = {}
    for path in _files(directory):
        size = path.stat().st_size
        before = known.get(path.name)
        stays = before is not None and before[0] == size and path.name not in replaced
        sums[path.name] = before if stays else [size, checksum(path)]
    write_file(directory / FILE_NAME, {"crc32": sums})


def load(directory: Path) -> dict[str, list[int]]:
    """Name → size in bytes and CRC-32; empty where nothing was summed yet."""
    try:
        fields: dict[str, Any] = orjson.loads((directory / FILE_NAME).read_bytes())
        sums: dict[str, list[int]] = fields["crc32"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return sums


def damaged(directory: Path) -> list[str]:
    """Files that are not as they were written, a sentence each.

    A file that is missing is none of them: a commit that died before it summed its files may have
    merged it away, and an engine that needs it says so.
    """
    known = load(directory)
    return [
        f"{path} is damaged: restore a copy of the index"
        for path in _files(directory)
        if path.name in known and known[path.name] != [path.stat().st_size, checksum(path)]
    ]


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    total = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            total = zlib.crc32(block, total)
    return total


def _files(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.iterdir()):
        # Hidden files are notes of an engine to itself, changed whenever it likes.
        other = path.name == FILE_NAME or path.name.startswith(".")
        if not other and not path.name.lower().endswith("lock") and path.is_file():
            yield path
