"""The public API is what the house plan promises, no more and no less."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
import sys
import types
from pathlib import Path

import pytest

import newsearch
from newsearch import errors
from tests.support import PROJECT

CONTRACT = [
    "Article",
    "create",
    "detect_regions",
    "open",
    "parse_date",
    "read",
    "read_page",
    "region",
    "stem",
]
# A room imports the rooms before it, never one after it.
FLOW = {
    "reading": set(),
    "regions": set(),
    "language": {"regions"},
    "engines": set(),
    "query": {"reading", "language", "regions", "engines"},
    "results": {"reading", "language", "regions", "engines", "query"},
    "indexing": {"reading", "language", "regions", "engines"},
    "searching": {"reading", "regions", "engines", "query", "results", "indexing"},
}


def test_all_is_sorted_and_complete() -> None:
    assert newsearch.__all__ == sorted(newsearch.__all__)
    for name in newsearch.__all__:
        assert hasattr(newsearch, name)
    public = {
        name
        for name, value in vars(newsearch).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    # `lazily` is how they come.
    assert public <= {*newsearch.__all__, "lazily"}
    assert set(CONTRACT) <= set(newsearch.__all__)


def test_types_and_programs_see_the_same_names() -> None:
    tree = ast.parse((PROJECT / "newsearch" / "__init__.py").read_text("utf-8"))
    declared = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module != "newsearch.lazy"
        for alias in node.names
    }
    assert sorted(declared) == newsearch.__all__
    for name, home in declared.items():
        assert getattr(newsearch, name) is getattr(importlib.import_module(str(home)), name)


def test_modules_are_reached_by_their_names_and_what_is_none_is_an_error() -> None:
    asked = "import newsearch; print(newsearch.regions.parents('16.02')[0].name)"
    assert run_python(asked) == "Sumatera Selatan"
    with pytest.raises(AttributeError, match="serch"):
        newsearch.serch  # type: ignore[attr-defined] # noqa: B018


def test_an_import_loads_what_is_used() -> None:
    loaded = run_python("import sys, newsearch; print(*sys.modules)").split()
    assert not {"click", "orjson", "rich", "tantivy", "whoosh"}.intersection(loaded)
    helped = run_python("import sys, newsearch.cli; print(*sys.modules)").split()
    assert not {"rich", "tantivy", "whoosh", "newsearch.regions"}.intersection(helped)


def test_opening_an_index_loads_nothing_that_searches(tmp_path: Path) -> None:
    newsearch.create(tmp_path / "index")
    code = "import sys, newsearch; newsearch.open(sys.argv[1]); print(*sys.modules)"
    loaded = run_python(code, str(tmp_path / "index")).split()
    assert "tantivy" in loaded
    assert not {"whoosh", "newsearch.regions", "newsearch.language"}.intersection(loaded)


def run_python(code: str, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("name", newsearch.__all__)
def test_everything_public_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(newsearch, name))


def test_every_error_is_in_the_tree_and_exported() -> None:
    drawn = errors.__doc__ or ""
    for name, value in vars(errors).items():
        if inspect.isclass(value) and issubclass(value, errors.NewsearchError):
            assert name in drawn
            assert name in newsearch.__all__


@pytest.mark.parametrize("room", FLOW)
def test_imports_follow_the_flow(room: str) -> None:
    imported = set()
    for path in (PROJECT / "newsearch" / room).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("newsearch."):
                imported.add(str(node.module).split(".")[1])
    assert imported & set(FLOW) <= FLOW[room] | {room}


def test_no_room_but_the_engines_knows_tantivy() -> None:
    for path in (PROJECT / "newsearch").rglob("*.py"):
        if "engines" not in path.parts:
            assert "import tantivy" not in path.read_text("utf-8"), path
