"""`sums.txt`: size and CRC-32 of each file of an index, which neither engine would compare.

They are taken at each commit, right after the files were written. Opening an index compares the
sizes; `NewsIndex.check` reads every byte, so that a disk that flips a bit is found before a reader
stumbles over it.

```
9f2c41d0 4849 meta.json eyJpbmRleF9zZXR0aW5ncyI…    small files that say what belongs to a commit
3a90ee17 520 3f72b3e1c6d0….fast                     are copied, to read the rest without them
5d1b0a3f                                            the CRC-32 of the lines above
```
"""

from __future__ import annotations

import os
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsearch.engines.manifest import write_bytes
from newsearch.errors import IndexCorruptError

FILE_NAME = "sums.txt"
_BLOCK = 1 << 20
_NAME = re.compile(r"[\w.-]+|\.\./newsearch\.json")
"""A file of an engine, or the manifest: the sums may come from anywhere, and lead nowhere else."""
_MAX_COPY = 1 << 20
"""Bytes of a file that is copied into the sums."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a file was when it was written."""

    crc: int
    size: int
    copy: str = ""

    def content(self) -> bytes:
        """The copy of the file; empty where there is none."""
        return b64decode(self.copy)


Sums = dict[str, Sum]
"""By the name of the file in the directory of the engine, `../newsearch.json` among them."""


def save(
    directory: Path,
    *,
    segments: frozenset[str],
    replaced: frozenset[str],
    copied: frozenset[str],
    others: dict[str, bytes],
    quick: Callable[[Path], int | None],
) -> None:
    """Sum the files of a commit.

    Args:
        directory: with the engine's files.
        segments: what the names of the commit's other files begin with, up to their first point;
            those of a transaction that failed are still there, and may even grow.
        replaced: names and suffixes of files that commits may write anew; all others never
            change, and are not summed again, so that damage is not taken for the truth.
        copied: names and suffixes of those that are kept in the sums as well.
        others: contents of further files, that are about to be written.
        quick: the CRC-32 of a file where it is known without reading all of it.

    Raises:
        OSError: a file cannot be read, or the sums not be written.
        IndexCorruptError: the sums before are damaged.
    """
    known = load(directory)
    sums: Sums = {}
    for name, size in sorted(files(directory)):
        before = known.get(name)
        path = directory / name
        if _matches(name, replaced):
            copy = _matches(name, copied) and size <= _MAX_COPY
            content = b64encode(path.read_bytes()).decode() if copy else ""
            sums[name] = Sum(checksum(path), size, content)
        elif name.partition(".")[0] not in segments:
            continue
        elif before is not None and before.size == size:
            sums[name] = before
        else:
            found = quick(path)
            sums[name] = Sum(checksum(path) if found is None else found, size)
    for name, data in others.items():
        sums[name] = Sum(zlib.crc32(data), len(data))
    write_bytes(directory / FILE_NAME, _encode(sums))


def load(directory: Path) -> Sums:
    """The sums of the last commit; empty where nothing was summed yet.

    Raises:
        IndexCorruptError: they are damaged.
    """
    path = directory / FILE_NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    body, _, last = data.removesuffix(b"\n").rpartition(b"\n")
    try:
        if not data.endswith(b"\n") or last != b"%08x" % zlib.crc32(body + b"\n"):
            raise ValueError("its checksum is another")
        return dict(map(_decode, body.decode().splitlines()))
    except (ValueError, TypeError) as error:
        raise IndexCorruptError(
            f"{path} is damaged ({error}): `newsearch rebuild` writes everything anew"
        ) from error


def files(directory: Path) -> Iterator[tuple[str, int]]:
    """Name and size of each file that belongs to an index, as it is now."""
    with os.scandir(directory) as entries:
        for entry in entries:
            name = entry.name
            passing = name == FILE_NAME or is_leftover(name) or name.lower().endswith("lock")
            if not passing and _NAME.fullmatch(name) and entry.is_file():
                try:
                    yield name, entry.stat().st_size
                except FileNotFoundError:  # a merge took it away
                    continue


def is_leftover(name: str) -> bool:
    """Whether a file was being written by a process that died, or is so at this moment."""
    # Ours, and those of tantivy, which begin with a point.
    return name.endswith(".tmp") or name.startswith(".tmp")


def misfits(directory: Path, sums: Sums, *, ignored: Iterable[str] = (), some: bool) -> list[str]:
    """Files that are missing or of another size, a sentence each.

    Args:
        directory, sums: see `load`.
        ignored: names and suffixes of files that are not looked at.
        some: files may be missing.
    """
    found = []
    for name, expected in sums.items():
        if _matches(name, ignored):
            continue
        path = os.path.normpath(directory / name)
        try:
            size = os.stat(path).st_size
        except FileNotFoundError:
            if not some:
                found.append(f"{path} is missing")
            continue
        if size != expected.size:
            found.append(f"{path} has {size:,} bytes instead of {expected.size:,}")
    return found


def damaged(directory: Path, sums: Sums, *, ignored: Iterable[str] = (), some: bool) -> list[str]:
    """Files that are not as they were written, a sentence each; see `misfits`."""
    found = misfits(directory, sums, ignored=ignored, some=some)
    for name, expected in sums.items():
        if _matches(name, ignored):
            continue
        path = directory / name
        try:
            if path.stat().st_size == expected.size and checksum(path) != expected.crc:
                found.append(f"{os.path.normpath(path)} is damaged: its checksum is another")
        except FileNotFoundError:
            continue
        except OSError as error:
            found.append(f"{os.path.normpath(path)} cannot be read: {error.strerror}")
    return found


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    total = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            total = zlib.crc32(block, total)
    return total


def _matches(name: str, names: Iterable[str]) -> bool:
    return name in names or os.path.splitext(name)[1] in names


def _encode(sums: Sums) -> bytes:
    lines = (f"{one.crc:08x} {one.size} {name} {one.copy}".rstrip() for name, one in sums.items())
    body = "".join(f"{line}\n" for line in lines).encode()
    return body + b"%08x\n" % zlib.crc32(body)


def _decode(line: str) -> tuple[str, Sum]:
    crc, size, name, *copy = line.split(" ")
    if not _NAME.fullmatch(name) or len(copy) > 1:
        raise ValueError(f"{name!r} is no file of an index")
    return name, Sum(int(crc, 16), int(size), *copy)
