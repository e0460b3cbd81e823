"""An invented ../shared: a few articles and a line or two of every evaluation set."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

FLOOD = (
    "Banjir merendam tiga kelurahan di Kota Bandar Lampung sejak Senin malam. Warga mengungsi "
    "ke balai kelurahan dan menunggu bantuan makanan dari pemerintah kota."
)
ARTICLES = [
    ("click_id-1", "Banjir Rendam Bandar Lampung", FLOOD),
    ("click_id-2", "Warga Terima Bantuan Pangan", f"{FLOOD} Bantuan itu tiba pada Selasa siang."),
    (
        "click_id-3",
        "Pembakaran Lahan di Ogan Komering Ilir",
        "Polisi menangkap pelaku pembakaran lahan gambut di Kabupaten Ogan Komering Ilir.",
    ),
    (
        "click_id-4",
        "Petani Cengkih Panen Lebih Awal",
        "Harga cengkih naik dan petani memanen lebih awal tahun ini di kebun mereka.",
    ),
    (
        "other-5",
        "Bank Sentral Tahan Suku Bunga",
        "Dewan gubernur menahan suku bunga acuan untuk menjaga nilai tukar dan pertumbuhan.",
    ),
]
PAGE = """Beranda
Pemkot Ambon Resmikan Taman Baca Baru
Rabu, 14 Juni 2023 - 18:22 WIT
AMBON - Pemerintah Kota Ambon meresmikan taman baca baru di Kecamatan Sirimau pada Rabu pagi. \
Taman baca itu menyimpan dua ribu buku anak yang disumbangkan warga selama tiga bulan.
Kepala dinas berharap taman baca dibuka setiap hari sampai sore agar anak sekolah dapat singgah.
Baca Juga: Lomba Dayung Ditunda Pekan Depan
Berita Terkait
Lomba Dayung Ditunda Pekan Depan
"""
TRUTH: dict[str, Any] = {
    "id": "a",
    "url": None,
    "title": "Pemkot Ambon Resmikan Taman Baca Baru",
    "date": "2023-06-14T18:22:00+09:00",
}


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    """The folder of the invented data."""
    root = tmp_path / "shared"
    records = [{"id": one, "title": title, "text": text} for one, title, text in ARTICLES]
    _write(root / "corpus/news.jsonl.gz", "", records)
    _write(root / "eval/queries/queries.tsv", "A1\tbanjir bandar lampung\tFloods.\n")
    _write(root / "eval/queries/qrels.tsv", "A1 0 click_id-1 2\nA1 0 click_id-4 0\n")
    _write(root / "eval/facqa/queries.tsv", "q1\tDi mana harga cengkih naik?\n")
    _write(root / "eval/facqa/qrels.tsv", "q1 0 p1 1\n")
    passages = [{"id": "p1", "title": "", "text": "Harga cengkih naik di Ternate."}]
    passages.append({"id": "p2", "title": "", "text": "Sungai Musi meluap."})
    _write(root / "eval/facqa/passages.jsonl", "", passages)
    _write(root / "eval/summaries/queries.tsv", "s1\tPolisi menangkap pembakar lahan gambut.\n")
    _write(root / "eval/summaries/qrels.tsv", "s1 0 click_id-3 1\n")
    _write(root / "eval/related/links.tsv", "source_id\trelated_id\nclick_id-4\tclick_id-2\n")
    pairs = "jaccard_4word_shingles\tid_a\tid_b\tsource_a\tsource_b\n"
    pairs += "0.8\tclick_id-1\tclick_id-2\t\t\n0.3\tother-5\tclick_id-2\t\t\n"
    pairs += "0.1\tclick_id-1\tother-5\t\t\n"
    _write(root / "eval/related/near_duplicates.tsv", pairs)
    lemmas = "word\tlemma\tcount\talternatives\npembakaran\tbakar\t1\t\nlahan\tlahan\t1\t\n"
    _write(root / "eval/lemmas/lemmas.tsv", lemmas)
    gold = "id\tprimary\talso\tconfidence\tevidence\nclick_id-3\t16.02\t\thigh\t\n"
    gold += "other-5\tnational\t\thigh\t\nclick_id-4\t81.71\t\tlow\t\n"
    _write(root / "eval/regions/gold.tsv", gold)
    scrape = TRUTH | {"authors": [], "region": "81.71", "ambiguous": ["authors"]}
    scrape |= {"body_has": ["dua ribu buku anak"], "body_lacks": ["Lomba Dayung"]}
    _write(root / "eval/scrapes/truth.jsonl", "", [scrape])
    _write(root / "eval/scrapes/a.txt", PAGE)
    saved = TRUTH | {"txt": "txt/a.txt", "html": "html/a.html", "text": PAGE.split("WIT\n")[1]}
    _write(root / "eval/pages/truth.jsonl", "", [saved])
    _write(root / "eval/pages/txt/a.txt", PAGE)
    _write(root / "eval/pages/html/a.html", "<html><body></body></html>")
    return root


def _write(path: Path, text: str, records: list[dict[str, Any]] | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = (text + "".join(json.dumps(one) + "\n" for one in records or [])).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
