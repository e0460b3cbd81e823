"""A few of the rounds of `make torture`; each default run kills at the same planned steps."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.crash.torture import Torture

ROUNDS = 12
"""Two of each kind."""

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are forked, and killed with SIGKILL"
)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_writer_killed_at_any_moment_leaves_whole_commits(engine: str, tmp_path: Path) -> None:
    torture = Torture(tmp_path, engine, seed=7)
    for number in range(ROUNDS):
        torture.round(number)
    assert torture.counts["rounds"] == ROUNDS
