"""Article: the record that goes in and comes out."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from datetime import datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch import Article, ArticleError
from newsearch.article import stored_article
from tests.support import WIB

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50)


def test_id_is_the_url_where_there_is_one() -> None:
    assert Article(title="a", url="https://kabar.example/1").id == "https://kabar.example/1"
    assert Article(title="a", url="https://kabar.example/1", id="x").id == "x"


def test_id_is_a_hash_of_source_title_and_date() -> None:
    one = Article(title="Banjir", text="a", source="kabar.example")
    assert one.id == Article(title="Banjir", text="b", source="kabar.example").id
    assert one.id != Article(title="Banjir", text="a", source="warta.example").id
    assert one.id != Article(title="Banjir", published=datetime(2023, 1, 1, tzinfo=WIB)).id
    assert len(one.id) == 16


def test_articles_without_a_title_differ_by_their_text() -> None:
    assert Article(title="", text="a").id != Article(title="", text="b").id


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "title or a text"),
        ({"title": " \n", "text": "\t"}, "title or a text"),
        ({"title": "x" * 3_000}, "3,000 characters"),
        ({"title": "x", "text": "y" * 2_000_001}, "2,000,001 characters"),
        ({"title": 5}, "must be text"),
        ({"title": "x", "published": datetime(2023, 1, 1)}, "time zone"),
        ({"title": "x", "published": "2023-01-01"}, "must be a datetime"),
        ({"title": "x", "published": datetime(1, 1, 1, tzinfo=WIB)}, "years 1000 to 9998"),
        ({"title": "x", "authors": "Denny"}, "list of texts"),
        ({"title": "x", "regions": (5,)}, "must be text"),
        ({"title": "x", "views": -1}, "views"),
        ({"title": "x", "views": True}, "views"),
        ({"title": "x", "id": "i" * 1_001}, "id has"),
        ({"title": "\ud800"}, "Unicode"),
    ],
)
def test_bad_fields_are_named(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ArticleError, match=said):
        Article(**fields)


def test_articles_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Article(title="a").title = "b"  # type: ignore[misc]


@given(
    title=TEXT.filter(str.strip),
    text=TEXT,
    source=st.none() | TEXT,
    authors=st.lists(TEXT, max_size=3),
    views=st.none() | st.integers(0, 10**9),
    published=st.none()
    | st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31), timezones=st.just(WIB)),
)
def test_the_dict_form_round_trips(**fields: Any) -> None:
    made = Article(**fields)
    assert Article.from_dict(made.to_dict()) == made
    # Out of an index, and between processes, it is not checked again.
    assert stored_article(orjson.loads(orjson.dumps(made.to_dict()))) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_from_dict_names_a_bad_date() -> None:
    with pytest.raises(ArticleError, match="ISO 8601"):
        Article.from_dict({"title": "a", "published": "kemarin"})
