"""An index in a directory: the manifest, the lock of the one writer, generations of files.

```
indexes/berita/
  newsearch.json    the manifest; replaced in one step after each commit
  newsearch.lock    held by the writer
  newsearch.writer  who holds it; left behind, it says that a writer did not end well
  data-1/           the engine's files and their sums; a rebuild writes data-2 and then points the
                    manifest at it
  unreadable-1/     what a rebuild could not read all of
```

A writer holds the lock and its mark is on the disk; the engine's commit makes its articles visible,
in one step; sums and manifest follow; the mark goes. Whoever finds the mark does not take sums that
are behind the files for damage, and the next writer clears up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from newsearch.engines import manifest as manifests
from newsearch.engines import sums, upkeep
from newsearch.engines.base import (
    EngineWriter,
    RawHit,
    Unreadable,
    decode,
)
from newsearch.engines.cores import Core, CoreClass
from newsearch.engines.following import Following
from newsearch.engines.lock import HOLDER_NAME, LOCK_NAME, Holding, hold, is_held
from newsearch.engines.manifest import FileStamp, Manifest
from newsearch.errors import (
    IndexCorruptError,
    IndexExistsError,
    IndexNotFoundError,
    IndexVersionError,
    NewsIndexError,
)

CREATE_TIMEOUT = CHECK_TIMEOUT = 60.0
"""Seconds to wait for another writer before an index is made or checked."""
LOCAL_ENGINES = ("tantivy", "whoosh")
UNKNOWN = "unknown"
"""The fingerprint of an index whose manifest cannot be read."""
PAUSE = 0.01
PATIENCE = 30.0
"""Seconds for which an index is opened again that others change while it is being opened."""
Stamp = tuple[FileStamp | None, FileStamp | None]


class LocalEngine(Following):
    """A local index: see `newsearch.engines.base.Engine` for what each method promises."""

    def __init__(
        self,
        directory: Path,
        manifest: Manifest,
        stamp: Stamp,
        core_class: CoreClass,
        core: Core | IndexCorruptError,
    ) -> None:
        """An index that was opened; in place of a core that cannot be, the reason why."""
        self.name = manifest.engine
        self.location = str(directory)
        self.directory: Path | None = directory
        self._directory = directory
        self._manifest = manifest
        self._core_class = core_class
        self._watched: dict[int, tuple[str, str]] = {}
        self._stamp = stamp
        self._core = core
        self._refreshing = Lock()
        self._refused_since: float | None = None

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
                upkeep.delete_tree(data)  # of a creation that was killed
                data.mkdir()
                manifests.sync_directory(directory.parent)
                upkeep.note(directory, made, core_class, core_class.create(data))
        except (OSError, ValueError) as error:
            raise NewsIndexError(f"cannot make an index in {directory}: {error}") from error
        return cls.open(directory, None, lambda _: core_class)

    @classmethod
    def open(
        cls,
        directory: Path,
        fingerprint: str | None,
        core_of: Callable[[str], CoreClass],
        *,
        damaged: bool = False,
    ) -> LocalEngine:
        """The index in a directory; a fingerprint of None opens one of any analysis.

        Args:
            directory, fingerprint: see above.
            core_of: the name of an engine → its part.
            damaged: also open one whose files are damaged, for `salvage` and `check`.

        Raises:
            IndexNotFoundError: there is none.
            IndexVersionError: its terms were made by another analysis.
            IndexCorruptError: its files are missing or damaged.
        """
        directory = directory.absolute()
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                found, named = cls._load(directory, fingerprint)
            except IndexCorruptError:
                guess = cls._guess(directory, core_of) if damaged else None
                if guess is None:
                    raise
                found, named = guess
            core_class = core_of(found.engine)
            # The stamp first: a commit after it is then seen by the next refresh.
            state = found.data_directory(directory) / core_class.state_file
            stamp, behind = (named, _stamp(state)), is_held(directory)
            core: Core | IndexCorruptError
            try:
                if not damaged:
                    upkeep.verify(directory, found, core_class, behind=behind)
                core = core_class.open(found.data_directory(directory))
            except IndexCorruptError as error:
                now = _stamp(directory / manifests.FILE_NAME), _stamp(state)
                changed = now != stamp or is_held(directory) != behind
                if changed and time.monotonic() < deadline:
                    # Another process writes, or has replaced what the manifest named.
                    time.sleep(PAUSE)
                    continue
                if not damaged:
                    raise cls._told(directory, found, core_class, error) from error
                core = error
            return cls(directory, found, stamp, core_class, core)

    @staticmethod
    def _guess(
        directory: Path, core_of: Callable[[str], CoreClass]
    ) -> tuple[Manifest, FileStamp] | None:
        """What a damaged manifest said, as far as the files tell it; its analysis is not known."""
        stamp = _stamp(directory / manifests.FILE_NAME)
        generations = [
            int(path.name[5:]) for path in directory.glob("data-*") if path.name[5:].isdecimal()
        ]
        for generation in sorted(generations, reverse=True):
            for engine in LOCAL_ENGINES:
                made = Manifest(engine, UNKNOWN, generation)
                state = made.data_directory(directory) / core_of(engine).state_file
                if stamp and state.exists():
                    return made, stamp
        return None

    @staticmethod
    def _told(
        directory: Path, manifest: Manifest, core_class: CoreClass, error: IndexCorruptError
    ) -> IndexCorruptError:
        """The error, with the name of the file where the checksums tell it."""
        behind = is_held(directory)
        problems = upkeep.problems(directory, manifest, core_class, behind=behind)
        return upkeep.unreadable(directory, problems[0]) if problems else error

    @staticmethod
    def _load(directory: Path, fingerprint: str | None) -> tuple[Manifest, FileStamp]:
        try:
            found, stamp = manifests.load(directory)
        except (FileNotFoundError, NotADirectoryError) as error:
            advice = (
                f"make one with `newsearch --index {directory} index FILES…` or newsearch.create()"
            )
            if _holds_something(directory):
                advice = "it is something else, which is never overwritten: name another path"
            raise IndexNotFoundError(f"no index at {directory}: {advice}") from error
        except (OSError, ValueError) as error:
            raise NewsIndexError(f"cannot read the index at {directory}: {error}") from error
        if fingerprint is not None and found.fingerprint != fingerprint:
            raise IndexVersionError(
                f"the index at {directory} was made by another analysis "
                f"({found.fingerprint}, now {fingerprint}): run "
                f"`newsearch --index {directory} rebuild`, which needs no sources"
            )
        return found, stamp

    # Reading

    def _fresh(self) -> Core:
        """The engine's part, at the last commit of any process."""
        # Two stat calls (10 µs) a question; only a commit costs more.
        if self._read_stamp(self._manifest) != self._stamp:
            with self._refreshing:
                self._refresh()
        if isinstance(self._core, IndexCorruptError):
            raise self._core
        return self._core

    def _refresh(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            found, named = self._load(self._directory, None)
            # Before anything is read: what is committed after it is seen by the next refresh.
            stamp = named, self._read_stamp(found)[1]
            if stamp == self._stamp:
                return
            try:
                self._see(found)
            except IndexCorruptError:
                if self._read_stamp(found) == stamp or time.monotonic() > deadline:
                    raise
                # Moved away by a rebuild in between; the manifest says where to.
                time.sleep(PAUSE)
            except NewsIndexError:
                # As files that a writer of another user has not shared yet. What is open goes on.
                self._refused_since = self._refused_since or time.monotonic()
                if time.monotonic() - self._refused_since > PATIENCE:
                    raise
                return
            else:
                self._manifest, self._stamp, self._refused_since = found, stamp, None
                return

    def _see(self, found: Manifest) -> None:
        same = found.generation == self._manifest.generation
        if same and not isinstance(self._core, IndexCorruptError):
            self._core.reload()
        else:
            self._core = self._core_class.open(found.data_directory(self._directory))

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
    def writer(self, timeout: float, coming: int | None = None) -> Iterator[EngineWriter]:
        """See `Engine`."""
        with self._locked(timeout) as holding:
            core = self._fresh()
            sums.load(self._manifest.data_directory(self._directory))  # raises what check says
            try:
                with core.writer(coming) as writer:
                    yield writer
            except BaseException as error:
                self._settle(holding)
                if isinstance(error, MemoryError):
                    raise NewsIndexError(
                        "not enough memory, nothing of it was committed: write fewer articles at "
                        "once"
                    ) from error
                raise
            self._save(self._manifest, core)

    @contextmanager
    def rebuilder(
        self, timeout: float, fingerprint: str, lost: Sequence[Unreadable] | None = None
    ) -> Iterator[EngineWriter]:
        """See `Engine`."""
        with self._locked(timeout) as holding:
            old = self._current()
            if lost is None and not holding.died:
                upkeep.verify_all(self._directory, old, self._core_class)
            fresh = replace(
                old,
                generation=old.generation + 1,
                fingerprint=fingerprint,
            )
            data = fresh.data_directory(self._directory)
            # What a rebuild that died left behind; the manifest never pointed there.
            upkeep.delete_tree(data)
            try:
                data.mkdir()
                manifests.sync_directory(self._directory)
            except OSError as error:
                raise NewsIndexError(f"cannot write to {self._directory}: {error}") from error
            try:
                core = self._core_class.create(data)
                # An index is about as large as the articles in it.
                with core.writer(self.size()) as writer:
                    yield writer
            except BaseException:
                upkeep.delete_tree(data)
                holding.settled = not holding.died
                raise
            self._save(fresh, core)
            self._put_away(old, lost)

    def _put_away(self, old: Manifest, lost: Sequence[Unreadable] | None) -> None:
        data = old.data_directory(self._directory)
        if lost:
            with suppress(OSError):
                data.rename(self._directory / f"unreadable-{old.generation}")
        else:
            # Readers that still have the old files open keep them until they refresh.
            upkeep.delete_tree(data)

    def _save(self, manifest: Manifest, core: Core) -> None:
        try:
            upkeep.note(self._directory, manifest, self._core_class, core)
        except OSError as error:
            raise NewsIndexError(
                f"the commit is in, but {self._directory / manifests.FILE_NAME} could not be "
                f"written: {error}"
            ) from error
        with self._refreshing:
            self._refresh()

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[Holding]:
        try:
            upkeep.refuse_links(self._directory)
        except OSError as error:
            raise NewsIndexError(f"cannot write to {self._directory}: {error}") from error
        with hold(self._directory, timeout) as holding:
            # Without a mark too: it may be what was being written.
            with suppress(IndexCorruptError, OSError):
                upkeep.clear_up(self._directory, self._load(self._directory, None)[0])
            yield holding

    def _current(self) -> Manifest:
        try:
            return self._load(self._directory, None)[0]
        except IndexCorruptError:
            if self._manifest.fingerprint != UNKNOWN:
                raise
            return self._manifest

    def _settle(self, holding: Holding) -> None:
        """Note what a transaction that failed has left: the last commit, and the engine's notes."""
        with suppress(Exception):  # the error of the transaction is the one to be seen
            self._note()
            holding.settled = True

    def _note(self) -> None:
        found, _ = self._load(self._directory, None)
        core = self._core_class.open(found.data_directory(self._directory))
        upkeep.note(self._directory, found, self._core_class, core)

    # Keeping

    def check(self) -> list[str]:
        """See `Engine`."""
        if not os.access(self._directory, os.W_OK):  # nobody writes here, or not as this user
            return self._problems(behind=is_held(self._directory))
        try:
            # Without other writers, whose commits would look like damage.
            with self._locked(CHECK_TIMEOUT) as holding:
                if holding.died:
                    self._note()
                return self._problems(behind=False)
        except IndexCorruptError as error:
            return [str(error)]

    def _problems(self, *, behind: bool) -> list[str]:
        try:
            return self._found(behind)
        except (IndexCorruptError, OSError) as error:
            return [str(error)]

    def _found(self, behind: bool) -> list[str]:
        found, _ = self._load(self._directory, None)
        damaged = upkeep.problems(self._directory, found, self._core_class, behind=behind)
        if damaged:
            return [f"{one}: {upkeep.remedy(self._directory)}" for one in damaged]
        core = self._core_class.open(found.data_directory(self._directory))
        readable = sum(1 for stored in core.stored() if decode(stored))
        if readable != core.count:
            return [f"{core.count - readable:,} of {core.count:,} articles are unreadable"]
        return []

    def salvage(self) -> Iterator[RawHit | Unreadable]:
        """See `Engine`."""
        found = self._current()
        data, copies = found.data_directory(self._directory), upkeep.copies(self._directory, found)
        behind = is_held(self._directory)
        for one in upkeep.problems(self._directory, found, self._core_class, behind=behind):
            yield Unreadable(0, one)
        if data.is_dir():
            yield from self._core_class.salvage(data, copies)

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
    if {name for name in names if not sums.is_leftover(name)} - leftovers:
        raise IndexExistsError(
            f"{directory} is there already and is not overwritten: open it, or choose another path"
        )


def _stamp(path: str | Path) -> FileStamp | None:
    try:
        return manifests.file_stamp(os.stat(path))
    except OSError:
        return None


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except FileNotFoundError:  # merged away since it was listed
        return 0


def _holds_something(path: Path) -> bool:
    """Whether a path is a file, or a folder with something in it."""
    try:
        return path.is_file() or any(path.iterdir())
    except OSError:  # it is not there, or may not be looked into
        return path.exists()
