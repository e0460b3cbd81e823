"""A reader's search: read from a URL, written as one."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from flask import g, url_for

import newsearch
from examples.web import parameters as ask
from examples.web.parameters import Arguments, Match, Parameter, Sort
from examples.web.wording import region_label

PAGE = 10
"""Hits of a page."""
MAX_PAGE = 100
"""The last page: newsearch folds copies among the first 1,000 hits."""
_PARAMETERS = (
    ask.QUERY,
    *ask.FILTERS,
    ask.SORT,
    ask.MATCH,
    Parameter("page", "Page.", "integer", least=1, most=MAX_PAGE, default=1),
)
_MONTH = re.compile(r"\d{4}-\d\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter: what it is, and the URL without it."""

    name: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a reader asked for; the names are those of the URL."""

    q: str = ""
    region: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    source: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    sort: Sort = "relevance"
    match: Match = "all"
    page: int = 1

    @classmethod
    def read(cls, arguments: Arguments) -> Criteria:
        """The search of a URL; its regions as codes. Empty fields of a form count as left out.

        Raises:
            BadParameterError, UnknownRegionError: see `parameters.read`.
        """
        pairs = [pair for pair in arguments.items(multi=True) if pair[1].strip()]
        given = ask.read(Arguments(pairs), _PARAMETERS)
        given["q"] = " ".join(_CONTROL.sub(" ", given["q"] or "").split())
        codes = (newsearch.region(name).code for name in given["region"])
        return cls(**{**given, "region": tuple(dict.fromkeys(codes))})

    def filters(self) -> dict[str, Any]:
        """The filters, as arguments of `NewsIndex.search`."""
        return {name: getattr(self, name) for name in _FILTERS}

    def url(self, endpoint: str = "pages.search", /, **changes: Any) -> str:
        """The URL of this search with some changes, on its first page unless told otherwise."""
        query = urlencode(replace(self, **{"page": 1, **changes}).arguments(), doseq=True)
        # A page has hundreds of links: Flask would take 0.1 ms to build each.
        paths = g.setdefault("paths", {})
        path = paths.get(endpoint) or paths.setdefault(endpoint, url_for(endpoint))
        return f"{path}?{query}" if query else path

    def arguments(self) -> dict[str, Any]:
        """What stands in the URL: everything that is not as it is by default."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    def hidden(self) -> list[tuple[str, str]]:
        """The filters, and what else is not as by default, as hidden fields of a form."""
        pairs = []
        for name in (*_FILTERS, *_CHOICES):
            value = getattr(self, name)
            values = value if isinstance(value, tuple) else (value,)
            pairs += [(name, one) for one in values if one and one != _CHOICES.get(name)]
        return pairs

    def toggled(self, name: str, value: str) -> str:
        """The URL with a value of a filter added, or taken away where it is chosen.

        Where no more can be added it takes the place of the last one.
        """
        chosen = getattr(self, name)
        if self.chose(name, value):
            return self.url(**{name: tuple(one for one in chosen if not _same(one, value))})
        return self.url(**{name: (*chosen[: ask.MAX_VALUES - 1], value)})

    def chose(self, name: str, value: str) -> bool:
        """Whether a value of a filter is chosen."""
        return any(_same(one, value) for one in getattr(self, name))

    def chips(self) -> list[Chip]:
        """The active filters."""
        chips = [
            Chip(label, region_label(one) if name == "region" else one, self.toggled(name, one))
            for name, label in _CHIPS.items()
            for one in getattr(self, name)
        ]
        if self.since or self.until:
            chips.append(Chip("Waktu", self.time_label(), self.url(since=None, until=None)))
        if self.match == "any":
            chips.append(Chip("Kata", "salah satu cukup", self.url(match="all")))
        return chips

    def time_label(self) -> str:
        """The time asked for, in words."""
        first, last = _time(self.since), _time(self.until)
        if first == last:
            return first
        return " – ".join(filter(None, (first, last))) if first and last else (
            f"sejak {first}" if first else f"sampai {last}"
        )  # fmt: skip

    @property
    def one_month(self) -> bool:
        """Whether it asks for one month, whose days are then told apart."""
        return self.since == self.until and bool(_MONTH.fullmatch(self.since or ""))

    @property
    def is_blank(self) -> bool:
        """Whether nothing was asked for: the front page."""
        return self == Criteria(page=self.page, sort=self.sort)


_CHIPS = {"region": "Daerah", "source": "Sumber", "category": "Kategori", "author": "Penulis"}
_CHOICES = {"sort": "relevance", "match": "all"}
_FILTERS = ("region", "since", "until", "source", "category", "author")


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _time(text: str | None) -> str:
    """A year, a month or a day in words; anything else as it was typed."""
    if text is None or not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
        return text or ""
    day = newsearch.parse_date(text if len(text) == 10 else f"{text}-01")
    if day is None:
        return text
    # 'Rabu, 14 Juni 2023'; of a month the last two words.
    words = newsearch.format_date(day)
    return words if len(text) == 10 else " ".join(words.split()[-2:])
