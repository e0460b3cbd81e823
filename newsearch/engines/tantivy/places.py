"""Where tantivy opens an index that it cannot lock."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

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


def is_unwritable(error: Exception) -> bool:
    """Whether tantivy could not write where an index is."""
    return "ReadOnly" in str(error) or "PermissionDenied" in str(error)
