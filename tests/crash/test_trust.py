"""Indexes made by someone else: what they hold is data, and leads nowhere else."""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from whoosh.codec import whoosh3
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import ID, Schema
from whoosh.index import TOC

import newsearch
from newsearch import NewsIndex
from newsearch.engines import sums
from newsearch.engines.manifest import load
from newsearch.engines.whoosh import guard
from newsearch.engines.whoosh.core import WhooshCore
from newsearch.engines.whoosh.guard import GuardedStorage
from newsearch.engines.whoosh.schema import schema
from tests.support import PROJECT, article


class Evil:
    """A pickle of it creates a file when it is read by Python's own unpickler."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def clean(self) -> None:
        """As a field of a schema has it."""

    def __reduce__(self) -> Any:
        return os.mkdir, (self._path,)


@pytest.fixture
def index(tmp_path: Path) -> NewsIndex:
    made = newsearch.create(tmp_path / "index", engine="whoosh")
    made.add([article(f"a{number}", "Banjir besar", "warga polisi air") for number in range(300)])
    return made


def resum(location: Path) -> None:
    """Write the sums anew, as whoever made the index would."""
    manifest, _ = load(location)
    data = manifest.data_directory(location)
    (data / sums.FILE_NAME).unlink()
    sums.save(
        data,
        segments=frozenset(path.name.partition(".")[0] for path in data.iterdir()),
        replaced=frozenset(),
        copied=WhooshCore.upkeep.copied,
        others={"../newsearch.json": manifest.encode()},
        quick=WhooshCore.checksum,
    )


def ask_everything(location: Path) -> None:
    """All that reads an index; whatever it answers."""
    for step in (
        lambda index: index.search("banjir warga", facets=("region", "month")),
        lambda index: index.search('"warga polisi"'),
        lambda index: index.suggest("ba"),
        lambda index: list(index.articles()),
        lambda index: index.check(),
        lambda index: list(index.salvage()),
        lambda index: index.add([article("baru", "Banjir")]),
        lambda index: index.delete("a1"),
        lambda index: index.rebuild(salvage=index.salvage()),
    ):
        with (
            suppress(newsearch.NewsearchError),
            newsearch.open(location, outdated=True, damaged=True) as index,
        ):
            step(index)


def in_contents(data: Path, evil: Evil) -> None:
    (path,) = data.glob("*.toc")
    toc = TOC(schema(), [evil], int(path.stem.rpartition("_")[2]))
    path.unlink()
    toc.write(GuardedStorage(data), guard.INDEX_NAME)


def in_schema(data: Path, evil: Evil) -> None:
    (path,) = data.glob("*.toc")
    storage = GuardedStorage(data)
    segments = guard.read_contents(storage, int(path.stem.rpartition("_")[2])).segments
    planted = Schema(evil=ID())
    planted._fields["evil"] = evil
    path.unlink()
    toc = TOC(planted, segments, int(path.stem.rpartition("_")[2]))
    toc.write(storage, guard.INDEX_NAME)


def in_older_contents(data: Path, evil: Evil) -> None:
    """Whoosh reads older formats with loaders of their own."""
    (path,) = data.glob("*.toc")
    content = bytearray(path.read_bytes())
    at = content.index(struct.pack("!i", -12345)) + 4
    content[at : at + 4] = struct.pack("!i", -110)
    path.write_bytes(bytes(content[: at + 4]) + b"\x00\x00\x00" + pickle.dumps(evil, 2))


def in_terms(data: Path, evil: Evil) -> None:
    """The last thing in a term dictionary is a pickle and its length."""
    (path,) = data.glob("*.trm")
    content = path.read_bytes()
    (length,) = struct.unpack("!i", content[-4:])
    planted = pickle.dumps(evil, 2)
    path.write_bytes(content[: -4 - length] + planted + struct.pack("!i", len(planted)))


def in_postings(data: Path, evil: Evil) -> None:
    """Every block of postings begins with a pickle."""
    (path,) = data.glob("*.pst")
    content = path.read_bytes()
    planted = pickle.dumps(evil, 2)
    pieces = content.split(whoosh3.WHOOSH3_HEADER_MAGIC)
    path.write_bytes(
        whoosh3.WHOOSH3_HEADER_MAGIC.join(
            piece[:4] + (planted + piece[4 + len(planted) :])[: max(len(piece) - 4, 0)]
            for piece in pieces
        )
    )


@pytest.mark.parametrize(
    "plant", [in_contents, in_schema, in_older_contents, in_terms, in_postings]
)
def test_a_pickle_in_a_whoosh_index_runs_nothing(
    index: NewsIndex, tmp_path: Path, plant: Callable[[Path, Evil], None]
) -> None:
    location = Path(index._engine.location)
    owned = tmp_path / "owned"
    plant(location / "data-1", Evil(owned))
    resum(location)
    ask_everything(location)
    assert not owned.exists()


def test_whoosh_alone_would_have_run_it(index: NewsIndex, tmp_path: Path) -> None:
    """The traps above are real: this is what the guard is for."""
    location = Path(index._engine.location)
    for number, plant in enumerate((in_contents, in_terms)):
        owned = tmp_path / f"owned{number}"
        before = {path: path.read_bytes() for path in (location / "data-1").iterdir()}
        plant(location / "data-1", Evil(owned))
        code = (
            "import sys, whoosh.index\n"
            "from contextlib import suppress\n"
            "with suppress(Exception):\n"
            "    whoosh.index.open_dir(sys.argv[1]).reader()\n"
        )
        subprocess.run([sys.executable, "-c", code, location / "data-1"], cwd=PROJECT, check=True)
        assert owned.exists()
        for path, content in before.items():
            path.write_bytes(content)


def test_blocks_of_postings_and_inlined_ones_are_data_too(tmp_path: Path) -> None:
    owned = tmp_path / "owned"
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(pickle.UnpicklingError, match="made to run code"):
            whoosh3.loads(pickle.dumps(Evil(owned), protocol))
    assert not owned.exists()


@pytest.mark.parametrize(
    "value", [(5,), ((1, 2), (1.0, 3.5), (b"", b"ab\x00\xff")), {"a": [None, True, "é"]}, b""]
)
def test_data_comes_back_as_it_was(value: Any) -> None:
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        assert guard.plain(pickle.dumps(value, protocol)) == value


def test_nothing_of_an_index_is_looked_up_by_name(index: NewsIndex) -> None:
    """Python tells its auditors of each name that an unpickler resolves."""
    code = (
        "import sys, newsearch\n"
        "found = []\n"
        "def audit(event, args):\n"
        "    if event == 'pickle.find_class' and watching:\n"
        "        found.append(args)\n"
        "watching = False\n"
        "sys.addaudithook(audit)\n"
        "with newsearch.open(sys.argv[1]) as index:\n"
        "    index.search('banjir')\n"  # whatever is imported by now
        "    watching = True\n"
        "with newsearch.open(sys.argv[1]) as index:\n"
        "    index.search('banjir warga'); index.search('\"warga polisi\"'); index.suggest('ba')\n"
        "    list(index.articles()); index.check(); list(index.salvage())\n"
        "watching = False\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", code, index._engine.location], cwd=PROJECT, check=True)


@pytest.mark.parametrize("segid", ["../../x", "a/b", "", 5])
def test_a_segment_names_no_file_elsewhere(index: NewsIndex, segid: Any) -> None:
    data = Path(index._engine.location) / "data-1"
    (path,) = data.glob("*.toc")
    number = int(path.stem.rpartition("_")[2])
    path.unlink()
    segment = W3Segment(W3Codec(), guard.INDEX_NAME, 3, segid)
    toc = TOC(schema(), [segment], number)
    toc.write(GuardedStorage(data), guard.INDEX_NAME)
    resum(data.parent)
    with pytest.raises(newsearch.IndexCorruptError, match="no segment"):
        newsearch.open(data.parent)


@pytest.mark.parametrize("generation", ["1/../../x", -1, None, 1.5, [1]])
def test_a_manifest_names_no_folder_elsewhere(index: NewsIndex, generation: Any) -> None:
    location = Path(index._engine.location)
    text = (location / "newsearch.json").read_text()
    planted = "null" if generation is None else str(generation)
    planted = f'"{planted}"' if isinstance(generation, str) else planted
    (location / "newsearch.json").write_text(
        text.replace('"generation": 1', f'"generation": {planted}')
    )
    with pytest.raises(newsearch.IndexCorruptError, match="is damaged"):
        newsearch.open(location)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize(
    "name", ["newsearch.lock", "newsearch.writer", "newsearch.tmp", "data-1/MAIN.tmp", "saved"]
)
def test_nothing_is_written_through_a_link(tmp_path: Path, engine: str, name: str) -> None:
    made = newsearch.create(tmp_path / "index", engine=engine)
    made.add([article("a", "Banjir")])
    mine = tmp_path / "mine"
    mine.write_text("precious")
    path = tmp_path / "index" / name
    path.unlink(missing_ok=True)
    path.symlink_to(mine)
    with newsearch.open(tmp_path / "index") as again:
        assert again.search("banjir").total == 1
        with pytest.raises(newsearch.NewsIndexError, match="symbolic link"):
            again.add([article("b", "Banjir")])
    assert mine.read_text() == "precious"
