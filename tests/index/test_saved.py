"""Saved searches: what has come in since one was last asked, and what never counts as new."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex, SavedSearchError
from tests.support import WIB, article


def new(index: NewsIndex, name: str, *, mark: bool = True) -> list[str]:
    """The ids of what has come in, marked as seen."""
    found = index.arrivals(name)
    ids = [hit.article.id for hit in found.hits]
    if mark:
        index.mark_seen(name, found.until)
    return ids


@pytest.fixture
def flood(index: NewsIndex) -> NewsIndex:
    index.add([article("old", "Banjir lama"), article("dry", "Kemarau")])
    index.save_search("banjir", "banjir")
    return index


def test_what_was_there_is_not_new(flood: NewsIndex) -> None:
    assert new(flood, "banjir") == []


def test_what_comes_in_is_new_once(flood: NewsIndex) -> None:
    past = datetime(1999, 1, 1, tzinfo=WIB)
    flood.add([article("now", "Banjir kini"), article("sun", "Cerah")])
    # Backdated: it came in today all the same.
    flood.add([article("past", "Banjir 1999", published=past)])
    assert new(flood, "banjir", mark=False) == ["now", "past"]
    assert new(flood, "banjir") == ["now", "past"]
    assert new(flood, "banjir") == []
    flood.add([article("none", "Banjir", published=None)])
    assert new(flood, "banjir") == ["none"]


def test_hits_have_their_matches_marked(flood: NewsIndex) -> None:
    flood.add([article("now", "Banjir kini")])
    [hit] = flood.arrivals("banjir").hits
    assert hit.title.html() == "<mark>Banjir</mark> kini"


def test_corrections_and_rebuilds_are_not_new(flood: NewsIndex) -> None:
    flood.add([article("old", "Banjir lama, dikoreksi")])
    with flood.writer() as writer:
        writer.add(article("old", "Banjir lama"))
        writer.add(article("old", "Banjir lama, dikoreksi lagi"))
    flood.rebuild()
    assert new(flood, "banjir") == []
    with flood.writer() as writer:
        writer.delete("old")
        writer.add(article("old", "Banjir yang kembali"))
    assert new(flood, "banjir") == ["old"]


def test_what_is_new_stays_new_through_a_rebuild(flood: NewsIndex) -> None:
    flood.add([article("now", "Banjir kini")])
    flood.rebuild()
    assert new(flood, "banjir") == ["now"]


def test_a_clock_that_goes_back_loses_nothing(
    flood: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_000)
    flood.add([article("now", "Banjir kini")])
    assert new(flood, "banjir") == ["now"]


def test_what_is_committed_while_it_is_read_comes_the_next_time(flood: NewsIndex) -> None:
    flood.add([article("one", "Banjir satu")])
    found = flood.arrivals("banjir")
    flood.add([article("two", "Banjir dua")])
    assert [hit.article.id for hit in found.hits] == ["one"]
    flood.mark_seen("banjir", found.until)
    assert new(flood, "banjir") == ["two"]


def test_filters_are_kept_and_relative_dates_read_anew(index: NewsIndex) -> None:
    saved = index.save_search(
        "lampung", "banjir kebakaran", region=("Lampung",), since="kemarin", match="any"
    )
    assert saved.options == {"region": ("Lampung",), "since": "kemarin", "match": "any"}
    now = datetime.now(WIB)
    index.add(
        [
            article("here", "Banjir", regions=("18.71",), published=now),
            article("there", "Banjir", regions=("16",), published=now),
            article("then", "Banjir", regions=("18",)),
        ]
    )
    assert new(index, "lampung") == ["here"]


def test_another_process_sees_them(flood: NewsIndex, tmp_path: Path) -> None:
    location = flood.stats().location
    with newsearch.open(location) as other:
        assert [saved.name for saved in other.saved_searches()] == ["banjir"]
        other.delete_search("banjir")
    assert flood.saved_searches() == []


def test_a_saved_search_is_not_overwritten_unless_told(flood: NewsIndex) -> None:
    with pytest.raises(SavedSearchError, match="already"):
        flood.save_search("banjir", "kebakaran")
    flood.save_search("banjir", "kebakaran", overwrite=True)
    assert flood.saved_searches()[0].query == "kebakaran"


@pytest.mark.parametrize("name", ["", "../banjir", "a/b", "a" * 65, ".", "a b", "-a", "a\n", "\0"])
def test_names_that_are_none(flood: NewsIndex, name: str) -> None:
    with pytest.raises(SavedSearchError, match="no name"):
        flood.save_search(name, "banjir")


def test_what_cannot_be_searched_is_not_saved(flood: NewsIndex) -> None:
    with pytest.raises(newsearch.UnknownRegionError):
        flood.save_search("a", "banjir", region="Atlantis")
    with pytest.raises(newsearch.QueryError):
        flood.save_search("a", "kata " * 20_000)
    assert [saved.name for saved in flood.saved_searches()] == ["banjir"]


def test_unknown_and_damaged_ones_are_named(flood: NewsIndex) -> None:
    with pytest.raises(SavedSearchError, match="those of this index are banjir"):
        flood.arrivals("bnajir")
    (Path(flood.stats().location) / "saved" / "banjir.json").write_text("{")
    with pytest.raises(SavedSearchError, match="damaged"):
        flood.arrivals("banjir")
