"""What can be read of the articles of a damaged Whoosh index."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment

from newsearch.engines.base import RawHit, Unreadable
from newsearch.engines.whoosh.guard import INDEX_NAME, GuardedStorage, read_contents
from newsearch.engines.whoosh.schema import schema

_CONTENTS = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc")


def salvage(directory: Path, copies: Mapping[str, bytes]) -> Iterator[RawHit | Unreadable]:
    """See `newsearch.engines.cores.CoreClass.salvage`."""
    storage = GuardedStorage(directory)
    segments = _contents(directory, copies)
    if segments is None:
        yield Unreadable(0, f"the table of contents in {directory} is damaged, and so is its copy")
        return
    for segment in segments:
        yield from _segment(storage, segment)


def _contents(directory: Path, copies: Mapping[str, bytes]) -> list[W3Segment] | None:
    """The segments of the commit; by the copy first, for it carries a checksum."""
    with TemporaryDirectory(prefix="newsearch-") as folder:
        for name, content in copies.items():
            if _CONTENTS.fullmatch(name):
                (Path(folder) / name).write_bytes(content)
        for place in (Path(folder), directory):
            names = filter(None, (_CONTENTS.fullmatch(path.name) for path in place.iterdir()))
            for number in sorted((int(name[1]) for name in names), reverse=True):
                try:
                    found: list[W3Segment] = read_contents(GuardedStorage(place), number).segments
                    return found
                except Exception:  # whatever Whoosh raises over damaged bytes
                    continue
    return None


def _segment(storage: GuardedStorage, segment: W3Segment) -> Iterator[RawHit | Unreadable]:
    deleted = set(segment.deleted_docs())
    living = [number for number in range(segment.doc_count_all()) if number not in deleted]
    try:
        stored = _column(storage, segment, "stored")
    except Exception as error:
        yield Unreadable(len(living), f"segment {segment.segment_id()}: {error}")
        return
    signatures, stamps = (_try_column(storage, segment, name) for name in ("signature", "indexed"))
    for number in living:
        try:
            content = zlib.decompress(stored[number])
        except Exception as error:
            yield Unreadable(1, f"segment {segment.segment_id()}: {error}")
            continue
        yield RawHit(0.0, content, _at(signatures, number) or b"", _at(stamps, number))


def _column(storage: GuardedStorage, segment: W3Segment, name: str) -> Any:
    reader = W3Codec().per_document_reader(storage, segment)
    return reader.column_reader(name, schema()[name].column_type)


def _try_column(storage: GuardedStorage, segment: W3Segment, name: str) -> Any:
    try:
        return _column(storage, segment, name)
    except Exception:
        return None


def _at(column: Any, number: int) -> Any:
    try:
        return column[number]
    except Exception:
        return None
