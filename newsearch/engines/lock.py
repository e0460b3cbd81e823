"""The lock of the one writer of a local index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from newsearch.engines.manifest import write_bytes
from newsearch.errors import IndexLockedError, NewsIndexError

LOCK_NAME = "newsearch.lock"
HOLDER_NAME = "newsearch.writer"


@dataclass(slots=True)
class Holding:
    """The lock, while it is held.

    Attributes:
        died: the writer before did not end well.
        settled: all is in order, whatever error this one ends with.
    """

    died: bool
    settled: bool = False


@contextmanager
def hold(directory: Path, timeout: float) -> Iterator[Holding]:
    """Hold the lock of an index; the system lets go of it when the process dies.

    The file with the holder's name is also the mark of a writer that does not end well: it is on
    the disk before anything else is written, and goes when all is in order.

    Raises:
        IndexLockedError: another writer held it for `timeout` seconds.
        NewsIndexError: the directory cannot be written.
    """
    # Imported here: a search never writes.
    import socket

    from filelock import FileLock, Timeout

    holder = directory / HOLDER_NAME
    lock = FileLock(directory / LOCK_NAME, timeout=timeout)
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexLockedError(
            f"another writer{_read_holder(holder)} holds {directory / LOCK_NAME}; waited "
            f"{timeout:g} seconds: try again when it is done"
        ) from error
    except OSError as error:
        raise NewsIndexError(f"cannot write to {directory}: {error}") from error
    try:
        holding = Holding(is_held(directory))
        try:
            write_bytes(holder, orjson.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
        except OSError as error:
            raise NewsIndexError(f"cannot write to {directory}: {error}") from error
        try:
            yield holding
            holding.settled = True
        finally:
            if holding.settled:
                with suppress(OSError):
                    holder.unlink(missing_ok=True)
    finally:
        lock.release()


def is_held(directory: Path) -> bool:
    """Whether a writer is at work, or one before did not end well."""
    return (directory / HOLDER_NAME).exists()


def _read_holder(path: Path) -> str:
    try:
        holder = orjson.loads(path.read_bytes())
        return f" (process {holder['pid']} on {holder['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
