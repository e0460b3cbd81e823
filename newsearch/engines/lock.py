"""The lock of the one writer of a local index."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from newsearch.errors import IndexLockedError, NewsIndexError

LOCK_NAME = "newsearch.lock"
HOLDER_NAME = "newsearch.writer"


@contextmanager
def hold(directory: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of an index; the system lets go of it when the process dies.

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
        # Only for the message above: a full disk does not keep anybody from writing here.
        with suppress(OSError):
            holder.write_bytes(orjson.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _read_holder(path: Path) -> str:
    try:
        holder = orjson.loads(path.read_bytes())
        return f" (process {holder['pid']} on {holder['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
