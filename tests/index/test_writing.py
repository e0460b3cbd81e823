"""Writing: what goes in stays in, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
import pytest

import newsearch
from newsearch import NewsIndex
from newsearch.fingerprint import fingerprint
from tests.support import PROJECT, article, found, story


def test_articles_come_back_as_they_went_in(index: NewsIndex) -> None:
    given = article(
        "a",
        "Judul “penting”",
        "Teks.\nParagraf dua.",
        source="Kabar.example",
        url="https://kabar.example/a",
        category="Daerah",
        authors=("Denny", "Rina"),
        regions=("16.02", "16.71"),
        views=7,
        dateline="Kayuagung",
    )
    index.add([given])
    assert index.get("a") == given


@pytest.mark.parametrize("empty", ["", None])
def test_what_is_empty_comes_back_so(index: NewsIndex, empty: str | None) -> None:
    fields = dict.fromkeys(("source", "url", "category", "dateline"), empty)
    given = [
        article("a", "Judul", published=None, views=0, **fields),
        article("b", "", "Teks", views=None, **fields),
        article("c", "Judul", authors=("",), **fields),
    ]
    index.add(given)
    assert [index.get(one.id) for one in given] == given
    index.rebuild()
    assert [index.get(one.id) for one in given] == given


def test_regions_given_by_name_are_kept_as_codes(index: NewsIndex) -> None:
    index.add([article("a", "Tanpa nama tempat", regions=("OKI", "Entah", "Provinsi Lampung"))])
    assert index.get("a").regions == ("16.02", "18")


def test_regions_are_detected_where_none_is_given(index: NewsIndex) -> None:
    index.add([article("a", "Pemkab OKI Gelar Rapat", "Bupati OKI memimpin rapat di Kayuagung.")])
    assert index.get("a").regions[0] == "16.02"
    assert found(index, "rapat", region="Sumatera Selatan") == {"a"}


def test_a_second_article_of_an_id_replaces_the_first(index: NewsIndex) -> None:
    assert index.add([article("a", "Banjir di kota")]).added == 1
    report = index.add([article("a", "Kebakaran di desa"), article("b", "Baru")])
    assert (report.added, report.updated) == (1, 1)
    assert len(index) == 2
    assert found(index, "banjir") == set()
    assert found(index, "kebakaran") == {"a"}


def test_the_last_of_an_id_within_one_transaction_wins(index: NewsIndex) -> None:
    report = index.add([article("a", "Satu"), article("a", "Dua"), article("a", "Tiga")])
    assert (report.added, report.updated, len(index)) == (1, 2, 1)
    assert index.get("a").title == "Tiga"


def test_adding_again_changes_nothing(news: NewsIndex) -> None:
    before = len(news)
    report = news.add(story())
    assert (report.added, report.updated, len(news)) == (0, before, before)


def test_delete(news: NewsIndex) -> None:
    assert news.delete("banjir")
    assert not news.delete("banjir")
    assert "banjir" not in news
    assert found(news, "banjir") == {"surut"}
    with pytest.raises(newsearch.ArticleNotFoundError, match="no article with id 'banjir'"):
        news.get("banjir")


def test_add_and_delete_in_one_transaction(news: NewsIndex) -> None:
    with news.writer() as writer:
        assert not writer.add(article("baru", "Berita baru"))
        assert writer.delete("baru")
        assert not writer.delete("baru")
        assert writer.delete("banjir")
        assert not writer.add(article("banjir", "Kembali lagi"))
    assert "baru" not in news
    assert news.get("banjir").title == "Kembali lagi"


def test_an_error_rolls_everything_back(news: NewsIndex) -> None:
    before = len(news)

    def break_off() -> None:
        with news.writer() as writer:
            writer.add(article("baru", "Berita baru"))
            writer.delete("banjir")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert len(news) == before
    assert "baru" not in news
    assert "banjir" in news
    news.add([article("lagi", "Penulis berikutnya bisa menulis")])
    assert "lagi" in news


def test_an_iterable_that_breaks_rolls_everything_back(index: NewsIndex) -> None:
    def broken() -> object:
        yield article("a", "Satu")
        raise OSError("the disk went away")

    with pytest.raises(OSError, match="disk went away"):
        index.add(broken())  # type: ignore[arg-type]
    assert len(index) == 0


def test_readers_see_a_commit_and_never_half_of_one(index: NewsIndex) -> None:
    with newsearch.open(index._engine.location) as reader:
        with index.writer() as writer:
            writer.add(article("a", "Banjir"))
            assert len(reader) == 0
            assert found(reader, "banjir") == set()
        assert len(reader) == 1
        assert found(reader, "banjir") == {"a"}


def test_a_second_writer_is_told_who_holds_the_index(index: NewsIndex) -> None:
    told = r"process \d+ .*newsearch\.lock"
    with (
        newsearch.open(index._engine.location) as other,
        index.writer(),
        pytest.raises(newsearch.IndexLockedError, match=told),
    ):
        other.add([article("a", "Satu")], timeout=0.05)
    index.add([article("a", "Satu")], timeout=0.05)
    assert len(index) == 1


def test_another_process_is_locked_out_too(index: NewsIndex) -> None:
    location = index._engine.location
    code = (
        "import newsearch, sys\n"
        f"index = newsearch.open({location!r})\n"
        "try:\n"
        "    index.add([newsearch.Article(title='a')], timeout=0.05)\n"
        "except newsearch.IndexLockedError: print('locked')\n"
    )
    command = [sys.executable, "-c", code]
    with index.writer():
        held = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=True)
    free = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=True)
    assert (held.stdout, free.stdout) == ("locked\n", "")
    assert len(index) == 1


def test_a_writer_that_was_killed_leaves_no_lock(index: NewsIndex) -> None:
    index.add([article("a", "Satu")])
    code = (
        "import newsearch, os, signal\n"
        f"with newsearch.open({index._engine.location!r}).writer() as writer:\n"
        "    writer.add(newsearch.Article(id='b', title='Dua'))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False)
    assert len(index) == 1
    index.add([article("c", "Tiga")], timeout=1)
    assert len(index) == 2
    assert index.check() == []


def test_bad_records_are_reported_and_the_rest_goes_in(index: NewsIndex, tmp_path: Path) -> None:
    source = tmp_path / "news.jsonl"
    source.write_bytes(b'{"title": "Satu"}\n{broken\n{"url": "x"}\n{"judul": "Dua"}\n')
    report = index.add(newsearch.read(source))
    assert report.added == 2
    assert [(rejection.source, rejection.line) for rejection in report.rejected] == [
        (str(source), 2),
        (str(source), 3),
    ]


def test_the_report_counts_what_has_no_date_or_region(index: NewsIndex) -> None:
    report = index.add(
        [
            article("a", "Tanpa apa-apa", published=None),
            article("b", "Dengan daerah", regions=("18",), published=None),
            article("c", "Dengan tanggal"),
        ]
    )
    assert (report.added, report.undated, report.unplaced) == (3, 2, 2)


def test_create_overwrites_nothing(news: NewsIndex, tmp_path: Path) -> None:
    before = len(news)
    with pytest.raises(newsearch.IndexExistsError, match="not overwritten"):
        newsearch.create(news._engine.location)
    assert len(newsearch.open(news._engine.location)) == before
    (tmp_path / "file").write_text("x")
    with pytest.raises(newsearch.IndexExistsError):
        newsearch.create(tmp_path / "file")


def test_create_names_the_engines_there_are(tmp_path: Path) -> None:
    with pytest.raises(newsearch.NewsIndexError, match="the engines are tantivy"):
        newsearch.create(tmp_path / "x", engine="lucene")
    assert not (tmp_path / "x").exists()


def test_open_says_what_to_do_where_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(newsearch.IndexNotFoundError, match=r"newsearch --index .* index"):
        newsearch.open(tmp_path / "none")


def test_the_analysis_is_named_by_the_versions_that_are_installed() -> None:
    versions = f"-sastrawi{version('PySastrawi')}"
    assert fingerprint().endswith(versions)


def test_an_index_of_another_analysis_is_rebuilt_without_sources(news: NewsIndex) -> None:
    location = Path(news._engine.location)
    manifest = location / "newsearch.json"
    fields = orjson.loads(manifest.read_bytes())
    manifest.write_bytes(orjson.dumps(fields | {"fingerprint": "older"}))
    with pytest.raises(newsearch.IndexVersionError, match="rebuild"):
        newsearch.open(location)
    with newsearch.open(location, outdated=True) as older:
        assert older.rebuild() == 7
    with newsearch.open(location) as renewed:
        assert found(renewed, "banjir") == {"banjir", "surut"}
        assert renewed.check() == []
    assert [path.name for path in location.glob("data-*")] == ["data-2"]


def test_a_rebuild_detects_regions_anew_and_keeps_given_ones(index: NewsIndex) -> None:
    index.add(
        [
            article("given", "Pemkab OKI Gelar Rapat", regions=("18.71",)),
            article("detected", "Pemkab OKI Gelar Rapat", "Bupati OKI memimpin rapat."),
        ]
    )
    index.rebuild()
    assert index.get("given").regions == ("18.71",)
    assert index.get("detected").regions[0] == "16.02"


def test_readers_follow_a_rebuild(news: NewsIndex) -> None:
    with newsearch.open(news._engine.location) as reader:
        assert found(reader, "banjir") == {"banjir", "surut"}
        news.rebuild()
        assert found(reader, "banjir") == {"banjir", "surut"}
        news.delete("banjir")
        assert found(reader, "banjir") == {"surut"}


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": 1}'])
def test_a_damaged_manifest_is_a_clear_error(news: NewsIndex, damage: bytes) -> None:
    location = Path(news._engine.location)
    (location / "newsearch.json").write_bytes(damage)
    with pytest.raises(newsearch.IndexCorruptError, match=r"newsearch\.json is damaged"):
        newsearch.open(location)


def test_an_index_of_a_later_format_is_a_clear_error(news: NewsIndex) -> None:
    manifest = Path(news._engine.location) / "newsearch.json"
    fields = orjson.loads(manifest.read_bytes())
    manifest.write_bytes(orjson.dumps(fields | {"format": 99}))
    with pytest.raises(newsearch.IndexVersionError, match="format 99"):
        newsearch.open(manifest.parent)


def test_missing_files_are_a_clear_error(news: NewsIndex) -> None:
    location = Path(news._engine.location)
    for path in (location / "data-1").glob("*.term"):
        path.unlink()
    with pytest.raises(newsearch.IndexCorruptError):
        newsearch.open(location)
    for path in (location / "data-1").iterdir():
        path.unlink()
    (location / "data-1").rmdir()
    with pytest.raises(newsearch.IndexCorruptError, match="missing"):
        newsearch.open(location)


def test_a_writer_that_has_ended_says_so(index: NewsIndex) -> None:
    with index.writer() as writer:
        pass
    with pytest.raises(newsearch.NewsIndexError, match="has ended"):
        writer.add(article("a", "Terlambat"))


def test_the_working_directory_may_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    index = newsearch.create("index")
    monkeypatch.chdir("/")
    index.add([article("a", "Banjir")])
    assert found(index, "banjir") == {"a"}


def test_a_creation_that_was_killed_does_not_block_the_path(tmp_path: Path) -> None:
    (tmp_path / "index" / "data-1").mkdir(parents=True)
    index = newsearch.create(tmp_path / "index")
    index.add([article("a", "Banjir")])
    assert index.check() == []


def test_ids_that_are_no_unicode_are_in_no_index(news: NewsIndex) -> None:
    assert "\udcff" not in news
    assert not news.delete("\udcff")
    assert found(news, "", source="\udcff") == set()
    with pytest.raises(newsearch.ArticleNotFoundError):
        news.get("\udcff")


def test_readers_of_other_processes_live_through_rebuilds(news: NewsIndex) -> None:
    code = (
        "import newsearch, sys\n"
        "kept = newsearch.open(sys.argv[1])\n"
        "while 'selesai' not in kept:\n"
        "    with newsearch.open(sys.argv[1]) as index:\n"
        "        assert index.stats().articles >= 7\n"
        "        assert index.search('banjir', facets=('region',)).total == 2\n"
        "    assert kept.search('banjir').total == 2\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", code, news._engine.location],
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(25):
        news.rebuild()
    news.add([article("selesai", "Selesai")])
    _, errors = reader.communicate(timeout=60)
    assert errors == ""


@pytest.mark.parametrize("suffix", ["fast", "idx", "pos", "store"])
def test_damaged_files_never_show_as_another_error(news: NewsIndex, suffix: str) -> None:
    location = Path(news._engine.location)
    for path in (location / "data-1").glob(f"*.{suffix}"):
        data = bytearray(path.read_bytes())
        data[: len(data) // 2] = bytes(255 for _ in range(len(data) // 2))
        path.write_bytes(data)
    # What still can be read is answered; nothing but this error tells of the rest.
    with suppress(newsearch.IndexCorruptError), newsearch.open(location) as damaged:
        damaged.search("banjir warga", facets=("region", "month"), sort="newest")
        damaged.search('"warga mengungsi"')


def test_stats(news: NewsIndex) -> None:
    held = news.stats()
    assert (held.articles, held.dated, held.placed, held.sources) == (7, 6, 6, 3)
    assert (held.oldest, held.newest) == ("2021-03-05", "2023-07-01")
    assert held.engine == "tantivy"
    assert held.size > 0


def test_stats_of_an_empty_index(index: NewsIndex) -> None:
    held = index.stats()
    assert (held.articles, held.oldest, held.placed) == (0, None, 0)


def test_check_of_a_sound_index(news: NewsIndex) -> None:
    assert news.check() == []


def test_articles_are_all_there(news: NewsIndex) -> None:
    assert {one.id for one in news.articles()} == {one.id for one in story()}


def test_what_is_no_article_is_refused_and_nothing_is_written(index: NewsIndex) -> None:
    one = article("a", "Banjir")
    wrong: list[Any] = [one, [one, {"title": "Banjir", "text": "Air."}], [None]]
    for given in wrong:
        with pytest.raises(newsearch.ArticleError, match="add"):
            index.add(given)
    with pytest.raises(newsearch.ArticleError, match="dict"), index.writer() as writer:
        writer.add(wrong[1][1])
    assert len(index) == 0
