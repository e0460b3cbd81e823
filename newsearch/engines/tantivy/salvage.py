"""What can be read of the articles of a damaged tantivy index.

Each segment is opened by itself. Where that fails, its file of stored articles is opened with the
other files of a segment made for it of as many empty articles: stored articles are read by their
number alone. What is there besides is lost with the damaged file: which day a saved search saw it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import tantivy

from newsearch.engines.base import RawHit, Unreadable
from newsearch.engines.tantivy.writer import schema

_STATE = "meta.json"
_BUILD_HEAP = 15_000_000
"""What tantivy asks for at least."""


def salvage(directory: Path, copies: Mapping[str, bytes]) -> Iterator[RawHit | Unreadable]:
    """See `newsearch.engines.cores.CoreClass.salvage`."""
    meta = _meta(directory, copies)
    if meta is None:
        yield Unreadable(0, f"{directory / _STATE} is damaged, and so is its copy")
        return
    for segment in meta["segments"]:
        yield from _segment(directory, meta, segment)


def _meta(directory: Path, copies: Mapping[str, bytes]) -> dict[str, Any] | None:
    """What belongs to the commit; the copy first, for it carries a checksum."""
    for read in (partial(copies.__getitem__, _STATE), (directory / _STATE).read_bytes):
        try:
            meta: dict[str, Any] = orjson.loads(read())
            _ = [_name(segment) for segment in meta["segments"]]
            return meta
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return None


def _name(segment: Mapping[str, Any]) -> str:
    """What the names of a segment's files begin with."""
    name: str = segment["segment_id"].replace("-", "")
    numbers = [segment["max_doc"], *(segment.get("deletes") or {}).values()]
    if not name.isalnum() or not all(isinstance(number, int) for number in numbers):
        raise ValueError(f"{name!r} is no segment")
    return name


def _segment(
    directory: Path, meta: Mapping[str, Any], segment: Mapping[str, Any]
) -> Iterator[RawHit | Unreadable]:
    from tempfile import TemporaryDirectory  # an index that is whole needs none

    reason: BaseException | None = None
    for place in (_linked, _replaced):
        # A thread of tantivy's may look at the folder once more, and lock a file in it.
        with TemporaryDirectory(prefix="newsearch-", ignore_cleanup_errors=True) as folder:
            try:
                searcher = place(directory, Path(folder), meta, segment)
            except BaseException as error:
                if not _is_damage(error):
                    raise
                reason = reason or error
                continue
            yield from _articles(searcher, place is _linked)
            return
    living = segment["max_doc"] - (segment.get("deletes") or {}).get("num_deleted_docs", 0)
    yield Unreadable(living, f"segment {_name(segment)}: {reason}")


def _linked(
    directory: Path, folder: Path, meta: Mapping[str, Any], segment: Mapping[str, Any]
) -> tantivy.Searcher:
    """A segment with all of its files."""
    for path in directory.glob(f"{_name(segment)}.*"):
        os.symlink(path, folder / path.name)
    return _open(folder, {**meta, "segments": [segment]})


def _replaced(
    directory: Path, folder: Path, meta: Mapping[str, Any], segment: Mapping[str, Any]
) -> tantivy.Searcher:
    """A segment with its stored articles, and with its deletions where they can be read."""
    made = tantivy.Index(schema(), path=str(folder))
    made.config_reader(reload_policy="manual")
    writer = made.writer(heap_size=_BUILD_HEAP, num_threads=1)
    for _ in range(segment["max_doc"]):
        writer.add_document(tantivy.Document())
    writer.commit()
    writer.wait_merging_threads()
    there = orjson.loads((folder / _STATE).read_bytes())
    if len(there["segments"]) != 1:
        raise ValueError("too many articles to read them without the damaged file")
    name, fresh = _name(segment), there["segments"][0]
    store = folder / f"{_name(fresh)}.store"
    store.unlink()
    os.symlink(directory / f"{name}.store", store)
    deletes = segment.get("deletes")
    if deletes:
        suffix = f"{deletes['opstamp']}.del"
        os.symlink(directory / f"{name}.{suffix}", folder / f"{_name(fresh)}.{suffix}")
    try:
        return _open(folder, {**meta, "segments": [{**fresh, "deletes": deletes}]})
    except BaseException as error:
        if not deletes or not _is_damage(error):
            raise
        # Deleted articles come back rather than that all are lost.
        return _open(folder, {**meta, "segments": [fresh]})


def _open(folder: Path, meta: Mapping[str, Any]) -> tantivy.Searcher:
    (folder / _STATE).write_bytes(orjson.dumps(meta))
    index = tantivy.Index.open(str(folder))
    index.config_reader(reload_policy="manual")
    index.reload()
    return index.searcher()


def _articles(searcher: tantivy.Searcher, whole: bool) -> Iterator[RawHit | Unreadable]:
    every = tantivy.Query.all_query()
    count = searcher.num_docs
    found = searcher.search(every, limit=max(count, 1), count=False).hits
    for _, address in found:
        try:
            document = searcher.doc(address)
            stored: Any = document.get_first("stored")
            signature: Any = document.get_first("signature")
            hit = RawHit(0.0, bytes(stored), bytes(signature), _stamp(searcher, address, whole))
        except BaseException as error:
            if not _is_damage(error):
                raise
            yield Unreadable(1, str(error))
            continue
        yield hit


def _stamp(searcher: tantivy.Searcher, address: tantivy.DocAddress, whole: bool) -> int | None:
    if not whole:
        return None
    try:
        stamps: Any = searcher.fast_field_values("indexed", [address])
    except ValueError:
        return None
    found: int | None = stamps[0]
    return found


def _is_damage(error: BaseException) -> bool:
    # PyO3 derives the panic of Rust code from BaseException and exports no name for it.
    panicked = type(error).__name__ == "PanicException"
    return panicked or isinstance(error, (ValueError, OSError, TypeError))
