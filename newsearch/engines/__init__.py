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
    Unreadable,
    WordField,
    decode,
    fold,
)
from newsearch.engines.cores import CoreClass
from newsearch.engines.local import LocalEngine
from newsearch.engines.opensearch import SCHEME
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
    "Unreadable",
    "WordField",
    "create_engine",
    "decode",
    "fold",
    "open_engine",
]

ENGINES = ("tantivy", "whoosh", "opensearch")


def create_engine(location: str | Path, engine: str, fingerprint: str) -> Engine:
    """A new, empty index at a path.

    Raises:
        IndexExistsError: the path holds something already.
        NewsIndexError: there is no engine of that name, or the path cannot be written.
    """
    if is_remote(location):
        from newsearch.engines.opensearch.engine import OpenSearchEngine

        return OpenSearchEngine.create(str(location), fingerprint)
    return LocalEngine.create(Path(location), engine, fingerprint, _core_class(engine))


def open_engine(location: str | Path, fingerprint: str | None, *, damaged: bool = False) -> Engine:
    """The index at a path; a fingerprint of None opens one of any analysis (to rebuild it).

    `damaged` opens one with damaged files too, to save what can be read.

    Raises:
        IndexNotFoundError, IndexVersionError, IndexCorruptError: see `newsearch.errors`.
    """
    if is_remote(location):
        from newsearch.engines.opensearch.engine import OpenSearchEngine

        return OpenSearchEngine.open(str(location), fingerprint)
    return LocalEngine.open(Path(location), fingerprint, _core_class, damaged=damaged)


def is_remote(location: str | Path) -> bool:
    """Whether a location is on a cluster."""
    return str(location).startswith(SCHEME)


def _core_class(engine: str) -> CoreClass:
    if engine == "tantivy":
        # Imported here, so that importing newsearch does not load every engine.
        from newsearch.engines.tantivy.core import TantivyCore

        return cast(CoreClass, TantivyCore)
    if engine == "whoosh":
        from newsearch.engines.whoosh.core import WhooshCore

        return cast(CoreClass, WhooshCore)
    if engine == "opensearch":
        raise NewsIndexError(f"an index on OpenSearch has a location {SCHEME}HOST:9200/NAME")
    raise NewsIndexError(f"unknown engine {engine!r}; the engines are {', '.join(ENGINES)}")
