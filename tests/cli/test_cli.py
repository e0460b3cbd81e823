"""The command line: every command, its text, its JSON, its exit status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

import newsearch
from newsearch import NewsIndex
from newsearch.cli import cli
from tests.cli.conftest import Run
from tests.support import ARTICLES, PROJECT

COMMANDS = [
    "check", "copy", "delete", "duplicates", "export", "extract", "facets", "index", "latest",
    "new", "rebuild", "regions", "related", "search", "show", "stats", "story", "suggest",
]  # fmt: skip


@pytest.fixture
def filled(run: Run) -> Run:
    """A command line over an index of the sample articles."""
    assert run("index", str(ARTICLES)).status == 0
    return run


@pytest.fixture(scope="session")
def demo(samples: NewsIndex) -> Path:
    """The directory of an index of the sample articles; not to be written to."""
    return Path(samples._engine.location)


def test_every_command_of_the_contract_is_there_and_has_help() -> None:
    assert sorted(cli.commands) == COMMANDS
    for command in cli.commands.values():
        assert command.help, command.name
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", None), (command.name, parameter.name)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"newsearch {command}" in (PROJECT / "README.md").read_text("utf-8")


def test_copy_moves_an_index_to_another_engine(filled: Run, tmp_path: Path) -> None:
    source, target = str(tmp_path / "cli"), str(tmp_path / "lain")
    first = filled("copy", source, target, "--engine", "whoosh")
    assert (first.status, first.out.split()[1:3]) == (0, ["artikel", "disalin,"])
    with newsearch.open(source) as ours, newsearch.open(target) as theirs:
        assert (theirs.stats().engine, len(theirs)) == ("whoosh", len(ours))
    again = filled("copy", source, target, "--json").json
    assert (again["copied"], again["same"]) == (0, len(ours))
    assert filled("copy", source, source).status == 2
    assert filled("copy", str(tmp_path / "nihil"), target).status == 2


def test_index_reports_and_a_second_run_changes_nothing(run: Run) -> None:
    first = run("index", str(ARTICLES))
    assert first.status == 0
    assert first.out.startswith("50 artikel ditambahkan, 0 diperbarui, 0 ditolak")
    assert first.err == ""  # no progress where standard error is no terminal
    assert run("index", str(ARTICLES)).out.startswith("0 artikel ditambahkan, 50 diperbarui")
    assert run("stats", "--json").json["articles"] == 50


def test_index_reports_bad_records(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"judul": "Satu"}\n{broken\n')
    outcome = run("index", str(source))
    assert outcome.status == 0
    assert f"ditolak: {source}:2: " in outcome.err
    report = run("index", str(source), "--json").json
    assert (report["added"], report["updated"]) == (0, 1)
    assert report["rejected"][0]["line"] == 2


def test_index_strict_indexes_nothing(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"judul": "Satu"}\n{broken\n')
    outcome = run("index", "--strict", str(source))
    assert outcome.status == 2
    assert f"{source}" in outcome.err
    assert run("stats", "--json").json["articles"] == 0


def test_index_maps_fields(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("kepala,tubuh\nBanjir di kota,Air naik\n")
    assert run("index", str(source), "--map", "title=kepala", "--map", "text=tubuh").status == 0
    assert run("search", "banjir air", "--json").json["total"] == 1
    assert run("index", str(source), "--map", "kepala").status == 2


def test_index_says_which_names_of_fields_no_record_has(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("judul,tubuh\nBanjir di kota,Air naik\n")
    outcome = run("index", str(source), "--map", "title=judul", "--map", "text=tubuhnya")
    assert outcome.status == 0
    assert outcome.err == (
        "newsearch: no record has 'tubuhnya' (--map text=tubuhnya): is it misspelt?\n"
    )
    assert "'tubuhnya'" in run("extract", str(source), "--map", "text=tubuhnya").err


def test_index_with_nothing_to_index(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("index", str(tmp_path / "empty")).status == 2
    (tmp_path / "bad.jsonl").write_text("{broken")
    assert run("index", str(tmp_path / "bad.jsonl")).status == 1
    assert run("index", str(tmp_path / "none")).status == 2
    assert run("index").status == 2


def test_index_reads_standard_input(tmp_path: Path) -> None:
    location = str(tmp_path / "index")
    command = [sys.executable, "-m", "newsearch.cli", "--index", location]
    given = b'{"title": "Banjir di Ambon"}\n{"title": "Panen di Ambon"}\n'
    done = subprocess.run(
        [*command, "index", "-"], input=given, capture_output=True, cwd=PROJECT, check=True
    )
    assert done.stdout.startswith(b"2 artikel ditambahkan")
    shown = subprocess.run(
        [*command, "search", "banjir", "--json"], capture_output=True, cwd=PROJECT, check=True
    )
    assert orjson.loads(shown.stdout)["total"] == 1


def test_search_for_readers(run: Run, demo: Path) -> None:
    outcome = run(
        "search", "banjir bandar lampung", "--facet", "region", "--facet", "month", index=demo
    )
    assert outcome.status == 0
    assert re.match(r"6 artikel cocok \(\d+,\d ms\)\n", outcome.out)
    assert "Selasa, 3 Desember 2024 · kabarsiring.example · Kota Bandar Lampung" in outcome.out
    assert re.search(r"Daerah *\nLampung +6  █+", outcome.out)
    assert re.search(r"Bulan *\nDesember 2024 +6  █+", outcome.out)
    assert "\x1b" not in outcome.out  # no colours where standard output is no terminal


def test_search_as_json(run: Run, demo: Path) -> None:
    results = run(
        "search", "banjir", "--json", "--facet", "region", "--limit", "2", index=demo
    ).json
    assert set(results) == {"total", "took_ms", "relaxed", "suggestion", "hits", "facets"}
    assert len(results["hits"]) == 2
    assert set(results["hits"][0]) == {
        "id", "title", "score", "published", "source", "category", "regions", "url", "snippet",
        "duplicates",
    }  # fmt: skip
    assert {"value": "18.71", "label": "Kota Bandar Lampung"}.items() <= next(
        count for count in results["facets"]["region"] if count["value"] == "18.71"
    ).items()


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--region", "Kaltim"], lambda hit: hit["regions"][0].startswith("64")),
        (
            ["--region", "16", "--region", "18"],
            lambda hit: {"16", "18"} & {code[:2] for code in hit["regions"]},
        ),
        (["--since", "2024", "--until", "2024-12"], lambda hit: hit["published"][:4] == "2024"),
        (["--source", "KABARSIRING.example"], lambda hit: hit["source"] == "kabarsiring.example"),
    ],
)
def test_search_options(run: Run, demo: Path, options: list[str], holds: object) -> None:
    hits = run("search", "", "--json", "--limit", "50", *options, index=demo).json["hits"]
    assert hits
    assert all(holds(hit) for hit in hits)  # type: ignore[operator]


def test_search_pages_and_sorts(run: Run, demo: Path) -> None:
    def page(*words: str) -> list[str]:
        return [hit["id"] for hit in run("search", "", "--json", *words, index=demo).json["hits"]]

    assert page("--limit", "4") == page("--limit", "2") + page("--limit", "2", "--offset", "2")
    assert page("--sort", "newest", "--limit", "50") != page("--sort", "oldest", "--limit", "50")


def test_nothing_found_is_status_1(run: Run, demo: Path) -> None:
    outcome = run("search", "xyzzyx", index=demo)
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.out.startswith("Tidak ada artikel yang cocok.")
    as_json = run("search", "xyzzyx", "--json", index=demo)
    assert (as_json.status, as_json.json["total"]) == (1, 0)


def test_relaxed_and_respelled_searches_say_so(run: Run, demo: Path) -> None:
    outcome = run("search", "bnajir lampung", index=demo)
    assert "Mungkin maksud Anda: banjir lampung" in outcome.out
    assert "Tidak ada artikel yang memuat semua kata" in outcome.out


def test_search_explained(run: Run, demo: Path) -> None:
    outcome = run("search", "banjir bandar lampung", "--explain", "--limit", "1", index=demo)
    assert re.search(r"skor \d+,\d = banjir \d+,\d \+ bandar lampung \d+,\d", outcome.out)


def test_related(run: Run, demo: Path) -> None:
    first = run("search", "banjir bandar lampung", "--json", index=demo).json["hits"][0]["id"]
    hits = run("related", first, "--limit", "3", "--json", index=demo).json["hits"]
    assert len(hits) == 3
    shown = run("related", first, index=demo).out
    assert re.search(r"skor \d+,\d = kata \w+, .* daerah [\w ]*Lampung \d", shown)
    placed = run("related", first, "--region", "Pesawaran", "--json", index=demo).json["hits"]
    assert placed
    assert all("18.09" in {code[:5] for code in hit["regions"]} for hit in placed)
    own = run("related", first, "--same-source", "--json", index=demo)
    others = run("related", first, "--other-sources", "--json", index=demo)
    source = run("show", first, "--json", index=demo).json["source"]
    assert {hit["source"] for hit in own.json["hits"]} <= {source}
    assert source not in {hit["source"] for hit in others.json["hits"]}
    assert run("related", "none", index=demo).status == 1


def test_duplicates(run: Run, demo: Path) -> None:
    whole = run("duplicates", "--json", index=demo)
    groups = [orjson.loads(line)["ids"] for line in whole.out.splitlines()]
    assert whole.status == 0
    assert all(len(group) > 1 for group in groups)
    one, *others = groups[0]
    hits = run("duplicates", one, "--json", index=demo).json["hits"]
    assert {hit["id"] for hit in hits} == set(others)
    shown = run("duplicates", "--limit", "1", index=demo).out
    assert shown.startswith(f"{len(groups[0])} salinan: ")
    assert all(f" · {each}\n" in shown for each in groups[0])
    alone = run("search", "cengkih", "--json", index=demo).json["hits"][0]["id"]
    assert run("duplicates", alone, index=demo).out == "Tidak ada salinan.\n"
    assert run("duplicates", alone, index=demo).status == 1
    assert run("duplicates", "none", index=demo).status == 1


def test_an_index_without_copies_says_so(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"judul": "Satu"}\n')
    run("index", str(source))
    assert run("duplicates").out == "Tidak ada salinan.\n"
    assert run("duplicates").status == 1
    assert run("duplicates", "--json").out == ""


def test_story(run: Run, demo: Path) -> None:
    first = run("search", "banjir bandar lampung", "--json", index=demo).json["hits"][0]["id"]
    told = run("story", first, "--days", "60", "--json", index=demo).json
    dates = [hit["published"] for hit in told["hits"]]
    assert len(dates) > 1
    assert dates == sorted(dates)
    assert [hit["first"] for hit in told["hits"]] == [True] + [False] * (len(dates) - 1)
    shown = run("story", first, "--days", "60", index=demo).out
    assert shown.count("laporan pertama") == 1
    assert "laporan pertama" in shown.splitlines()[0]
    assert run("story", first, "--limit", "0", index=demo).status == 1
    assert run("story", "none", index=demo).status == 1


def test_latest(run: Run, demo: Path) -> None:
    hits = run("latest", "--region", "Papua", "--limit", "2", "--json", index=demo).json["hits"]
    assert [hit["regions"][0][:2] for hit in hits] == ["91"] * len(hits)
    assert run("latest", index=demo).out.count("\n   ") >= 30


def test_facets(run: Run, demo: Path) -> None:
    outcome = run("facets", index=demo)
    assert outcome.out.startswith("50 artikel cocok")
    for title in ("Daerah", "Bulan", "Sumber"):
        assert re.search(rf"\n{title} *\n", outcome.out)
    counted = run("facets", "banjir", "--facet", "year", "--json", index=demo).json
    assert counted["hits"] == []
    assert sum(count["count"] for count in counted["facets"]["year"]) == counted["total"]


def test_facets_of_regions_are_a_tree(run: Run, demo: Path) -> None:
    shown = run("facets", "--facet", "region", index=demo).out
    assert re.search(r"\nLampung +\d+  █+ *\n  Kota Bandar Lampung +\d+", shown)
    inside = run("facets", "--facet", "region", "--region", "Lampung", index=demo).out
    assert re.search(r"\nKota Bandar Lampung +\d+", inside)
    assert "\nLampung " not in inside


def test_facets_to_choose_from_and_filled(run: Run, demo: Path) -> None:
    one = ["facets", "--facet", "region", "--region", "Lampung", "--json"]
    only = run(*one, index=demo).json["facets"]["region"]
    others = run(*one, "--multiselect", index=demo).json["facets"]["region"]
    assert len(only) < len(others)
    months = run("facets", "--facet", "month", "--fill", "--since", "2020", "--json", index=demo)
    counts = months.json["facets"]["month"]
    assert counts[0] == {"value": "2020-01", "label": "Januari 2020", "count": 0}


def test_search_all_streams_every_match(run: Run, demo: Path) -> None:
    outcome = run("search", "warga", "--all", "--json", index=demo)
    lines = [orjson.loads(line) for line in outcome.out.splitlines()]
    assert len(lines) == run("search", "warga", "--json", index=demo).json["total"] > 10
    dates = [line["published"] for line in lines]
    assert dates == sorted(dates, reverse=True)
    assert "text" in lines[0]
    assert run("search", "qwertyuiop", "--all", "--json", index=demo).status == 1
    refused = run("search", "warga", "--all", index=demo)
    assert refused.status == 2
    assert "add --json" in refused.err


def test_a_facet_that_no_article_has_is_not_printed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "berita.jsonl"
    file.write_text('{"title": "Banjir", "text": "Warga.", "source": "Kabar"}\n', "utf-8")
    run("index", str(file))
    shown = run("facets").out
    assert "Kabar" in shown
    assert "Kategori" not in shown


def test_saved_searches(run: Run, tmp_path: Path) -> None:
    pages = sorted(map(str, ARTICLES.glob("*.txt")))
    run("index", *pages[:1])
    assert run("new").status == 1
    run("search", "banjir", "--save", "banjir")
    assert run("new", "banjir").out == "Tidak ada artikel baru.\n"
    run("index", *pages)
    assert re.search(r"^banjir  \d+ baru  banjir$", run("new").out, re.MULTILINE)
    shown = run("new", "banjir", "--peek", "--json").out.splitlines()
    assert len(shown) > 1
    assert "snippet" in orjson.loads(shown[0])
    assert run("new", "banjir").out.count("\n   ") >= len(shown)
    assert run("new", "banjir").status == 1
    assert run("search", "banjir", "--save", "banjir").status == 2
    assert run("new", "banjir", "--forget").out == "Pencarian tersimpan banjir dihapus\n"
    assert "no saved search 'banjir': this index has none" in run("new", "banjir").err


def test_suggest(run: Run, demo: Path) -> None:
    assert re.search(r"^banjir  \d+$", run("suggest", "banj", index=demo).out, re.MULTILINE)
    rows = run("suggest", "warga ban", "--json", index=demo).json["suggestions"]
    assert all(row["text"].lower().startswith("warga ban") for row in rows)
    assert run("suggest", "xyzzyx", index=demo).status == 1


def test_show(run: Run, demo: Path) -> None:
    first = run("latest", "--limit", "1", "--json", index=demo).json["hits"][0]["id"]
    shown = run("show", first, "--json", index=demo).json
    assert set(shown) == {
        "id", "title", "text", "published", "source", "url", "category", "authors", "regions",
        "views", "dateline",
    }  # fmt: skip
    outcome = run("show", first, index=demo)
    assert shown["title"] in outcome.out
    assert "kali dibaca" in outcome.out
    missing = run("show", "none", index=demo)
    assert missing.status == 1
    assert missing.err == (
        "newsearch: no article with id 'none' in this index; `newsearch search` shows the ids\n"
    )


def test_delete(filled: Run) -> None:
    ids = [hit["id"] for hit in filled("latest", "--limit", "2", "--json").json["hits"]]
    outcome = filled("delete", *ids, "none")
    assert (outcome.status, outcome.out, outcome.err) == (
        0,
        "2 artikel dihapus\n",
        "tidak ada: none\n",
    )
    assert filled("delete", "none").status == 1
    assert filled("stats", "--json").json["articles"] == 48


def test_stats_check_rebuild(filled: Run) -> None:
    assert "Artikel    50\n" in filled("stats").out
    assert filled("check").out == "Indeks utuh: 50 artikel\n"
    assert filled("rebuild").out == "50 artikel dibangun ulang\n"
    assert filled("check", "--json").json == {"problems": []}
    assert filled("search", "banjir").status == 0


def test_check_finds_damage(filled: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "cli" / "data-1").glob("*.store"):
        path.unlink()
    outcome = filled("check")
    assert outcome.status == 2
    assert outcome.err


def test_extract_prints_json_lines_and_indexes_nothing(run: Run, tmp_path: Path) -> None:
    pages = sorted(ARTICLES.glob("*.txt"))[:3]
    outcome = run("extract", *map(str, pages))
    assert outcome.status == 0
    lines = [orjson.loads(line) for line in outcome.out.splitlines()]
    assert len(lines) == 3
    assert lines[0]["published"] == "2024-12-03T06:41:00+07:00"
    assert not (tmp_path / "cli").exists()


def test_extract_with_names_of_fields(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kepala;badan\nPanen;Raya\n")
    outcome = run(
        "extract", str(tmp_path / "a.csv"), "--map", "title=kepala", "--map", "text=badan"
    )
    assert orjson.loads(outcome.out)["title"] == "Panen"
    refused = run("extract", str(tmp_path / "a.csv"), "--map", "kepala")
    assert refused.status == 2
    assert "'kepala' is not FIELD=NAME" in refused.err


def test_regions(run: Run) -> None:
    assert "16.02  Kabupaten Ogan Komering Ilir · Sumatera Selatan" in run("regions", "oki").out
    assert run("regions", "Lampung", "--json").json["regions"][0]["code"] == "18"
    unknown = run("regions", "ogan komring ilir")
    assert unknown.status == 2
    assert "Kabupaten Ogan Komering Ilir" in unknown.err
    several = run("regions", "Sumber")
    assert several.status == 2
    assert "several regions are called 'Sumber': write Sumber, Kabupaten Cirebon" in several.err
    assert "32.09.15" in run("regions", "Sumber, Kabupaten Cirebon").out
    assert run("regions", "Banjir melanda Kota Bekasi").out.startswith("32.75  Kota Bekasi")
    assert run("regions", "qqqq").status == 2
    text = "Pemkab OKI gelar rapat\nBupati OKI memimpin rapat itu di Kayuagung, Kamis."
    assert run("regions", text, "--json").json["regions"][0]["code"] == "16.02"
    told = run("regions", text).out.splitlines()[0]
    assert told.startswith("16.02  Kabupaten Ogan Komering Ilir  ")
    assert "judul 'OKI'" in told
    assert "teks 2×" in told


def test_regions_around_and_inside_a_region(run: Run) -> None:
    lines = run("regions", "oki", "--limit", "2").out.splitlines()
    assert lines == [
        "16.02  Kabupaten Ogan Komering Ilir · Sumatera Selatan · OKI",
        "   16.02.02  Kecamatan Tanjung Lubuk",
        "   16.02.03  Kecamatan Pedamaran",
        "   … dan 16 lainnya",
    ]
    found = run("regions", "Kayu Agung, OKI", "--json").json["regions"][0]
    assert [wider["code"] for wider in found["parents"]] == ["16", "16.02"]
    assert {"code": "16.02.05.1001", "name": "Jua-jua", "kind": "kelurahan"} in found["children"]
    village = run("regions", "91.01.01.2001")  # a code of Papua before 2022
    assert (
        village.out == "93.01.01.2001  Desa Nasem · Kecamatan Merauke · Kabupaten Merauke"
        " · Papua Selatan\n"
    )
    assert "Wudi, Sambeng, Kabupaten Lamongan" in run("regions", "wudi").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["search", "a", "--region", "Atlantis"], "unknown region 'Atlantis'"),
        (["search", "a", "--since", "entah"], "cannot read the date 'entah'"),
        (["search", "a", "--sort", "random"], "--help"),
        (["search", "a", "--limit", "5000"], "more than 1,000"),
        (["search", "NOT " * 2_000], "more than 4,000"),
        (["search"], "newsearch search --help"),
        (["cari", "a"], "newsearch --help"),
    ],
)
def test_errors_are_one_line_and_status_2(
    run: Run, demo: Path, words: list[str], said: str
) -> None:
    outcome = run(*words, index=demo)
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("newsearch: ")
    assert said in outcome.err


@pytest.mark.parametrize("command", ["search", "stats", "check", "rebuild", "latest"])
def test_without_an_index_the_next_step_is_named(run: Run, command: str, tmp_path: Path) -> None:
    outcome = run(command, *(["a"] if command == "search" else []))
    assert outcome.status == 2
    assert re.search(r"no index at .*newsearch --index .* index", outcome.err)
    assert not (tmp_path / "cli").exists()


def test_output_that_is_not_utf_8(demo: Path) -> None:
    command = [sys.executable, "-m", "newsearch.cli", "--index", str(demo), "search", "banjir"]
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, cwd=PROJECT, env=plain, check=True)
    assert b"artikel cocok" in done.stdout
    assert done.stderr == b""


def test_a_page_past_the_end_says_so(run: Run, demo: Path) -> None:
    outcome = run("search", "banjir", "--offset", "500", index=demo)
    assert "melewati hasil terakhir" in outcome.out


def test_damaged_data_is_one_line(filled: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "cli" / "data-1").glob("*.store"):
        data = bytearray(path.read_bytes())
        data[: len(data) * 3 // 4] = bytes(len(data) * 3 // 4)
        path.write_bytes(data)
    outcome = filled("search", "", "--limit", "50")
    assert (outcome.status, outcome.out) == (2, "")
    assert re.fullmatch(r"newsearch: files in .* are damaged .*\n", outcome.err)


def test_arguments_that_are_no_utf_8(run: Run, demo: Path) -> None:
    assert run("search", "sumber:\udcff banjir", index=demo).status == 1
    assert run("show", "\udcff", index=demo).status == 1
    assert run("suggest", "--json", "warga\udcff ban", index=demo).json["suggestions"]


def test_rejections_cannot_drive_the_terminal(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("\x1b]0;pwn\x07,b\n1,2\n")
    assert "\x1b" not in run("index", str(source)).err
    assert "\x1b" not in run("extract", str(source)).err


def test_an_unexpected_error_is_one_line(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(NewsIndex, "search", broken)
    outcome = run("search", "banjir", index=demo)
    assert outcome.status == 2
    assert outcome.err.count("\n") == 1
    assert "internal error" in outcome.err


def test_a_closed_pipe_is_no_error(demo: Path) -> None:
    command = [sys.executable, "-m", "newsearch.cli", "--index", str(demo), "search", ""]
    with subprocess.Popen(
        [*command, "--limit", "50"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=PROJECT
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_a_terminal_sees_colours_and_progress(tmp_path: Path) -> None:
    script = f"{sys.executable} -m newsearch.cli --index {tmp_path / 'i'} index {ARTICLES}"
    search = f"{sys.executable} -m newsearch.cli --index {tmp_path / 'i'} search banjir"
    done = subprocess.run(
        ["script", "-qec", f"{script} && {search}", "/dev/null"],
        capture_output=True,
        cwd=PROJECT,
        check=True,
    )
    assert b"50 artikel ditambahkan" in done.stdout
    assert b"menyimpan" in done.stdout
    assert b"\x1b[1;33m" in done.stdout


def test_how_a_query_was_understood(run: Run, demo: Path) -> None:
    query = "banjir -judul:longsor tanggal:sejak 2000"
    shown = run("search", "--parsed", query, index=demo).out
    assert shown.startswith(
        "semua dari:\n  banjir  kata dasar banjir\n  bukan:\n    judul:longsor  "
    )
    assert " artikel cocok" in shown
    found = run("search", "--parsed", "--json", query, index=demo).json
    assert [part["kind"] for part in found["parsed"]["parts"]] == ["word", "not", "filter"]
    assert "parsed" not in run("search", "--json", query, index=demo).json


def test_an_export_is_indexed_again(filled: Run, tmp_path: Path) -> None:
    exported = filled("export")
    assert exported.status == 0
    assert "50 artikel ditulis, 0 tidak terbaca" in exported.err
    (tmp_path / "all.jsonl").write_text(exported.out)
    other = tmp_path / "other"
    assert filled("index", str(tmp_path / "all.jsonl"), index=other).status == 0
    assert sorted(filled("export", index=other).out.splitlines()) == sorted(
        exported.out.splitlines()
    )


def test_damage_is_told_and_what_can_be_read_is_saved(filled: Run, tmp_path: Path) -> None:
    (path,) = (tmp_path / "cli" / "data-1").glob("*.term")
    path.write_bytes(path.read_bytes()[:-1])
    searched = filled("search", "banjir")
    assert (searched.status, searched.out) == (2, "")
    assert searched.err.count("\n") == 1
    assert str(path) in searched.err
    assert "export" in searched.err
    exported = filled("export")
    assert (exported.status, len(exported.out.splitlines())) == (2, 50)
    assert str(path) in exported.err
    assert filled("rebuild").status == 2
    rebuilt = filled("rebuild", "--salvage")
    assert rebuilt.status == 0
    assert "50 artikel dibangun ulang, 0 tidak terbaca" in rebuilt.out
    assert filled("check").status == 0
    assert (tmp_path / "cli" / "unreadable-1").is_dir()


def test_an_export_of_an_empty_index_finds_nothing(run: Run, tmp_path: Path) -> None:
    newsearch.create(tmp_path / "cli").close()
    assert run("export").status == 1
