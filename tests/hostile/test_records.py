"""Hostile records among good ones: they are named by file and line, and the good ones go in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import Article, ArticleError
from newsearch.article import MAX_TEXT, MAX_TITLE

GOOD = b'{"id": "baik%d", "title": "Banjir di Ambon"}'
BAD = {
    "a lone surrogate": b'{"title": "\\ud800"}',
    "bytes that are no UTF-8": b'{"title": "\xff\xfe\x00"}',
    "a NUL outside of a text": b'{"title": \x00}',
    "deep brackets": b'{"title": ' + b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "a long title": b'{"title": "' + b"a" * (MAX_TITLE + 1) + b'"}',
    "a long text": b'{"title": "a", "text": "' + b"a" * (MAX_TEXT + 1) + b'"}',
    "a long id": b'{"title": "a", "id": "' + b"a" * 5_000 + b'"}',
    "many authors": b'{"title": "a", "authors": ['
    + b",".join(b'"%d"' % n for n in range(5_000))
    + b"]}",
    "no text": b'{"title": {}, "text": []}',
    "a mark of bytes in the middle": b'\xef\xbb\xbf{"title": "a"}',
    "endless digits": b"1" * 100_000,
}
ODD = {
    "a NUL in a text": b'{"title": "a\\u0000b", "id": "nul\\u0000"}',
    "marks of direction": '{"title": "\u202eanak\u202c", "id": "\u2067"}'.encode(),
    "a number without end": b'{"title": "a", "views": 1e300, "date": -1e308, "id": "n"}',
    "keys twice": b'{"title": "a", "title": "b", "id": "twice"}',
    "only marks": '{"title": "\u0301\u0301\u0301", "id": "marks"}'.encode(),
    "another plane": '{"title": "\U000e0001\U0010ffff", "id": "plane"}'.encode(),
}


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_the_rest_is_indexed(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "a.jsonl"
    lines = []
    for number, bad in enumerate(BAD.values()):
        lines += [bad, GOOD % number]
    path.write_bytes(b"\n".join([*ODD.values(), *lines]))
    with newsearch.create(tmp_path / "index", engine=engine) as index:
        report = index.add(newsearch.read(path))
        first = len(ODD) + 1
        bad_lines = list(range(first, first + 2 * len(BAD), 2))
        assert [rejection.line for rejection in report.rejected] == bad_lines
        assert {rejection.source for rejection in report.rejected} == {str(path)}
        assert report.added == len(BAD) + len(ODD)
        assert index.search("ambon", limit=100).total == len(BAD)
        assert "\0" not in index.get("nul").title
        assert index.check() == []


def test_tables_of_mixed_encodings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"judul,isi\n"
        + "Café,satu\n".encode()
        + "Café,dua\n".encode("cp1252")
        + b"N\0U\0L,tiga\n"
        + b"\x81\x8d,empat\n"
        + b"a,b,c\n"
        + "\u202ebalik,lima\n".encode()
    )
    reader = newsearch.read(path)
    titles = [article.title for article in reader]
    assert titles[:3] == ["Café", "Café", "NUL"]
    assert len(titles) == 5
    assert [(rejection.source, rejection.line) for rejection in reader.rejected] == [(str(path), 6)]


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(max_examples=20)
@given(texts=st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=8))
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_what_goes_in_comes_out(
    engine: str, texts: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    articles = []
    for title, text in texts:
        try:
            articles.append(Article(title=title, text=text, id=title[:9], source=text or None))
        except ArticleError:
            assert not (title + text).strip() or not _writable(title + text)
    with newsearch.create(folder / "index", engine=engine) as index:
        index.add(articles)
        for article in {article.id: article for article in articles}.values():
            held = index.get(article.id)
            assert (held.title, held.text, held.source) == (
                article.title,
                article.text,
                article.source,
            )
        for title, _ in texts:
            index.suggest(title)
        assert index.check() == []


def _writable(text: str) -> bool:
    return text == text.encode("utf-8", "replace").decode()
