"""Bytes of a source: unpacked, counted, cut into lines, and never an exception half way."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Protocol

from newsearch.errors import ReadError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_LINE = 16 * 1024 * 1024
"""Bytes of one line: 7,000 times a usual record."""
MAX_DOCUMENT = 512 * 1024 * 1024
"""Bytes of a file that can only be read whole: one pretty-printed JSON object."""
MAX_RATIO = 250
"""How many times its size a compressed file may unpack to; news shrinks to a quarter or a tenth."""
FREE = 64 * 1024 * 1024
"""Unpacked bytes up to which nobody asks for the ratio."""

_BLOCK = 1 << 18
_ZSTD_STEP = 1024
"""Packed bytes unpacked at once: zstd shrinks up to 32,768 to 1, so a burst has 32 MiB at most."""
_GZIP_MAGIC = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class _Decompressor(Protocol):
    eof: bool
    unused_data: bytes

    def decompress(self, data: bytes) -> bytes: ...


class Tap(io.RawIOBase):
    """A raw stream over a read function that counts bytes and survives damage.

    Attributes:
        count: bytes delivered so far.
        damage: why the stream ended early, or None.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self.count = 0
        self.damage: str | None = None

    def readable(self) -> bool:
        """Whether bytes can be read: always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer; what was read before a damaged place is delivered, then the end."""
        view = memoryview(buffer).cast("B")
        if self.damage is not None:
            return 0
        try:
            data = self._read(len(view))
        except (EOFError, OSError, ValueError, zlib.error) as error:
            self.damage = str(error) or type(error).__name__
            return 0
        view[: len(data)] = data
        self.count += len(data)
        return len(data)


class Stream:
    """The unpacked bytes of one source.

    Attributes:
        buffer: the unpacked bytes, with peek and readline; UTF-16 has become UTF-8.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Take an open binary file or pipe; gzip and zstd are known by their first bytes."""
        read = getattr(file, "read1", file.read)
        self._packed = Tap(read)
        self._unpacked: Tap | None = None
        packed: io.BufferedReader = io.BufferedReader(self._packed, _BLOCK)
        head = packed.peek(4)[:4]
        if head.startswith(_GZIP_MAGIC):
            self._unpacked = Tap(self._no_bomb(gzip.GzipFile(fileobj=packed).read1))
        elif head == _ZSTD_MAGIC:
            self._unpacked = Tap(self._no_bomb(_ZstdReader(packed).read))
        self.buffer: io.BufferedReader = packed
        if self._unpacked:
            self.buffer = io.BufferedReader(self._unpacked, _BLOCK)
        if self.buffer.peek(2)[:2] in _UTF16:
            self.buffer = io.BufferedReader(Tap(_Utf16Reader(self.buffer).read), _BLOCK)

    def _no_bomb(self, read: Callable[[int], bytes]) -> Callable[[int], bytes]:
        """A read function that refuses to unpack what grows without end."""
        size = 0

        def bounded(wanted: int) -> bytes:
            nonlocal size
            data = read(wanted)
            size += len(data)
            if size > max(FREE, MAX_RATIO * self._packed.count):
                raise ValueError(f"it unpacks to more than {MAX_RATIO} times its size")
            return data

        return bounded

    @property
    def packed_bytes(self) -> int:
        """Bytes taken from the file so far, as they lie on the disk."""
        return self._packed.count

    @property
    def damage(self) -> str | None:
        """Why the bytes end before their end, or None; known once the end is reached."""
        if self._packed.damage:
            return f"reading failed: {self._packed.damage}"
        if self._unpacked is not None and self._unpacked.damage:
            return f"the compressed file is cut off or damaged: {self._unpacked.damage}"
        return None


class Lines:
    """The lines of a stream with their numbers.

    Attributes:
        number: the number of the last line taken, from 1.
    """

    def __init__(self, stream: Stream, reject: Callable[[int, str, Iterable[bytes]], None]) -> None:
        self._stream = stream
        self._reject = reject
        self.number = 0

    def __iter__(self) -> Iterator[bytes]:
        """Yield each line with its end; too long ones and a torn last one are rejected."""
        readline = self._stream.buffer.readline
        torn = b""
        while line := readline(MAX_LINE + 1):
            self.number += 1
            whole = line.endswith(b"\n")
            if not whole and len(line) > MAX_LINE:
                rest = self._rest()
                reason = f"a line of more than {MAX_LINE:,} bytes"
                self._reject(self.number, reason, chain([line], rest))
                deque(rest, maxlen=0)  # what was not written is passed over
            elif not whole and self._torn():
                torn = line
                break
            else:
                yield line
        if self._stream.damage:
            self._reject(max(self.number, 1), self._stream.damage, [torn] if torn else [])

    def _rest(self) -> Iterator[bytes]:
        """The pieces of a line that is too long, behind the first."""
        while line := self._stream.buffer.readline(_BLOCK):
            yield line
            if line.endswith(b"\n"):
                return

    def _torn(self) -> bool:
        """Whether this last line lacks its end because the stream does."""
        self._stream.buffer.peek(1)
        return self._stream.damage is not None


class _Utf16Reader:
    """UTF-16 with a byte order mark, as Excel saves tables, as a read function of UTF-8."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self._decode = codecs.getincrementaldecoder("utf-16")("replace").decode

    def read(self, size: int) -> bytes:
        # Two bytes become three at most, and half of a pair that was left waits for the next.
        while data := self._source.read1(max(size // 2, 1)):
            if text := self._decode(data):
                return text.encode()
        return self._decode(b"", final=True).encode()


class _ZstdReader:
    """Frames of zstd as a read function that raises EOFError where a frame is cut off."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        self._module = import_zstandard()
        self._frame: _Decompressor | None = None
        self._pending = b""
        self._left = b""

    def read(self, size: int) -> bytes:
        while not self._pending:
            data = self._left or self._packed.read1(_ZSTD_STEP)
            self._left = b""
            if not data:
                if self._frame is not None:
                    raise EOFError("the last frame is not complete")
                return b""
            self._pending = self._unpack(data)
        piece, self._pending = self._pending[:size], self._pending[size:]
        return piece

    def _unpack(self, data: bytes) -> bytes:
        if self._frame is None:
            self._frame = self._module.ZstdDecompressor().decompressobj()
        try:
            plain = self._frame.decompress(data)
        except self._module.ZstdError as error:
            raise EOFError(str(error)) from error
        if self._frame.eof:
            self._left = self._frame.unused_data
            self._frame = None
        return plain


class _Zstandard(Protocol):
    ZstdError: type[Exception]

    def ZstdDecompressor(self) -> _Factory: ...  # noqa: N802 - the name in zstandard


class _Factory(Protocol):
    def decompressobj(self) -> _Decompressor: ...


def import_zstandard() -> _Zstandard:
    """The zstandard package, imported only when a .zst file is read.

    Raises:
        ReadError: it is not installed.
    """
    try:
        import zstandard
    except ImportError as error:
        raise ReadError(
            ".zst files need the extra 'zstd': pip install 'newsearch[zstd]'"
        ) from error
    module: _Zstandard = zstandard  # type: ignore[assignment]
    return module
