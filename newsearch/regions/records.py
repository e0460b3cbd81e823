"""The record of one region."""

from __future__ import annotations

from dataclasses import dataclass

from newsearch.regions.names import strip_kind

_LABELLED = {"kecamatan": "Kecamatan", "desa": "Desa", "kelurahan": "Kelurahan"}


@dataclass(frozen=True, slots=True)
class Region:
    """One region of the gazetteer.

    Attributes:
        code: Kemendagri code, such as '16.02'.
        name: official name: 'Sumatera Selatan', 'Kabupaten Ogan Komering Ilir', 'Kota Bekasi',
            'Kayu Agung'. Kabupaten and kota carry the word for their kind, the others do not.
        kind: 'provinsi', 'kabupaten', 'kota', 'kecamatan' (also the distrik of Papua), 'desa'
            (also nagari, gampong, pekon and the like) or 'kelurahan'.
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
        word = _LABELLED.get(self.kind)
        return f"{word} {self.name}" if word else self.name

    @property
    def level(self) -> int:
        """1 for a province, 2 a kabupaten or kota, 3 a kecamatan, 4 a desa or kelurahan."""
        return self.code.count(".") + 1

    @property
    def short_name(self) -> str:
        """The name without the words for its kind: 'Bekasi', 'Jakarta Selatan', 'Yogyakarta'."""
        # Villages carry no such word: 'Kota Batu' is the whole name of one.
        return strip_kind(self.name) if self.level < 4 else self.name

    def __str__(self) -> str:
        return self.name
