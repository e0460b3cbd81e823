"""JSON and CSV: the bytes of a stream → records, one at a time."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from newsearch.reading.arrays import array_items
from newsearch.reading.rejects import LINES, Raw, Reject, Shape
from newsearch.reading.streams import MAX_DOCUMENT, MAX_LINE, Lines, Stream


class Record(NamedTuple):
    """One record of a source.

    Attributes:
        line: the line where it begins, or None where lines mean nothing.
        fields: what it holds.
        place: what names it better than the line ('item 3: '), or nothing.
        raw, shape: it as it came, in case it is left out.
        page: the text of a page, of which `fields` has at most the address.
    """

    line: int | None
    fields: dict[str, Any]
    place: str = ""
    raw: Raw = ()
    shape: Shape = LINES
    page: str | None = None


DELIMITERS = (",", ";", "\t", "|")
MAX_RESTARTS = 20
"""Rows over several lines that are read again from their second one; it bounds the work."""
_BOM = b"\xef\xbb\xbf"


def json_records(stream: Stream, reject: Reject, *, lines_only: bool) -> Iterator[Record]:
    """The objects of JSON Lines, of a JSON array or of one JSON object.

    Args:
        stream: the bytes.
        reject: called with what cannot be read.
        lines_only: a name such as .jsonl says that every line is an object, so a broken first
            line is that line's fault and no reason to take the file for one object.
    """
    head = first_bytes(stream)
    if head.startswith(b"[") and not _lists_and_objects(head):
        yield from _array(stream, reject)
    elif not (lines_only or head.startswith(b"[") or _one_object(stream.buffer.peek(1))):
        yield from _whole(stream, reject)
    else:
        yield from _json_lines(stream, reject)


def first_bytes(stream: Stream) -> bytes:
    """What a stream starts with, the byte order mark and whitespace passed over."""
    return stream.buffer.peek(1).removeprefix(_BOM).lstrip()


def _one_object(head: bytes) -> bool:
    """Whether the first line is an object of its own, as far as the buffer shows it."""
    line, end, _ = head.removeprefix(_BOM).lstrip().partition(b"\n")
    # A first line longer than the buffer is a record and not the '{' of a pretty-printed one.
    return not end or isinstance(_parse(line)[0], dict)


def _lists_and_objects(head: bytes) -> bool:
    """Whether these are JSON Lines whose first is a list by mistake."""
    line, _, rest = head.partition(b"\n")
    return rest.lstrip().startswith(b"{") and isinstance(_parse(line)[0], list)


def _array(stream: Stream, reject: Reject) -> Iterator[Record]:
    """The objects of an array, each parsed on its own: one that is broken costs no other."""
    for item in array_items(stream, reject):
        value, why = _parse(item.data)
        place = f"item {item.number}: "
        if isinstance(value, dict):
            yield Record(item.line, value, place, (item.data,))
        else:
            why = why or f"a JSON object is needed, not {_json_type(value)}"
            reject(item.line, place + why, (item.data,))


def _json_lines(stream: Stream, reject: Reject) -> Iterator[Record]:
    lines = Lines(stream, reject)
    for line in lines:
        if lines.number == 1:
            line = line.removeprefix(_BOM)
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            if line.strip():
                reject(lines.number, _why(error), (line,))
            continue
        if type(record) is dict:
            yield Record(lines.number, record, "", (line,))
        else:
            reject(lines.number, f"a JSON object is needed, not {_json_type(record)}", (line,))


def _whole(stream: Stream, reject: Reject) -> Iterator[Record]:
    """A JSON document that is read into memory: one object over several lines."""
    data = stream.buffer.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        reject(None, f"a JSON document over {MAX_DOCUMENT:,} bytes; write it as JSON Lines")
        return
    if stream.damage:
        reject(None, f"{stream.damage}; a cut-off JSON document cannot be read")
        return
    value, why = _parse(data.removeprefix(_BOM))
    if why and _looks_like_lines(data):
        yield from _json_lines(Stream(io.BytesIO(data)), reject)
    elif why and data.strip():
        reject(None, why, (data,))
    elif isinstance(value, dict):
        yield Record(None, value, "", (data,))
    elif not why:
        reject(None, f"a JSON object is needed, not {_json_type(value)}", (data,))


def _parse(data: bytes) -> tuple[Any, str]:
    try:
        return orjson.loads(data), ""
    except orjson.JSONDecodeError as error:
        return None, _why(error)


def _why(error: orjson.JSONDecodeError) -> str:
    if "UTF-8" in error.msg:
        return "not valid UTF-8"
    return f"not JSON: {error.msg}"


def _looks_like_lines(data: bytes) -> bool:
    """Whether a document that is not JSON has a line that is an object of its own."""
    return any(line.startswith(b"{") and line.rstrip().endswith(b"}") for line in io.BytesIO(data))


def _json_type(value: object) -> str:
    if value is None:
        return "null"
    names = {list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "a number")


def csv_records(stream: Stream, reject: Reject, knows: Callable[[str], bool]) -> Iterator[Record]:
    """The rows of a CSV file with a header as records.

    Args:
        stream: the bytes; each line is UTF-8 or else Windows-1252 (UTF-16 was found by `Stream`).
        reject: called with what cannot be read.
        knows: whether a column is a field; the delimiter is the one that finds most of them.
    """
    # The limit belongs to the process; it is only ever raised, to what Lines lets through.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE))
    header = b""

    def reject_line(line: int, reason: str, raw: Iterable[bytes]) -> None:
        reject(line, reason, raw if header else (), Shape(".csv", header))

    lines = Lines(stream, reject_line)
    texts = ((line, _decode(line, first=lines.number == 1)) for line in lines)
    header, header_line = next(((raw, text) for raw, text in texts if text.strip()), (b"", ""))
    if not header_line:
        return
    header = header.rstrip(b"\r\n") + b"\n"
    if "\r" in header_line.rstrip("\r\n"):
        reject(1, "its lines end in bare carriage returns; convert them to line feeds")
        return
    delimiter = sniff_delimiter(header_line, knows)
    names = _split(header_line, delimiter)
    if not any(map(knows, names)):
        columns = ", ".join(name[:40] for name in names[:12])
        reject(lines.number, f"no known column among {columns}; name them with field_map")
        return
    twice = next((name for name in names if knows(name) and names.count(name) > 1), None)
    if twice is not None:
        reject(lines.number, f"two columns are called {twice[:40]!r}; rename one of them")
        return
    yield from _rows(_Rows(texts, delimiter), names, lines, reject, Shape(".csv", header))


def _rows(
    rows: _Rows, names: list[str], lines: Lines, reject: Reject, shape: Shape
) -> Iterator[Record]:
    width = len(names)
    while True:
        start = lines.number - rows.waiting + 1
        try:
            row = rows.next(width)
        except StopIteration:
            return
        except csv.Error as error:
            reject(start, f"not CSV: {error}", rows.lost, shape)
            continue
        if any(row):
            yield Record(start, dict(zip(names, row, strict=False)), "", rows.raw, shape)


class _Rows:
    """The rows of a CSV file; a quote that is not closed costs its own line and no other."""

    def __init__(self, texts: Iterator[tuple[bytes, str]], delimiter: str) -> None:
        self._texts = texts
        self._delimiter = delimiter
        self._taken: list[tuple[bytes, str]] = []
        self._again: deque[tuple[bytes, str]] = deque()
        self.lost: tuple[bytes, ...] = ()
        self._restarts = 0
        self._reader = csv.reader(self._lines(), delimiter=delimiter, strict=True)

    @property
    def waiting(self) -> int:
        """Lines that were read ahead and are still to come."""
        return len(self._again)

    @property
    def raw(self) -> tuple[bytes, ...]:
        """The lines of the last row."""
        return tuple([line for line, _ in self._taken])

    def next(self, width: int) -> list[str]:
        """The next row.

        Raises:
            StopIteration: there is none.
            csv.Error: it is none, or has more values than `width`; `lost` has its lines.
        """
        self._taken.clear()
        try:
            row = next(self._reader)
            if any(row[width:]):
                raise csv.Error(f"{len(row)} values for {width} columns; is a quote missing?")
        except csv.Error as error:
            self.lost = self.raw
            if len(self._taken) == 1:
                return self._one_line(width)
            raise csv.Error(f"{error}{self._restart()}") from error
        return row

    def _one_line(self, width: int) -> list[str]:
        """A row with quotes where none should be, as spreadsheets read it."""
        texts = [text for _, text in self._taken]
        row = next(csv.reader(texts, delimiter=self._delimiter), [])
        if any(row[width:]):
            raise csv.Error(f"{len(row)} values for {width} columns; is a quote missing?")
        return row

    def _lines(self) -> Iterator[str]:
        while True:
            line = self._again.popleft() if self._again else next(self._texts, None)
            if line is None:
                return
            self._taken.append(line)
            yield line[1]

    def _restart(self) -> str:
        """Read what came after the first line of a broken row as rows of their own.

        Returns what to say of those that are lost, when there have been too many such rows.
        """
        self._restarts += 1
        if self._restarts > MAX_RESTARTS:
            return f"; {len(self._taken):,} lines are lost"
        self.lost = self.lost[:1]
        self._again.extendleft(reversed(self._taken[1:]))
        self._reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        return ""


def sniff_delimiter(header: str, knows: Callable[[str], bool]) -> str:
    """The delimiter that parts a header line into most known names, then into most columns."""

    def worth(delimiter: str) -> tuple[int, int]:
        names = _split(header, delimiter)
        return sum(map(knows, names)), len(names)

    return max(DELIMITERS, key=worth)


def _split(header: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([header], delimiter=delimiter), [])
    except csv.Error:
        row = header.split(delimiter)
    return [name.strip() for name in row]


def _decode(line: bytes, *, first: bool) -> str:
    """UTF-8, else Windows-1252: old exports mix the two, so it is decided line by line."""
    if first:
        line = line.removeprefix(_BOM)
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("cp1252", errors="replace")
    # Python 3.10 refuses NULs where later ones take them.
    return text.replace("\0", "") if "\0" in text else text
