"""Some hundred invented articles: sentences put together by a fixed draw."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from newsearch import Article
from tests.support import WIB, WIT, article

COUNT = 360

PLACES = (
    "Bandar Lampung",
    "Palembang",
    "Ogan Komering Ilir",
    "Kota Ambon",
    "Maluku Tengah",
    "Bekasi",
    "Kota Bandung",
    "Surabaya",
    "Makassar",
    "Kota Jayapura",
)
SUBJECTS = (
    ("Banjir", "Banjir merendam ratusan rumah di {place} sejak malam."),
    ("Kebakaran Lahan", "Kebakaran lahan di {place} meluas karena angin kencang."),
    ("Harga Beras", "Harga beras di pasar {place} naik dua ratus rupiah per kilogram."),
    ("Panen Cengkih", "Petani cengkih di {place} memulai panen lebih awal tahun ini."),
    ("Jembatan Rusak", "Jembatan penghubung dua desa di {place} rusak diterjang arus."),
    ("Sekolah Baru", "Pemerintah {place} membangun sekolah baru bagi anak-anak nelayan."),
    ("Vaksinasi Ternak", "Vaksinasi ternak di {place} menyasar ribuan ekor sapi."),
    ("Pembakaran Sampah", "Warga {place} menolak pembakaran sampah di dekat permukiman."),
    ("Festival Perahu", "Festival perahu hias di {place} diikuti puluhan kelompok."),
    ("Pemilihan Kepala Desa", "Pemilihan kepala desa di {place} berlangsung tertib."),
)
DETAILS = (
    "Warga mengungsi ke balai kota.",
    "Bupati meminta warga tetap waspada.",
    "Polisi memeriksa tiga orang saksi.",
    "Air sungai mulai surut pada pagi hari.",
    "BPBD mengirim perahu karet dan tenda.",
    "Pedagang mengeluh karena pembeli berkurang.",
    "Anak-anak diminta memakai masker.",
    "Kepala dinas pertanian menjanjikan bantuan benih.",
    "Rumah sakit umum daerah menyiapkan ruang tambahan.",
    "Pengusaha memberikan bantuan kepada korban.",
    "Hujan deras diperkirakan turun hingga Jumat.",
    "Menteri akan meninjau lokasi pekan depan.",
)
SOURCES = ("Kabar.example", "Warta.example", "Suara Timur", None)
CATEGORIES = ("Daerah", "Ekonomi", "Hukum", None)
AUTHORS = ("Denny Saputra", "Rina Wati", "Yosef Latu")


def articles() -> list[Article]:
    """The articles, of which every eighth is a copy of the one before it."""
    draw = random.Random(20230614)
    start = datetime(2022, 11, 1, 6, 30, tzinfo=WIB)
    made: list[Article] = []
    for number in range(COUNT):
        place = draw.choice(PLACES)
        subject, sentence = draw.choice(SUBJECTS)
        details = draw.sample(DETAILS, draw.randint(2, 6))
        text = " ".join([sentence.format(place=place), *details])
        title = f"{subject} di {place}, {draw.choice(DETAILS).rstrip('.')}"
        if number % 8 == 7:
            title, text = made[-1].title, made[-1].text
        when = start + timedelta(hours=draw.randint(0, 12_000), minutes=draw.randint(0, 59))
        made.append(
            article(
                f"a{number:03}",
                title,
                text,
                published=None if number % 17 == 3 else when.astimezone(draw.choice((WIB, WIT))),
                source=draw.choice(SOURCES),
                category=draw.choice(CATEGORIES),
                authors=tuple(draw.sample(AUTHORS, draw.randint(0, 2))),
                views=draw.choice((None, 0, draw.randint(1, 9_999))),
            )
        )
    return made
