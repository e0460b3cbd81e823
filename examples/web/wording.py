"""Indonesian for readers: names, dates, counts, and what went wrong."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from http import HTTPStatus

from flask import Flask
from werkzeug.exceptions import HTTPException

import newsearch
from examples.web.parameters import BadParameterError, region_of

SORTS = {
    "relevance": "Paling relevan",
    "newest": "Terbaru",
    "oldest": "Terlama",
    "popular": "Paling banyak dibaca",
}
_PARAMETERS = {
    "q": "kata pencarian",
    "region": "daerah",
    "since": "tanggal awal",
    "until": "tanggal akhir",
    "source": "sumber",
    "category": "kategori",
    "author": "penulis",
    "sort": "urutan",
    "match": "cara mencocokkan",
    "page": "nomor halaman",
    "id": "alamat artikel",
}


def register(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.filters |= {
        "tanggal": newsearch.format_date,
        "waktu": moment,
        "angka": number,
        "daerah": region_label,
    }
    app.jinja_env.globals |= {"SORTS": SORTS}


def number(count: int) -> str:
    """12345 as 12.345."""
    return f"{count:,}".replace(",", ".")


def moment(when: datetime) -> str:
    """A date with its time; without, where it is midnight, which stands for an unknown one."""
    known = when.hour or when.minute or when.second
    return newsearch.format_datetime(when) if known else newsearch.format_date(when)


@lru_cache(maxsize=4096)
def region_label(code: str) -> str:
    """The name of a region, for readers."""
    found = region_of(code)
    return found.label if found else code


def english(error: Exception, status: HTTPStatus) -> str:
    """What went wrong, for programmers; nothing of the inside for what nobody foresaw."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return "the index cannot be read at the moment; the server's log says why"
    if isinstance(error, (newsearch.NewsearchError, BadParameterError)):
        return str(error)
    if isinstance(error, HTTPException):
        return error.description or status.phrase
    return "an error of the server, which is in its log"


def indonesian(error: Exception, status: HTTPStatus) -> str:
    """What went wrong and what to do, for readers."""
    if isinstance(error, BadParameterError):
        name = _PARAMETERS.get(error.name, error.name)
        return f"Bagian {name} pada alamat ini tidak dapat dipakai. Mulailah dari kotak pencarian."
    if isinstance(error, newsearch.UnknownRegionError):
        names = ", ".join(error.suggestions)
        hint = f"Mungkin maksud Anda: {names}." if names else "Tulis nama atau kode Kemendagri."
        return f"Daerah “{error.name}” tidak dikenal. {hint}"
    if isinstance(error, newsearch.InvalidDateError):
        return (
            "Tanggal itu tidak terbaca. Tulis seperti 2023, 2023-06, 14 Juni 2023 atau kemarin, "
            "dan tanggal awal sebelum tanggal akhir."
        )
    if isinstance(error, newsearch.QueryTooLargeError):
        return (
            "Pencarian ini terlalu luas: terlalu banyak kata atau kurung, awalan seperti a* yang "
            "cocok dengan terlalu banyak kata, atau halaman yang terlalu jauh. Persempitlah."
        )
    if status == HTTPStatus.NOT_FOUND:
        return "Halaman atau artikel ini tidak ada. Mungkin sudah dipindahkan atau dihapus."
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return "Indeks berita sedang tidak dapat dibaca. Cobalah beberapa saat lagi."
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return "Permintaan ini tidak dapat dilayani. Mulailah dari kotak pencarian."
    return "Terjadi kesalahan pada peladen. Kesalahan ini sudah dicatat."
