"""What may stand in a URL: parameters with their bounds, read strictly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from werkzeug.datastructures import MultiDict

import newsearch

MAX_QUERY = 500
"""Characters of a query: percent-encoded they fit the longest line that servers take (8 kB)."""
MAX_VALUE = 500
"""Characters of any other value: as many as those of an article may have."""
MAX_VALUES = 20
"""Values of one filter."""
MAX_LIMIT = 100
MAX_OFFSET = 9_900
"""Hits of one answer of the API, and before it."""
Sort = Literal["relevance", "newest", "oldest", "popular"]
Match = Literal["all", "any"]
FACETS = ("region", "year", "month", "day", "source", "category", "author")

Arguments = MultiDict[str, str]


class BadParameterError(Exception):
    """Raised when a parameter is not what it may be; `name` is its name, the text says why."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(f"{name}: {reason}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its OpenAPI schema is the rule it is read by.

    Attributes:
        name: as in the URL.
        description: for the OpenAPI document.
        kind: of each value.
        many: whether it may be repeated, for alternatives.
        least, most: bounds of a number, or of the characters of a text.
        choices: the only values, where there are few.
        default: where it is left out.
        required: whether it must be given.
    """

    name: str
    description: str
    kind: Literal["string", "integer", "boolean"] = "string"
    many: bool = False
    least: int = 1
    most: int = MAX_VALUE
    choices: tuple[str, ...] = ()
    default: Any = None
    required: bool = False

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value, or of the list of values."""
        if self.kind == "integer":
            one: dict[str, Any] = {"minimum": self.least, "maximum": self.most}
        elif self.kind == "boolean":
            one = {}
        elif self.choices:
            one = {"enum": list(self.choices)}
        else:
            one = {"minLength": self.least, "maxLength": self.most}
        one = {"type": self.kind} | one
        if self.many:
            return {"type": "array", "items": one, "maxItems": MAX_VALUES}
        return one if self.default is None else one | {"default": self.default}

    def read(self, arguments: Arguments) -> Any:
        """The value, the tuple of values, or the default.

        Raises:
            BadParameterError: it is not what the schema says.
        """
        given = arguments.getlist(self.name)
        if self.many:
            if len(given) > MAX_VALUES:
                raise self._bad(f"{len(given)} values are more than {MAX_VALUES}")
            return tuple(self._one(value) for value in given)
        if len(given) > 1:
            raise self._bad("given more than once")
        if not given and self.required:
            raise self._bad("is missing")
        return self._one(given[0]) if given else self.default

    def _one(self, value: str) -> str | int | bool:
        if self.kind == "integer":
            if not re.fullmatch(r"-?[0-9]{1,9}", value):
                raise self._bad("must be a whole number")
            if not self.least <= int(value) <= self.most:
                raise self._bad(f"must be from {self.least} to {self.most}")
            return int(value)
        if self.kind == "boolean":
            if value not in ("true", "false"):
                raise self._bad("must be true or false")
            return value == "true"
        if self.choices and value not in self.choices:
            raise self._bad(f"must be one of {', '.join(self.choices)}")
        if not self.choices and not self.least <= len(value) <= self.most:
            raise self._bad(f"must have {self.least} to {self.most:,} characters")
        return value

    def _bad(self, reason: str) -> BadParameterError:
        return BadParameterError(self.name, reason)


QUERY = Parameter("q", "What is searched, in the query language.", least=0, most=MAX_QUERY)
REGION = Parameter("region", "Code, name or alias of a region; repeat for alternatives.", many=True)
SOURCE = Parameter("source", "Source, as in the articles.", many=True)
CATEGORY = Parameter("category", "Category, as in the articles.", many=True)
FILTERS = (
    REGION,
    Parameter("since", "First day: 2023, 2023-06, 2023-06-14, 'kemarin'."),
    Parameter("until", "Last day, included."),
    SOURCE,
    CATEGORY,
    Parameter("author", "Author, the whole name.", many=True),
)
SORT = Parameter("sort", "Order of the hits.", choices=get_args(Sort), default="relevance")
MATCH = Parameter("match", "Hits have all words, or any.", choices=get_args(Match), default="all")
FACET = Parameter("facet", "What is counted over all matches.", many=True, choices=FACETS)


def read(arguments: Arguments, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The values of parameters, by name.

    Raises:
        BadParameterError: one of them is not what it may be.
    """
    return {one.name: one.read(arguments) for one in parameters}


def limit(default: int, most: int = MAX_LIMIT) -> Parameter:
    """How many hits, or the like, an answer has at most."""
    return Parameter("limit", "How many at most.", "integer", least=0, most=most, default=default)


def region_of(code: str) -> newsearch.Region | None:
    """The region of a code; None for one that the gazetteer no longer has."""
    try:
        return newsearch.region(code)
    except newsearch.UnknownRegionError:
        return None
