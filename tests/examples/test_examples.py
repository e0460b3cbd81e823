"""The examples run, and do what they show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

import newsearch
from examples import flask_minimal
from newsearch import NewsIndex
from tests.support import ARTICLES, PROJECT


def test_the_quickstart_is_short_and_runs() -> None:
    script = PROJECT / "examples" / "quickstart.py"
    assert len(script.read_text("utf-8").splitlines()) < 40
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, cwd=PROJECT, check=True
    )
    assert "50 articles indexed, 0 rejected" in done.stdout
    assert "Kota Bandar Lampung: 6" in done.stdout
    assert "Related to" in done.stdout


@pytest.fixture
def client(samples: NewsIndex, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A browser of the small Flask page over the sample articles."""
    monkeypatch.setattr(flask_minimal, "open_index", lambda: samples)
    return flask_minimal.app.test_client()


def test_the_page_searches_counts_and_filters(client: FlaskClient) -> None:
    page = client.get("/?q=banjir+bandar+lampung").get_data(as_text=True)
    assert "6 artikel cocok" in page
    assert "<mark>banjir</mark>" in page
    assert "Selasa, 3 Desember 2024 · kabarsiring.example" in page
    link = re.search(r'href="([^"]*region=18\.71)"', page)
    assert link
    narrowed = client.get("/" + unescape(link[1])).get_data(as_text=True)
    assert "6 artikel cocok" in narrowed
    assert "50 artikel cocok" in client.get("/").get_data(as_text=True)


def test_the_page_escapes_and_explains(client: FlaskClient) -> None:
    page = client.get("/?q=<script>alert(1)</script>").get_data(as_text=True)
    assert "<script>" not in page
    wrong = client.get("/?q=a&region=Atlantis")
    assert wrong.status_code == 400
    assert "unknown region" in wrong.get_data(as_text=True)


def test_the_page_helps_with_spelling(client: FlaskClient) -> None:
    page = client.get("/?q=bnajir+lampung").get_data(as_text=True)
    assert "Mungkin maksud Anda" in page
    assert "banjir lampung</a>" in page


PAGES = sorted(ARTICLES.glob("*.txt"))


def test_there_are_enough_sample_articles(samples: NewsIndex) -> None:
    assert len(PAGES) >= 40
    provinces = {one.regions[0][:2] for one in samples.articles() if one.regions}
    assert len(provinces) >= 15
    # Every island group: Sumatra, Java, Nusa Tenggara, Kalimantan, Sulawesi, Maluku, Papua.
    assert {code[0] for code in provinces} >= set("1356789")
    zones = {one.published.utcoffset() for one in samples.articles() if one.published}
    assert len(zones) == 3


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_sample_page_is_read_whole(path: Path) -> None:
    page = path.read_text("utf-8")
    one = newsearch.read_page(page)
    assert one.title == page.splitlines()[0].strip()
    assert one.published is not None
    assert one.views is not None
    assert one.source
    assert len(one.text.split()) > 80
    for trace in ("Baca Juga", "Berita Terkait", "Berita Terbaru", "URL berhasil", "kali dibaca"):
        assert trace not in one.text


def run_example(name: str, *words: str | Path) -> str:
    """What an example prints."""
    script = str(PROJECT / "examples" / f"{name}.py")
    done = subprocess.run(
        [sys.executable, script, *map(str, words)],
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_small_examples_are_short() -> None:
    for name in ("watch_folder", "coverage", "ingest_many", "quickstart", "flask_minimal"):
        script = PROJECT / "examples" / f"{name}.py"
        assert len(script.read_text("utf-8").splitlines()) < 60, name


def test_a_folder_is_watched(tmp_path: Path) -> None:
    pages, index = tmp_path / "pages", tmp_path / "index"
    shutil.copytree(ARTICLES, pages)
    first = run_example("watch_folder", pages, index, "--once")
    assert first == "50 articles read, 0 deleted, 50 in the index\n"
    assert run_example("watch_folder", pages, index, "--once") == ""
    some = sorted(pages.iterdir())
    some[0].unlink()
    (pages / "baru.jsonl").write_text('{"id": "baru", "title": "Panen Raya"}\n')
    again = run_example("watch_folder", pages, index, "--once")
    assert again == "1 articles read, 1 deleted, 50 in the index\n"
    with newsearch.open(index) as opened:
        assert opened.get("baru").title == "Panen Raya"


def test_coverage_is_plotted(samples: NewsIndex, tmp_path: Path) -> None:
    plot = tmp_path / "coverage.svg"
    run_example("coverage", samples._engine.location, plot)
    drawn = ElementTree.fromstring(plot.read_text("utf-8"))
    labels = [node.text for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "Lampung" in labels
    titles = drawn.iter("{http://www.w3.org/2000/svg}title")
    provinces = samples.search("", facets=["region"]).region_tree()
    months = [
        samples.search("", region=one.value, facets=["month"]).facets["month"] for one in provinces
    ]
    assert sum(int(node.text or 0) for node in titles) == sum(
        month.count for row in months for month in row
    )
