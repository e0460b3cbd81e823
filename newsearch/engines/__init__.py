"""Where terms live: engines behind one Protocol (`newsearch.engines.base.Engine`)."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from newsearch.engines.base import (
    Engine,
    EngineWriter,
    Entry,
    FacetField,
    Filters,
    RawHit,
    RawResults,
    Reader,
    Shortlists,
    Sort,
    WordField,
    decode,
    fold,
)
from newsearch.engines.local import CoreClass, LocalEngine
from newsearch.errors import NewsIndexError

__all__ = [
    "ENGINES",
    "Engine",
    "EngineWriter",
    "Entry",
    "FacetField",
    "Filters",
    "RawHit",
    "RawResults",
    "Reader",
    "Shortlists",
    "Sort",
    "WordField",
    "create_engine",
    "decode",
    "fold",
    "open_engine",
]

ENGINES = ("tantivy",)


def create_engine(location: str | Path, engine: str, fingerprint: str) -> Engine:
    """A new, empty index at a path.

    Raises:
        IndexExistsError: the path holds something already.
        NewsIndexError: there is no engine of that name, or the path cannot be written.
    """
    return LocalEngine.create(Path(location), engine, fingerprint, _core_class(engine))


def open_engine(location: str | Path, fingerprint: str | None) -> Engine:
    """The index at a path; a fingerprint of None opens one of any analysis (to rebuild it).

    Raises:
        IndexNotFoundError, IndexVersionError, IndexCorruptError: see `newsearch.errors`.
    """
    return LocalEngine.open(Path(location), fingerprint, _core_class)


def _core_class(engine: str) -> CoreClass:
    if engine == "tantivy":
        # Imported here, so that importing newsearch does not load every engine.
        from newsearch.engines.tantivy import TantivyCore

        return cast(CoreClass, TantivyCore)
    raise NewsIndexError(f"unknown engine {engine!r}; the engines are {', '.join(ENGINES)}")
