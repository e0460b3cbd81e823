"""Transactions, upserts, deletes and rebuilds: the same on every engine."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

import newsearch
from newsearch import Article, NewsIndex
from tests.conformance.articles import articles
from tests.support import article


def found(index: NewsIndex, query: str = "") -> set[str]:
    """The ids of all that a search finds."""
    return {hit.article.id for hit in index.search(query, limit=1_000).hits}


def test_a_new_version_takes_the_place_of_the_old(empty: NewsIndex) -> None:
    assert empty.add([article("a", "Banjir")]).added == 1
    report = empty.add([article("a", "Gempa"), article("b", "Banjir")])
    assert (report.added, report.updated, len(empty)) == (1, 1, 2)
    assert (found(empty, "banjir"), found(empty, "gempa")) == ({"b"}, {"a"})


def test_the_last_of_one_id_in_a_transaction_counts(empty: NewsIndex) -> None:
    report = empty.add([article("a", "Satu"), article("a", "Dua"), article("a", "Tiga")])
    assert (report.added, report.updated, len(empty)) == (1, 2, 1)
    assert (found(empty, "satu ATAU dua"), found(empty, "tiga")) == (set(), {"a"})


def test_what_a_transaction_adds_and_deletes_is_not_there(empty: NewsIndex) -> None:
    with empty.writer() as writer:
        writer.add(article("a", "Banjir"))
        assert writer.delete("a")
        assert not writer.delete("a")
        writer.add(article("b", "Banjir"))
    assert (found(empty), len(empty), "a" in empty) == ({"b"}, 1, False)


def test_a_transaction_that_fails_leaves_nothing(empty: NewsIndex) -> None:
    empty.add([article("a", "Banjir"), article("b", "Banjir")])
    with suppress(RuntimeError), empty.writer() as writer:
        writer.delete("a")
        writer.add(article("b", "Gempa"))
        writer.add(article("c", "Banjir"))
        raise RuntimeError
    assert (found(empty, "banjir"), len(empty)) == ({"a", "b"}, 2)
    assert empty.check() == []
    empty.add([article("d", "Banjir")])
    assert found(empty, "banjir") == {"a", "b", "d"}


def test_deleted_articles_are_in_no_answer(empty: NewsIndex) -> None:
    everything = articles()
    empty.add(everything)
    kept = [one for number, one in enumerate(everything) if number % 3]
    with empty.writer() as writer:
        for one in everything[::3]:
            assert writer.delete(one.id)
    assert len(empty) == len(kept)
    assert found(empty) == {one.id for one in kept} == {one.id for one in empty.articles()}
    facet = empty.search("", facets=["source"]).facets["source"]
    assert sum(count.count for count in facet) == sum(one.source is not None for one in kept)
    assert found(empty, "BUKAN banjir") | found(empty, "banjir") == {one.id for one in kept}
    assert all(one.id in {k.id for k in kept} for one in empty.export("warga"))
    assert empty.check() == []


def test_many_small_commits_are_one_index(empty: NewsIndex) -> None:
    some = articles()[:60]
    for one in some:
        empty.add([one])
    for one in some[::2]:
        empty.delete(one.id)
    assert found(empty) == {one.id for one in some[1::2]}
    assert empty.rebuild() == len(empty) == 30
    assert found(empty) == {one.id for one in some[1::2]}
    assert empty.check() == []


def test_an_index_reopens_as_it_was(empty: NewsIndex) -> None:
    some = articles()[:40]
    empty.add(some)
    with newsearch.open(empty._engine.location) as again:
        assert {one.id: one.text for one in again.articles()} == {one.id: one.text for one in some}
        again.add([article("baru", "Banjir")])
    assert "baru" in empty


def test_arrivals_are_told_from_what_was_there(empty: NewsIndex) -> None:
    if empty._engine.directory is None:
        pytest.skip("searches are saved beside indexes in directories only")
    empty.add([article("a", "Banjir"), article("b", "Banjir")])
    empty.save_search("air", "banjir")
    empty.add([article("b", "Banjir lagi"), article("c", "Banjir")])
    arrivals = empty.arrivals("air")
    assert {hit.article.id for hit in arrivals.hits} == {"c"}
    empty.rebuild()
    assert {hit.article.id for hit in empty.arrivals("air").hits} == {"c"}


def test_two_writers_wait_for_each_other(empty: NewsIndex) -> None:
    if empty._engine.directory is None:
        pytest.skip("others are locked out only while it sends: tests/opensearch")
    with empty.writer() as writer:
        writer.add(article("a", "Banjir"))
        with (
            pytest.raises(newsearch.IndexLockedError),
            newsearch.open(empty._engine.location) as other,
            other.writer(timeout=0.1),
        ):
            pass
    assert found(empty) == {"a"}


def test_threads_read_while_another_writes(empty: NewsIndex) -> None:
    everything = articles()
    empty.add(everything[:100])

    def read(number: int) -> int:
        total = 0
        for _ in range(15):
            total = empty.search("banjir ATAU beras", facets=["region"], limit=5).total
            empty.suggest("ba")
            empty.related(f"a{number:03}")
        return total

    with ThreadPoolExecutor(4) as pool:
        reading = [pool.submit(read, number) for number in range(4)]
        for start in range(100, 200, 20):
            empty.add(everything[start : start + 20])
        for one in reading:
            one.result()
    assert empty.search("banjir ATAU beras").total == read(0)
    assert len(empty) == 200


def _commit(location: str, some: list[Article]) -> None:
    with newsearch.open(location) as index:
        for one in some:
            index.add([one])


def test_readers_follow_the_commits_of_another_process(empty: NewsIndex) -> None:
    some = articles()[:30]
    location = str(empty._engine.location)
    writing = multiprocessing.get_context("spawn").Process(target=_commit, args=(location, some))
    writing.start()
    seen = 0
    while writing.is_alive():
        with newsearch.open(location) as other:
            now = other.search("", limit=100).total
        assert now >= seen
        assert empty.search("").total >= now
        seen = now
    writing.join()
    assert writing.exitcode == 0
    assert found(empty) == {one.id for one in some}


def test_damage_is_found(empty: NewsIndex) -> None:
    if empty._engine.directory is None:
        pytest.skip("the files of a cluster are its own")
    empty.add(articles()[:50])
    for path in (Path(empty._engine.location) / "data-1").iterdir():
        data = path.read_bytes()
        if not data or path.name.endswith((".json", ".toc", "lock")):
            continue
        damaged = bytearray(data)
        damaged[len(data) // 2] ^= 16
        path.write_bytes(damaged)
        assert empty.check(), path.name
        path.write_bytes(data)
    assert empty.check() == []


def test_missing_files_are_named(empty: NewsIndex) -> None:
    if empty._engine.directory is None:
        pytest.skip("the files of a cluster are its own")
    empty.add([article("a", "Banjir")])
    for path in (Path(empty._engine.location) / "data-1").iterdir():
        if not path.name.endswith((".json", ".toc")):
            path.unlink()
    with pytest.raises(newsearch.IndexCorruptError):
        newsearch.open(empty._engine.location).search("banjir")
