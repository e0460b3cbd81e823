"""Queries of every kind, each with the arguments of its search."""

from __future__ import annotations

from itertools import product
from typing import Any

WORDS = (
    "banjir",
    "kebakaran",
    "beras",
    "cengkih",
    "jembatan",
    "sekolah",
    "pengusaha",
    "memberikan bantuan",
    "harga beras naik",
    "rumah sakit umum daerah",
    "kepala desa",
    "anak-anak",
    "RSUD",
    "kades",
    "bpbd perahu karet",
    "di ke dari",
    "tidak-ada-kata-ini",
    "banjir gempa",
    "Maluku",
    "warga Bekasi",
    "banjir Lampung 2023",
    "panen maret 2023",
    "pembakaran lahan di Palembang",
)
OPERATORS = (
    "banjir DAN warga",
    "banjir ATAU kebakaran",
    "warga BUKAN banjir",
    "BUKAN banjir",
    "BUKAN banjir BUKAN beras",
    "(banjir ATAU beras) DAN polisi",
    "banjir -polisi",
    "beras +bupati",
    "(panen cengkih) ATAU (jembatan rusak)",
    "banjir^3 ATAU beras",
    "judul:banjir",
    "judul:(harga beras)",
    "teks:polisi",
    "judul:banjir BUKAN teks:polisi",
    "(judul:banjir ATAU teks:beras) -sumber:kabar.example",
)
PHRASES = (
    '"harga beras"',
    '"balai kota"',
    '"warga tetap waspada"',
    '"kota balai"',
    '"rumah sakit umum daerah"',
    'judul:"kepala desa"',
    '"pembakaran sampah" polisi',
    '-"pembakaran sampah" warga',
    '"beras harga"~3',
    '"bupati warga"~4',
    '"polisi saksi"~5',
    '"anak-anak diminta"',
)
PATTERNS = (
    "pem*",
    "kebakar*",
    "*bakaran",
    "judul:pan*",
    "b?ras",
    "banjr~",
    "judul:sekolh~",
    "tern* ATAU perah*",
    "zzz*",
)
FIELDS = (
    "daerah:lampung",
    "daerah:maluku",
    'daerah:"Ogan Komering Ilir"',
    "daerah:18.71 banjir",
    "-daerah:maluku cengkih",
    "sumber:kabar.example",
    'sumber:"Suara Timur"',
    "kategori:ekonomi beras",
    'penulis:"Rina Wati"',
    "tanggal:2023",
    "tanggal:2023-03 banjir",
    "tanggal:[2023-01-01 TO 2023-02-15]",
    "tanggal:[2023-06 TO]",
    "banjir -tanggal:2023",
    "daerah:maluku ATAU kategori:hukum",
)
TEXTS = ("", *WORDS, *OPERATORS, *PHRASES, *PATTERNS, *FIELDS)

ARGUMENTS: tuple[dict[str, Any], ...] = (
    {"region": "lampung"},
    {"region": ["16.02", "81"], "category": "daerah"},
    {"since": "2023-02", "until": "2023-05-20"},
    {"since": "2023-01-10T10:00:00+07:00"},
    {"source": ["Kabar.example", "suara timur"]},
    {"author": "denny saputra"},
    {"match": "any"},
    {"sort": "newest"},
    {"sort": "oldest"},
    {"sort": "popular"},
    {"fresh": "30d"},
)
ASKED = ("", "banjir", "warga polisi", '"balai kota"', "bantuan BUKAN banjir")

SEARCHES: tuple[tuple[str, dict[str, Any]], ...] = (
    *((text, {}) for text in TEXTS),
    *product(ASKED, ARGUMENTS),
)
