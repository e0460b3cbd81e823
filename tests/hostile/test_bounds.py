"""Input that would fill the memory or never end is refused by a bound that is stated.

Each case runs in a process that may use only so much memory and time; the time is generous, what
is looked for is quadratic.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsearch.reading.crawl import MAX_HEADERS
from newsearch.reading.feeds import MAX_TAG
from newsearch.reading.reader import MAX_PAGE, MAX_REASON
from newsearch.reading.streams import MAX_LINE, MAX_RATIO
from tests.support import PROJECT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="bounds the memory of a process")

MEMORY = 1_500_000_000
"""Bytes of address space, of which newsearch and its libraries take a third."""
PATIENCE = 300
SIZE = 1_000 if os.environ.get("NEWSEARCH_TORTURE") else 40
"""Megabytes of one record; `make torture` has a gigabyte."""
GOOD = b'{"id": "baik", "title": "Banjir", "text": "surut"}\n'

_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
import newsearch
reader = newsearch.read(*sys.argv[1:])
print(*[article.id for article in reader])
for rejection in reader.rejected[:3]:
    print(rejection)
print(reader.rejected_total, len(reader.rejected))
"""


def read(*paths: Path, pieces: list[bytes] | None = None, count: int = 0) -> list[str]:
    """Read paths, or standard input made of `pieces[1]`, `count` times, between the others."""
    process = subprocess.Popen(
        [sys.executable, "-c", _READ.format(memory=MEMORY), *(map(str, paths) if paths else "-")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=PROJECT,
    )
    assert process.stdin
    if pieces is not None:
        before, many, behind = pieces
        try:
            process.stdin.write(before)
            for _ in range(count):
                process.stdin.write(many)
            process.stdin.write(behind)
            process.stdin.close()
        except BrokenPipeError:
            pass
        process.stdin = None
    told, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, told[-3_000:]
    return told.decode().splitlines()


MEGABYTE = b"a" * 2**20


def test_a_record_without_end() -> None:
    told = read(pieces=[GOOD + b'{"title": "', MEGABYTE, b'"}\n' + GOOD], count=SIZE)
    assert told == ["baik baik", f"-, line 2: a line of more than {MAX_LINE:,} bytes", "1 1"]


def test_an_item_without_end() -> None:
    pieces = [b"[" + GOOD + b',\n{"title": "', MEGABYTE, b'"},\n' + GOOD + b"]"]
    told = read(pieces=pieces, count=SIZE)
    # Its line is that of the comma's end before it.
    assert told == ["baik baik", f"-, line 3: item 2: more than {MAX_LINE:,} bytes", "1 1"]


def test_a_row_without_end() -> None:
    told = read(pieces=[b'judul,isi\nsatu,dua\n"', MEGABYTE, b'",b\ntiga,empat\n'], count=SIZE)
    assert len(told[0].split()) == 2
    assert told[1:] == [f"-, line 3: a line of more than {MAX_LINE:,} bytes", "1 1"]


def test_an_endless_quote_costs_its_own_line() -> None:
    line = b"satu,dua\n"
    told = read(pieces=[b'judul,isi\n"tiga,', line, b""], count=20_000)
    assert "line 2" in told[1]
    assert told[-1] == "1 1"


def test_a_page_without_end() -> None:
    told = read(pieces=[b"Judul\n", MEGABYTE, b""], count=SIZE)
    assert told == ["", f"-: a page of more than {MAX_PAGE:,} bytes", "1 1"]


def test_a_crawl_with_headers_without_end() -> None:
    header = b"WARC/1.0\r\n"
    for line in (MEGABYTE, b"a: b\r\n" * 2**17):
        told = read(pieces=[header, line, b""], count=SIZE)
        assert f"headers of more than {MAX_HEADERS:,} bytes" in told[1]


def test_a_feed_that_never_ends() -> None:
    told = read(pieces=[b"<rss><channel><item><title>", MEGABYTE, b""], count=SIZE)
    assert f"an entry of more than {MAX_LINE:,} characters" in told[1]
    told = read(pieces=[b"<rss><channel><item ", b'a="' + MEGABYTE + b'" ', b""], count=SIZE)
    assert f"a tag or comment of more than {MAX_TAG:,} bytes" in told[1]


def test_rejections_do_not_fill_the_memory() -> None:
    told = read(pieces=[GOOD, b"1\n" * 100_000, GOOD], count=4)
    assert told[0] == "baik baik"
    assert told[-1] == "400000 100000"


def test_a_reason_does_not_quote_all() -> None:
    told = read(pieces=[b"WARC/1.0\r\n", b"x" * 1_000, b""], count=200)
    assert all(len(line) < MAX_REASON + 200 for line in told)


@pytest.mark.parametrize("packer", ["gzip", "zstd"])
def test_bombs_of_gigabytes(tmp_path: Path, packer: str) -> None:
    bomb = tmp_path / f"bom.jsonl.{'gz' if packer == 'gzip' else 'zst'}"
    bomb.write_bytes(_bomb(packer))
    good = tmp_path / "good.jsonl"
    good.write_bytes(GOOD)
    told = read(bomb, good)
    assert told[0] == "baik"
    assert f"it unpacks to more than {MAX_RATIO} times its size" in told[-2]


def test_a_bomb_inside_is_not_unpacked(tmp_path: Path) -> None:
    import gzip

    bomb = tmp_path / "bom.jsonl.gz"
    bomb.write_bytes(gzip.compress(_bomb("gzip")[: 2**20]))
    told = read(bomb)
    assert told[0] == ""


LINE = b" " * 1_023 + b"\n"


def _bomb(packer: str) -> bytes:
    """Gigabytes of blanks, packed: one, or with `make torture` eight."""
    if packer == "zstd":
        import zstandard

        frame = zstandard.compress(LINE * 2**18)
        return frame * (max(SIZE // 30, 2))
    import zlib

    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = LINE * 2**14
    member = b"".join([*(packed.compress(block) for _ in range(16)), packed.flush()])
    return member * (max(SIZE // 30, 2))
