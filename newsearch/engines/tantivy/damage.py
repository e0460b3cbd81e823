"""What tantivy says of files that are damaged, and of a machine that refuses → our errors."""

from __future__ import annotations

from pathlib import Path

from newsearch.engines.machine import refusal
from newsearch.errors import IndexCorruptError, NewsIndexError


class DamageNamed:
    """Names damaged files as such: tantivy says it with a ValueError or a panic.

    A class, since a search enters one twenty times, and a generator takes longer to enter.
    """

    __slots__ = ("_directory",)

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        if not is_failure(error):
            return
        refused = refusal(error)
        if refused:
            raise NewsIndexError(f"{self._directory} cannot be read: {refused}") from error
        raise IndexCorruptError(
            f"files in {self._directory} are damaged ({error}): restore a copy, or index the "
            "sources again into a new path"
        ) from error


def is_failure(error: BaseException) -> bool:
    """Whether it is tantivy that failed: with a ValueError, an OSError or a panic."""
    # PyO3 derives the panic of Rust code from BaseException and exports no name for it.
    panicked = type(error).__name__ == "PanicException"
    return panicked or isinstance(error, (ValueError, OSError))


def unreadable(directory: Path, error: BaseException) -> NewsIndexError:
    """The error to raise where the index in a directory cannot be opened."""
    refused = refusal(error)
    if refused:
        return NewsIndexError(f"the index in {directory} cannot be opened: {refused}")
    return IndexCorruptError(
        f"the index in {directory} cannot be read ({error}): restore a copy, or index the sources "
        "again into a new path"
    )
