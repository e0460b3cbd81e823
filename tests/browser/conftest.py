"""A real Chromium before a real server of examples/web."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright
from werkzeug.serving import make_server

import newsearch
from examples.web import create_app
from tests.support import ARTICLES, PROJECT

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
SCREENSHOTS = PROJECT / "build" / "screenshots"
DESKTOP, MOBILE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}

Open = Callable[..., Page]


@contextmanager
def serve(index: newsearch.NewsIndex) -> Iterator[str]:
    """A server of the app over an index; its address."""
    server = make_server("127.0.0.1", 0, create_app(index), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (on Debian: apt-get install chromium)")
    # Chromium has no sandbox for root, who runs CI in containers.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app over the sample articles."""
    with newsearch.create(tmp_path_factory.mktemp("site") / "index") as index:
        index.add(newsearch.read(ARTICLES))
        with serve(index) as address:
            yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page in a browser of its own; at the end nothing may have gone wrong in any.

    Nothing: a dialog, an error of a script and, unless `quiet=False`, any error on the console, as
    of what the policy of the page forbids.
    """
    wrong: list[str] = []
    contexts = []

    def dismiss(dialog: Dialog) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    def open_page(address: str, *, quiet: bool = True, **options: object) -> Page:
        options.setdefault("viewport", DESKTOP)
        context = browser.new_context(**options)  # type: ignore[arg-type]  # Playwright's own names
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", dismiss)
        if quiet:
            page.on("console", lambda line: wrong.extend([line.text] * (line.type == "error")))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def keep() -> Callable[[Page, str], Path]:
    """Keep a picture of a page among the build's output."""

    def screenshot(page: Page, name: str) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    return screenshot
