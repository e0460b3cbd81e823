"""The regions of Indonesia: 38 provinces, 514 kabupaten and kota, 7,285 kecamatan.

Codes are those of Kemendagri (2025), dotted: '16' is a province, '16.02' a kabupaten or kota,
'16.02.01' a kecamatan; a code starts with the code of its parent. The table comes from
cahyadsn/wilayah (MIT) and lies in data/, which says how it was derived. It is read once, when
something is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsearch.errors import UnknownRegionError
from newsearch.regions.names import strip_kind

_KINDS = {"distrik": "kecamatan"}  # in Papua a kecamatan is called distrik


@dataclass(frozen=True, slots=True)
class Region:
    """One region of the gazetteer.

    Attributes:
        code: Kemendagri code, such as '16.02'.
        name: official name: 'Sumatera Selatan', 'Kabupaten Ogan Komering Ilir', 'Kota Bekasi',
            'Kayu Agung'. Kabupaten and kota carry the word for their kind, the others do not.
        kind: 'provinsi', 'kabupaten', 'kota' or 'kecamatan' (also the distrik of Papua).
        parent: code of the region around it; None for a province.
        aliases: abbreviations, other spellings and former names.
    """

    code: str
    name: str
    kind: str
    parent: str | None
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name for readers of a list of regions of all levels: 'Kecamatan Panjang'."""
        return f"Kecamatan {self.name}" if self.level == 3 else self.name

    @property
    def level(self) -> int:
        """1 for a province, 2 for a kabupaten or kota, 3 for a kecamatan."""
        return self.code.count(".") + 1

    @property
    def short_name(self) -> str:
        """The name without the words for its kind: 'Bekasi', 'Jakarta Selatan', 'Yogyakarta'."""
        return strip_kind(self.name)

    def __str__(self) -> str:
        return self.name


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
    """Return every region by its code, in code order; treat it as read-only."""
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


def current_code(code: str) -> str | None:
    """Return the code in use today, or None when there is no such code.

    Twenty-six kabupaten and kota of Papua changed their codes when four provinces were made in
    2022; their old codes ('91.01', Merauke) and those of their kecamatan are still understood.
    """
    code = code.strip()
    regions = by_code()
    if code in regions:
        return code
    head, tail = code[:5], code[5:]
    moved = _crosswalk().get(head, head) + tail
    return moved if moved in regions else None


def _known(code: str) -> Region:
    current = current_code(code)
    if current is None:
        raise UnknownRegionError(code)
    return by_code()[current]


def regions(level: int | None = None, parent: str | None = None) -> list[Region]:
    """Return regions in code order.

    Args:
        level: 1, 2 or 3; every level without it.
        parent: code of the region around them, however far up; the whole country without it.

    Raises:
        UnknownRegionError: no region has the code `parent`.
    """
    found = list(by_code().values())
    if parent is not None:
        prefix = _known(parent).code + "."
        found = [region for region in found if region.code.startswith(prefix)]
    return [region for region in found if level is None or region.level == level]


def children(code: str) -> tuple[Region, ...]:
    """Return the regions directly inside a region, in code order; none for a kecamatan.

    Raises:
        UnknownRegionError: no region has that code.
    """
    return _children().get(_known(code).code, ())


def ancestors(code: str) -> tuple[str, ...]:
    """Return the codes around a region, the widest first: '16.02.01' gives ('16', '16.02').

    Raises:
        UnknownRegionError: no region has that code.
    """
    parts = _known(code).code.split(".")
    return tuple(".".join(parts[:count]) for count in range(1, len(parts)))


def parents(code: str) -> tuple[Region, ...]:
    """Return the regions around a region, the widest first; none for a province.

    Raises:
        UnknownRegionError: no region has that code.
    """
    return tuple(by_code()[above] for above in ancestors(code))
