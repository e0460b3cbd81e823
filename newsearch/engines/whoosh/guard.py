"""Whoosh's files, read so that they cannot run code.

Whoosh keeps postings, term dictionaries and its table of contents as pickles, and a pickle may name
any function of any module and have it called. Those of a Whoosh index hold numbers, bytes, strings,
tuples, lists, sets and dictionaries only, but for the segments in the table of contents. So here
everything is read by an unpickler that looks no name up: whoever made the index, no function of a
module is ever within its reach. Segments come as records without behaviour, and are made
anew from what they hold when that is of the right type.
"""

from __future__ import annotations

import os
import pickle
import re
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any

from whoosh.codec import whoosh3
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3Segment, W3TermInfo
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import _CURRENT_TOC_VERSION, TOC, FileIndex

from newsearch.engines.whoosh.schema import schema
from newsearch.errors import IndexCorruptError

INDEX_NAME = "MAIN"
"""Whoosh's own name for the one index of a directory."""
_SEGMENT_ID = re.compile(r"[0-9a-z]{1,32}")
_BYTE_ORDER = -12345
_EXTENSIONS = (pickle.EXT1, pickle.EXT2, pickle.EXT4)


_NAMING = re.compile(
    b"[" + b"".join((pickle.GLOBAL, pickle.INST, pickle.STACK_GLOBAL, *_EXTENSIONS)) + b"]"
)
"""The operations of a pickle that find a class or function."""
_BYTES = {("_codecs", "encode"): str.encode, ("__builtin__", "bytes"): bytes}
"""How a pickle of protocol 2 writes bytes: as a call with text, or without any for none. What is
called here can be changed by no pickle, and makes text into bytes only."""


_RECORDS: dict[tuple[str, str], type] = {
    (W3Codec.__module__, "W3Codec"): object,
    (W3Segment.__module__, "W3Segment"): object,
    ("collections", "defaultdict"): dict,
    ("builtins", "int"): object,
}
"""What a table of contents names, and what stands for it here."""


class _Plain(pickle.Unpickler):
    """Reads data, and refuses every name of a class or function."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse, but for the two names that stand for bytes."""
        if (module, name) in _BYTES:
            return _BYTES[module, name]
        raise pickle.UnpicklingError(
            f"{module}.{name} in a pickle of an index: it was made to run code"
        )


class _Records(_Plain):
    """Reads the table of contents, the one place where Whoosh stores objects."""

    def find_class(self, module: str, name: str) -> Any:
        """A class of its own for each, so that nothing that outlives the reading is touched."""
        if (module, name) in _RECORDS:
            kind = _RECORDS[module, name]
            return type(name, (kind,), {"__init__": lambda self, *ignored: None})
        return super().find_class(module, name)


def plain(data: bytes) -> Any:
    """The data of a pickle."""
    # Without the bytes of these operations there are no names to look up: an eighth of the time.
    if not _NAMING.search(data):
        return pickle.loads(data)
    # A reader that peeks saves four fifths of the time over one that does not.
    return _Plain(BufferedReader(BytesIO(data))).load()


class GuardedFile(StructFile):
    """A file whose pickles are read as data."""

    def read_pickle(self) -> Any:
        """See `StructFile`."""
        return _Plain(self.file).load()

    def read_records(self) -> Any:
        """A pickle with segments."""
        return _Records(self.file).load()


class GuardedStorage(FileStorage):
    """A directory whose files are `GuardedFile`s."""

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory))  # type: ignore[no-untyped-call]  # Whoosh's own

    def open_file(self, name: str, **kwargs: Any) -> GuardedFile:
        """See `FileStorage`."""
        return GuardedFile(open(os.path.join(self.folder, name), "rb"), name=name, **kwargs)


class GuardedIndex(FileIndex):
    """Whoosh's index for writing."""

    def __init__(self, storage: GuardedStorage) -> None:
        # Whoosh's own would read the table of contents.
        self.storage = self._guarded = storage
        self._schema = schema()
        self.indexname = INDEX_NAME

    def _read_toc(self) -> TOC:
        return read_contents(self._guarded, TOC._latest_generation(self._guarded, INDEX_NAME))


def read_contents(storage: GuardedStorage, generation: int) -> TOC:
    """A table of contents, without the schema that it also holds: that is ours.

    Raises:
        IndexCorruptError: it was written by another version of Whoosh.
        OSError: it cannot be read.
    """
    name = TOC._filename(INDEX_NAME, generation)
    file = storage.open_file(name)
    with file:
        for _ in range(3):
            file.read_varint()  # sizes of numbers, which the next line proves
        order, version = file.read_int(), file.read_int()
        if (order, version) != (_BYTE_ORDER, _CURRENT_TOC_VERSION):
            raise IndexCorruptError(f"{name} is no table of contents that this Whoosh writes")
        release = tuple(file.read_varint() for _ in range(3))
        file.skip_string()
        file.read_int()
        file.read_int()
        records = file.read_records()
    segments = [_segment(vars(record)) for record in records]
    return TOC(schema(), segments, generation, version=version, release=release)


def _segment(held: dict[str, Any]) -> W3Segment:
    segid, count, deleted = held["segid"], held["_doccount"], held["_deleted"]
    # The id becomes part of the names of files.
    if not (isinstance(segid, str) and _SEGMENT_ID.fullmatch(segid) and isinstance(count, int)):
        raise ValueError(f"{segid!r} is no segment")
    numbers = set(deleted or ())
    if not all(isinstance(number, int) for number in numbers):
        raise ValueError(f"{segid} has deleted what is no article")
    return W3Segment(W3Codec(), INDEX_NAME, count, segid, numbers or None)


def _install() -> None:
    """Have Whoosh read its postings as data too: it asks its module for `loads`."""
    for function in (W3LeafMatcher._read_data, W3TermInfo.from_bytes):
        if "loads" not in function.__code__.co_names:
            raise ImportError("this version of whoosh3 reads pickles in a way that is not guarded")
    # What it writes there has no names either, so another user of Whoosh in this process sees
    # no difference.
    whoosh3.loads = plain  # type: ignore[assignment]  # it is pickle's, with more arguments


_install()
