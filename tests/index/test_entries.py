"""Articles that are analysed together become what each becomes alone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import orjson
from hypothesis import given
from hypothesis import strategies as st

from newsearch import Article
from newsearch.indexing.entries import make_entries, make_entry

_TEXTS = st.sampled_from(
    [
        "",
        "yang dan",
        "x" * 70 + " banjir",
        "KAYU AGUNG – Bupati OKI meninjau jalan rusak di Kecamatan Lempuing.",
        "Warga Desa Wudi, Kabupaten Lamongan, memanen padi bersama-sama pada pagi hari.",
        "Striker Lukaku mencetak gol. Menurut Lukaku, gol itu indah.",
        "Pertemuan itu membahas harga beras, cabai, dan bawang.",
        "Kota Bandar Lampung dan Kota Metro membangun jembatan.",
    ]
)
_WIB = timezone(timedelta(hours=7))
_ARTICLES = st.builds(
    Article,
    id=st.uuids().map(str),
    title=_TEXTS.filter(bool),
    text=st.lists(_TEXTS, max_size=3).map("\n".join),
    published=st.none() | st.just(datetime(2023, 6, 14, 18, 22, tzinfo=_WIB)),
    source=st.none() | st.just("Harian Pagi"),
    authors=st.sampled_from([(), ("Siti", "Budi")]),
    regions=st.sampled_from([(), ("16.02",), ("Ambon", "Antah Berantah"), ("Antah Berantah",)]),
    dateline=st.none() | st.sampled_from(["Palembang", "Antah"]),
)


@given(st.lists(_ARTICLES, max_size=8), st.booleans())
def test_together_as_alone(articles: list[Article], detect: bool) -> None:
    together = make_entries(articles, detect=detect)
    assert together == [make_entry(article, detect=detect) for article in articles]


def test_of_each_its_own_regions() -> None:
    there = Article(id="1", title="Panen di Kabupaten Lamongan", text="Padi di Lamongan dipanen.")
    given_ = Article(id="2", title="Rapat", text="Rapat di Ambon.", regions=("16.02",))
    nowhere = Article(id="3", title="Resep Sambal", text="Cabai dan bawang diulek.")
    here = Article(id="4", title="Banjir di Kota Ambon", text="Air naik di Kota Ambon.")

    entries = make_entries([there, given_, nowhere, here])

    assert [entry.regions[:1] for entry in entries] == [("35.24",), ("16.02",), (), ("81.71",)]
    assert [entry.id for entry in entries] == ["1", "2", "3", "4"]


def test_what_an_article_lacks_is_not_stored() -> None:
    stored = orjson.loads(make_entry(Article(title="Panen", text="", id="a", views=0)).stored)
    expected = {"id": "a", "title": "Panen", "text": "", "views": 0, "regions": []}
    assert {name: stored[name] for name in expected} == expected
    assert not {"published", "source", "url", "category", "authors", "dateline"} & stored.keys()
