"""Export: every match, once, of one commit."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex
from newsearch.engines.tantivy import export as tantivy_export
from tests.support import WIB, article


def ids(index: NewsIndex, query: str, **options: str) -> list[str]:
    return [one.id for one in index.export(query, **options)]  # type: ignore[arg-type]


def test_every_match_comes_newest_first_and_undated_ones_last(news: NewsIndex) -> None:
    assert ids(news, "") == ["bakar", "surut", "banjir", "ambon", "acara", "pengacara", "malu"]
    assert ids(news, "warga") == ["surut", "banjir", "ambon", "acara", "malu"]
    assert ids(news, "warga", region="Lampung", until="2023-06-15") == ["banjir"]
    assert ids(news, "banjir cengkih") == []
    assert ids(news, "banjir cengkih", match="any") == ["surut", "banjir", "ambon"]


def test_pages_of_an_export_hold_each_match_once(
    index: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_export, "PAGE", 7)
    start = datetime(2023, 1, 1, tzinfo=WIB)
    dated = [
        article(f"d{number}", "Kabar", published=start + timedelta(hours=number))
        for number in range(100)
    ]
    undated = [article(f"u{number}", "Kabar", published=None) for number in range(20)]
    index.add([*dated, *undated])
    found = ids(index, "kabar")
    assert found[:100] == [f"d{number}" for number in reversed(range(100))]
    assert sorted(found[100:]) == sorted(f"u{number}" for number in range(20))


def test_an_export_is_of_one_commit(index: NewsIndex, tmp_path: Path) -> None:
    index.add([article(f"a{number}", "Kabar") for number in range(5)])
    running = index.export("kabar")
    first = next(running).id
    index.delete("a3")
    index.add([article("new", "Kabar")])
    index.rebuild()
    assert {first, *(one.id for one in running)} == {f"a{number}" for number in range(5)}


def test_an_export_refuses_what_a_search_refuses(news: NewsIndex) -> None:
    with pytest.raises(newsearch.UnknownRegionError):
        news.export("", region="Atlantis")
    with pytest.raises(newsearch.QueryTooLargeError):
        news.export("kata " * 20_000)
