"""The regions of Indonesia: 38 provinces, 514 kabupaten and kota, 7,285 kecamatan, 83,762 villages.

Codes are those of Kemendagri (2025), dotted: '16' is a province, '16.02' a kabupaten or kota,
'16.02.01' a kecamatan, '16.02.01.2001' a desa or kelurahan; a code starts with the code of its
parent. The tables come from cahyadsn/wilayah (MIT) and lie in data/, which says how they were
derived. Each is read once, when something in it is first asked for; villages.py keeps that of the
desa and kelurahan.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from statistics import median

from newsearch.errors import UnknownRegionError
from newsearch.regions.records import Region
from newsearch.regions.villages import all_villages, village, village_words, villages_of

_KINDS = {"distrik": "kecamatan"}  # in Papua a kecamatan is called distrik


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _read(name: str) -> list[list[str]]:
    """Return the cells of a data file without its header."""
    text = (files("newsearch.regions") / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@cache
def _table() -> tuple[Mapping[str, Region], Mapping[str, str]]:
    """Return the regions by code, in code order, and the seat of each kabupaten that has one."""
    regions: dict[str, Region] = {}
    seats: dict[str, str] = {}
    for code, kind, name, aliases, former, seat in _read("gazetteer.tsv"):
        parent = code.rpartition(".")[0] or None
        other = _split(aliases) + _split(former)
        regions[code] = Region(code, name, _KINDS.get(kind, kind), parent, other)
        if seat:
            seats[code] = seat
    return regions, seats


def by_code() -> Mapping[str, Region]:
    """Return the regions of levels 1 to 3 by code, in code order; treat it as read-only."""
    return _table()[0]


def seats() -> Mapping[str, str]:
    """Return the seat of government of each kabupaten whose seat has another name, by code."""
    return _table()[1]


@cache
def _crosswalk() -> Mapping[str, str]:
    return {row[0]: row[1] for row in _read("crosswalk.tsv")}


@cache
def _former_provinces() -> Mapping[str, str]:
    return {new: old[:2] for old, new in _crosswalk().items()}


def former_province(code: str) -> str | None:
    """Return the code of the province around a kabupaten or kota before 2022, if it changed."""
    return _former_provinces().get(code)


@cache
def _children() -> Mapping[str | None, tuple[Region, ...]]:
    grouped: dict[str | None, list[Region]] = {}
    for region in by_code().values():
        grouped.setdefault(region.parent, []).append(region)
    return {parent: tuple(regions) for parent, regions in grouped.items()}


def find(code: str) -> Region | None:
    """Return the region of any level that has a code of today, or None."""
    return by_code().get(code) or village(code)


def current_code(code: str) -> str | None:
    """Return the code in use today, or None when there is no such code.

    Twenty-six kabupaten and kota of Papua changed their codes when four provinces were made in
    2022; their old codes ('91.01', Merauke) and those inside them are still understood.
    """
    code = code.strip()
    if find(code) is not None:
        return code
    head, tail = code[:5], code[5:]
    moved = _crosswalk().get(head, head) + tail
    return moved if find(moved) is not None else None


def known(code: str) -> Region:
    """Return the region of a code, of today or before 2022.

    Raises:
        UnknownRegionError: no region has that code.
    """
    current = current_code(code)
    found = find(current) if current is not None else None
    if found is None:
        raise UnknownRegionError(code)
    return found


def regions(level: int | None = None, parent: str | None = None) -> list[Region]:
    """Return regions in code order.

    Args:
        level: 1 (provinces), 2 (kabupaten and kota), 3 (kecamatan) or 4 (desa and kelurahan);
            every level without it.
        parent: code of the region around them, however far up; the whole country without it.

    Raises:
        UnknownRegionError: no region has the code `parent`.
    """
    around = None if parent is None else known(parent).code
    prefix = "" if around is None else around + "."
    found = [
        region
        for region in by_code().values()
        if level in (None, region.level) and region.code.startswith(prefix)
    ]
    if level in (None, 4):
        found += all_villages(around)
        found.sort(key=lambda region: region.code)
    return found


def children(code: str) -> tuple[Region, ...]:
    """Return the regions directly inside a region, in code order; none for a desa or kelurahan.

    Raises:
        UnknownRegionError: no region has that code.
    """
    found = known(code)
    return villages_of(found.code) if found.level == 3 else _children().get(found.code, ())


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes around a region, the widest first: '16.02.01' gives ('16', '16.02').

    Raises:
        UnknownRegionError: no region has that code.
    """
    parts = known(code).code.split(".")
    return tuple(".".join(parts[:count]) for count in range(1, len(parts)))


def parents(code: str) -> tuple[Region, ...]:
    """Return the regions around a region, the widest first; none for a province.

    Raises:
        UnknownRegionError: no region has that code.
    """
    return tuple(by_code()[above] for above in ancestors(code))


@cache
def _points() -> Mapping[str, tuple[float, float]]:
    return {code: (float(north), float(east)) for code, north, east in _read("coordinates.tsv")}


def coordinates(code: str) -> tuple[float, float]:
    """Return where a region lies, for a dot on a map: latitude and longitude in degrees.

    The point of a kabupaten or kota is its seat of government, to about 0.01 degrees (a kilometre);
    that of a province the middle of those inside it; that of a kecamatan or village the one of the
    kabupaten or kota around it. After GeoNames (CC BY 4.0); see data/README.md.

    Raises:
        UnknownRegionError: no region has that code.
    """
    code = known(code).code
    if "." in code:
        return _points()[code[:5]]
    inside = [point for other, point in _points().items() if other.startswith(code + ".")]
    return median(north for north, _ in inside), median(east for _, east in inside)


@cache
def local_names() -> frozenset[str]:
    """Return the words, in lower case, that are the whole name of a kecamatan or village.

    Thirty thousand words of four or more ASCII letters. Many of them are ordinary words as
    well ('mekar', 'bersama'): one is a name only where text says so ('Kecamatan Mekar').
    """
    words = {region.name.lower() for region in by_code().values() if region.level == 3}
    words = {word for word in words if len(word) > 3 and word.isascii() and word.isalpha()}
    return frozenset(words.union(village_words()))
