"""One transaction of a Whoosh index, and the commit that outlives a crash.

Whoosh does not sync its files. Here the segments are on the disk before the table of contents that
names them is put in place, and the commit is done when `commit.json` names that.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from newsearch.engines.base import NUMBER_FIELDS, TEXT_FIELDS, Entry
from newsearch.engines.manifest import sync_directory, write_file
from newsearch.engines.whoosh.guard import GuardedIndex, GuardedStorage
from newsearch.engines.whoosh.schema import length_column
from newsearch.engines.whoosh.snapshot import STATE_NAME, contents_name
from newsearch.errors import NewsIndexError

POOL_MEGABYTES = 256
"""What postings may hold in memory, as Whoosh reckons it, before they are sorted on the disk."""
MERGE_UP_TO = 2
"""A segment is merged into a new one that has at least one article for so many of its own."""
DEAD_SHARE = 0.5
"""A segment with more than this share of its articles deleted is written anew."""


class SyncedStorage(GuardedStorage):
    """A directory where a table of contents is put in place after all that it names."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Put a finished file in place; Whoosh does it with the table of contents alone."""
        for name in os.listdir(self.folder):
            if not name.endswith((".toc", "LOCK")):
                _sync(Path(self.folder) / name)
        _sync(Path(self.folder) / oldname)
        os.replace(Path(self.folder) / oldname, Path(self.folder) / newname)
        sync_directory(Path(self.folder))
        write_file(Path(self.folder) / STATE_NAME, {"contents": newname})

    def drop_orphans(self) -> None:
        """Delete contents that no commit has finished, which Whoosh would take for the last."""
        current = contents_name(Path(self.folder))
        for path in Path(self.folder).glob("*.toc"):
            if path.name != current:
                path.unlink()
        for path in Path(self.folder).glob("*.toc.*"):  # one that was being written
            path.unlink()


class WhooshWriter:
    """See `newsearch.engines.base.EngineWriter`."""

    def __init__(
        self, index: GuardedIndex, last_stamp: int, find: Callable[[str], tuple[int, int] | None]
    ) -> None:
        """A transaction after that of `last_stamp`; `find` is `Snapshot.find` of its commit."""
        codec = W3Codec()
        # Block statistics of lengths would serve Whoosh's scoring, which does not run here.
        codec.length_stats = False
        self._writer = SegmentWriter(index, codec=codec, limitmb=POOL_MEGABYTES, compound=False)
        self._find = find
        self._stamp = max(time.time_ns() // 1000, last_stamp + 1)
        # What this transaction did to an id: where it added it and with which stamp; None if
        # deleted.
        self._touched: dict[str, tuple[int, int] | None] = {}
        self._open = True
        self.rejected: list[tuple[str, str]] = []

    def close(self) -> None:
        """End the transaction."""
        self._open = False

    def expect(self, ids: Iterable[str]) -> None:
        """See `newsearch.engines.base.EngineWriter.expect`: each is looked up when it comes."""

    def add(self, entry: Entry) -> bool:
        """See `newsearch.engines.base.EngineWriter.add`."""
        old = self._delete(entry.id)
        stamp = entry.indexed or old or self._stamp
        docnum = self._writer.docnum
        try:
            self._writer.add_document(**_document(entry, stamp))
        except OSError as error:
            raise NewsIndexError(f"writing failed, nothing of it was committed: {error}") from error
        self._touched[entry.id] = docnum, stamp
        return old is not None

    def delete(self, article_id: str) -> bool:
        """See `newsearch.engines.base.EngineWriter.delete`."""
        return self._delete(article_id) is not None

    def _delete(self, article_id: str) -> int | None:
        """Delete an article; its stamp, or None if there is none of that id."""
        if not self._open:
            raise NewsIndexError("this writer's transaction has ended: open another")
        if article_id in self._touched:
            here = self._touched[article_id]
            if here is None:
                return None
            docnum, stamp = here
            # Whoosh deletes only what was there before; the new segment is asked itself.
            self._writer.newsegment.delete_document(docnum)
        else:
            found = self._find(article_id)
            if found is None:
                return None
            docnum, stamp = found
            self._writer.delete_document(docnum)
        self._touched[article_id] = None
        return stamp

    def commit(self) -> None:
        """Make it last."""
        self._writer.commit(mergetype=_merge)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._writer.cancel()


def _merge(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Which segments stay as they are; the others go into the new one.

    Sizes grow geometrically, so that an article is written anew as often as the logarithm of their
    number, and so many segments are searched.
    """
    stay = []
    merged = writer.doc_count()
    for segment in sorted(segments, key=_living):
        living = _living(segment)
        if not living:
            continue
        dead = segment.deleted_count() / segment.doc_count_all() > DEAD_SHARE
        if not dead and living > MERGE_UP_TO * merged:
            stay.append(segment)
            continue
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
        merged += living
    return stay


def _living(segment: Any) -> int:
    living: int = segment.doc_count_all() - segment.deleted_count()
    return living


def _document(entry: Entry, stamp: int) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": (entry.id,),
        "region": entry.regions,
        "author": entry.authors,
        "source": (entry.source,) if entry.source is not None else None,
        "category": (entry.category,) if entry.category is not None else None,
        "signature": entry.signature,
        "stored": zlib.compress(entry.stored, 1),
    }
    for name in TEXT_FIELDS:
        text = getattr(entry, name)
        if text:
            document[name] = text
            document[length_column(name)] = text.count(" ") + 1
    for name in NUMBER_FIELDS:
        document[name] = stamp if name == "indexed" else getattr(entry, name)
    return document


def _sync(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
