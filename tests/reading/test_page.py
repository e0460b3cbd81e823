"""read_page(): one page scrape → Article."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsearch.article import MAX_TEXT, Article
from newsearch.errors import ArticleError
from newsearch.reading import read_page
from newsearch.reading.dates import WIB, WITA

PAGES = Path(__file__).parent / "pages"
SAMPLE = (
    Path(__file__).resolve().parents[2].parent / "shared" / "seeds" / "000_7189588d8e01a0fa.txt"
)


def page(name: str) -> Article:
    return read_page((PAGES / name).read_text())


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample page lies in ../shared only")
def test_sample_page() -> None:
    article = read_page(SAMPLE.read_text())

    assert article.title == "Pemkab OKI Perkuat Sinergitas Jelang Pemilu dan Pilkada Serentak"
    assert article.published == datetime(2023, 6, 14, 18, 22, tzinfo=WIB)
    assert article.authors == ("Denny",)
    assert article.source == "keizalinnews.com"
    assert article.views == 2
    assert article.dateline == "Kabupaten OKI"
    assert article.regions == ()
    assert article.text.startswith("Pemerintah Kabupaten Ogan Komering Ilir")
    assert article.text.endswith("Tutup Kajari.")
    assert len(article.text.split("\n")) == 17
    for promo in ("Baca Juga", "Bekasi", "Pidie Jaya", "Bangka Barat", "Vitamin", "dicopy"):
        assert promo not in article.text


def test_regional_layout() -> None:
    article = page("regional.txt")

    assert article.title == "Pemkab Wonosari Jaya Siapkan Tiga Embung untuk Musim Tanam Kedua"
    assert article.published == datetime(2024, 5, 9, 9, 41, tzinfo=WIB)
    assert article.authors == ("Ratri",)
    assert article.source == "kabarladang.example"
    assert article.views == 1204
    assert article.dateline == "Kabupaten WJ"
    assert article.text.split("\n") == [
        "Pemerintah Kabupaten Wonosari Jaya (WJ) menyiapkan tiga embung baru untuk mengairi sawah"
        " pada musim tanam kedua. Pekerjaan dimulai pekan ini di Kecamatan Karanglor.",
        "Kepala dinas pertanian, Ir. Sudarmono, MM menyatakan embung pertama mengairi empat puluh"
        " hektare sawah milik warga.",
        "“Air ditampung sejak hujan terakhir, jadi petani tidak perlu menunggu giliran,” ucap"
        " Sudarmono.",
        "Petani yang ditemui di pematang, Wagiman",
        "menyebut sawahnya tahun lalu hanya panen sekali.",
        "“Kalau embung jadi, kami tanam dua kali,” tutup Wagiman.",
    ]


def test_portal_layout_with_menus_on_all_sides() -> None:
    article = page("portal.txt")

    assert article.title == "Nelayan Pulau Gambut Dapat Dua Puluh Mesin Tempel"
    assert article.published == datetime(2024, 6, 2, 17, 5, tzinfo=WITA)
    assert article.authors == ("Sari Melati",)
    assert article.source == "kabarpesisir.example"
    assert article.dateline == "PULAU GAMBUT"
    assert article.text.split("\n") == [
        "Dua puluh nelayan di Kecamatan Pulau Gambut menerima mesin tempel baru dari dinas"
        " perikanan.",
        "Mesin dipakai bergantian oleh empat kelompok. Setiap kelompok menunjuk satu orang untuk"
        " merawatnya.",
        '"Dulu kami mendayung dua jam, sekarang dua puluh menit," kata ketua kelompok, Rusdi.',
    ]


def test_blog_layout_with_the_date_above_the_headline() -> None:
    article = page("blog.txt")

    assert article.title == "Warga Kampung Sawah Tanam Seribu Pohon Aren"
    assert article.published == datetime(2019, 3, 5, tzinfo=WIB)
    assert article.authors == ("Asep Hidayat",)
    assert article.source is None
    assert article.dateline is None
    assert article.text.startswith("Warga Kampung Sawah menanam")
    assert article.text.endswith("Memasang pagar bambu")
    assert "Langkah Berikutnya\n1. Menyiram" in article.text


def test_the_smallest_page() -> None:
    article = read_page("Judul\n\nIsi berita.")

    assert (article.title, article.text, article.published) == ("Judul", "Isi berita.", None)


def test_a_date_inside_the_text_is_not_the_date_of_the_article() -> None:
    article = read_page(
        "Panen Raya di Desa Sukamaju Dimulai\n\n"
        "Petani Desa Sukamaju memulai panen raya pada Sabtu (27/1/2024) pagi.\n"
        "Harga gabah bertahan sejak awal tahun."
    )

    assert article.published is None


def test_the_source_falls_back_to_the_host() -> None:
    url = "https://www.kabarladang.example/a/1"
    article = read_page("Panen Raya Dimulai\nPetani memulai panen raya hari ini.", url)

    assert (article.source, article.url, article.id) == ("kabarladang.example", url, url)


@pytest.mark.parametrize(
    ("label", "authors"),
    [
        ("Penulis: Denny Saputra", ("Denny Saputra",)),
        ("Penulis: Denny | Editor: Wati Lestari", ("Denny",)),
        ("Reporter : Budi Santoso dan Wati Lestari", ("Budi Santoso", "Wati Lestari")),
        ("Laporan wartawan Kabar Ladang, Jamal Hi. Ruslan", ("Jamal Hi. Ruslan",)),
        ("Oleh: Admin", ()),
        ("Editor: Wati Lestari", ()),
        ("Penulis: | Editor:", ()),
        ("Penulis:\nDenny Saputra", ("Denny Saputra",)),
        ("Denny Saputra - Jurnalis", ("Denny Saputra",)),
    ],
)
def test_authors_by_label(label: str, authors: tuple[str, ...]) -> None:
    article = read_page(
        f"Panen Raya di Sukamaju Dimulai\n{label}\nRabu, 3 Januari 2024 10:00 WIB\n"
        "Petani Desa Sukamaju memulai panen raya padi pada pagi hari.\nHarga gabah bertahan."
    )

    assert article.authors == authors


@pytest.mark.parametrize(
    ("sign", "authors"),
    [
        ("(Denny)", ("Denny",)),
        ("(red)", ()),
        ("(ica)", ()),
        ("(ER)***", ()),
        ("[Viqor]", ("Viqor",)),
    ],
)
def test_signature_is_taken_off(sign: str, authors: tuple[str, ...]) -> None:
    article = read_page(
        "Panen Raya di Sukamaju Dimulai\n"
        f"Petani Desa Sukamaju memulai panen raya padi pada pagi hari.{sign}\n"
        "Warga Desa Lain Menunggu Hujan Turun"
    )

    assert article.authors == authors
    assert article.text == "Petani Desa Sukamaju memulai panen raya padi pada pagi hari."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("Panen Raya di Sukamaju Dimulai", "no headline|no text"),
        ("Petani Desa Sukamaju memulai panen raya padi pada pagi hari.", "no headline"),
        ("<!DOCTYPE html><html><body><p>Panen</p></body></html>", "no headline|no text"),
        ("a" * (2 * MAX_TEXT + 1), "more than"),
        ("Judul Berita\nIsi berita \ud800 rusak sekali.", "broken Unicode"),
    ],
)
def test_what_is_no_page_says_why(text: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        read_page(text)


LINES = st.sampled_from(
    [
        "",
        "Baca Juga : Harga Cabai Turun",
        "Berita Terkait",
        "Rabu, 14 Juni 2023 - 18:22 WIB",
        "Panen Raya di Sukamaju Dimulai",
        "Jakarta (ANTARA) - Petani memulai panen raya padi pada pagi hari.",
        "Petani memulai panen raya padi pada pagi hari. (Denny)",
        "Penulis:",
        "Foto: Dok. Istimewa",
        "...",
        "1. satu",
        "| - |",
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(LINES | st.text(max_size=80)).map("\n".join)))
def test_any_text_is_an_article_or_an_article_error(text: str) -> None:
    try:
        article = read_page(text)
    except ArticleError:
        pass
    else:
        assert article.title
        assert article.text


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Bogor, Rabu (14/6/2023) - ", 14),
        ("BOGOR (15 Juni 2023) – ", 15),
        ("Bogor, 16/6/2023 (ANTARA) - ", 16),
    ],
)
def test_the_date_of_a_dateline_counts_where_no_other_stands(opening: str, day: int) -> None:
    lead = "Banjir melanda rumah warga di tepi sungai pada 2 Mei 2021."
    article = read_page(f"Banjir di Bogor\n\n{opening}{lead}\n")
    assert article.published == datetime(2023, 6, day, tzinfo=WIB)
    assert article.text == lead
    dated = read_page(f"Banjir di Bogor\n\nSabtu, 1 Juli 2023\n\n{opening}{lead}\n")
    assert dated.published == datetime(2023, 7, 1, tzinfo=WIB)
    assert read_page(f"Banjir di Bogor\n\n{lead}\n").published is None
