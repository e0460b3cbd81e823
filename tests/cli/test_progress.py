"""What is added from the command line: a reader, with a bar on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import newsearch
from newsearch.cli.indexing import _added
from newsearch.cli.progress import watched
from newsearch.indexing.adding import bytes_coming


@pytest.mark.parametrize("terminal", [False, True])
def test_an_addition_knows_how_much_comes_and_counts_what_was_rejected_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"judul": "Banjir"}\n' * 100 + "{broken\n")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    reader = newsearch.read(source)
    with watched(reader) as articles:
        assert (articles is reader) is not terminal
        assert bytes_coming(articles) == source.stat().st_size
        assert [article.title for article in articles] == ["Banjir"] * 100
    with newsearch.create(tmp_path / "index") as index:
        report = _added(index, reader)
    assert report.added + report.updated == 100
    assert len(report.rejected) == report.rejected_total == 1
