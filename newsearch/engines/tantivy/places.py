"""Where tantivy opens an index that it cannot lock, and who else may read what it writes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_OWN = (".tantivy-", ".tmp")
"""What the names of files begin with that are no part of an index."""


class Borrowed:
    """A directory of links to the files of an index on a file system that cannot be written.

    tantivy locks a file beside those that it opens, so that the writer deletes none meanwhile. The
    lock is taken here, where it keeps nobody from anything: an index that another machine writes to
    may lose a file while it is opened, and is then opened once more.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        from tempfile import TemporaryDirectory  # an index that can be locked needs none

        self._links = TemporaryDirectory(prefix="newsearch-", ignore_cleanup_errors=True)
        self.path = self._links.name
        self.renew()

    def renew(self) -> None:
        """Link the files that have come, and drop the links to those that are gone."""
        there = {name for name in os.listdir(self._directory) if not name.startswith(_OWN)}
        for name in there - set(os.listdir(self.path)):
            with suppress(FileExistsError):
                os.symlink(self._directory / name, os.path.join(self.path, name))
        for name in set(os.listdir(self.path)) - there:
            if not name.startswith(_OWN):
                with suppress(FileNotFoundError):
                    os.unlink(os.path.join(self.path, name))


def is_unwritable(error: BaseException) -> bool:
    """Whether tantivy could not write where an index is."""
    return "ReadOnly" in str(error) or "PermissionDenied" in str(error)


def share(directory: Path, names: Iterable[str]) -> None:
    """Let those read the files of an index who may read its directory.

    tantivy makes the files that it replaces at each commit readable for their owner alone, so that
    a web server could not read what an indexer of another user writes.
    """
    mode = directory.stat().st_mode & 0o666
    for name in names:
        # Not there, or another user's, who has done it.
        with suppress(OSError):
            os.chmod(directory / name, mode)
