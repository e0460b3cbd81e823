"""The pages of examples/web, as a browser without scripts gets them."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

import newsearch
from examples.web import create_app
from examples.web.feed import ATOM
from examples.web.parameters import FACETS
from newsearch import NewsIndex
from newsearch.results import FACETS as COUNTED
from tests.support import article


def page(client: FlaskClient, path: str, **query: object) -> str:
    """The HTML of a page that is there."""
    answer = client.get(f"{path}?{urlencode(query, doseq=True)}" if query else path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def links(html: str) -> dict[str, str]:
    """The text of each link, blanks single, with where it leads."""
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    plain = ((re.sub(r"<[^>]*>", "", text), href) for href, text in found)
    return {" ".join(unescape(text).split()): unescape(href) for text, href in plain}


def link(html: str, words: str) -> str:
    """Where the first link with some words leads."""
    return next(href for text, href in links(html).items() if words in text)


def test_results_have_marks_sources_dates_and_regions(client: FlaskClient) -> None:
    html = page(client, "/", q="banjir bandar lampung")
    assert "<strong>6</strong> artikel" in html
    assert "<mark>" in html
    assert "kabarsiring.example" in html
    assert "Selasa, 3 Desember 2024</time>" in html
    assert 'href="/daerah/18.71">Kota Bandar Lampung' in html


def test_the_front_page_has_the_newest(newsroom: FlaskClient) -> None:
    html = page(newsroom, "/")
    assert "<h1>Berita terbaru</h1>" in html
    assert html.index("Pembakaran Lahan") < html.index("Air Surut") < html.index("Maluku Panen")


def test_filters_are_links_and_chips_take_them_away(newsroom: FlaskClient) -> None:
    first = page(newsroom, "/", q="warga")
    province = page(newsroom, link(first, "Lampung 2"))
    assert "<strong>2</strong> artikel" in province
    assert "Indonesia</a> › <strong>Lampung</strong>" in province
    city = page(newsroom, link(province, "Kota Bandar Lampung 2"))
    one = page(newsroom, link(city, "Kabar.example 2").replace("Kabar", "KABAR"))
    assert "Daerah: Kota Bandar Lampung" in one
    assert "Sumber: KABAR.example" in one
    # Sources that could be chosen besides are still there.
    assert page(newsroom, link(one, "Sumber: KABAR.example")) == city


def test_several_sources_can_be_chosen(newsroom: FlaskClient) -> None:
    one = page(newsroom, "/", source="warta.example")
    assert "<strong>3</strong> artikel" in one
    two = page(newsroom, link(one, "Lensa.example 2"))
    assert "<strong>5</strong> artikel" in two
    assert page(newsroom, link(two, "Lensa.example 2")) == one


def test_times_are_drilled_into(newsroom: FlaskClient) -> None:
    months = page(newsroom, "/")
    assert "Jumlah artikel per bulan" in months
    june = page(newsroom, link(months, "Juni 2023: 2 artikel"))
    assert "Waktu: Juni 2023" in june
    assert "Jumlah artikel per hari" in june
    assert "<strong>2</strong> artikel" in june
    day = page(newsroom, link(june, "Selasa, 20 Juni 2023: 1 artikel"))
    assert "Waktu: Selasa, 20 Juni 2023" in day
    assert "<strong>1</strong> artikel" in day


def test_a_long_time_is_shown_by_years(index: NewsIndex) -> None:
    index.add(
        article(str(year), f"Panen {year}", published=newsearch.parse_date(f"1 Mei {year}"))
        for year in range(2015, 2024)
    )
    client = create_app(index).test_client()
    years = page(client, "/")
    assert "Jumlah artikel per tahun" in years
    assert "Waktu: 2019" in page(client, link(years, "2019: 1 artikel"))
    assert "sejak 2020" in page(client, "/", since="2020")
    assert "Januari 2019 – Mei 2020" in page(client, "/", since="2019-01", until="2020-05")


def test_help_where_little_is_found(newsroom: FlaskClient) -> None:
    html = page(newsroom, "/", q="bnajir")
    assert "<strong>2</strong> artikel" in page(newsroom, link(html, "banjir"))
    assert "memuat semua kata" in page(newsroom, "/", q="pembakaran cengkih")
    nothing = page(newsroom, "/", q="zzzzqqq", source="Warta.example")
    assert "Tidak ada artikel yang cocok" in nothing
    assert "hapus saringan" in nothing


def test_orders_and_pages(index: NewsIndex) -> None:
    index.add(article(f"a{n}", f"Panen nomor {n}", views=n) for n in range(25))
    client = create_app(index).test_client()
    first = page(client, "/", q="panen", sort="popular")
    assert "Panen nomor 24" in re.sub("</?mark>", "", first)
    third = page(client, link(first, "Halaman 3"))
    assert "Panen nomor 0" in re.sub("</?mark>", "", third)
    assert 'start="21"' in third
    assert page(client, link(page(client, link(third, "Sebelumnya")), "Berikutnya")) == third
    assert "Berikutnya" not in third
    beyond = page(client, "/", q="panen", page=4)
    assert "Tidak ada hasil lagi di halaman ini" in beyond


def test_the_forms_keep_the_rest_of_the_search(newsroom: FlaskClient) -> None:
    html = page(newsroom, "/", q="warga", match="any", sort="newest", source="warta.example")
    for name, value in (("match", "any"), ("sort", "newest"), ("source", "warta.example")):
        assert html.count(f'<input type="hidden" name="{name}" value="{value}">') == 2
    wrong = newsroom.get("/?q=warga&region=Atlantis").get_data(as_text=True)
    assert 'value="warga"' in wrong


def test_every_link_of_a_page_leads_somewhere(index: NewsIndex) -> None:
    index.add(
        article(str(n), f"Panen {n}", source="panjang " * 60 + str(n), category="k" * 500)
        for n in range(25)
    )
    client = create_app(index).test_client()
    chosen = [f"{'panjang ' * 60}{n}" for n in range(20)]
    for path in ("/", "/?" + urlencode({"source": chosen}, doseq=True), "/artikel?id=1"):
        for address in links(page(client, path)).values():
            if address.startswith("/"):
                assert client.get(address).status_code == 200, address


def test_what_a_crawler_would_not_come_out_of(newsroom: FlaskClient) -> None:
    assert "noindex" in page(newsroom, "/", q="warga")
    assert "noindex" not in page(newsroom, "/")


def test_control_characters_are_no_part_of_a_query(newsroom: FlaskClient) -> None:
    assert "\x00" not in page(newsroom, "/", q="warga\x00\x1b[31m")


def test_midnight_is_no_time(index: NewsIndex) -> None:
    dates = [newsearch.parse_date(text) for text in ("14 Juni 2023", "14 Juni 2023 18:22 WIB")]
    index.add(article(str(n), "Panen", published=when) for n, when in enumerate(dates))
    client = create_app(index).test_client()
    assert "Rabu, 14 Juni 2023</time>" in page(client, "/artikel", id="0")
    assert "Rabu, 14 Juni 2023 18:22 WIB</time>" in page(client, "/artikel", id="1")


def test_copies_are_folded(index: NewsIndex) -> None:
    text = "Air laut naik setinggi satu meter dan merendam tiga desa di pesisir utara."
    index.add(
        article(name, "Rob merendam desa", text, source=f"{name}.example") for name in ("x", "y")
    )
    html = page(create_app(index).test_client(), "/", q="rob")
    assert "1 salinan di tempat lain" in html
    assert html.count('<h2><a href="/artikel?id=') == 1


def test_an_article_has_its_neighbours(client: FlaskClient, samples: NewsIndex) -> None:
    hit = samples.search("drainase jalan yos sudarso").hits[0]
    html = page(client, "/artikel", id=hit.article.id)
    assert f"<h1>{hit.article.title}</h1>" in html
    assert "Berita Terkait" in html
    assert "Karena: kata" in html
    assert "Perjalanan berita ini" in html
    assert "laporan pertama" in html
    assert "Berita Terbaru Kota Bandar Lampung" in html
    for paragraph in filter(None, hit.article.text.splitlines()):
        assert paragraph in unescape(html)


def test_only_web_addresses_become_links(index: NewsIndex) -> None:
    index.add(
        [
            article("jahat", "Tautan jahat", url="javascript:alert(1)"),
            article("baik", "Tautan baik", url="https://kabar.example/1?a=1&b=2"),
        ]
    )
    client = create_app(index).test_client()
    assert "javascript:" not in page(client, "/artikel", id="jahat")
    assert link(page(client, "/artikel", id="baik"), "asalnya") == "https://kabar.example/1?a=1&b=2"


@pytest.mark.parametrize(
    "name",
    ["https://kabar.example/a//b?c=d&e=f#g", "../../etc/passwd", "a b", "é/%2F", "<script>", "."],
)
def test_any_id_has_its_page(index: NewsIndex, name: str) -> None:
    index.add([article(name, "Panen raya")])
    client = create_app(index).test_client()
    assert "<h1>Panen raya</h1>" in page(client, link(page(client, "/"), "Panen raya"))


def test_regions_have_maps(newsroom: FlaskClient) -> None:
    country = page(newsroom, "/daerah")
    assert "<h1>Indonesia</h1>" in country
    assert country.count('<circle class="dot') == 38
    assert 'aria-label="Lampung: 2 artikel"' in country
    province = page(newsroom, link(country, "Lampung: 2 artikel"))
    assert province.count('<circle class="dot') == 15
    city = page(newsroom, link(province, "Kota Bandar Lampung: 2 artikel"))
    assert "dot here" in city
    assert 'aria-label="Kabupaten Pesawaran: 0 artikel"' in city
    assert "Banjir Rendam Bandar Lampung" in city
    kecamatan = page(newsroom, "/daerah/18.71.01")
    assert "Belum ada artikel tentang Kecamatan" in kecamatan


def test_a_search_is_a_feed(newsroom: FlaskClient) -> None:
    html = page(newsroom, "/", q="warga")
    address = re.search(
        r'<link rel="alternate" type="application/atom\+xml"[^>]*href="(.*?)"', html
    )
    assert address
    answer = newsroom.get(unescape(address[1]))
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    titles = [entry.findtext(f"{{{ATOM}}}title") for entry in feed.iter(f"{{{ATOM}}}entry")]
    # The newest first; one without a date has no place in a feed.
    assert titles[0] == "Air Surut, Warga Pulang"
    assert "Malu Bertanya Sesat di Jalan" not in titles
    for entry in feed.iter(f"{{{ATOM}}}entry"):
        for name in ("id", "updated", "published", "summary"):
            assert entry.findtext(f"{{{ATOM}}}{name}")
        assert newsearch.parse_date(entry.findtext(f"{{{ATOM}}}updated") or "")


def test_a_feed_of_nothing_and_of_control_characters_is_xml(index: NewsIndex) -> None:
    client = create_app(index).test_client()
    assert ElementTree.fromstring(client.get("/atom.xml").data) is not None
    index.add([article("a", "Panen\x0b\x1b[31m raya", "teks \x00 \ufffe", category="A\x08")])
    assert b"Panen[31m raya" in client.get("/atom.xml?q=panen").data


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/?page=0", "nomor halaman"),
        ("/?page=101", "nomor halaman"),
        ("/?page=1e9", "nomor halaman"),
        ("/?sort=besar", "urutan"),
        ("/?q=" + "a" * 501, "kata pencarian"),
        ("/?q=a&q=b", "kata pencarian"),
        ("/?" + "region=16&" * 21, "daerah"),
        ("/?region=Atlantis", "Daerah “Atlantis” tidak dikenal"),
        ("/?q=daerah:lampug", "Mungkin maksud Anda: Lampung"),
        ("/?since=lusa+kemarin", "Tanggal itu tidak terbaca"),
        ("/?since=2023&until=2022", "Tanggal itu tidak terbaca"),
        ("/?q=" + "(" * 40 + "a" + ")" * 40, "Persempitlah"),
        ("/artikel", "alamat artikel"),
    ],
)
def test_wrong_parameters_get_a_sentence(client: FlaskClient, path: str, sentence: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert sentence in unescape(answer.get_data(as_text=True))
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/tidak-ada", "/artikel?id=tidak-ada", "/daerah/99", "/daerah/oki"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Tidak ditemukan" in answer.get_data(as_text=True)


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    for path in ("/", "/artikel", "/daerah", "/api/search", "/api/latest"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert client.open(path, method=method).status_code == 405
    assert client.head("/").status_code == 200
    assert client.post("/").allow == {"GET", "HEAD", "OPTIONS"}


def test_a_missing_index_is_said_and_looked_for_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(tmp_path / "none").test_client()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "sedang tidak dapat dibaca" in answer.get_data(as_text=True)
    assert str(tmp_path) not in answer.get_data(as_text=True)
    assert str(tmp_path) not in client.get("/api/search").get_data(as_text=True)
    assert "no index at" in caplog.text
    newsearch.create(tmp_path / "none").close()
    assert client.get("/").status_code == 200


def test_commits_are_seen(news: NewsIndex) -> None:
    client = create_app(newsearch.open(news._engine.location)).test_client()
    assert "Gempa" not in page(client, "/", q="warga")
    news.add([article("baru", "Gempa, warga keluar rumah")])
    assert "Gempa" in page(client, "/", q="warga")
    news.rebuild()
    news.delete("baru")
    assert "Gempa" not in page(client, "/", q="warga")


def test_headers(client: FlaskClient) -> None:
    answer = client.get("/?q=banjir")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.cache_control.max_age
    again = client.get("/?q=banjir", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/?page=0").cache_control.no_store


def test_a_prefix_of_a_proxy_is_kept(samples: NewsIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {
        "X-Forwarded-Prefix": "/arsip",
        "X-Forwarded-Host": "kabar.example",
        "X-Forwarded-Proto": "https",
    }
    trusting = monkeypatch.context
    with trusting() as patched:
        patched.setenv("NEWSEARCH_WEB_PROXIES", "1")
        behind = create_app(samples).test_client()
    html = behind.get("/", headers=headers).get_data(as_text=True)
    assert all(one.startswith(("/arsip/", "#")) for one in links(html).values())
    assert 'data-suggest="/arsip/api/suggest"' in html
    feed = behind.get("/atom.xml", headers=headers).get_data(as_text=True)
    assert "https://kabar.example/arsip/artikel?id=" in feed
    # Nobody is believed who was not announced.
    open_one = create_app(samples).test_client()
    assert "arsip" not in open_one.get("/", headers=headers).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/atom.xml", "/api/search", "/api/openapi.json"])
def test_only_trusted_hosts_are_answered(
    samples: NewsIndex, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("NEWSEARCH_WEB_HOSTS", "arsip.example kabar.example")
    strict = create_app(samples).test_client()
    assert strict.get(path, headers={"Host": "kabar.example"}).status_code == 200
    for host in ("jahat.example", "", 'a"<b>', "a@b", "[::1"):
        answer = strict.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "http:" not in answer.get_data(as_text=True)
    # Where nobody was named any host is right, but not none.
    assert create_app(samples).test_client().get(path, headers={"Host": ""}).status_code == 400


def test_settings_come_from_the_environment(
    news: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSEARCH_INDEX", news._engine.location)
    monkeypatch.setenv("NEWSEARCH_WEB_NAME", "Arsip <Kabar>")
    html = page(create_app().test_client(), "/")
    assert "Arsip &lt;Kabar&gt;" in html
    assert "Pembakaran Lahan" in html


def test_the_facets_are_those_of_the_library() -> None:
    assert FACETS == COUNTED


PAYLOADS = (
    "<script>window.kena=1</script>",
    '"><img src=x onerror=window.kena=1>',
    "' onmouseover='window.kena=1",
    "{{7*7}}",
    "</title><svg onload=window.kena=1>",
    "</style><script>window.kena=1</script>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_a_text_becomes_markup(index: NewsIndex, payload: str) -> None:
    index.add(
        [
            article(
                payload,
                f"Panen {payload}",
                f"Panen raya. {payload}",
                source=payload,
                category=payload,
                authors=(payload,),
            )
        ]
    )
    client = create_app(index).test_client()
    for html in (
        page(client, "/", q="panen"),
        page(client, "/", source=payload, category=payload, author=payload),
        page(client, "/artikel", id=payload),
        page(client, "/daerah"),
        client.get("/", query_string={"region": payload}).get_data(as_text=True),
        client.get("/", query_string={"q": payload}).get_data(as_text=True),
    ):
        assert html.count("<script>") == 1
        assert "<img" not in html
        assert "<svg onload" not in html
        assert not re.search(r"<[^>\"]*(\"[^\"]*\"[^>\"]*)*\son\w+=", html)
        assert "49" not in re.sub(r"[\d.]{4,}", "", html.partition("Panen")[2][:30])


@given(
    st.dictionaries(
        st.sampled_from(["q", "region", "since", "until", "source", "sort", "page", "match", "id"]),
        st.text(max_size=40),
    )
)
def test_no_parameter_breaks_a_page(samples: NewsIndex, parameters: dict[str, str]) -> None:
    client = create_app(samples).test_client()
    for path in ("/", "/artikel", "/atom.xml", "/daerah"):
        answer = client.get(path, query_string=parameters)
        assert answer.status_code in (200, 400, 404), answer.get_data(as_text=True)
