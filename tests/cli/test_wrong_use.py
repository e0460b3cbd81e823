"""What people get wrong on the command line is answered with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

import newsearch
from newsearch.cli.indexing import COMMANDS
from tests.cli.conftest import Run
from tests.support import ARTICLES, article


def test_without_a_command_the_help_is_shown_as_it_is(run: Run) -> None:
    outcome = run()
    assert outcome.status == 2
    lines = outcome.err.splitlines()
    assert lines[0].startswith("Usage: ")
    assert any(line.split()[:1] == ["search"] for line in lines)
    assert len(lines) > len(COMMANDS)


def test_a_query_with_a_minus_in_front_is_told_about(run: Run) -> None:
    outcome = run("search", "-banjir")
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "goes behind --" in outcome.err


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_no_index_is_not_said_to_be_made_one(run: Run, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "other"
    if kind == "file":
        place.write_text("notes")
    else:
        place.mkdir()
        (place / "notes.txt").write_text("notes")
    outcome = run("search", "banjir", index=place)
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "it is something else" in outcome.err
    assert "name another path" in outcome.err


def test_an_empty_folder_may_become_an_index(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "empty"
    place.mkdir()
    assert "make one with" in run("search", "banjir", index=place).err


@pytest.mark.parametrize("engine", ["whoosh", "lucene"])
def test_an_index_of_another_engine_is_not_added_to(run: Run, tmp_path: Path, engine: str) -> None:
    place = tmp_path / "cli"
    with newsearch.create(place) as index:
        index.add([article("a", "Banjir di Lampung")])
    outcome = run("index", str(ARTICLES), "--engine", engine)
    assert outcome.status == 2
    assert f"of the engine tantivy, not {engine}" in outcome.err
    with newsearch.open(place) as index:
        assert len(index) == 1
    assert run("index", str(ARTICLES), "--engine", "tantivy").status == 0
