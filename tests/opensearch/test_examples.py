"""examples/ingest_many.py, as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson

import newsearch
from tests.conformance.articles import articles
from tests.support import PROJECT


def test_a_folder_is_indexed_by_several_processes(location: str, tmp_path: Path) -> None:
    some = articles()
    for number in range(6):
        lines = [orjson.dumps(one.to_dict()) for one in some[number::6]]
        (tmp_path / f"{number}.jsonl").write_bytes(b"\n".join(lines))
    (tmp_path / "rusak.jsonl").write_text("{")
    program = [sys.executable, str(PROJECT / "examples" / "ingest_many.py")]
    for _ in range(2):
        done = subprocess.run(
            [*program, location, str(tmp_path), "--processes", "3"],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[-1] == f"{len(some)} articles"
    with newsearch.open(location) as index:
        assert {one.id for one in index.articles()} == {one.id for one in some}
        assert index.check() == []
