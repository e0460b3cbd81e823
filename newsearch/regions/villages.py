"""The 83,762 desa and kelurahan, which are nine tenths of the gazetteer and seldom asked for.

Their table has one line for each kecamatan and is read when a village is first asked for: 1 MB,
in 15 ms. It stays text: names are looked for in a folded copy of it, and a `Region` is made only
of what is found. A dictionary of all would take 250 ms and 60 MB, and a search of the folded text
takes 0.5 ms for the whole country and a microsecond inside a kabupaten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from newsearch.regions.records import Region

# As `name_key` folds: what is neither a letter, a digit nor a mark of the table goes.
_FOLDED_AWAY = b" -.'/()`,_\"&;*+"
_WORD = re.compile(r":([a-z]{4,})(?![^|=])")  # the whole of a name


class _Table(NamedTuple):
    """The table as it was read, the folded copy, and where each region's part of that lies."""

    lines: Mapping[str, str]
    folded: str
    spans: Mapping[str, tuple[int, int]]


@cache
def _table() -> _Table:
    source = files("newsearch.regions") / "data" / "villages.tsv"
    text = source.read_bytes().decode("utf-8")
    lines = dict(line.split("\t") for line in text.splitlines()[1:])
    folded = _fold("\n".join(lines.values()))
    spans: dict[str, tuple[int, int]] = {}
    start = 0
    for kecamatan, line in zip(lines, folded.split("\n"), strict=True):
        end = start + len(line)
        spans[kecamatan] = (start, end)
        for around in (kecamatan[:5], kecamatan[:2]):
            spans[around] = (spans[around][0] if around in spans else start, end)
        start = end + 1
    return _Table(lines, folded, spans)


def _fold(text: str) -> str:
    # Bytes lose their case and their blanks ten times faster than text does.
    folded = text.encode("ascii", "ignore").lower().translate(None, _FOLDED_AWAY)
    return folded.decode("ascii").replace("sumatra", "sumatera")


def villages_of(kecamatan: str) -> tuple[Region, ...]:
    """Return the desa and kelurahan of a kecamatan, in code order."""
    line = _table().lines.get(kecamatan)
    return tuple(_read(kecamatan, cell) for cell in line.split("|")) if line else ()


def _read(kecamatan: str, cell: str) -> Region:
    number, _, names = cell.partition(":")
    name, *aliases = names.split("=")
    # By the rules of Kemendagri the number of a kelurahan begins with 1, that of a desa with 2
    # (a desa adat: 3).
    kind = "kelurahan" if number.startswith("1") else "desa"
    return Region(f"{kecamatan}.{number}", name, kind, kecamatan, tuple(aliases))


def village(code: str) -> Region | None:
    """Return the desa or kelurahan of a code."""
    kecamatan, _, number = code.rpartition(".")
    for cell in _table().lines.get(kecamatan, "").split("|") if number else ():
        if cell.partition(":")[0] == number:
            return _read(kecamatan, cell)
    return None


def all_villages(within: str | None = None) -> Iterator[Region]:
    """Yield the desa and kelurahan inside a region, or all of them, in code order."""
    for kecamatan in _table().lines:
        if within is None or (kecamatan + ".").startswith(within + "."):
            yield from villages_of(kecamatan)


def villages_named(key: str, within: str | None = None) -> tuple[Region, ...]:
    """Return the desa and kelurahan of a name key (see `names.name_key`), in code order.

    Args:
        key: of a name, an other spelling or a former name.
        within: code of the province, kabupaten, kota or kecamatan that they lie in.
    """
    if not key:
        return ()
    table = _table()
    start, end = table.spans.get(within, (0, 0)) if within else (0, len(table.folded))
    found: dict[str, Region] = {}
    while (start := table.folded.find(key, start, end)) >= 0:
        after = start + len(key)
        if table.folded[start - 1] in ":=" and table.folded[after : after + 1] in "|=\n":
            region = _at(table, start)
            found[region.code] = region
        start = after
    return tuple(found.values())


def _at(table: _Table, place: int) -> Region:
    """Return the village whose folded names stand at a place."""
    line_start = table.folded.rfind("\n", 0, place) + 1
    kecamatan = _kecamatan_starts()[line_start]
    number = table.folded.count("|", line_start, place)
    return _read(kecamatan, table.lines[kecamatan].split("|")[number])


@cache
def _kecamatan_starts() -> Mapping[int, str]:
    return {span[0]: code for code, span in _table().spans.items() if len(code) == 8}


def villages_starting(key: str, limit: int) -> list[Region]:
    """Return up to `limit` villages with a name that starts with a key, in code order."""
    table = _table()
    pattern = re.compile(rf"(?<=[:=]){re.escape(key)}")
    found: dict[str, Region] = {}
    for match in pattern.finditer(table.folded) if key else ():
        region = _at(table, match.start())
        found[region.code] = region
        if len(found) >= limit:
            break
    return list(found.values())


def village_keys(within: str | None = None) -> list[str]:
    """Return the name keys of the villages inside a region, or of all, without repeats."""
    table = _table()
    start, end = table.spans.get(within, (0, 0)) if within else (0, len(table.folded))
    return list(dict.fromkeys(re.findall(r"[:=]([^|=\n]+)", table.folded[start:end])))


def village_words() -> Iterator[str]:
    """Yield the words that are the whole name of a village, in lower case, with repeats."""
    for line in _table().lines.values():
        yield from _WORD.findall(line.lower())
