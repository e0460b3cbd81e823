"""The app factory: settings, the index, headers, errors."""

from __future__ import annotations

import os
from http import HTTPStatus
from pathlib import Path
from threading import Lock

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

import newsearch
from examples.web import api, pages, wording
from examples.web import parameters as ask
from examples.web.assets import CSP, SCRIPT, STYLE
from examples.web.parameters import BadParameterError

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

    Settings come from variables: NEWSEARCH_WEB_NAME is the name on every page, NEWSEARCH_WEB_HOSTS
    are the only names of hosts to answer to, with blanks between, and NEWSEARCH_WEB_PROXIES is the
    number of proxies in front whose X-Forwarded headers are believed.

    Raises:
        ValueError: NEWSEARCH_WEB_PROXIES is no number.
    """
    app = Flask(__name__)
    app.config["NAME"] = os.environ.get("NEWSEARCH_WEB_NAME", "Cari Berita")
    app.config["TRUSTED_HOSTS"] = os.environ.get("NEWSEARCH_WEB_HOSTS", "").split() or None
    if index is None:
        index = os.environ.get("NEWSEARCH_INDEX", "indexes/demo")
    app.extensions["library"] = Library(index)
    app.url_map.merge_slashes = False  # ids are addresses of articles: https://…
    app.url_map.converters["id"] = api.IdConverter
    app.before_request(_refuse_no_host)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"style": STYLE, "script": SCRIPT}
    wording.register(app)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(api.blueprint)
    app.after_request(_dress)
    for kind in (newsearch.NewsearchError, BadParameterError, HTTPException, Exception):
        app.register_error_handler(kind, _explain)
    proxies = int(os.environ.get("NEWSEARCH_WEB_PROXIES") or 0)
    if proxies > 0:
        fix = ProxyFix(app.wsgi_app, proxies, proxies, proxies, proxies, proxies)
        app.wsgi_app = fix  # type: ignore[method-assign]  # as Flask's own documentation does
    return app


def _refuse_no_host() -> None:
    """Refuse what names no host, and so would have links to none."""
    if not request.host:
        raise SecurityError("no host")


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


def _explain(error: Exception) -> Response:
    """A sentence and a status for every error; what nobody foresaw goes to the log alone."""
    if isinstance(error, SecurityError):  # without a host there are no links, so no page either
        return Response("Alamat situs ini tidak dikenal.\n", error.code, mimetype="text/plain")
    status = _status(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        known = isinstance(error, newsearch.NewsearchError)
        current_app.logger.error("%s", error, exc_info=None if known else error)
    if request.path.startswith("/api/"):
        response = api.problem(status, wording.english(error, status))
    else:
        typed = request.args.get("q", "")[: ask.MAX_QUERY]
        sentence = wording.indonesian(error, status)
        page = render_template("error.html", status=int(status), sentence=sentence, typed=typed)
        response = Response(page, status)
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


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
