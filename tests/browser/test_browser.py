"""What readers do on the page, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from newsearch import NewsIndex
from tests.browser.conftest import DESKTOP, MOBILE, Open, serve
from tests.support import article
from tests.web.test_pages import PAYLOADS

Keep = Callable[[Page, str], Path]


def test_search_filter_and_read(site: str, visit: Open, keep: Keep) -> None:
    page = visit(site)
    keep(page, "front")
    page.get_by_label("Cari berita").fill("banjir")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page).to_have_url(f"{site}/?q=banjir")
    expect(page.get_by_role("status")).to_have_text("9 artikel")
    expect(page.locator("ol.hits mark").first).to_have_text(re.compile("banjir", re.IGNORECASE))
    keep(page, "results")

    aside = page.get_by_role("complementary", name="Saring hasil")
    aside.get_by_role("link", name=re.compile(r"^Lampung \d")).click()
    expect(page.get_by_role("status")).to_have_text("6 artikel")
    aside.get_by_role("link", name=re.compile("^Kota Bandar Lampung")).click()
    expect(page.get_by_role("list", name="Saringan aktif")).to_contain_text("Kota Bandar Lampung")
    aside.get_by_role("link", name=re.compile(r"^Desember 2024: \d+ artikel")).click()
    expect(page.get_by_role("list", name="Saringan aktif")).to_contain_text("Waktu: Desember 2024")
    expect(aside.get_by_role("link", name=re.compile("^Selasa, 3 Desember 2024"))).to_be_visible()
    keep(page, "filtered")

    # The address holds everything: another reader sees the same.
    assert "region=18.71&since=2024-12&until=2024-12" in page.url
    total = page.get_by_role("status").inner_text()
    assert visit(page.url).get_by_role("status").inner_text() == total

    page.get_by_role("link", name="Waktu: Desember 2024").click()
    page.get_by_role("link", name="Daerah: Kota Bandar Lampung").click()
    expect(page.get_by_role("status")).to_have_text("9 artikel")


def test_an_article_leads_to_the_next(site: str, visit: Open, keep: Keep) -> None:
    page = visit(f"{site}/?q=drainase+yos+sudarso")
    page.locator("ol.hits a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Drainase Jalan Yos Sudarso")
    expect(page.get_by_role("heading", name="Perjalanan berita ini")).to_be_visible()
    expect(page.get_by_role("heading", name="Berita Terbaru Kota Bandar Lampung")).to_be_visible()
    keep(page, "article")
    related = page.get_by_role("region", name="Berita Terkait").get_by_role("link").first
    title = related.inner_text()
    related.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_words_are_completed_by_keyboard(site: str, visit: Open, keep: Keep) -> None:
    page = visit(site)
    box = page.get_by_role("combobox", name="Cari berita")
    box.focus()
    page.keyboard.type("band")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    keep(page, "completion")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    text = chosen.get_attribute("data-text")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=band"))
    expect(page.get_by_label("Cari berita")).to_have_value(str(text))

    # Escape leaves what was typed; Enter without a choice searches it.
    box = page.get_by_label("Cari berita")
    box.fill("nelay")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/?q=nelay")


def test_everything_is_reached_by_keyboard(site: str, visit: Open) -> None:
    page = visit(f"{site}/?q=banjir")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    # The first stop of the results themselves; the mark of where one is can be seen.
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    bar = page.locator(".chart a").first
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Saringan aktif")).to_contain_text("Waktu")


def test_the_map_leads_into_regions(site: str, visit: Open, keep: Keep) -> None:
    page = visit(f"{site}/daerah")
    keep(page, "map")
    page.get_by_role("link", name=re.compile("^Lampung: ")).click()
    expect(page).to_have_url(f"{site}/daerah/18")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lampung")
    keep(page, "province")
    page.get_by_role("link", name=re.compile("^Kota Bandar Lampung: ")).click()
    expect(page).to_have_url(f"{site}/daerah/18.71")
    page.get_by_role("link", name="cari dan saring").click()
    expect(page).to_have_url(f"{site}/?region=18.71")


def test_help_and_errors(site: str, visit: Open, keep: Keep) -> None:
    page = visit(f"{site}/?q=bnajir")
    keep(page, "suggestion")
    page.locator(".notice").get_by_role("link").click()
    expect(page).to_have_url(f"{site}/?q=banjir")
    page.goto(f"{site}/?q=drainase+cengkih")
    expect(page.get_by_text("Tidak ada artikel yang memuat semua kata")).to_be_visible()
    keep(page, "relaxed")
    page.goto(f"{site}/?q=zzzzqqq")
    expect(page.get_by_role("status")).to_have_text("Tidak ada artikel yang cocok")
    keep(page, "empty")


def test_errors_have_pages(site: str, visit: Open, keep: Keep) -> None:
    # Chromium writes the status of such answers to its console.
    page = visit(f"{site}/?region=Atlantis", quiet=False)
    expect(page.get_by_role("alert")).to_contain_text("Daerah “Atlantis” tidak dikenal")
    keep(page, "error")
    page.goto(f"{site}/tidak-ada")
    expect(page.get_by_role("alert")).to_contain_text("tidak ada")


@pytest.mark.parametrize("path", ["/", "/?q=banjir+bandar+lampung", "/daerah", "/daerah/18.71"])
def test_it_fits_a_phone(site: str, visit: Open, keep: Keep, path: str) -> None:
    page = visit(site + path, viewport=MOBILE, is_mobile=True, has_touch=True)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0
    keep(page, "phone-" + (re.sub(r"\W+", "-", path).strip("-") or "front"))
    box = page.get_by_label("Cari berita").bounding_box()
    assert box
    assert box["height"] >= 40


def test_it_works_without_scripts(site: str, visit: Open, keep: Keep) -> None:
    page = visit(site, java_script_enabled=False)
    page.get_by_label("Cari berita").fill("banjir")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("9 artikel")
    page.get_by_role("link", name=re.compile(r"^Lampung \d")).click()
    page.get_by_text("Pilih tanggal").click()
    page.get_by_label("Sejak").fill("4 Desember 2024")
    page.get_by_role("button", name="Saring").click()
    expect(page.get_by_role("list", name="Saringan aktif")).to_contain_text("sejak 4 Desember 2024")
    keep(page, "without-scripts")
    page.locator("ol.hits a").first.click()
    expect(page.get_by_role("heading", name="Berita Terkait")).to_be_visible()
    page.goto(f"{site}/daerah")
    page.locator(".map a").first.click()
    assert "/daerah/" in page.url


STATES = ["/", "/?q=banjir&region=18&since=2024-12&until=2024-12", "/?q=bnajir", "/?q=zzzzqqq",
          "/daerah", "/daerah/18", "/daerah/18.71"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, MOBILE], ids=["desktop", "phone"])
def test_nothing_serious_for_axe(
    site: str, visit: Open, keep: Keep, scheme: str, viewport: dict[str, int]
) -> None:
    # bypass_csp: axe is put into the page by the test.
    page = visit(site, color_scheme=scheme, viewport=viewport, bypass_csp=True)
    found = page.locator("ol.hits a").first.get_attribute("href")
    for path in (*STATES, str(found)):
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        results = Axe().run(page)
        serious = [
            (one["id"], [node["html"] for node in one["nodes"]])
            for one in results.response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], path
        assert results.response["passes"]
    keep(page, f"article-{scheme}-{viewport['width']}")


def test_a_page_is_one_request(site: str, visit: Open) -> None:
    page = visit(site)
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    for path in ("/?q=banjir", "/daerah", "/daerah/18"):
        requests.clear()
        page.goto(site + path, wait_until="networkidle")
        asked = [one.url for one in requests if not one.url.startswith("data:")]
        assert asked == [site + path]


def test_hostile_texts_stay_texts(index: NewsIndex, visit: Open) -> None:
    index.add(
        article(
            f"{payload}#{place}",
            f"Panen {payload}",
            f"Panen raya di desa. {payload}\n{payload}",
            source=payload,
            category=payload,
            authors=(payload,),
            url="javascript:window.kena=1",
        )
        for place, payload in enumerate(PAYLOADS)
    )
    with serve(index) as site:
        page = visit(f"{site}/?q=panen")
        expect(page.get_by_role("status")).to_have_text(f"{len(PAYLOADS)} artikel")
        for place, payload in enumerate(PAYLOADS):
            page.goto(f"{site}/artikel?{urlencode({'id': f'{payload}#{place}'})}")
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Panen {payload}")
            assert page.evaluate("window.kena") is None
        for payload in PAYLOADS:
            page.goto(site)
            page.get_by_label("Cari berita").fill(payload)
            # The field of the page before has the same value.
            with page.expect_navigation():
                page.keyboard.press("Enter")
            expect(page.get_by_label("Cari berita")).to_have_value(" ".join(payload.split()))
            assert page.evaluate("window.kena") is None
        # Completions are texts too.
        page.goto(site)
        page.get_by_label("Cari berita").press_sequentially("scri")
        page.wait_for_timeout(500)
        assert page.evaluate("window.kena") is None


def test_the_policy_stops_scripts(site: str, visit: Open) -> None:
    page = visit(site, quiet=False)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.kena = 1\">')"
    )
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.kena = 1';"
        " document.body.append(s); }"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.kena") is None


def test_new_articles_come_without_a_restart(index: NewsIndex, visit: Open) -> None:
    index.add([article("a", "Gempa di Sigi")])
    with serve(index) as site:
        page = visit(f"{site}/?q=gempa")
        expect(page.get_by_role("status")).to_have_text("1 artikel")
        index.add([article("b", "Gempa di Palu")])
        page.goto(f"{site}/?q=gempa&sort=newest")
        expect(page.get_by_role("status")).to_have_text("2 artikel")
