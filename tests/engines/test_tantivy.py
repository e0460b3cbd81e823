"""The tantivy engine by itself: terms in, terms asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import whoosh.query as wq

import newsearch
from newsearch import IndexCorruptError, QueryError
from newsearch.engines import Engine, Entry, Filters, create_engine, fold, open_engine
from newsearch.engines.machine import give_back_memory
from newsearch.engines.tantivy import core
from newsearch.engines.tantivy.codes import to_code, to_number
from newsearch.regions import regions
from tests.support import article


def entry(article_id: str, **fields: Any) -> Entry:
    values: dict[str, Any] = {
        "title": "",
        "body": "",
        "title_words": "",
        "title_phrases": "",
        "words": "",
        "regions": (),
        "source": None,
        "category": None,
        "authors": (),
        "published": None,
        "month": None,
        "day": None,
        "views": 0,
        "signature": b"",
        "stored": article_id.encode(),
    }
    return Entry(id=article_id, **values | fields)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(tmp_path / "index", "tantivy", "test")
    with made.writer(1) as writer:
        writer.add(entry("a", body="banjir air banjir", words="banjir air banjir", published=10))
        writer.add(
            entry("b", body="air", words="air di kota", published=-5, regions=("16", "16.02"))
        )
        writer.add(entry("c", title="air", title_words="air", words="air", authors=("x", "y")))
    yield made
    made.close()


def ids(engine: Engine, query: wq.Query, filters: Filters | None = None) -> list[str]:
    return [hit.stored.decode() for hit in engine.search(query, filters or Filters()).hits]


BANJIR, AIR = wq.Term("body", "banjir"), wq.Term("body", "air")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (BANJIR, {"a"}),
        (AIR, {"a", "b"}),
        (wq.And([AIR, BANJIR]), {"a"}),
        (wq.Or([BANJIR, wq.Term("title", "air")]), {"a", "c"}),
        (wq.And([AIR, wq.Not(BANJIR)]), {"b"}),
        (wq.Not(AIR), {"c"}),
        (wq.And([wq.Not(AIR)]), {"c"}),
        (wq.Or([BANJIR, wq.Not(AIR)]), {"a", "c"}),
        (wq.AndMaybe(AIR, BANJIR), {"a", "b"}),
        (wq.Phrase("words", ["air", "banjir"]), {"a"}),
        (wq.Phrase("words", ["banjir", "banjir"]), set()),
        (wq.Phrase("words", ["banjir", "banjir"], slop=2), {"a"}),
        (wq.Phrase("words", ["kota"]), {"b"}),
        (wq.NumericRange("published", 0, 10), {"a"}),
        (wq.NumericRange("published", None, 0), {"b"}),
        (wq.NumericRange("published", 11, None), set()),
        (wq.ConstantScoreQuery(AIR, 1.0), {"a", "b"}),
        (wq.Term("region", "16"), {"b"}),
        (wq.Term("author", "y"), {"c"}),
        (wq.Every(), {"a", "b", "c"}),
        (wq.NullQuery, set()),
    ],
)
def test_every_kind_of_query(engine: Engine, query: wq.Query, expected: set[str]) -> None:
    assert set(ids(engine, query)) == expected
    assert engine.search(query, Filters()).total == len(expected)


def test_boosts_count(engine: Engine) -> None:
    plain = engine.search(BANJIR, Filters()).hits[0].score
    boosted = engine.search(wq.Term("body", "banjir", boost=3.0), Filters()).hits[0].score
    assert boosted == pytest.approx(3 * plain)


def test_a_kind_of_query_it_does_not_know(engine: Engine) -> None:
    with pytest.raises(QueryError, match="Regex queries are not supported"):
        engine.search(wq.Regex("body", "a.*"), Filters())


def test_facets_count_each_value_once(engine: Engine) -> None:
    counted = engine.search(wq.Every(), Filters(), limit=0, facets=("region", "author", "month"))
    assert counted.total == 3
    assert counted.hits == []
    assert counted.facets == {
        "region": [("16", 1), ("16.02", 1)],
        "author": [("x", 1), ("y", 1)],
        "month": [],
    }


def test_codes_of_regions_are_numbers_and_back() -> None:
    for level in (1, 2, 3):
        for region in regions(level):
            assert to_code(float(to_number(region.code))) == region.code
    assert to_code(float(to_number("16.02.03.2001"))) == "16.02.03.2001"
    for wrong in ("", "1", "16.2", "06.02", "16.02.", "16.02.03.01", " 16", "16\n"):
        with pytest.raises(ValueError, match="no code"):
            to_number(wrong)


def test_terms_are_the_most_frequent_first(engine: Engine) -> None:
    assert engine.terms("", 10)[0] == ("air", 3)
    assert engine.terms("b", 10) == [("banjir", 1)]
    assert engine.terms("", 1) == [("air", 3)]
    assert engine.doc_freq("body", "air") == 2
    assert engine.doc_freq("body", "none") == 0


def test_get_and_stored(engine: Engine) -> None:
    assert engine.get("b") == b"b"
    assert engine.get("none") is None
    assert sorted(engine.stored()) == [b"a", b"b", b"c"]


def test_more_articles_than_one_page_of_stored(tmp_path: Path) -> None:
    engine = create_engine(tmp_path / "many", "tantivy", "test")
    with engine.writer(1) as writer:
        for number in range(10_050):
            writer.add(entry(str(number)))
    assert len(set(engine.stored())) == engine.count == 10_050


def test_check_counts(engine: Engine) -> None:
    # The stored bytes of these entries are no JSON, and check says so.
    assert engine.check()


def test_files_that_are_no_index(engine: Engine, tmp_path: Path) -> None:
    (Path(engine.location) / "data-1" / "meta.json").write_text("{")
    with pytest.raises(IndexCorruptError, match="cannot be read"):
        open_engine(engine.location, "test")


def test_fold() -> None:
    assert fold("  Kabar \n PAGI ") == "kabar pagi"


def test_shortlists_rank_each_filter_and_read_what_is_asked(engine: Engine) -> None:
    lists = engine.shortlists(AIR, [Filters(), Filters(region=("16",))], 10)
    everywhere, inside = lists.lists
    assert {lists.fetch(key).stored for key in everywhere} == {b"a", b"b"}
    assert [lists.fetch(key).stored for key in inside] == [b"b"]
    # One article has one key and one score, whichever list it stands in.
    assert inside.items() <= everywhere.items()
    published = {lists.fetch(key).stored: lists.published[key] for key in everywhere}
    assert published == {b"a": 10, b"b": -5}


def test_frequencies_of_many_terms_follow_commits(engine: Engine) -> None:
    terms = ["air", "banjir", "tidakada"]
    assert engine.doc_freqs("body", terms) == [2, 1, 0]
    with engine.writer(1) as writer:
        writer.add(entry("d", body="banjir"))
    assert engine.doc_freqs("body", terms) == [2, 2, 0]


def test_every_article_has_the_stamp_of_the_transaction_that_brought_it(engine: Engine) -> None:
    before = engine.last_stamp
    with engine.writer(1) as writer:
        writer.add(entry("d"))
        writer.add(entry("a", body="diganti"))
    stamps = {hit.stored: hit.indexed for hit in engine.every()}
    assert stamps == {b"a": before, b"b": before, b"c": before, b"d": engine.last_stamp}
    assert engine.last_stamp > before


def test_matches_are_all_that_match_newest_first(engine: Engine) -> None:
    found = [hit.stored for hit in engine.matches(wq.Every(), Filters())]
    assert sorted(found) == [b"a", b"b", b"c"]
    assert [hit.stored for hit in engine.matches(AIR, Filters(region=("16",)))] == [b"b"]
    assert list(engine.matches(wq.NullQuery, Filters())) == []


@pytest.mark.parametrize(("coming", "parted"), [(None, False), (12_600_000, True)])
def test_where_much_comes_the_last_segment_is_not_the_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coming: int | None, parted: bool
) -> None:
    monkeypatch.setattr(core, "PARTED", 10_000_000)
    made = create_engine(tmp_path / "index", "tantivy", "test")
    with made.writer(1, coming) as writer:
        for number in range(1_000):
            words = " ".join(f"{number}x{other}" for other in range(300))
            writer.add(entry(str(number), words=words))
    assert made.count == 1_000
    assert (len(list((tmp_path / "index").rglob("*.idx"))) > 1) == parted
    made.close()


def test_what_a_large_transaction_held_is_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[int] = []

    def give_back() -> None:
        given_back.append(len(index))
        give_back_memory()

    monkeypatch.setattr(core, "give_back_memory", give_back)
    monkeypatch.setattr(core, "LARGE", 3)
    with newsearch.create(tmp_path / "large") as index:
        index.add(article(f"a{n}", "Banjir") for n in range(2))
        assert given_back == []
        index.add(article(f"b{n}", "Banjir") for n in range(3))
        assert given_back == [5]
        index.rebuild()
        assert given_back == [5, 5]
