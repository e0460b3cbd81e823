"""What is on the disk before what: the system calls of a commit, as strace sees them.

A power loss takes what was not synced. So each file must be synced after its last write and before
the rename that makes it count, and the directory after that.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import newsearch
from tests.support import PROJECT, article

_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
_OPEN = re.compile(r"^-?\d+<([^>]*)>")
_NAMES = re.compile(r'"([^"]*)"')
_PROGRAM = """
import newsearch, sys
with newsearch.open(sys.argv[1]) as index:
    if sys.argv[2] == "rebuild":
        index.rebuild()
    else:
        index.add([newsearch.Article(id="b", title="Banjir", text="warga " * 500)])
"""


class Call(NamedTuple):
    """A write, sync, rename or unlink, and of which file."""

    name: str
    path: str
    target: str = ""


def trace(location: Path, verb: str) -> list[Call]:
    """What a process that writes to an index does, in order."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    log = location.parent / "trace"
    watched = "write,pwrite64,writev,fsync,fdatasync,/^rename,/^unlink"
    done = subprocess.run(
        ["strace", "-f", "-y", "-s", "0", "-e", f"trace={watched}", "-o", str(log),
         sys.executable, "-c", _PROGRAM, str(location), verb],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr or "PTRACE" in done.stderr:
        pytest.skip(f"processes may not be traced here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return [call for line in log.read_text().splitlines() for call in _calls(line, location)]


def _calls(line: str, location: Path) -> list[Call]:
    found = _CALL.match(line)
    if not found:
        return []
    name, rest = found.groups()
    if name.startswith(("rename", "unlink")):
        paths = _NAMES.findall(rest)
    else:
        opened = _OPEN.match(rest)
        paths = [opened[1]] if opened else []
    if not paths or not paths[0].startswith(str(location)):
        return []
    kind = {"pwrite64": "write", "writev": "write", "fdatasync": "fsync"}.get(name, name)
    kind = re.sub(r"^(rename|unlink)\w*$", r"\1", kind)
    return [Call(kind, *paths[:2])]


def assert_synced_before(calls: list[Call], path: str, end: int) -> None:
    """The file is synced between its last write and a call."""
    writes = [i for i, call in enumerate(calls[:end]) if call[:2] == ("write", path)]
    assert writes, path
    syncs = [i for i, call in enumerate(calls[:end]) if call[:2] == ("fsync", path)]
    assert syncs, f"{path} is never synced"
    assert syncs[-1] > writes[-1], f"{path} is written after it is synced"


@pytest.fixture(params=["tantivy", "whoosh"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with newsearch.create(tmp_path / "index", engine=request.param) as index:
        index.add([article("a", "Banjir", "warga")])
    return tmp_path / "index"


@pytest.mark.parametrize("verb", ["add", "rebuild"])
def test_everything_is_on_the_disk_before_it_counts(location: Path, verb: str) -> None:
    calls = trace(location, verb)
    renames = [i for i, call in enumerate(calls) if call.name == "rename"]
    names = [Path(calls[i].target).name for i in renames]
    state = "meta.json" if "meta.json" in names else "commit.json"
    # The mark of a writer at work is there first; then the engine's commit, its sums, the manifest.
    assert names[0] == "newsearch.writer"
    order = [name for name in names if name in (state, "sums.txt", "newsearch.json")]
    assert order[-3:] == [state, "sums.txt", "newsearch.json"]

    # Every file that takes a name by a rename is whole by then.
    for i in renames:
        assert_synced_before(calls, calls[i].path, i)

    # Every file of the segments is whole before the file that names them is in place.
    commit = max(i for i in renames if Path(calls[i].target).name == state)
    written = {call.path for call in calls[:commit] if call.name == "write"}
    segments = {path for path in written if ".tmp" not in path and "MAIN.tmp" not in path}
    segments -= {calls[i].path for i in renames}
    assert len(segments) >= 6
    for path in segments:
        assert_synced_before(calls, path, commit)

    # Each of our renames is on the disk before the next. tantivy leaves its own to the system; our
    # sums, beside meta.json, bring that along.
    for i, following in zip(renames, [*renames[1:], len(calls)], strict=True):
        target = Path(calls[i].target)
        if target.name not in (".managed.json", "meta.json"):
            synced = [call[:2] for call in calls[i:following]]
            assert ("fsync", str(target.parent)) in synced, target

    # Acknowledged means on the disk, the directory too.
    data = str(Path(calls[commit].target).parent)
    assert ("fsync", data) in [call[:2] for call in calls[commit:]]
    assert ("fsync", str(location)) in [call[:2] for call in calls[renames[-1] :]]

    # The mark goes last.
    last = max(i for i, call in enumerate(calls) if call.path.endswith("newsearch.writer"))
    assert calls[last].name == "unlink"
    assert last > renames[-1]
