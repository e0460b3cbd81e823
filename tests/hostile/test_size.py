"""Much of one thing at any target: the work grows with the size, and ends.

Nothing is timed closely: of the sizes of `make torture` each input has two minutes for what takes
seconds, and for which quadratic work would take hours. Longer inputs are refused by bounds
(`test_bounds.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.hostile.targets import TARGETS
from tests.support import PROJECT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="bounds the memory of a process")

MEMORY = 3_000_000_000
TORTURE = bool(os.environ.get("NEWSEARCH_TORTURE"))
SIZE, PATIENCE = (10_000_000, 120) if TORTURE else (100_000, 20)
"""Bytes of each input, and seconds that it may take."""
LARGEST = {"page": 3_900_000, "html": 7_900_000, "file": 7_900_000, "unknown": 7_900_000}
"""Just below the bounds of a page."""
PARTS = 8 if TORTURE else 1
"""Into how many tests the units are parted."""
USUAL = ("page", "html", "csv", "entry", "query", "snippet")

# fmt: off
UNITS = (
    "a", "I", "-", "a-", "a.", "1", "1,", "'", '"', "\\", "/", ".", ",", ";", ":", "|", "*",
    "~", "^", "(", ")", "[", "]", "{", "(a", "[1,", '{"a":', "&", "&#1;", "&amp", "<", ">",
    "<p>", "<a ", "<!--", "<table><tr><td>", "<script", "<![CDATA[", "<item>", "</p>", 'a="b" ',
    "\n", "\r", "\t", " ", "\u00a0", "\0", "\u0301", "\u200d", "\u202e", "\udc80", "\ufdfa",
    "\u1100", "İ", "ß", "😀", "kata ", "Kata ", "Kabupaten ", "Desa A ", "Ogan Komering Ilir, ",
    "mem", "peng", "anan-", "-a ", "judul:", "daerah:", "3 jam lalu ", "14 Juni 2023 ",
    "18:22 ", "http://", "(JAKARTA) ", "Baca Juga: Harga Cabai Turun\n", "Baca Juga ",
    "Berita Terkait\n", "Penulis: A\n", "Rabu, 14 Juni 2023 - 18:22 WIB\n",
    "Warga desa itu pulang ke rumah masing-masing kemarin.\n", '"a,\n', '"a\n',
    "WARC/1.0\r\n\r\n", "<br>", "<li><a href=b>c</a>",
)
# fmt: on
HEADS = {
    "page": "Judul Berita Panjang Ini\nRabu, 14 Juni 2023 - 18:22 WIB\n",
    "html": "<body><h1>Judul Berita</h1><p>",
    "json-lines": '{"title":"a","text":"',
    "json": '[{"title":"',
    "csv": "judul,isi\na,",
    "feed": "<rss><channel><item><title>",
    "crawl": "WARC/1.0\r\nWARC-Type: response\r\n",
    "snippet": 'kata "dua kata" pem*\n',
    "entry": "Judul\n",
    "regions": "Judul\n",
}
_ONE = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from contextlib import suppress
from newsearch import NewsearchError
from tests.hostile.targets import TARGETS
from tests.hostile.test_size import HEADS, UNITS
name, size, part, parts = sys.argv[1], *map(int, sys.argv[2:])
for unit in UNITS[part::parts]:
    for head in {{"", HEADS.get(name, "")}}:
        signal.alarm({patience})
        print(repr(unit), flush=True)
        data = (head + unit * (size // len(unit))).encode("utf-8", "surrogateescape")
        with suppress(NewsearchError):
            TARGETS[name](data[: size + len(head)])
"""


@pytest.mark.parametrize("name", TARGETS if TORTURE else USUAL)
@pytest.mark.parametrize("part", range(PARTS))
def test_much_of_one_thing(name: str, part: int) -> None:
    size = min(SIZE, LARGEST.get(name, SIZE))
    script = _ONE.format(memory=MEMORY, patience=PATIENCE)
    done = subprocess.run(
        [sys.executable, "-c", script, name, *map(str, (size, part, PARTS))],
        capture_output=True,
        text=True,
        cwd=PROJECT,
    )
    last = done.stdout.splitlines()[-1] if done.stdout else "the start"
    assert done.returncode == 0, f"{last}: {done.returncode} {done.stderr[-2_000:]}"
