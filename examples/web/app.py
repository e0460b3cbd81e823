"""The app factory: settings, the index, headers, errors."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from threading import Lock

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

import newsearch
from examples.web import api, pages, wording
from examples.web.assets import CSP, SCRIPT, STYLE
from examples.web.parameters import BadParameterError

Answer = tuple[str, int] | Response
"""What an error handler gives back."""

MAX_AGE = 30
"""Seconds that browsers and proxies may show an answer again; then they ask whether it changed."""


class Library:
    """The one index of the app, opened when it is first asked for.

    It is only ever read, and sees the commits and rebuilds of other processes by itself. Opened
    after a server has forked, each worker process has its own.
    """

    def __init__(self, index: newsearch.NewsIndex | str | Path) -> None:
        self._index = index
        self._opening = Lock()

    def get(self) -> newsearch.NewsIndex:
        """The index.

        Raises:
            NewsIndexError: it cannot be opened; the next request tries again.
        """
        with self._opening:
            if not isinstance(self._index, newsearch.NewsIndex):
                self._index = newsearch.open(self._index)
            return self._index


def create_app(index: newsearch.NewsIndex | str | Path | None = None) -> Flask:
    """The app over an index.

    Args:
        index: an index or where one is; without it the variable NEWSEARCH_INDEX says, or it is
            the demo index that `make demo` builds.

    Settings come from variables: NEWSEARCH_WEB_NAME is the name on every page,
    NEWSEARCH_WEB_PROXIES the number of proxies in front whose X-Forwarded headers are believed.
    """
    app = Flask(__name__)
    app.config.from_mapping(INDEX="indexes/demo", NAME="Cari Berita", PROXIES=0)
    app.config.from_prefixed_env("NEWSEARCH")
    app.config.from_prefixed_env("NEWSEARCH_WEB")
    app.extensions["library"] = Library(index if index is not None else app.config["INDEX"])
    app.url_map.merge_slashes = False  # ids are addresses of articles: https://…
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"style": STYLE, "script": SCRIPT}
    wording.register(app)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.after_request(_dress)
    for kind in (newsearch.NewsearchError, BadParameterError, HTTPException, Exception):
        app.register_error_handler(kind, _explain)
    proxies = int(app.config["PROXIES"])
    if proxies:
        fix = ProxyFix(app.wsgi_app, proxies, proxies, proxies, proxies, proxies)
        app.wsgi_app = fix  # type: ignore[method-assign]  # as Flask's own documentation does
    return app


def _dress(response: Response) -> Response:
    """Headers that every answer has."""
    response.headers["Content-Security-Policy"] = CSP
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    if response.status_code == HTTPStatus.OK and request.method in ("GET", "HEAD"):
        response.cache_control.public = True
        response.cache_control.max_age = MAX_AGE
        response.add_etag()
        response.make_conditional(request)
    else:
        response.cache_control.no_store = True
    return response


def _explain(error: Exception) -> Answer:
    """A sentence and a status for every error; what nobody foresaw goes to the log alone."""
    status = _status(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.error("%s", error, exc_info=error)
    if request.path.startswith("/api/"):
        return api.problem(status, wording.english(error, status))
    sentence = wording.indonesian(error, status)
    return render_template("error.html", status=int(status), sentence=sentence), status


def _status(error: Exception) -> HTTPStatus:
    if isinstance(error, HTTPException):
        return HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(error, newsearch.ArticleNotFoundError):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, (newsearch.QueryError, BadParameterError)):
        return HTTPStatus.BAD_REQUEST
    if isinstance(error, newsearch.NewsIndexError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.INTERNAL_SERVER_ERROR
