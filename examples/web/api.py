"""The JSON API: each route is one verb of the library; openapi.py describes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, request
from werkzeug.routing import BaseConverter

import newsearch
from examples.web import openapi
from examples.web import parameters as ask
from examples.web.parameters import BadParameterError, Parameter

blueprint = Blueprint("api", __name__, url_prefix="/api")
Operation = Callable[..., Any]


class IdConverter(BaseConverter):
    """An id in a path: anything, slashes at its beginning too."""

    regex = ".+"
    part_isolating = False


def open_index() -> newsearch.NewsIndex:
    """The index of the app."""
    index: newsearch.NewsIndex = current_app.extensions["library"].get()
    return index


def problem(status: HTTPStatus, detail: str) -> Response:
    """An error as problem+json (RFC 9457)."""
    found = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    body = orjson.dumps(found)
    return Response(body, status, mimetype="application/problem+json")


def _route(path: str, parameters: Sequence[Parameter], answer: str) -> Callable[[Operation], None]:
    """Serve a function of an index and the parameters, and describe it in the OpenAPI document.

    Args:
        path: below /api, with `<id:article_id>` for an id.
        parameters: what may stand behind the question mark; anything else is refused.
        answer: the name of the schema of what the function gives back.
    """

    def register(operation: Operation) -> None:
        def view(**parts: str) -> Response:
            unknown = request.args.keys() - {one.name for one in parameters}
            if unknown:
                names = ", ".join(one.name for one in parameters) or "none"
                raise BadParameterError(min(unknown), f"unknown; the parameters are {names}")
            given = ask.read(request.args, parameters)
            found = operation(open_index(), *parts.values(), **given)
            response = Response(orjson.dumps(found), mimetype="application/json")
            # The time it took makes no other answer of it.
            same = orjson.dumps({**found, "took_ms": 0})
            response.set_etag(sha256(same).hexdigest(), weak=True)
            return response

        name = operation.__name__
        blueprint.add_url_rule(path, name, view, methods=["GET"])
        openapi.describe(path, name, operation.__doc__ or "", parameters, answer)

    return register


@_route(
    "/search",
    (
        ask.QUERY,
        *ask.FILTERS,
        ask.SORT,
        ask.MATCH,
        ask.limit(10),
        Parameter(
            "offset", "Hits to pass over.", "integer", least=0, most=ask.MAX_OFFSET, default=0
        ),
        ask.FACET,
        Parameter(
            "collapse",
            "Fold copies of one text, down to the 1,000th hit.",
            "boolean",
            default=False,
        ),
    ),
    "SearchResults",
)
def search(
    index: newsearch.NewsIndex, q: str | None, facet: tuple[str, ...], **options: Any
) -> dict[str, Any]:
    """Search; without a query everything, the newest first."""
    return index.search(q or "", facets=facet, **options).to_dict()


@_route("/article/<id:article_id>", (), "Article")
def article(index: newsearch.NewsIndex, article_id: str) -> dict[str, Any]:
    """One article, its regions as codes."""
    return index.get(article_id).to_dict()


@_route("/related/<id:article_id>", (ask.limit(5, 50),), "Hits")
def related(index: newsearch.NewsIndex, article_id: str, limit: int) -> dict[str, Any]:
    """Articles related to one, each with what gave how much of its score."""
    return _hits(index.related(article_id, limit=limit))


@_route("/latest", (ask.REGION, ask.SOURCE, ask.CATEGORY, ask.limit(10)), "Hits")
def latest(index: newsearch.NewsIndex, **options: Any) -> dict[str, Any]:
    """The newest articles, copies folded."""
    return _hits(index.latest(**options))


@_route(
    "/suggest",
    (
        Parameter("q", "What has been typed.", least=0, required=True),
        ask.limit(8, 50),
    ),
    "Suggestions",
)
def suggest(index: newsearch.NewsIndex, q: str, limit: int) -> dict[str, Any]:
    """Completions: words and phrases of headlines, and names of regions."""
    return {"suggestions": [one.to_dict() for one in index.suggest(q, limit=limit)]}


@_route(
    "/regions",
    (
        Parameter("q", "Only the region of this code, name or alias."),
        Parameter("parent", "Only the regions directly inside this one, by code, name or alias."),
    ),
    "Regions",
)
def regions(index: newsearch.NewsIndex, q: str | None, parent: str | None) -> dict[str, Any]:
    """Regions with their place on the map and their articles; by default the provinces."""
    counted = index.search("", limit=0, facets=("region",)).facets["region"]
    counts = {one.value: one.count for one in counted}
    if q is not None:
        found = [newsearch.region(q)]
    elif parent is not None:
        found = list(newsearch.regions.children(newsearch.region(parent).code))
    else:
        found = newsearch.regions.regions(level=1)
    return {"regions": [_region(one, counts.get(one.code, 0)) for one in found]}


@blueprint.get("/openapi.json")
def document() -> Response:
    """The OpenAPI document of this API."""
    server = request.root_url.rstrip("/")
    return Response(orjson.dumps(openapi.document(server)), mimetype="application/json")


def _hits(hits: list[newsearch.Hit]) -> dict[str, Any]:
    return {"total": len(hits), "hits": [hit.to_dict() for hit in hits]}


def _region(found: newsearch.Region, count: int) -> dict[str, Any]:
    north, east = newsearch.regions.coordinates(found.code)
    return {
        "code": found.code,
        "name": found.name,
        "kind": found.kind,
        "parent": found.parent,
        "aliases": list(found.aliases),
        "latitude": north,
        "longitude": east,
        "count": count,
    }
