"""The credentials of a cluster stay out of errors, logs and everything that is printed."""

from __future__ import annotations

import base64
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import newsearch
from newsearch import NewsIndexError
from newsearch.engines.opensearch.client import parse_address

USER, PASSWORD = "redaksi", "Rahasia-99/x"
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
SECRETS = (PASSWORD, BASIC, "Rahasia")


class Refusing(BaseHTTPRequestHandler):
    """A cluster, or what stands before it, that answers with an error and quotes what it got."""

    status = 401

    def answer(self) -> None:
        asked = self.headers.get("Authorization", "")
        self.server.asked.append(asked)  # type: ignore[attr-defined]
        told = {"error": {"type": "x", "reason": f"you sent {asked} as {PASSWORD}"}}
        body = json.dumps(told).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer  # noqa: N815 - the names of http.server

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(params=[301, 400, 401, 403, 404, 500, 503])
def refusing(request: pytest.FixtureRequest) -> Iterator[ThreadingHTTPServer]:
    handler = type("Handler", (Refusing,), {"status": request.param})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSEARCH_OPENSEARCH_USER", USER)
    monkeypatch.setenv("NEWSEARCH_OPENSEARCH_PASSWORD", PASSWORD)
    monkeypatch.setenv("NEWSEARCH_OPENSEARCH_TIMEOUT", "2")


def without_secrets(told: str) -> None:
    assert not [secret for secret in SECRETS if secret in told]


def test_errors_and_logs_of_a_cluster_that_quotes_them(
    refusing: ThreadingHTTPServer,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("newsearch.engines.opensearch.client.TIMEOUT", 0.5)
    caplog.set_level(logging.DEBUG)
    location = f"opensearch://127.0.0.1:{refusing.server_port}/berita"
    with pytest.raises(NewsIndexError) as raised:
        newsearch.open(location).search("banjir")
    without_secrets(str(raised.value))
    assert f"Basic {BASIC}" in refusing.asked  # type: ignore[attr-defined]
    # opensearch-py logs answers at DEBUG, and in its trace.
    assert "you sent" in caplog.text or refusing.RequestHandlerClass.status == 301  # type: ignore[attr-defined]
    without_secrets("\n".join(record.getMessage() for record in caplog.records))


def test_they_do_not_follow_to_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cluster sends us to another host, that one gets nothing."""

    class Catching(Refusing):
        status = 200

    class Sending(Refusing):
        status = 307

        def send_header(self, name: str, value: str) -> None:
            super().send_header(name, elsewhere if name == "Location" else value)

    catching = ThreadingHTTPServer(("127.0.0.1", 0), Catching)
    catching.asked = []  # type: ignore[attr-defined]
    elsewhere = f"http://127.0.0.1:{catching.server_port}/berita"
    sending = ThreadingHTTPServer(("127.0.0.1", 0), Sending)
    sending.asked = []  # type: ignore[attr-defined]
    for server in (catching, sending):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(NewsIndexError):
        newsearch.open(f"opensearch://127.0.0.1:{sending.server_port}/berita")
    for server in (catching, sending):
        server.shutdown()
        server.server_close()
    assert sending.asked  # type: ignore[attr-defined]
    assert not catching.asked  # type: ignore[attr-defined]


def test_a_host_that_is_not_there(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for host in ("127.0.0.1:9", "tidak-ada.invalid:9200"):
        with pytest.raises(NewsIndexError) as raised:
            newsearch.open(f"opensearch://{host}/berita")
        without_secrets(str(raised.value) + caplog.text)


def test_the_command_line_says_it_in_one_line(refusing: ThreadingHTTPServer) -> None:
    if refusing.RequestHandlerClass.status == 503:  # type: ignore[attr-defined]
        pytest.skip("is asked again for twenty seconds")
    location = f"opensearch://127.0.0.1:{refusing.server_port}/berita"
    done = subprocess.run(
        [sys.executable, "-m", "newsearch.cli", "--index", location, "search", "x"],
        capture_output=True,
        text=True,
        env={**os.environ, "NEWSEARCH_DEBUG": "1"},
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    without_secrets(done.stdout + done.stderr)


@pytest.mark.parametrize(
    "location",
    [
        f"opensearch://{USER}:{PASSWORD}@satu:9200/berita",
        f"opensearch://satu:9200/{PASSWORD}@berita",
        f"opensearch://satu/berita?shards=1&p={PASSWORD}@",
        f"opensearch://{USER}:a#b{PASSWORD}@satu/berita",
    ],
)
def test_credentials_in_a_location_are_refused_and_not_repeated(location: str) -> None:
    with pytest.raises(NewsIndexError, match="do not belong") as raised:
        parse_address(location)
    without_secrets(str(raised.value))
