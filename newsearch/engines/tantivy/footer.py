"""Checksums that tantivy has put at the end of its files.

A file ends in JSON with the CRC-32 of all before it, the length of that JSON and a magic number.
So the checksum of a file of any size is known from its last bytes, as tantivy reckoned it from what
it meant to write.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import orjson

_TAIL = struct.Struct("<II")
_MAGIC = 1337
_MAX_FOOTER = 1_000
"""Bytes; they are 90."""


def checksum(path: Path) -> int | None:
    """The CRC-32 of a whole file; None for one without such an end, as `meta.json`."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _MAX_FOOTER))
        end = file.read()
    if len(end) < _TAIL.size:
        return None
    length, magic = _TAIL.unpack(end[-_TAIL.size :])
    if magic != _MAGIC or length > len(end) - _TAIL.size:
        return None
    footer = end[-_TAIL.size - length :]
    try:
        body = orjson.loads(footer[:length])["crc"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    # CRC-32 goes on from where it was.
    return zlib.crc32(footer, body) if isinstance(body, int) else None
