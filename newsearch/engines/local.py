"""An index in a directory: the manifest, the lock of the one writer, generations of files.

```
indexes/berita/
  newsearch.json    the manifest; replaced in one step after each commit
  newsearch.lock    held by the writer
  newsearch.writer  who holds it, for the error message of the next
  data-1/           the engine's files; a rebuild writes data-2 and then points the manifest at it
```
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import orjson

from newsearch.engines import manifest as manifests
from newsearch.engines.base import (
    EngineWriter,
    FacetField,
    Filters,
    RawResults,
    Reader,
    Sort,
)
from newsearch.engines.manifest import Manifest
from newsearch.errors import (
    IndexCorruptError,
    IndexExistsError,
    IndexLockedError,
    IndexNotFoundError,
    IndexVersionError,
    NewsIndexError,
)

if TYPE_CHECKING:
    import whoosh.query as wq

LOCK_NAME = "newsearch.lock"
HOLDER_NAME = "newsearch.writer"


class Core(Reader, Protocol):
    """An engine's own part of a local index: its files in one directory."""

    def reload(self) -> None:
        """See the latest commit."""

    def writer(self) -> AbstractContextManager[EngineWriter]:
        """One transaction; the caller holds the lock."""


class CoreClass(Protocol):
    """How a Core is made."""

    def create(self, directory: Path) -> Core:
        """A new one in an empty directory."""

    def open(self, directory: Path) -> Core:
        """The one in a directory."""


class LocalEngine:
    """A local index: see `newsearch.engines.base.Engine` for what each method promises."""

    def __init__(self, directory: Path, manifest: Manifest, core_class: CoreClass) -> None:
        self.name = manifest.engine
        self.location = str(directory)
        self._directory = directory
        self._manifest = manifest
        self._core_class = core_class
        # The stamp first: a commit between the two is then seen by the next refresh.
        self._stamp = self._read_stamp()
        self._core = core_class.open(manifest.data_directory(directory))
        self._refreshing = Lock()

    @classmethod
    def create(
        cls, directory: Path, engine: str, fingerprint: str, core_class: CoreClass
    ) -> LocalEngine:
        """A new, empty index.

        Raises:
            IndexExistsError: the directory holds something already.
        """
        if directory.is_file() or (directory.is_dir() and any(directory.iterdir())):
            raise IndexExistsError(
                f"{directory} is there already and is not overwritten: "
                "open it, or choose another path"
            )
        made = Manifest(engine=engine, fingerprint=fingerprint)
        data = made.data_directory(directory)
        try:
            data.mkdir(parents=True)
        except OSError as error:
            raise NewsIndexError(f"cannot make an index in {directory}: {error}") from error
        core_class.create(data)
        manifests.save(directory, made)
        return cls(directory, made, core_class)

    @classmethod
    def open(
        cls,
        directory: Path,
        fingerprint: str | None,
        core_of: Callable[[str], CoreClass],
    ) -> LocalEngine:
        """The index in a directory; a fingerprint of None opens one of any analysis.

        Raises:
            IndexNotFoundError: there is none.
            IndexVersionError: its terms were made by another analysis.
            IndexCorruptError: its files are missing or damaged.
        """
        try:
            found = manifests.load(directory)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexNotFoundError(
                f"no index at {directory}: make one with `newsearch --index {directory} index "
                "FILES…` or newsearch.create()"
            ) from error
        except OSError as error:
            raise NewsIndexError(f"cannot read the index at {directory}: {error}") from error
        if fingerprint is not None and found.fingerprint != fingerprint:
            raise IndexVersionError(
                f"the index at {directory} was made by another analysis "
                f"({found.fingerprint}, now {fingerprint}): run "
                f"`newsearch --index {directory} rebuild`, which needs no sources"
            )
        data = found.data_directory(directory)
        if not data.is_dir():
            raise IndexCorruptError(f"{data}, which holds the terms of the index, is missing")
        return cls(directory, found, core_of(found.engine))

    # Reading

    def search(
        self,
        query: wq.Query,
        filters: Filters,
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[FacetField] = (),
    ) -> RawResults:
        """See `Reader`."""
        return self._fresh().search(
            query, filters, sort=sort, limit=limit, offset=offset, facets=facets
        )

    def get(self, article_id: str) -> bytes | None:
        """See `Reader`."""
        return self._fresh().get(article_id)

    def doc_freq(self, field: str, term: str) -> int:
        """See `Reader`."""
        return self._fresh().doc_freq(field, term)

    def terms(
        self, prefix: str, limit: int, within: wq.Query | None = None
    ) -> list[tuple[str, int]]:
        """See `Reader`."""
        return self._fresh().terms(prefix, limit, within)

    def stored(self) -> Iterator[bytes]:
        """See `Reader`."""
        return self._fresh().stored()

    @property
    def count(self) -> int:
        """See `Reader`."""
        return self._fresh().count

    def _fresh(self) -> Core:
        """The engine's part, at the last commit of any process."""
        # One stat call (2 µs) a question; only a commit costs more.
        if self._read_stamp() != self._stamp:
            with self._refreshing:
                self._refresh()
        return self._core

    def _refresh(self) -> None:
        stamp = self._read_stamp()
        if stamp == self._stamp:
            return
        found = manifests.load(self._directory)
        if found.generation == self._manifest.generation:
            self._core.reload()
        else:
            self._core = self._core_class.open(found.data_directory(self._directory))
        self._manifest, self._stamp = found, stamp

    def _read_stamp(self) -> tuple[int, int]:
        try:
            status = os.stat(self._directory / manifests.FILE_NAME)
        except OSError as error:
            raise IndexCorruptError(f"the index at {self._directory} is gone: {error}") from error
        # The manifest is replaced, never written over: a new inode tells of a commit even where
        # two fall into one tick of the clock.
        return status.st_mtime_ns, status.st_ino

    # Writing

    @contextmanager
    def writer(self, timeout: float) -> Iterator[EngineWriter]:
        """See `Engine`."""
        with self._locked(timeout):
            core = self._fresh()
            with core.writer() as writer:
                yield writer
            self._save(self._manifest, core)

    @contextmanager
    def rebuilder(self, timeout: float, fingerprint: str) -> Iterator[EngineWriter]:
        """See `Engine`."""
        with self._locked(timeout):
            self._fresh()
            old = self._manifest
            fresh = replace(
                old,
                generation=old.generation + 1,
                fingerprint=fingerprint,
            )
            data = fresh.data_directory(self._directory)
            # What a rebuild that died left behind; the manifest never pointed there.
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
            try:
                core = self._core_class.create(data)
                with core.writer() as writer:
                    yield writer
            except BaseException:
                shutil.rmtree(data, ignore_errors=True)
                raise
            self._save(fresh, core)
            # Readers that still have the old files open keep them until they refresh.
            shutil.rmtree(old.data_directory(self._directory), ignore_errors=True)

    def _save(self, manifest: Manifest, core: Core) -> None:
        manifests.save(self._directory, replace(manifest, count=core.count))
        with self._refreshing:
            self._refresh()

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[None]:
        # Imported here: a search never writes.
        from filelock import FileLock, Timeout

        holder = self._directory / HOLDER_NAME
        lock = FileLock(self._directory / LOCK_NAME, timeout=timeout)
        try:
            lock.acquire()
        except Timeout as error:
            raise IndexLockedError(
                f"another writer{_read_holder(holder)} holds {self._directory / LOCK_NAME}; waited "
                f"{timeout:g} seconds: try again when it is done"
            ) from error
        except OSError as error:
            raise NewsIndexError(f"cannot write to {self._directory}: {error}") from error
        try:
            holder.write_bytes(orjson.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    # Keeping

    def check(self) -> list[str]:
        """See `Engine`."""
        problems = []
        try:
            found = manifests.load(self._directory)
            core = self._core_class.open(found.data_directory(self._directory))
            readable = sum(1 for stored in core.stored() if orjson.loads(stored))
        except (NewsIndexError, OSError, ValueError) as error:
            return [str(error)]
        if found.count != core.count:
            problems.append(f"the manifest counts {found.count:,} articles, not {core.count:,}")
        if readable != core.count:
            problems.append(f"{core.count - readable:,} of {core.count:,} articles are unreadable")
        return problems

    def size(self) -> int:
        """See `Engine`."""
        return sum(path.stat().st_size for path in self._directory.rglob("*") if path.is_file())

    def close(self) -> None:
        """See `Engine`."""


def _read_holder(path: Path) -> str:
    try:
        holder = orjson.loads(path.read_bytes())
        return f" (process {holder['pid']} on {holder['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
