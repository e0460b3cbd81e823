"""RSS and Atom feeds: what becomes an article, and what no feed may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsearch
from newsearch import Article
from newsearch.reading.reader import Reader

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.example/media/">
<channel><title>Kabar Pesisir</title><link>https://kabar.example/</link>
<item><title>Nelayan &amp; Petambak Bertemu</title><media:title>Foto</media:title>
<link>https://kabar.example/a/1</link><guid isPermaLink="false">1</guid>
<pubDate>Tue, 13 Jun 2023 20:30:00 +0000</pubDate><dc:creator><![CDATA[Sri Wahyuni]]></dc:creator>
<category><![CDATA[Daerah]]></category><category>Ekonomi</category>
<description><![CDATA[<p>Nelayan bertemu&hellip;</p>]]></description>
<content:encoded><![CDATA[<p>Nelayan bertemu petambak.</p><script>x()</script><p>Mereka
 sepakat<br/>menjaga air &lt; 3 km.</p>]]></content:encoded></item>
<item><title></title><link>https://kabar.example/a/2</link></item>
<item><title>Panen</title><guid>https://kabar.example/a/3</guid>
<author>redaksi@kabar.example (Budi Santoso)</author>
<pubDate>Wed, 14 Jun 2023 08:00:00 +0800</pubDate><description>Garam.</description></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lensa</title>
<entry><title type="html">Rapat &amp;amp; Kopi</title><id>urn:1</id>
<link rel="self" href="https://lensa.example/self"/><link href="https://lensa.example/r"/>
<published>2023-06-14T09:00:00+07:00</published><updated>2023-06-15T09:00:00+07:00</updated>
<author><name>Rina Dewi</name><uri>https://lensa.example/rina</uri></author>
<category term="Politik"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rapat <b>usai</b>.</p><p>Kopi
 dingin.</p></div></content></entry></feed>
"""


def read_feed(folder: Path, data: str | bytes, name: str = "a.rss") -> tuple[list[Article], Reader]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    reader = newsearch.read(path)
    return list(reader), reader


def test_rss(tmp_path: Path) -> None:
    (first, last), reader = read_feed(tmp_path, RSS)

    assert first.title == "Nelayan & Petambak Bertemu"
    assert first.text == "Nelayan bertemu petambak.\nMereka\nsepakat\nmenjaga air < 3 km."
    assert first.published is not None
    # 20.30 in UTC is the next morning where it is read.
    assert first.published.isoformat() == "2023-06-14T03:30:00+07:00"
    assert (first.url, first.source) == ("https://kabar.example/a/1", "Kabar Pesisir")
    assert (first.authors, first.category) == (("Sri Wahyuni",), "Daerah")
    assert (last.url, last.authors) == ("https://kabar.example/a/3", ("Budi Santoso",))
    assert last.published is not None
    assert last.published.isoformat() == "2023-06-14T08:00:00+08:00"
    [rejection] = reader.rejected
    assert rejection.line == 12
    assert "no title and no text" in rejection.reason


def test_atom(tmp_path: Path) -> None:
    [entry], reader = read_feed(tmp_path, ATOM, "a.atom")

    assert reader.rejected == []
    assert (entry.title, entry.text) == ("Rapat & Kopi", "Rapat usai.\nKopi\ndingin.")
    assert (entry.url, entry.source) == ("https://lensa.example/r", "Lensa")
    assert (entry.authors, entry.category) == (("Rina Dewi",), "Politik")
    assert entry.published is not None
    assert entry.published.isoformat() == "2023-06-14T09:00:00+07:00"


@pytest.mark.parametrize("name", ["a.xml", "unnamed", "a.dat"])
def test_a_feed_is_known_by_its_beginning(tmp_path: Path, name: str) -> None:
    articles, _ = read_feed(tmp_path, "\n " + RSS, name)
    assert len(articles) == 2


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16"])
def test_the_encoding_of_a_feed(tmp_path: Path, encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-16" else encoding
    data = RSS.replace("UTF-8", declared).replace("Panen", "Kafé")
    articles, reader = read_feed(tmp_path, data.encode(encoding))
    assert articles[-1].title == "Kafé"
    assert len(reader.rejected) == 1


def test_what_comes_before_a_broken_place_is_read(tmp_path: Path) -> None:
    articles, reader = read_feed(tmp_path, RSS[: RSS.index("<item><title></title>")] + "<item></x>")
    assert [article.title for article in articles] == ["Nelayan & Petambak Bertemu"]
    assert "not XML" in reader.rejected[0].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('<!DOCTYPE r [<!ENTITY a "ha">]><rss><channel><item><title>&a;', "declares entities"),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "entities"),
        ("<rss>" + "<a>" * 200, "nested more than 100"),
        ("<urlset><url/></urlset>", "<urlset> is no feed"),
        ("<rss><channel><item><title>" + "x" * (16 << 20) + "x</title>", "an entry of more"),
        ("", "not XML"),
    ],
)
def test_hostile_feeds_are_refused(tmp_path: Path, data: str, reason: str) -> None:
    articles, reader = read_feed(tmp_path, data)
    assert articles == []
    assert reason in reader.rejected[-1].reason


PIECES = ["<rss>", "<feed>", "<item>", "</item>", "<title>", "</title>", "a", "&amp;", "&x;", "<"]
PIECES += ["<entry>", "</entry>", "<link href='b'/>", "<![CDATA[", "]]>", "</rss>", "\0", "é"]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_any_markup_is_read_without_an_exception(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str]
) -> None:
    articles, reader = read_feed(tmp_path_factory.getbasetemp(), "".join(pieces))
    assert all(article.title or article.text for article in articles)
    assert reader.bytes_read == reader.bytes_total
