"""What others wrote never drives the terminal of whoever reads it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import orjson
import pytest

import newsearch
from newsearch.cli import cli
from tests.cli.conftest import Run
from tests.support import article

EVIL = "\x1b[2J\x1b]0;x\x07\x9b31m\x7f\b\r\u202e\u2066\u2069\u200f\u2028\x85"
"""Escape sequences, C1 controls, backspaces, marks of direction."""
HARMLESS = {"\n"}


def evil(text: str) -> str:
    return f"{text[:3]}{EVIL}{text[3:]}{EVIL}"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An index of two copies and a related article, everything in them hostile."""
    text = evil("Banjir di Kota Bekasi merendam rumah warga. ") * 3
    fields = {
        "source": evil("kabar.example"),
        "category": evil("daerah"),
        "authors": (evil("Denny"),),
        "url": evil("https://kabar.example/a"),
        "dateline": evil("BEKASI"),
    }
    with newsearch.create(tmp_path / "hostile") as index:
        for number in range(3):
            title = evil("Banjir Bekasi") + " surut" * (number == 2)
            index.add([article(evil(str(number)), title, text + " lagi" * (number == 2), **fields)])
        index.save_search("simpan", evil("banjir"))
    with newsearch.open(tmp_path / "hostile") as index:
        index.add([article(evil("3"), evil("Banjir baru"), text, **fields)])
    return tmp_path / "hostile"


ID = evil("0")
FACETS = ["--facet", "source", "--facet", "category", "--facet", "author", "--facet", "month"]
COMMANDS: dict[str, list[list[str]]] = {
    "index": [["{page}"], ["{record}", "--rejects", "{folder}/tolak"], ["--strict", "{record}"]],
    "search": [
        ["banjir", *FACETS, "--parsed", "--explain", "--collapse"],
        [evil("banjir")],
        ["judul:" + evil("x") + " daerah:" + evil("bekasi")],
        ["", "--sort", "newest"],
        ["banjri", "--source", evil("x")],
        ["banjir", "--region", evil("tidak ada")],
        ["banjir", "--since", evil("kapan")],
    ],
    "new": [[], ["simpan", "--peek"], [evil("lain")]],
    "facets": [["banjir"], []],
    "related": [[ID], [evil("tidak ada")]],
    "duplicates": [[ID], []],
    "story": [[ID]],
    "latest": [[], ["--no-collapse"]],
    "suggest": [["banj"], [evil("ban")]],
    "show": [[ID], [evil("tidak ada")]],
    "stats": [[]],
    "check": [[]],
    "export": [[]],
    "rebuild": [[]],
    "copy": [["{index}", "{folder}/" + evil("salinan")], [evil("tidak ada"), "{folder}/y"]],
    "extract": [["{page}"], ["{record}"]],
    "regions": [["bekasi"], [evil("banjir di bekasi")], [evil("x")]],
    "delete": [[ID, evil("tidak ada")]],
}


def test_every_command_is_tried() -> None:
    # `export` comes with its own branch; whoever adds a command adds it here.
    assert cli.commands.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_what_a_terminal_obeys(
    command: str, hostile: Path, tmp_path: Path, run: Run
) -> None:
    page, record = tmp_path / "halaman.txt", tmp_path / f"re{EVIL}kord.jsonl"
    page.write_text(evil("Judul berita yang panjang") + "\n\n" + evil("Isi.") + "\n")
    record.write_bytes(
        orjson.dumps({evil("kop"): 1}) + b"\n" + orjson.dumps({"title": evil("Banjir")}) + b"\n"
    )
    names = {"page": page, "record": record, "folder": tmp_path, "index": hostile}
    for words in COMMANDS[command]:
        given = [word.format(**names) if "{" in word else word for word in words]
        for json in (["--json"], []):
            if command in ("copy",) and not json and "salinan" in str(given):
                given[1] += "2"
            told = run(command, *given, *json, index=hostile)
            assert told.status in (0, 1, 2)
            assert told.out or told.err
            assert "internal error" not in told.err
            obeyed = {
                character
                for character in told.out + told.err
                if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")
            }
            assert obeyed <= HARMLESS, (given, json, obeyed)


def test_programs_get_the_text_as_it_is(hostile: Path, run: Run) -> None:
    shown = run("show", ID, "--json", index=hostile).json
    assert shown["id"] == ID
    assert shown["source"] == evil("kabar.example")


def test_snippets_for_a_terminal(hostile: Path) -> None:
    with newsearch.open(hostile) as index:
        for hit in index.search("banjir").hits:
            plain = hit.snippet.ansi().replace("\x1b[1;33m", "").replace("\x1b[0m", "")
            assert plain.isprintable()


def test_blanks_of_other_kinds_part_words(hostile: Path, run: Run, tmp_path: Path) -> None:
    with newsearch.open(hostile) as index:
        index.add([article("nbsp", "Air\u00a0bah\tdi Ambon")])
    assert "Air bah di Ambon" in run("show", "nbsp", index=hostile).out


def test_an_archive_prints_nothing_of_its_own(tmp_path: Path, run: Run) -> None:
    """warcio warns of odd addresses and lengths, quoting them as they came."""
    crawl = tmp_path / "a.warc"
    headers = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a b{EVIL[:5]}\r\n"
        "Content-Type: application/http\r\nContent-Length: 3\r\n\r\n"
    )
    crawl.write_bytes(headers.encode() + b"abcdefg\n\r\n" * 3)
    told = run("extract", str(crawl))
    assert "\x1b" not in told.out + told.err
    assert all(line.startswith("ditolak: ") for line in told.err.splitlines())
