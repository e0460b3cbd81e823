"""The benchmark end to end over the sample articles: every contender that is installed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import orjson
import pytest

import newsearch
from benchmarks import multiplied, speed
from benchmarks.bounds import bounds
from benchmarks.measuring import Measured
from benchmarks.peers import NAMES, installed, make
from benchmarks.results import Results, Run
from benchmarks.sets import CORPUS
from tests.support import ARTICLES

SAMPLES = 50


@pytest.fixture
def invented_news(tmp_path: Path) -> Path:
    """The sample articles as the corpus of an invented ../shared."""
    root = tmp_path / "shared"
    records = [article.to_dict() for article in newsearch.read(ARTICLES)]
    for record in records:
        record["date"] = record.pop("published")
    corpus = root / CORPUS
    corpus.parent.mkdir(parents=True)
    corpus.write_bytes(gzip.compress(b"".join(orjson.dumps(one) + b"\n" for one in records)))
    queries = root / "eval/queries/queries.tsv"
    queries.parent.mkdir(parents=True)
    queries.write_text("A1\tbanjir bandar lampung\t\nA2\tbanjir cengkih\t\n", "utf-8")
    return root


def read(path: Path, articles: int) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in multiplied.lines(path, articles)]


def test_every_contender_is_measured(
    invented_news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--shared", str(invented_news), "--rounds", "1", "--queries", "6")
    speed.main([*options, "--articles", "20", "--json"])
    run = json.loads(capsys.readouterr().out)
    measured = {(one["contender"], one["articles"]): one["values"] for one in run["measured"]}
    there = {name for name in NAMES if installed(name)}
    assert {name for name, articles in measured if articles} == there
    assert ("newsearch", SAMPLES) in measured
    assert ("newsearch", 20) in measured
    assert ("whoosh", 20) in measured  # it gets a sample
    for (name, articles), values in measured.items():
        for measure in ("cold", "warm", "size", "open", "first") if articles else ("import",):
            if name != "loop" or measure not in ("open", "first"):
                assert values[measure][0] > 0, (name, measure)
        if articles:
            # They answer the same queries over the same articles.
            assert all(f"{verb} found" in values for verb in make(name).verbs), name
            assert values.get("search found", [1.0])[0] > 0, name
    tantivy, sqlite = (measured[name, SAMPLES] for name in ("tantivy", "sqlite"))
    assert tantivy["search found"] == sqlite["search found"]
    assert "/" not in run["command"].removeprefix("python -m benchmarks.speed")


def test_runs_are_merged_and_written_in_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = {"date": "2026-01-02", "commit": "abc", "machine": "2 cores", "versions": "Python 3"}
    files = []
    # A run on a slower machine: ratios are of one run, and do not notice.
    for number, (slow, peer) in enumerate(((1.0, "tantivy"), (3.0, "sqlite"))):
        ours = Measured("newsearch", 50_000, {"cold": [slow], "search p50": [slow * 2]})
        theirs = Measured(peer, 50_000, {"cold": [slow * 4], "search p50": [slow]})
        files.append(tmp_path / f"{number}.json")
        files[-1].write_bytes(Run(f"speed {number}", made, [ours, theirs]).to_json())
    target = tmp_path / "BENCHMARKS.md"
    target.write_text("# Benchmarks\n\n## 50,000 articles\n\nstale text\n\n## 7 articles\n\nkept\n")
    speed.main(["--merge", *map(str, files), "--write", str(target)])
    shown = capsys.readouterr().out
    assert "| indexing, cold | 2 ms an article | × 4 | × 4 |" in shown
    assert "`speed 0`, `speed 1`" in shown
    text = target.read_text()
    assert shown.strip() in text
    assert "stale text" not in text
    assert text.endswith("## 7 articles\n\nkept\n")
    speed.main(["--merge", *map(str, files), "--write", str(target)])
    assert target.read_text() == text


@pytest.mark.parametrize(("took", "held"), [(5.0, True), (3.0, False)])
def test_bounds_are_held_or_not(took: float, held: bool) -> None:
    ours = Measured("newsearch", 50_000, {"cold": [2.0]})
    loop = Measured("loop", 50_000, {"cold": [took]})
    [bound] = bounds(Results([Run("", {}, [ours, loop])]))
    assert bound.held is held
    assert bound.measured == f"{took / 2:g} times"


def test_time_an_article_is_compared_between_large_indexes() -> None:
    sizes = ((5_000, 9.0), (50_000, 2.0), (500_000, 3.0))
    measured = [Measured("newsearch", count, {"cold": [took]}) for count, took in sizes]
    [bound] = bounds(Results([Run("", {}, measured)]))
    assert (bound.measured, bound.held) == ("1.5 times", False)


def test_multiplied_articles_differ_in_id_date_and_order(invented_news: Path) -> None:
    corpus = invented_news / CORPUS
    original = read(corpus, SAMPLES)
    many = read(corpus, 120)
    assert many[:SAMPLES] == original
    assert many == read(corpus, 120)
    assert len({one["id"] for one in many}) == 120
    first, copy = many[0], many[SAMPLES]
    assert copy["text"] != first["text"]
    assert sorted(copy["text"].split(" ")) == sorted(first["text"].split(" "))
    assert {one["date"] for one in many} <= {one["date"] for one in original}
    assert any(one["date"] != original[place]["date"] for place, one in enumerate(many[50:100]))
    assert many[100]["text"] != copy["text"]


def test_fewer_articles_are_taken_from_all_of_the_corpus(invented_news: Path) -> None:
    every = [one["id"] for one in read(invented_news / CORPUS, SAMPLES)]
    some = [one["id"] for one in read(invented_news / CORPUS, 5)]
    assert some == every[9::10]
