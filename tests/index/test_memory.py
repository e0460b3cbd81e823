"""What is remembered of a commit is forgotten with it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import newsearch
from newsearch import NewsIndex
from newsearch.query import plan
from newsearch.query.plan import MAX_PLANS
from tests.support import WIB, article


@pytest.fixture(params=["tantivy", "whoosh"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> NewsIndex:
    """An index of two articles on each local engine."""
    made = newsearch.create(tmp_path / "index", engine=request.param)
    made.add([article("a", "Kotabumi Banjir", "Warga."), article("b", "Pasar Baru", "Warga.")])
    return made


def _meanings(index: NewsIndex, query: str) -> set[str]:
    return {hit.article.id for hit in index.search(query).hits}


def test_words_are_read_as_the_last_commit_has_them(desk: NewsIndex) -> None:
    assert _meanings(desk, "kotabumi") == {"a"}
    desk.add([article(f"c{n}", "Kota Bumi Kering", "Warga kota bumi.") for n in range(3)])
    # Now it may be two words as well.
    assert _meanings(desk, "kotabumi") == {"a", "c0", "c1", "c2"}
    for n in range(3):
        desk.delete(f"c{n}")
    assert _meanings(desk, "kotabumi") == {"a"}
    assert _meanings(desk, "pasar baru") == {"b"}
    desk.add([article("d", "Pasarbaru", "Warga.")])
    assert _meanings(desk, "pasar baru") == {"b", "d"}


def test_names_are_told_as_the_last_commit_has_them(desk: NewsIndex) -> None:
    desk.add([article("l", "Pemain", "Gol itu dari Lukaku, kata pelatih. Bola Lukaku masuk.")])
    assert _meanings(desk, "lukaku") == {"l"}
    desk.add([article(f"w{n}", "Luka lama", "Semua lukaku sembuh, lukaku.") for n in range(4)])
    assert {"l", "w0", "w1", "w2", "w3"} >= _meanings(desk, "lukaku") > {"l"}


def test_completions_are_those_of_the_last_commit(desk: NewsIndex) -> None:
    def said(prefix: str) -> list[tuple[str, int]]:
        return [(one.text, one.count) for one in desk.suggest(prefix)]

    assert said("pas") == [("pasar", 1)]
    desk.add([article("c", "Pasar Pasir", "Warga.")])
    assert said("pas") == [("pasar", 2), ("pasir", 1)]
    desk.delete("b")
    assert ("pasir", 1) in said("pas")


def test_the_newest_are_those_of_the_last_commit(desk: NewsIndex) -> None:
    late = datetime(2030, 1, 1, tzinfo=WIB)
    assert len(desk.latest()) == 2
    desk.add([article("new", "Gempa", published=late)])
    assert [hit.article.id for hit in desk.latest(limit=1)] == ["new"]
    desk.add([article("newer", "Longsor", published=late.replace(year=2031))])
    assert [hit.article.id for hit in desk.latest(limit=2)] == ["newer", "new"]
    desk.delete("newer")
    assert [hit.article.id for hit in desk.latest(limit=1)] == ["new"]
    assert desk.search("", limit=0).total == 3


def test_another_reader_sees_the_commits_of_a_writer(desk: NewsIndex) -> None:
    with newsearch.open(desk.stats().location) as reader:
        assert _meanings(reader, "kotabumi") == {"a"}
        assert [one.count for one in reader.suggest("pas")] == [1]
        desk.add([article("c", "Kota Bumi dan Pasar", "Kota bumi."), article("d", "Kota Bumi")])
        assert _meanings(reader, "kotabumi") == {"a", "c", "d"}
        assert reader.suggest("pas")[0].count == 2


def test_plans_are_kept_but_for_what_changes_or_is_large(desk: NewsIndex) -> None:
    reader = desk._engine.current()
    for query in ("pasar baru", "judul:pasar -banjir", "", "di yang"):
        assert plan(query, reader) is plan(query, reader)
        assert plan(query, reader) is not plan(query, reader, any_word=True)
    now = datetime(2023, 6, 14, tzinfo=WIB)
    assert plan("pasar", reader, now=now) is not plan("pasar", reader, now=now)
    for query in ("tanggal:kemarin", "pasar tanggal:[kemarin TO ]", "pas*", "pasr~1", "a " * 60):
        assert plan(query, reader) is not plan(query, reader)
    known = plan("pasar baru", reader)
    desk.add([article("c", "Pasarbaru", "Warga.")])
    assert plan("pasar baru", desk._engine.current()) is not known


def test_plans_are_bounded(desk: NewsIndex) -> None:
    reader = desk._engine.current()
    for number in range(MAX_PLANS + 5):
        plan(f"pasar{number} warga", reader)
    assert 0 < len(reader.memory["plans"]) < MAX_PLANS
