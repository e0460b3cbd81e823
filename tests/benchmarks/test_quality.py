"""The gate end to end over an invented ../shared, through real indexes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ir_measures import RR, Qrel, R, nDCG

from benchmarks import pages, quality
from benchmarks.floors import Floors
from benchmarks.plain import PlainIndex, stemmers
from benchmarks.sets import Document, RankingSet, Shared, headlines
from newsearch import Article


def gate(root: Path, *options: str) -> int:
    floors = root.parent / "floors.json"
    return quality.main(["--shared", str(root), "--floors", str(floors), *options])


def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    return {row["measure"]: row for row in json.loads(capsys.readouterr().out)["rows"]}


def test_every_evaluation_is_measured(invented: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate(invented, "--update", "--json") == 0
    measured = rows(capsys)
    for right in (
        *("queries nDCG@10", "queries R@50", "facqa MRR@10", "summaries MRR@10"),
        *("lemmas, all words", "lemmas, inflected words", "regions, main one exact"),
        *("regions, its province", "regions, none where none is"),
        *("near-duplicates found", "near-duplicates in one set", "other pairs left apart"),
        *("scrapes: title", "scrapes: date"),
        *("scrapes: region", "scrapes: body_has", "scrapes: body_lacks", "pages as txt: title"),
    ):
        assert measured[right]["newsearch"] == 1.0, right
        assert measured[right]["floor"] == 1.0, right
    assert "scrapes: authors" not in measured  # ambiguous
    assert measured["pages as txt: body F1"]["newsearch"] > 0.7
    assert measured["lemmas, inflected words"]["plain"] == {
        "no stemming": 0.0,
        "PySastrawi": 1.0,
        "Snowball": 1.0,
    }
    plain = {*measured["queries nDCG@10"]["plain"], *measured["pages as html: title"]["plain"]}
    assert plain == set(quality.COLUMNS)
    assert measured["queries nDCG@10: the same in one field"]["newsearch"] is None
    assert {"title → body MRR@10", "related R@10"} <= measured.keys()
    # Two of the five articles are copies: about one pair in ten is of them.
    assert 0.85 < measured["random pairs left apart"]["newsearch"] < 0.95


def test_it_passes_again_and_fails_below_a_floor(
    invented: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gate(invented, "--fast", "--update") == 0
    assert gate(invented, "--fast") == 0
    assert "quality gate passed" in capsys.readouterr().err

    path = invented.parent / "floors.json"
    floors = Floors.load(path)
    reached = floors.floors["fast"]["pages as txt: body F1"]
    floors.floors["fast"]["pages as txt: body F1"] = 0.9999
    floors.save(path)
    only = ("--fast", "--only", "pages")
    assert gate(invented, *only) == 1
    assert "FAILED: pages as txt: body F1 fell to" in capsys.readouterr().err
    assert gate(invented, *only, "--update") == 1  # it never lowers by itself
    assert Floors.load(path).floors["fast"]["pages as txt: body F1"] == 0.9999
    assert gate(invented, *only, "--update", "--lower") == 0
    assert Floors.load(path).floors["fast"]["pages as txt: body F1"] == reached


def test_other_data_fail(invented: Path, capsys: pytest.CaptureFixture[str]) -> None:
    only = ("--only", "lemmas")
    assert gate(invented, *only, "--update") == 0
    with (invented / "eval/lemmas/lemmas.tsv").open("a") as file:
        file.write("warga\twarga\t1\t\n")
    assert gate(invented, *only) == 1
    assert "the data changed" in capsys.readouterr().err
    assert gate(invented, *only, "--update") == 1


def test_without_data_it_is_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gate(tmp_path / "shared") == 0
    assert "skipped" in capsys.readouterr().err
    assert not (tmp_path / "floors.json").exists()


def test_lower_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        gate(tmp_path, "--lower")
    assert stopped.value.code == 2


def test_the_committed_floors_cover_both_modes() -> None:
    floors = Floors.load(quality.FLOORS)
    assert floors.floors["full"].keys() == floors.floors["fast"].keys()
    assert all(0 <= score <= 1 for mode in floors.floors.values() for score in mode.values())


def test_a_ranking_is_scored_in_the_order_it_is_given() -> None:
    judged = RankingSet({"q": "kata", "r": "lain"}, [Qrel("q", "b", 1), Qrel("r", "c", 1)])
    scores = judged.score(lambda query, limit: ["z", "b"] if query == "kata" else [], [RR @ 10], 10)
    assert scores == [0.25]  # second for one query, nothing for the other
    assert judged.every(2).score(lambda query, limit: ["z", "b"], [RR @ 10, R @ 50], 10) == [0.5, 1]
    graded = RankingSet({"q": "kata"}, [Qrel("q", "a", 1), Qrel("q", "b", 2)])
    (good,) = graded.score(lambda query, limit: ["b", "a"], [nDCG @ 10], 10)
    (less,) = graded.score(lambda query, limit: ["a", "b"], [nDCG @ 10], 10)
    assert good == pytest.approx(1)
    assert less == pytest.approx(0.8597, abs=1e-4)


def test_headlines_are_the_same_in_any_order_of_the_corpus() -> None:
    documents = [Document(f"x-{one}", f"Judul {one}", "isi") for one in range(20)]
    chosen = headlines(documents, 5, "x-")
    assert chosen == headlines(documents[::-1], 5, "x-")
    assert len(chosen.queries) == len(chosen.qrels) == 5
    assert not headlines(
        [Document("x-1", "", "isi"), Document("y", "Judul", "isi")], 5, "x"
    ).queries


def test_the_digest_of_a_folder_sees_names_and_contents(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "a").write_text("1")
    digests = {shared.digest("eval")}
    (tmp_path / "eval" / "a").rename(tmp_path / "eval" / "b")
    digests.add(shared.digest("eval"))
    (tmp_path / "eval" / "b").write_text("2")
    digests.add(shared.digest("eval"))
    assert len(digests) == 3


def test_plain_builds_differ_by_their_stems() -> None:
    documents = [
        Document("a", "Pembakaran lahan", "Lahan gambut."),
        Document("b", "Hujan", "Hutan gambut basah."),
    ]
    index = PlainIndex(documents, stemmers())
    assert index.search("membakar", 5, stemmer="PySastrawi", layout="fields") == ["a"]
    assert index.search("membakar", 5, stemmer="no stemming", layout="fields") == []
    assert index.search("pembakaran", 5, stemmer="Snowball", layout="one field") == ["a"]
    assert index.search("hujan", 5, stemmer="PySastrawi", layout="body") == []
    assert index.related(documents[0], 5, stemmer="PySastrawi") == ["b"]


@pytest.mark.parametrize(
    ("found", "right", "score"),
    [("a b", "a b", 1.0), ("a b", "a c", 0.5), ("", "a", 0.0), ("a a", "a", 2 / 3)],
)
def test_f1(found: str, right: str, score: float) -> None:
    assert pages.f1(found, right) == pytest.approx(score)


def test_a_refused_page_is_wrong_in_all_that_is_scored() -> None:
    truth = {"title": "Judul", "date": None, "body_has": ["x"], "body_lacks": ["y"], "text": "x"}
    assert pages.judge(None, truth) == {
        "title": 0,
        "date": 0,
        "body_has": 0,
        "body_lacks": 0,
        "body F1": 0,
    }


def test_a_page_with_nothing_to_lack_is_not_scored_in_it() -> None:
    truth = {"title": "“Judul”", "date": None, "body_has": ["Isi  berita"], "body_lacks": []}
    found = Article(title='"Judul"', text="Ini isi\nberita.")
    assert pages.judge(found, truth) == {"title": 1, "date": 1, "body_has": 1}
