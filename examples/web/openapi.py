"""The OpenAPI document, made from the parameters that the routes are read by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import newsearch
from examples.web.parameters import FACETS, Parameter

Schema = dict[str, Any]

_paths: dict[str, Any] = {}


def document(server: str) -> Schema:
    """The document, with where the API is served."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "newsearch",
            "version": newsearch.__version__,
            "description": "Search for Indonesian regional news.",
        },
        "servers": [{"url": server}],
        "paths": _paths,
        "components": {"schemas": _SCHEMAS},
    }


def describe(
    path: str, name: str, description: str, parameters: Sequence[Parameter], answer: str
) -> None:
    """Add a route.

    Args:
        path: below /api, as Flask writes it.
        name: of the operation.
        description: its docstring.
        parameters: of the query.
        answer: the name of the schema of a good answer.
    """
    parts = re.findall(r"<id:(\w+)>", path)
    statuses = {"400": "A parameter is not what it may be.", "503": "The index cannot be read."}
    if parts:
        statuses["404"] = "There is no such article."
    _paths["/api" + re.sub(r"<id:(\w+)>", r"{\1}", path)] = {
        "get": {
            "operationId": name,
            "summary": description.strip(),
            "parameters": [*map(_in_path, parts), *map(_in_query, parameters)],
            "responses": {
                "200": _answer("What was asked for.", "application/json", answer),
                **{
                    status: _answer(reason, "application/problem+json", "Problem")
                    for status, reason in sorted(statuses.items())
                },
            },
        }
    }


def _in_path(name: str) -> Schema:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": "Id of an article; where it is an address, percent-encoded.",
        "schema": {"type": "string", "minLength": 1},
    }


def _in_query(parameter: Parameter) -> Schema:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": parameter.schema(),
    }


def _answer(description: str, kind: str, name: str) -> Schema:
    return {"description": description, "content": {kind: {"schema": _ref(name)}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _record(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_WHEN: Schema = {"type": ["string", "null"], "format": "date-time"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {"type": "number"}
_ABOUT = {"published": _WHEN, "source": _MAYBE, "category": _MAYBE, "regions": _list(_TEXT)}

_SCHEMAS: dict[str, Schema] = {
    "Article": _record(
        {
            "id": _TEXT,
            "title": _TEXT,
            "text": _TEXT,
            **_ABOUT,
            "url": _MAYBE,
            "authors": _list(_TEXT),
            "views": {"type": ["integer", "null"], "minimum": 0},
            "dateline": _MAYBE,
        }
    ),
    "Hit": _record(
        {
            "id": _TEXT,
            "title": _TEXT,
            "score": _NUMBER,
            **_ABOUT,
            "url": _MAYBE,
            "snippet": {"type": "string", "description": "HTML, the matches in <mark>."},
            "duplicates": _list(_TEXT),
        },
        {
            "duplicate_sources": _list(_TEXT),
            "explanation": {"type": "object", "additionalProperties": _NUMBER},
        },
    ),
    "FacetCount": _record({"value": _TEXT, "label": _TEXT, "count": _COUNT}),
    "SearchResults": _record(
        {
            "total": _COUNT,
            "took_ms": {"type": "number", "minimum": 0},
            "relaxed": {"type": "boolean"},
            "suggestion": _MAYBE,
            "hits": _list(_ref("Hit")),
            "facets": {
                "type": "object",
                "propertyNames": {"enum": list(FACETS)},
                "additionalProperties": _list(_ref("FacetCount")),
            },
        }
    ),
    "Hits": _record({"total": _COUNT, "hits": _list(_ref("Hit"))}),
    "Suggestions": _record(
        {
            "suggestions": _list(
                _record(
                    {
                        "text": _TEXT,
                        "count": _COUNT,
                        "kind": {"type": "string", "enum": ["word", "phrase", "region"]},
                    }
                )
            )
        }
    ),
    "Regions": _record(
        {
            "regions": _list(
                _record(
                    {
                        "code": _TEXT,
                        "name": _TEXT,
                        "kind": _TEXT,
                        "parent": _MAYBE,
                        "aliases": _list(_TEXT),
                        "latitude": _NUMBER,
                        "longitude": _NUMBER,
                        "count": _COUNT,
                    }
                )
            )
        }
    ),
    "Problem": _record(
        {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": _TEXT,
        }
    ),
}
