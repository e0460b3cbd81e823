"""The lock of the one writer of a local index."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from newsearch.engines.manifest import write_bytes
from newsearch.errors import IndexLockedError, NewsIndexError

LOCK_NAME = "newsearch.lock"
HOLDER_NAME = "newsearch.writer"


@contextmanager
def hold(directory: Path, timeout: float) -> Iterator[bool]:
    """Hold the lock of an index; the system lets go of it when the process dies.

    Gives whether the writer before did not end well: it died, or its transaction failed. The file
    with the holder's name is the mark of that: it is on the disk before anything else is written,
    and goes when all is in order.

    Raises:
        IndexLockedError: another writer held it for `timeout` seconds.
        NewsIndexError: the directory cannot be written.
    """
    # Imported here: a search never writes.
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
        died = is_held(directory)
        try:
            write_bytes(holder, orjson.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
        except OSError as error:
            raise NewsIndexError(f"cannot write to {directory}: {error}") from error
        yield died
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
