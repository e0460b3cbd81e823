"""What tests of several rooms share."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from newsearch import Article, NewsIndex

PROJECT = Path(__file__).resolve().parents[1]
ARTICLES = PROJECT / "examples" / "articles"
SHARED = PROJECT.parent / "shared"

CLUSTERED = bool(os.environ.get("NEWSEARCH_TEST_CLUSTER"))
"""Whether tests may start a cluster, and run on it what every engine must do."""

WIB = timezone(timedelta(hours=7))
WIT = timezone(timedelta(hours=9))


def article(article_id: str, title: str, text: str = "", **fields: Any) -> Article:
    """An article with a date unless it is told otherwise."""
    fields.setdefault("published", datetime(2023, 6, 14, 18, 22, tzinfo=WIB))
    return Article(id=article_id, title=title, text=text, **fields)


def story() -> list[Article]:
    """Seven invented articles; each test names those it needs by their id."""
    return [
        article(
            "banjir",
            "Banjir Rendam Bandar Lampung",
            "Banjir merendam tiga kelurahan di Bandar Lampung. Warga mengungsi ke balai kota.",
            source="Kabar.example",
            category="Daerah",
            regions=("18.71",),
            authors=("Denny Saputra",),
            views=10,
        ),
        article(
            "surut",
            "Air Surut, Warga Pulang",
            "Setelah banjir di Bandar Lampung surut, warga kembali membersihkan rumah.",
            source="kabar.example",
            category="Daerah",
            regions=("18.71",),
            published=datetime(2023, 6, 20, 7, 0, tzinfo=WIB),
            views=50,
        ),
        article(
            "bakar",
            "Pembakaran Lahan di Ogan Komering Ilir",
            "Polisi menangkap pelaku pembakaran lahan. Anak-anak diminta memakai masker.",
            source="Warta.example",
            category="Hukum",
            regions=("16.02",),
            published=datetime(2023, 7, 1, 9, 0, tzinfo=WIB),
        ),
        article(
            "ambon",
            "Warga Maluku Panen Cengkih",
            "Petani cengkih di Maluku memanen lebih awal tahun ini.",
            source="Lensa.example",
            category="Ekonomi",
            regions=("81.71",),
            # Half past midnight in Ambon is still the evening before in Jakarta.
            published=datetime(2022, 1, 1, 0, 30, tzinfo=WIT),
            views=99,
        ),
        article(
            "malu",
            "Malu Bertanya Sesat di Jalan",
            "Pepatah lama: jangan malu bertanya kepada warga.",
            source="Lensa.example",
            category="Opini",
            published=None,
        ),
        article(
            "pengacara",
            "Pengacara Ajukan Banding",
            "Pengacara terdakwa mengajukan banding atas putusan hakim.",
            source="Warta.example",
            category="Hukum",
            regions=("32.75",),
            published=datetime(2021, 3, 5, 10, 0, tzinfo=WIB),
        ),
        article(
            "acara",
            "Acara Budaya Digelar di Alun-alun",
            "Acara budaya itu dihadiri ratusan warga dan seniman.",
            source="Warta.example",
            category="Budaya",
            regions=("32.75",),
            published=datetime(2021, 3, 6, 10, 0, tzinfo=WIB),
        ),
    ]


def found(index: NewsIndex, query: str, **options: Any) -> set[str]:
    """The ids of the articles that a query finds."""
    return {hit.article.id for hit in index.search(query, limit=100, **options).hits}


def in_order(index: NewsIndex, query: str, **options: Any) -> list[str]:
    """The ids of the articles that a query finds, best first."""
    return [hit.article.id for hit in index.search(query, limit=100, **options).hits]
