"""Copies of one text: of an article, over a whole index, folded in results."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

import newsearch
from newsearch import Article, NewsIndex
from tests.support import WIB, article

WHEN = datetime(2023, 6, 14, 12, 0, tzinfo=WIB)
WORDS = (
    "Hujan deras sejak sore membuat sungai meluap dan merendam tiga kelurahan di tepi kota. Warga "
    "menyelamatkan perabot ke lantai dua sementara perahu karet berkeliling mencari orang tua dan "
    "anak yang belum sempat keluar. Camat mengatakan dapur umum dibuka di halaman sekolah dasar "
    "dan selimut dibagikan mulai malam. Ketinggian air di gang sempit mencapai pinggang orang "
    "dewasa, listrik dipadamkan untuk mencegah korsleting, dan jalan utama ditutup bagi kendaraan "
    "kecil. Petugas memperkirakan genangan bertahan hingga pagi karena pintu air belum bisa dibuka."
).split()
FOOTER = "Ikuti saluran kami untuk kabar terbaru setiap hari. Dilarang menyalin tanpa izin redaksi."
COPIES = {
    "sama": " ".join(WORDS),
    "bingkai": f"{FOOTER} {' '.join(WORDS)} {FOOTER}",
    "pembuka": " ".join(["Banjir", "lagi", "kata", "seorang", "ibu", *WORDS[8:]]),
    "potong": " ".join(WORDS[: len(WORDS) * 7 // 10]),
}
OTHER = (
    "Hujan deras membuat sungai meluap di kota lain. Warga bertahan di rumah, perahu karet "
    "disiapkan petugas, dan dapur umum belum dibuka sampai sore karena jalan menuju "
    "kelurahan masih kering."
)


def _fill(index: NewsIndex, *articles: Article) -> None:
    index.add([*articles, *(article(f"lain{n}", f"Resep {n}", f"Masakan {n}") for n in range(20))])


def _ids(hits: list[newsearch.Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


@pytest.fixture
def copied(index: NewsIndex) -> NewsIndex:
    """An index with an article, four copies of it in other shapes, and another on its topic."""
    changed = [
        article(name, f"Judul {name}", text, source=f"{name}.example", views=number,
                published=WHEN + timedelta(hours=number))
        for number, (name, text) in enumerate(COPIES.items(), 1)
    ]  # fmt: skip
    original = article("asal", "Sungai Meluap", " ".join(WORDS), published=WHEN, views=9)
    _fill(index, original, *changed, article("beda", "Sungai Meluap", OTHER, published=WHEN))
    return index


def test_copies_in_every_shape_are_found(copied: NewsIndex) -> None:
    hits = copied.duplicates("asal")
    assert hits[0].article.id == "sama"
    assert hits[0].score == 1.0
    assert set(_ids(hits)) == set(COPIES)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert _ids(copied.duplicates("asal", limit=1)) == ["sama"]
    assert copied.duplicates("asal", limit=0) == []


def test_another_article_on_the_topic_is_no_copy(copied: NewsIndex) -> None:
    assert copied.duplicates("beda") == []
    assert "beda" in _ids(copied.related("asal"))


def test_copies_of_an_article_that_is_not_in_the_index(copied: NewsIndex) -> None:
    fresh = replace(copied.get("asal"), id="baru")
    assert set(_ids(copied.duplicates(fresh))) == {"asal", *COPIES}


def test_copies_of_an_unknown_id(copied: NewsIndex) -> None:
    with pytest.raises(newsearch.ArticleNotFoundError):
        copied.duplicates("none")


def test_short_texts_have_no_copies(index: NewsIndex) -> None:
    index.add([article("a", "Banjir di Ambon"), article("b", "Banjir di Ambon")])
    assert index.duplicates("a") == []


def test_a_copy_that_is_deleted_is_none(copied: NewsIndex) -> None:
    copied.delete("sama")
    assert "sama" not in _ids(copied.duplicates("asal"))


def test_all_copies_of_an_index(copied: NewsIndex) -> None:
    text = "Pasar pagi pindah ke gedung baru pekan depan setelah pedagang sepakat soal sewa."
    copied.add(
        [
            article("pasar-lama", "Pasar", text, published=None),
            article("pasar", "Pasar", text, published=WHEN),
        ]
    )
    groups = list(copied.duplicate_groups())
    assert [group.ids for group in groups] == [
        ("asal", *COPIES),  # in the order of their dates
        ("pasar", "pasar-lama"),
    ]
    assert groups[1].to_dict() == {"ids": ["pasar", "pasar-lama"]}


def test_an_empty_index_has_no_copies(index: NewsIndex) -> None:
    assert list(index.duplicate_groups()) == []


def test_folded_copies_say_how_many_and_where(copied: NewsIndex) -> None:
    hits = copied.search("perahu karet", collapse=True).hits
    assert len(hits) == 2
    folded = next(one for one in hits if one.duplicates)
    assert {folded.article.id, *folded.duplicates} == {"asal", *COPIES}
    named = dict(zip(folded.duplicates, folded.duplicate_sources, strict=True))
    assert all(source == ("" if name == "asal" else f"{name}.example")
               for name, source in named.items())  # fmt: skip
    assert folded.to_dict()["duplicate_sources"] == list(folded.duplicate_sources)


def test_the_latest_and_the_most_read_count_copies_once(copied: NewsIndex) -> None:
    newest, *others = copied.latest(source=[f"{name}.example" for name in COPIES])
    assert (newest.article.id, set(newest.duplicates)) == ("potong", set(COPIES) - {"potong"})
    assert others == []
    apart = copied.latest(source=[f"{name}.example" for name in COPIES], collapse=False)
    assert _ids(apart) == ["potong", "pembuka", "bingkai", "sama"]
    read = copied.search("", sort="popular", collapse=True, limit=2).hits
    assert read[0].article.id == "asal"
    assert set(read[0].duplicates) == set(COPIES)
    assert read[1].article.id not in COPIES


@pytest.mark.parametrize(
    ("filters", "first"),
    [
        ({"region": "Lampung"}, "kota"),
        ({"category": "hukum"}, "hukum"),
        ({"source": "Warta.example"}, "hukum"),
        ({"region": "18.71", "category": "daerah"}, "kota"),
    ],
)
def test_the_most_read_of_a_region_category_and_source(
    index: NewsIndex, filters: dict[str, Any], first: str
) -> None:
    index.add(
        [
            article("desa", "Desa", regions=("18.05",), category="Daerah", views=2),
            article("kota", "Kota", regions=("18.71",), category="Daerah", views=5),
            article("hukum", "Hukum", category="Hukum", source="warta.example", views=3),
            article("sidang", "Sidang", category="Hukum", source="warta.example"),
            article("jauh", "Jauh", regions=("81.71",), views=99),
        ]
    )
    assert index.search("", sort="popular", **filters).hits[0].article.id == first


@pytest.mark.parametrize(
    ("filters", "newest", "popular"),
    [
        ({"region": "Lampung"}, "ulang", "asli"),
        ({"region": "18.71"}, "ulang", "asli"),
        ({"category": "daerah"}, "ulang", "asli"),
        ({"source": "Kabar.example"}, "kutip", "asli"),
        ({"source": ["Kabar.example", "Warta.example"]}, "ulang", "asli"),
    ],
)
def test_copies_of_a_region_category_and_source_count_once(
    index: NewsIndex, filters: dict[str, Any], newest: str, popular: str
) -> None:
    place = {"regions": ("18.71",), "category": "Daerah"}
    kabar, warta = place | {"source": "kabar.example"}, place | {"source": "Warta.example"}
    text = " ".join(WORDS)
    index.add(
        [
            article("asli", "Sungai Meluap", text, published=WHEN, views=70, **kabar),
            article("kutip", "Meluap", text, published=WHEN + timedelta(hours=1), views=5, **kabar),
            article("ulang", "Luap", text, published=WHEN + timedelta(hours=2), views=9, **warta),
            article("beda", "Kering", OTHER, published=WHEN - timedelta(hours=1), **kabar),
            article("jauh", "Cengkih", published=WHEN + timedelta(days=1), views=99),
        ]
    )
    folded = {"asli", "kutip", "ulang"} - ({"ulang"} if newest == "kutip" else set())
    for hits, first in (
        (index.latest(**filters), newest),
        (index.search("", sort="popular", collapse=True, **filters).hits, popular),
    ):
        assert _ids(hits) == [first, "beda"]
        assert set(hits[0].duplicates) == folded - {first}
        assert hits[1].duplicates == ()


def test_copies_are_folded_across_the_pages_of_the_most_read(copied: NewsIndex) -> None:
    first = copied.search("", sort="popular", collapse=True, limit=1).hits
    second = copied.search("", sort="popular", collapse=True, limit=1, offset=1).hits
    assert _ids(first) == ["asal"]
    assert not {*COPIES, "asal"} & set(_ids(second))
