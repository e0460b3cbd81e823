"""HTML pages: headline, date with zone, authors, address and body; and pages meant to hurt."""

from __future__ import annotations

import sys
from datetime import datetime, timezone
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsearch
from newsearch.article import Article
from newsearch.errors import ArticleError, NewsearchError, ReadError
from newsearch.reading.dates import WIB, WITA

pytest.importorskip("lxml", reason="needs the extra 'html'")

PAGES = Path(__file__).parent / "pages"
TITLE = "Panen Raya di Sukamaju Dimulai"
LEAD = "Petani Desa Sukamaju memulai panen raya padi pagi ini bersama warga kampung."
END = "Harga gabah di tingkat petani bertahan sejak awal tahun, kata kepala desa."


def page(body: str = "", head: str = "", title: str = TITLE) -> str:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>"
        f"<h1>{TITLE}</h1>{body}<p>{LEAD}</p><p>{END}</p></body></html>"
    )


def read(html: str, url: str | None = None) -> Article:
    return newsearch.read_page(html, url)


def test_a_portal_page() -> None:
    article = read(
        (PAGES / "portal.html").read_text("utf-8"), "https://www.wartapesisir.example/?x"
    )

    assert article.title == "Nelayan Teluk Sirih Terima Dua Puluh Mesin Tempel"
    assert article.published == datetime(2024, 6, 2, 17, 5, 41, tzinfo=WITA)
    assert article.published.utcoffset() == WITA.utcoffset(None)
    assert article.authors == ("Sari Melati",)
    assert article.url == article.id == "https://www.wartapesisir.example/daerah/1203/mesin-tempel"
    assert article.source == "wartapesisir.example"
    assert article.dateline == "TELUK SIRIH"
    assert article.text.split("\n") == [
        "Dua puluh nelayan di Kecamatan Teluk Sirih menerima mesin tempel baru dari dinas perikanan"
        " setempat.",
        "Mesin dipakai bergantian oleh empat kelompok. Setiap kelompok menunjuk satu orang untuk"
        " merawatnya.",
        '"Dulu kami mendayung dua jam, sekarang dua puluh menit," kata ketua kelompok, Rusdi.',
    ]


@pytest.mark.parametrize(
    "own",
    [
        TITLE,
        f"{TITLE} | Warta Sore",
        f"Warta Sore - {TITLE}",
        f"WartaSore.example: Daerah - {TITLE}",
        "Panen Raya Sukamaju Dimulai Hari Ini",
        "Warta Sore",
        "",
    ],
)
def test_the_headline_is_the_line_that_readers_see(own: str) -> None:
    menu = "<div>Warta Sore</div><ul><li>Daerah</li></ul>"
    assert read(page(title=own).replace("<h1>", menu + "<h1>")).title == TITLE


def test_a_linked_heading_of_another_article_is_not_the_headline() -> None:
    promo = '<h2><a href="/b">Panen Raya di Sukamaju Dimulai, Harga Gabah Naik Tajam</a></h2>'
    article = read(page().replace("<h1>", promo + "<h1>"))

    assert article.title == TITLE


@pytest.mark.parametrize(
    ("head", "seen", "expected"),
    [
        # Only the metadata has the time.
        (
            '<meta property="article:published_time" content="2024-05-09T09:41:07+08:00">',
            "Kamis, 9 Mei 2024",
            datetime(2024, 5, 9, 9, 41, 7, tzinfo=WITA),
        ),
        # UTC: the day in Indonesia is the next one.
        (
            '<meta itemprop="datePublished" content="2024-05-09T18:30:00Z">',
            "",
            datetime(2024, 5, 10, 1, 30, tzinfo=WIB),
        ),
        # Local time with a Z, as the printed time shows.
        (
            '<meta name="pubdate" content="2024-05-09 T18:30:12Z">',
            "Kamis, 09/05/2024 18:30 WIB",
            datetime(2024, 5, 9, 18, 30, 12, tzinfo=WIB),
        ),
        # Only a day in the metadata.
        (
            '<meta name="date" content="2024-05-09">',
            "9 Mei 2024, 18.30 WITA",
            datetime(2024, 5, 9, 18, 30, tzinfo=WITA),
        ),
        # What is printed is the day of the visit.
        (
            '<meta property="article:published_time" content="2021-01-05T10:00:00+07:00">',
            "Kamis, 9 Mei 2024",
            datetime(2021, 1, 5, 10, tzinfo=WIB),
        ),
        # What cannot be read is passed over.
        (
            '<meta property="article:published_time" content="kemarin dulu">'
            '<script type="application/ld+json">{"@type": "NewsArticle", broken</script>',
            "9 Mei 2024, 18.30 WIB",
            datetime(2024, 5, 9, 18, 30, tzinfo=WIB),
        ),
        (
            "",
            '<time class="entry-date published" datetime="2024-05-09T18:30:00+07:00">lusa</time>',
            datetime(2024, 5, 9, 18, 30, tzinfo=WIB),
        ),
        (
            '<script type="application/ld+json">[{"@type": ["NewsArticle"],'
            '"datePublished": "2024-05-09T18:30:00+07:00"}]</script>'
            '<script type="application/ld+json">{"@type": "NewsArticle",'
            '"datePublished": "2001-01-01"}</script>',
            "",
            datetime(2024, 5, 9, 18, 30, tzinfo=WIB),
        ),
        ("", "", None),
    ],
)
def test_the_date(head: str, seen: str, expected: datetime | None) -> None:
    article = read(page(f"<div>{seen}</div>", head))

    assert article.published == expected
    if expected and article.published:
        assert article.published.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    ("url", "canonical", "expected"),
    [
        (None, "https://warta.example/a/1", "https://warta.example/a/1"),
        (
            "https://m.warta.example/a/1?x=2",
            "https://warta.example/a/1",
            "https://warta.example/a/1",
        ),
        ("https://warta.example/a/1?x=2", "/a/1", "https://warta.example/a/1"),
        ("https://warta.example/a/1", "https://other.example.net/a/9", "https://warta.example/a/1"),
        ("https://a.warta.co.id/1", "https://b.tempat.co.id/2", "https://a.warta.co.id/1"),
        ("https://warta.example/a/1", "https://warta.example/", "https://warta.example/a/1"),
        ("https://warta.example/a/1", "javascript:alert(1)", "https://warta.example/a/1"),
        ("https://warta.example/a/1", "http://[", "https://warta.example/a/1"),
        (None, "https://warta.example/" + "a" * 2000, None),
    ],
)
def test_the_address(url: str | None, canonical: str, expected: str | None) -> None:
    head = f'<link rel="canonical" href="{canonical}">'
    assert read(page(head=head), url).url == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ('<meta name="author" content="Denny Saputra">', "", ("Denny Saputra",)),
        ('<meta name="author" content="Denny Saputra">', "<p>Penulis: Ratri</p>", ("Ratri",)),
        ('<meta name="author" content="Warta Sore Digital">', "", ()),
        ('<meta property="article:author" content="https://social.example/warta">', "", ()),
        ('<meta name="author" content="Tim Redaksi">', "", ()),
    ],
)
def test_authors(head: str, body: str, expected: tuple[str, ...]) -> None:
    site = '<meta property="og:site_name" content="Warta Sore">'
    assert read(page(body, site + head)).authors == expected


@pytest.mark.parametrize(
    "promo",
    [
        '<p><b>Baca juga: <a href="/b">Harga Cabai Turun Menjelang Lebaran</a></b></p>',
        '<p><a href="/b">Harga Cabai Turun Menjelang Lebaran</a></p>',
        "<p>Baca Juga</p><p><a href='/b'>Harga Cabai Turun Menjelang Lebaran</a></p>",
        "<div>Simak juga: <span><a href='/b'>Harga Cabai Turun Menjelang Lebaran</a></span></div>",
        "<p>Beras juga turun. Baca Juga : <a href='/b'>Harga Cabai Turun Menjelang Lebaran</a></p>",
        "<figure><figcaption>Petani memetik, Harga Cabai Turun Menjelang hari ini.</figcaption>"
        "</figure>",
    ],
)
def test_promos_and_captions_are_dropped(promo: str) -> None:
    text = read(page().replace(f"<p>{END}", f"{promo}<p>{END}")).text

    assert LEAD in text
    assert END in text
    assert "Cabai" not in text
    assert "aca " not in text.replace(LEAD, "")


def test_a_link_inside_a_sentence_stays() -> None:
    html = page(
        f"<p>{LEAD} Menurut <a href='/t'>dinas pertanian kabupaten setempat</a> begitu.</p>"
    )
    assert "Menurut dinas pertanian kabupaten setempat begitu." in read(html).text


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("Kafé “Sukamaju”", "utf-8", "iso-8859-1"),
        ("Kafé “Sukamaju”", "cp1252", "iso-8859-1"),
        ("Kafé “Sukamaju”", "cp1252", "utf-8"),
        ("Kafé “Sukamaju”", "cp1252", "no-such-charset"),
        ("Kafé “Sukamaju”", "utf-16", "utf-8"),
        ("Kafé “Sukamaju”", "utf-8-sig", "x"),
        ("Żubr Sukamaju", "iso8859-2", "iso-8859-2"),
        ("Kafé &amp;quot;Sukamaju&amp;quot;", "utf-8", "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, text: str, codec: str, declared: str) -> None:
    path = tmp_path / "a.html"
    html = page(f"<p>{text} dibuka pagi ini oleh warga.</p>", f'<meta charset="{declared}">')
    path.write_bytes(html.encode(codec))

    [article] = newsearch.read(path)

    assert text.replace("&amp;quot;", '"') in article.text


def test_one_broken_byte_does_not_spoil_utf8(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page("<p>Kafé “Sukamaju” dibuka pagi ini.</p>").encode() + b"<p>\xff</p>")

    [article] = newsearch.read(path)

    assert "Kafé “Sukamaju”" in article.text


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt", "a.html.gz"])
def test_files(tmp_path: Path, name: str) -> None:
    import gzip

    data = page().encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)

    assert [article.title for article in newsearch.read(tmp_path)] == [TITLE]


def test_without_the_extra_the_error_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "lxml"]:
        monkeypatch.setitem(sys.modules, name, None)
    (tmp_path / "a.html").write_text(page())
    (tmp_path / "b.txt").write_text(page())

    with pytest.raises(ReadError, match=r"pip install 'newsearch\[html\]'"):
        newsearch.read(tmp_path / "a.html")
    with pytest.raises(ReadError, match=r"newsearch\[html\]"):
        read(page())
    reader = newsearch.read(tmp_path / "b.txt")
    assert list(reader) == []
    assert "newsearch[html]" in reader.rejected[0].reason


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html></html>", "empty"),
        ("<html><body><!-- nothing --></body></html>", "empty"),
        (page() + "\n" + page(), "several pages"),
        ("<html><body><h1>Panen Raya</h1></body></html>", "no text"),
        ("<html><p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">", "attributes"),
        ("<html>" + "<p>a" * 250_000, "elements"),
    ],
)
def test_what_is_no_page_says_why(html: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        read(html)


@pytest.mark.parametrize(
    "html",
    [
        page("<div>" * 50_000),
        page().replace("</body>", "<b>" * 50_000),
        page(f"<img src='{'a' * 1_000_000}'>"),
        page("<p>" + "&amp;" * 100_000 + "</p>"),
        page("<p>" + "<a href=x>Baca juga: b</a> " * 10_000 + "</p>"),
        page(head='<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page(head='<script type="application/ld+json">{"@type": {"a": 1}}</script>'),
        page(head="<meta property=og:title content=a>" * 10_000),
        "<html>" + "<" * 1_000_000,
        page("<p>\0\x01\ud800</p>"),
    ],
)
def test_hostile_pages_end_soon(html: str) -> None:
    started = perf_counter()
    try:
        title = read(html).title
    except ArticleError:
        title = ""
    # A tenth of what it takes where anything is quadratic; the slowest needs one second.
    assert perf_counter() - started < 20
    assert title in ("", TITLE)


PIECES = [
    "<p>",
    "</p>",
    "<a href='/x'>",
    "</a>",
    "<h1>",
    "</h1>",
    "<li>",
    "<figcaption>",
    "Baca juga:",
]
PIECES += [
    TITLE,
    LEAD,
    END,
    "Senin, 3 Juni 2024",
    "&nbsp;",
    "&#0;",
    "<!--",
    "-->",
    "<script>",
    "\n",
]
PIECES += [
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": [1, {}]}</script>'
]
PIECES += [
    '<meta name="author" content="Budi">',
    "<link rel=canonical href='http://[x'>",
    "</script>",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25))
def test_any_html_is_read_or_refused(pieces: list[str]) -> None:
    try:
        article = read("<html>" + "".join(pieces))
    except NewsearchError:
        pass
    else:
        assert article.title
        assert article.text
        assert article.published is None or article.published.tzinfo not in (None, timezone.utc)


def test_importing_newsearch_does_not_import_what_reads_html() -> None:
    import subprocess

    code = "import newsearch, sys; print({'lxml', 'trafilatura', 'warcio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
