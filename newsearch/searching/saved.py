"""Searches that are kept beside an index, and up to where each was last asked.

```
indexes/berita/saved/banjir.json    {"query": "banjir", "options": {"region": ["18"]}, "seen": …}
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from newsearch.engines import Engine
from newsearch.engines.manifest import write_file
from newsearch.errors import NewsIndexError, SavedSearchError
from newsearch.interrupts import committed
from newsearch.results import Hit

FOLDER = "saved"
MAX_SAVED = 1_000
"""Searches beside one index."""
_NAME = re.compile(r"\w[\w-]{0,63}")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is asked again and again.

    Attributes:
        name: letters, digits, `_` and `-`.
        query: as typed.
        options: the filters and `match`, as `NewsIndex.search` takes them.
        seen: the stamp up to which its articles have been shown (`Reader.last_stamp`).
    """

    name: str
    query: str
    options: Mapping[str, Any] = field(default_factory=dict)
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What has come in for a saved search.

    Attributes:
        search: the saved search.
        hits: the articles, the newest first, read as they are asked for.
        until: the stamp up to which they came; give it to `NewsIndex.mark_seen`.
    """

    search: SavedSearch
    hits: Iterator[Hit]
    until: int


class SavedSearches:
    """Those of one index."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, search: SavedSearch, *, overwrite: bool) -> None:
        """Keep a search.

        Raises:
            SavedSearchError: its name is none, or taken and not to be overwritten.
            NewsIndexError: it cannot be written.
        """
        path = self._path(search.name)
        if path.exists() and not overwrite:
            raise SavedSearchError(
                f"there is a saved search {search.name!r} already: take another name, or delete it"
            )
        if len(self.names()) >= MAX_SAVED and not path.exists():
            raise SavedSearchError(f"there are {MAX_SAVED:,} saved searches already: delete some")
        fields = asdict(search)
        del fields["name"]
        try:
            path.parent.mkdir(exist_ok=True)
            write_file(path, fields)
        except OSError as error:
            raise NewsIndexError(f"cannot write {path}: {error}") from error
        committed()

    def load(self, name: str) -> SavedSearch:
        """A saved search.

        Raises:
            SavedSearchError: there is none of that name, or its file is damaged.
        """
        path = self._path(name)
        try:
            return SavedSearch(name, **orjson.loads(path.read_bytes()))
        except FileNotFoundError:
            known = ", ".join(self.names()[:20])
            others = f"those of this index are {known}" if known else "this index has none"
            raise SavedSearchError(f"no saved search {name!r}: {others}") from None
        except (OSError, ValueError, TypeError) as error:
            raise SavedSearchError(f"the saved search in {path} is damaged: {error}") from error

    def mark(self, name: str, seen: int) -> None:
        """Note that the articles up to a stamp have been shown; never takes that back."""
        saved = self.load(name)
        if seen > saved.seen:
            self.save(replace(saved, seen=seen), overwrite=True)

    def delete(self, name: str) -> None:
        """Forget a search.

        Raises:
            SavedSearchError: there is none of that name.
        """
        self.load(name)
        self._path(name).unlink(missing_ok=True)
        committed()

    def names(self) -> list[str]:
        """The names of all, in order."""
        return sorted(self._names())

    def _names(self) -> Iterator[str]:
        for path in self._folder().glob("*.json"):
            if _NAME.fullmatch(path.stem):
                yield path.stem

    def _path(self, name: str) -> Path:
        # As a file name it may have 255 bytes.
        if not isinstance(name, str) or not _NAME.fullmatch(name) or len(name.encode()) > 200:
            raise SavedSearchError(
                f"{name!r} is no name for a saved search: use 1 to 64 letters, digits, '_' and '-'"
            )
        return self._folder() / f"{name}.json"

    def _folder(self) -> Path:
        if self._engine.directory is None:
            raise SavedSearchError("searches are saved beside indexes in directories only")
        return self._engine.directory / FOLDER
