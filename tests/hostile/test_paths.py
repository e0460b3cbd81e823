"""No path is made of untrusted text: ids, titles and names of searches stay in their place."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import SavedSearchError
from tests.support import article

PATHS = ["../../jahat", "/tmp/jahat", "a/b", "..", ".", "con", "a\0b", "-rf", "~", "$HOME", "a\nb"]


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_ids_are_never_names_of_files(tmp_path: Path, engine: str) -> None:
    before = everything(tmp_path)
    with newsearch.create(tmp_path / "index", engine=engine) as index:
        index.add(
            article(name, name, name, source=name, category=name, url=name, regions=(name,))
            for name in PATHS
        )
        for name in PATHS:
            assert index.get(name).source == name
            index.related(name)
        index.rebuild()
        assert index.delete(PATHS[0])
    made = everything(tmp_path) - before
    assert all(name == "index" or name.startswith("index/") for name in made)
    assert not [name for name in made if "jahat" in name]


NAMES = st.text(st.characters(exclude_categories=()), max_size=80)


@settings(max_examples=60)
@given(name=NAMES | st.sampled_from(PATHS))
@example(name="ÿ" * 64)
@example(name="𝒳" * 64)
@example(name="saved/../../x")
def test_names_of_saved_searches(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("saved")
    with newsearch.create(folder / "index") as index:
        before = everything(folder)
        try:
            index.save_search(name, "banjir")
        except SavedSearchError:
            assert everything(folder) == before
        else:
            made = everything(folder) - before
            assert made == {os.path.join("index", "saved")} | {
                os.path.join("index", "saved", f"{name}.json")
            }
            assert [search.name for search in index.saved_searches()] == [name]
        for ask in (index.arrivals, index.delete_search):
            with suppress(SavedSearchError):
                ask(name)


def test_a_stranger_in_the_folder_of_searches_is_no_search(tmp_path: Path) -> None:
    with newsearch.create(tmp_path / "index") as index:
        index.save_search("satu", "banjir")
        (tmp_path / "index" / "saved" / "a b.json").write_text("{}")
        assert [search.name for search in index.saved_searches()] == ["satu"]


def test_rejected_pages_are_numbered(tmp_path: Path) -> None:
    """Names of pages in a crawl, and of files, say nothing to the names that are written."""
    (tmp_path / "data").mkdir()
    for name in ("x;..%2frm -rf.html", "$(id).txt"):
        (tmp_path / "data" / name).write_text("<html>hai")
    reader = newsearch.read(tmp_path / "data", rejects=tmp_path / "tolak")
    assert not list(reader)
    assert everything(tmp_path / "tolak-pages") == {"1.txt", "2.html"}
