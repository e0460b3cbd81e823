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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from newsearch.engines import manifest as manifests
from newsearch.engines.base import (
    EngineWriter,
    FacetField,
    Filters,
    RawHit,
    RawResults,
    Reader,
    Shortlists,
    Sort,
    WordField,
    decode,
)
from newsearch.engines.lock import HOLDER_NAME, LOCK_NAME, hold
from newsearch.engines.manifest import Manifest
from newsearch.errors import (
    IndexCorruptError,
    IndexExistsError,
    IndexNotFoundError,
    IndexVersionError,
    NewsIndexError,
)

if TYPE_CHECKING:
    import whoosh.query as wq

CREATE_TIMEOUT = CHECK_TIMEOUT = 60.0
"""Seconds to wait for another writer before an index is made or checked."""
Stamp = tuple[tuple[int, int] | None, tuple[int, int] | None]
TRIES = 5
"""How often an index is read again that a rebuild moved away while it was being opened."""


class Core(Reader, Protocol):
    """An engine's own part of a local index: its files in one directory."""

    def reload(self) -> None:
        """See the latest commit."""

    def writer(self) -> AbstractContextManager[EngineWriter]:
        """One transaction; the caller holds the lock."""


class CoreClass(Protocol):
    """How a Core is made.

    Attributes:
        state_file: the name of the file in its directory that each commit replaces.
    """

    state_file: str

    def create(self, directory: Path) -> Core:
        """A new one in an empty directory."""

    def open(self, directory: Path) -> Core:
        """The one in a directory."""


class LocalEngine:
    """A local index: see `newsearch.engines.base.Engine` for what each method promises."""

    def __init__(self, directory: Path, manifest: Manifest, core_class: CoreClass) -> None:
        self.name = manifest.engine
        self.location = str(directory)
        self.directory: Path | None = directory
        self._directory = directory
        self._manifest = manifest
        self._core_class = core_class
        self._watched: dict[int, tuple[str, str]] = {}
        # The stamp first: a commit between the two is then seen by the next refresh.
        self._stamp = self._read_stamp(manifest)
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
        directory = directory.absolute()  # the program may change its working directory
        made = Manifest(engine=engine, fingerprint=fingerprint)
        data = made.data_directory(directory)
        _refuse_what_is_there(directory)
        try:
            directory.mkdir(parents=True, exist_ok=True)
            with hold(directory, CREATE_TIMEOUT):
                _refuse_what_is_there(directory)
                shutil.rmtree(data, ignore_errors=True)  # of a creation that was killed
                data.mkdir()
                core_class.create(data)
                manifests.save(directory, made)
        except (OSError, ValueError) as error:
            raise NewsIndexError(f"cannot make an index in {directory}: {error}") from error
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
        directory = directory.absolute()
        for _ in range(TRIES):
            found = cls._load(directory, fingerprint)
            try:
                return cls(directory, found, core_of(found.engine))
            except IndexCorruptError:
                # A rebuild of another process may have replaced what the manifest named.
                if manifests.load(directory) == found:
                    raise
        raise IndexCorruptError(f"{directory} is being rebuilt again and again: try later")

    @staticmethod
    def _load(directory: Path, fingerprint: str | None) -> Manifest:
        try:
            found = manifests.load(directory)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise IndexNotFoundError(
                f"no index at {directory}: make one with `newsearch --index {directory} index "
                "FILES…` or newsearch.create()"
            ) from error
        except (OSError, ValueError) as error:
            raise NewsIndexError(f"cannot read the index at {directory}: {error}") from error
        if fingerprint is not None and found.fingerprint != fingerprint:
            raise IndexVersionError(
                f"the index at {directory} was made by another analysis "
                f"({found.fingerprint}, now {fingerprint}): run "
                f"`newsearch --index {directory} rebuild`, which needs no sources"
            )
        return found

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

    def shortlists(self, query: wq.Query, filters: Sequence[Filters], limit: int) -> Shortlists:
        """See `Reader`."""
        return self._fresh().shortlists(query, filters, limit)

    def get(self, article_id: str) -> bytes | None:
        """See `Reader`."""
        return self._fresh().get(article_id)

    def doc_freq(self, field: str, term: str) -> int:
        """See `Reader`."""
        return self._fresh().doc_freq(field, term)

    def doc_freqs(self, field: str, terms: Iterable[str]) -> list[int]:
        """See `Reader`."""
        return self._fresh().doc_freqs(field, terms)

    def terms(
        self,
        prefix: str,
        limit: int,
        within: wq.Query | None = None,
        field: WordField = "words",
    ) -> list[tuple[str, int]]:
        """See `Reader`."""
        return self._fresh().terms(prefix, limit, within, field)

    def stored(self) -> Iterator[bytes]:
        """See `Reader`."""
        return self._fresh().stored()

    def every(self) -> Iterator[RawHit]:
        """See `Reader`."""
        return self._fresh().every()

    def matches(self, query: wq.Query, filters: Filters) -> Iterator[RawHit]:
        """See `Reader`."""
        return self._fresh().matches(query, filters)

    @property
    def last_stamp(self) -> int:
        """See `Reader`."""
        return self._fresh().last_stamp

    @property
    def count(self) -> int:
        """See `Reader`."""
        return self._fresh().count

    def _fresh(self) -> Core:
        """The engine's part, at the last commit of any process."""
        # Two stat calls (10 µs) a question; only a commit costs more.
        if self._read_stamp(self._manifest) != self._stamp:
            with self._refreshing:
                self._refresh()
        return self._core

    def _refresh(self) -> None:
        for _ in range(TRIES):
            found = self._load(self._directory, None)
            stamp = self._read_stamp(found)
            if stamp == self._stamp:
                return
            try:
                if found.generation == self._manifest.generation:
                    self._core.reload()
                else:
                    self._core = self._core_class.open(found.data_directory(self._directory))
            except IndexCorruptError:
                # Moved away by a rebuild in between; the manifest says where to.
                if self._load(self._directory, None) == found:
                    raise
            else:
                self._manifest, self._stamp = found, stamp
                return

    def _read_stamp(self, manifest: Manifest) -> Stamp:
        """What changes with every commit: the files that one replaces."""
        watched = self._watched.get(manifest.generation)
        if watched is None:
            # As text, made once: putting paths together takes longer than looking at the files.
            watched = self._watched[manifest.generation] = (
                os.fspath(self._directory / manifests.FILE_NAME),
                # The engine's own, in case the manifest could not be written after its commit.
                os.fspath(manifest.data_directory(self._directory) / self._core_class.state_file),
            )
        return _stamp(watched[0]), _stamp(watched[1])

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
        try:
            manifests.save(self._directory, replace(manifest, count=core.count))
        except OSError as error:
            raise NewsIndexError(
                f"the commit is in, but {self._directory / manifests.FILE_NAME} could not be "
                f"written: {error}"
            ) from error
        with self._refreshing:
            self._refresh()

    def _locked(self, timeout: float) -> AbstractContextManager[None]:
        return hold(self._directory, timeout)

    # Keeping

    def check(self) -> list[str]:
        """See `Engine`."""
        # Without other writers, whose commits would look like damage.
        with self._locked(CHECK_TIMEOUT):
            try:
                found = manifests.load(self._directory)
                core = self._core_class.open(found.data_directory(self._directory))
                readable = sum(1 for stored in core.stored() if decode(stored))
            except (NewsIndexError, OSError) as error:
                return [str(error)]
            if readable != core.count:
                return [f"{core.count - readable:,} of {core.count:,} articles are unreadable"]
        return []

    def size(self) -> int:
        """See `Engine`."""
        return sum(
            _size(os.path.join(folder, name))
            for folder, _, names in os.walk(self._directory)
            for name in names
        )

    def close(self) -> None:
        """See `Engine`."""


def _refuse_what_is_there(directory: Path) -> None:
    """Refuse a path that holds anything but what a creation that was killed left behind."""
    leftovers = {LOCK_NAME, HOLDER_NAME, Manifest("", "").data_directory(directory).name}
    try:
        names = set(os.listdir(directory))
    except FileNotFoundError:
        return
    except NotADirectoryError:
        names = {directory.name}
    except (OSError, ValueError) as error:
        raise NewsIndexError(f"cannot make an index in {directory}: {error}") from error
    if names - leftovers:
        raise IndexExistsError(
            f"{directory} is there already and is not overwritten: open it, or choose another path"
        )


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    # Such files are replaced, never written over: a new inode tells of a commit even where two
    # fall into one tick of the clock.
    return status.st_mtime_ns, status.st_ino


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except FileNotFoundError:  # merged away since it was listed
        return 0
