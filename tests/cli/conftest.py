"""Running the command line in this process."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import orjson
import pytest

from newsearch.cli import main


@dataclass(frozen=True)
class Outcome:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return orjson.loads(self.out)


class Run(Protocol):
    def __call__(self, *words: str, index: Path | None = None) -> Outcome: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `newsearch` with these words, as the installed command does."""

    def runner(*words: str, index: Path | None = None) -> Outcome:
        monkeypatch.setenv("NEWSEARCH_INDEX", str(index or tmp_path / "cli"))
        monkeypatch.setattr(sys, "argv", ["newsearch", *words])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capfd.readouterr()
        return Outcome(int(ended.value.code or 0), printed.out, printed.err)

    return runner
