"""The examples run, and do what they show."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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
    monkeypatch.setitem(flask_minimal.app.extensions, "index", samples)
    return flask_minimal.app.test_client()


def test_the_page_searches_counts_and_filters(client: FlaskClient) -> None:
    page = client.get("/?q=banjir+bandar+lampung").get_data(as_text=True)
    assert "6 artikel cocok" in page
    assert "<mark>banjir</mark>" in page
    assert "Selasa, 3 Desember 2024 · kabarsiring.example · Kota Bandar Lampung" in page
    link = re.search(r'href="(/\?q=[^"]*region=18\.71)"', page)
    assert link
    assert "6 artikel cocok" in client.get(link[1]).get_data(as_text=True)
    assert "50 artikel cocok" in client.get("/").get_data(as_text=True)


def test_the_page_shows_an_article_and_related_ones(
    client: FlaskClient, samples: NewsIndex
) -> None:
    hit = samples.search("banjir bandar lampung").hits[0]
    page = client.get(f"/artikel/{hit.article.id}").get_data(as_text=True)
    assert f"<h1>{hit.article.title}</h1>" in page
    assert "Berita Terkait" in page
    assert page.count("<li>") == 5
    assert client.get("/artikel/none").status_code == 404


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
