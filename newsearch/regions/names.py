"""How names of regions are compared: without case, accents, blanks, hyphens and dots.

'Tulang Bawang', 'Tulangbawang' and 'TULANG-BAWANG' are one name; the words before a name
('Kab.', 'Kota', 'Prov.') say which kind of region is meant.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_NAME = re.compile(r"[^a-z0-9]+")
_ISLANDS = re.compile(r"kep[. ]")  # 'Kep. Anambas', not 'Kepahiang'
_KIND_OF_NAME = re.compile(
    r"^(?:Kabupaten(?: Administrasi)?|Kota(?: Administrasi)?"
    r"|Daerah Khusus Ibukota|Daerah Istimewa) "
)
_KIND_TYPED = re.compile(
    r"^\s*(?P<word>provinsi|propinsi|prov|kabupaten|kab|kotamadya|kodya|kota|kecamatan|kec|distrik"
    r"|kapanewon|kemantren|kelurahan|kel|desa|nagari|gampong|pekon|kampung|tiyuh|kalurahan)"
    r"\b\.?\s*(?:administrasi\b|adm\b\.?)?\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_KIND_OF_WORD = {
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "kotamadya": "kota",
    "kodya": "kota",
    "kota": "kota",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "distrik": "kecamatan",
    "kapanewon": "kecamatan",
    "kemantren": "kecamatan",
    "kelurahan": "kelurahan",
    "kel": "kelurahan",
    # What a desa is called in Minangkabau, Aceh, Lampung, Papua and Yogyakarta.
    "desa": "desa",
    "nagari": "desa",
    "gampong": "desa",
    "pekon": "desa",
    "kampung": "desa",
    "tiyuh": "desa",
    "kalurahan": "desa",
}


def name_key(name: str) -> str:
    """Return what is compared of a name: its ASCII letters and digits, in lower case."""
    lowered = name.lower()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFKD", lowered)
    key = _NOT_NAME.sub("", lowered)
    if key.startswith("kep") and _ISLANDS.match(lowered):
        key = "kepulauan" + key[3:]
    return key.replace("sumatra", "sumatera")


def strip_kind(name: str) -> str:
    """Return an official name without the words for its kind."""
    return _KIND_OF_NAME.sub("", name)


def split_kind(name: str) -> tuple[str | None, str]:
    """Return the kind that the first word of a typed name gives, and the rest.

    'Kab. OKI' gives ('kabupaten', 'OKI'); 'Bekasi' gives (None, 'Bekasi').
    """
    match = _KIND_TYPED.match(name)
    if match is None:
        return None, name
    return _KIND_OF_WORD[match["word"].lower()], match["rest"]
