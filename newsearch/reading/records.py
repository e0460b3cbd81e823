"""One record (a JSON object, a CSV row) → Article, whatever its fields are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from newsearch.article import Article
from newsearch.errors import ArticleError, ReadError
from newsearch.reading.counts import parse_count
from newsearch.reading.dates import FIRST_YEAR, LAST_YEAR, parse_date
from newsearch.reading.times import WIB

FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("judul", "title", "headline", "name"),
    "text": (
        *("isi", "text", "content", "body", "article", "articlebody", "konten", "berita"),
        "full_text",
    ),
    "published": (
        *("tanggal", "date", "published", "published_at", "datepublished", "pubdate", "waktu"),
        *("time", "tgl"),
    ),
    "url": ("url", "link", "tautan"),
    "source": ("source", "sumber", "media", "site", "outlet", "publisher"),
    "category": ("category", "kategori", "kanal", "section", "rubrik"),
    "authors": ("authors", "author", "penulis", "reporter", "jurnalis", "creator"),
    "regions": ("regions", "region", "daerah", "wilayah", "lokasi"),
    "views": ("views", "dibaca", "view_count", "hits"),
    "id": ("id", "_id", "guid", "uuid"),
    "dateline": ("dateline",),
}
"""The names a field of Article goes by, in lower case, the preferred one first."""

KNOWN_NAMES = frozenset(name for names in FIELD_NAMES.values() for name in names)

MAX_PLANS = 256
"""Distinct key sets whose plan is kept; a corpus has a handful, noise could bring millions."""
_SHOWN_KEYS = 12
_ABSENT = frozenset({"", "nan", "none", "null", "nat", "[]"})
_AUTHOR_SPLIT = re.compile(r"[,;]| dan ", re.IGNORECASE)
_REGION_SPLIT = re.compile(r"[,;|]")
_EPOCH = re.compile(r"\d{10}|\d{13}", re.ASCII)
_EPOCH_START = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MILLISECONDS_FROM = 100_000_000_000
"""Epoch numbers from here on are milliseconds: as seconds they would be the year 5138."""


class Plan(NamedTuple):
    """For each field of Article, the keys of a record to look under, best first."""

    title: tuple[str, ...]
    text: tuple[str, ...]
    published: tuple[str, ...]
    url: tuple[str, ...]
    source: tuple[str, ...]
    category: tuple[str, ...]
    authors: tuple[str, ...]
    regions: tuple[str, ...]
    views: tuple[str, ...]
    id: tuple[str, ...]
    dateline: tuple[str, ...]


class RecordMapper:
    """Turns records into Articles; the plan for a set of keys is made once and kept.

    Args:
        field_map: field of Article → key in the records, tried before the known names.

    Attributes:
        field_map: the same.

    Raises:
        ReadError: a field that Article does not have.
    """

    def __init__(self, field_map: Mapping[str, str] | None = None) -> None:
        self.field_map = dict(field_map or {})
        for field in self.field_map:
            if field not in FIELD_NAMES:
                fields = ", ".join(FIELD_NAMES)
                raise ReadError(f"field_map names no field {field!r}; the fields are {fields}")
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._found: set[str] = set()

    @property
    def not_found(self) -> dict[str, str]:
        """What of the field map no record has had so far; nothing before the first record."""
        if not self._plans:
            return {}
        return {field: key for field, key in self.field_map.items() if field not in self._found}

    def knows(self, key: str) -> bool:
        """Whether records may have a field under this key."""
        return key.strip().lower() in KNOWN_NAMES or key in self.field_map.values()

    def plan(self, keys: tuple[str, ...]) -> Plan:
        """Where the fields are looked for in records that have these keys."""
        plan = self._plans.get(keys)
        if plan is None:
            if len(self._plans) >= MAX_PLANS:
                self._plans.clear()
            plan = self._plans[keys] = self._make_plan(keys)
        return plan

    def article(self, record: Mapping[str, Any]) -> Article:
        """The Article of a record.

        Raises:
            ArticleError: no title and no text, or a field past its bound.
        """
        plan = self.plan(tuple(record))
        title = _first_text(record, plan.title)
        text = _first_text(record, plan.text)
        if title is None and text is None:
            raise ArticleError(
                f"no title and no text: {_shown(record)}; a field map (--map) can name them"
            )
        return Article(
            title=" ".join(title.split()) if title else "",
            text=_clean_text(text) if text else "",
            id=_first_text(record, plan.id) or "",
            published=_first_date(record, plan.published),
            source=_first_text(record, plan.source),
            url=_first_text(record, plan.url),
            category=_first_text(record, plan.category),
            authors=_first_labels(record, plan.authors, _AUTHOR_SPLIT),
            regions=_first_labels(record, plan.regions, _REGION_SPLIT),
            views=_first_count(record, plan.views),
            dateline=_first_text(record, plan.dateline),
        )

    def _make_plan(self, keys: tuple[str, ...]) -> Plan:
        by_name: dict[str, list[str]] = {}
        for key in keys:
            by_name.setdefault(key.strip().lower(), []).append(key)
        plan = {}
        for field, names in FIELD_NAMES.items():
            found = [key for name in names for key in by_name.get(name, ())]
            explicit = self.field_map.get(field)
            if explicit in keys:
                found.insert(0, str(explicit))
                self._found.add(field)
            plan[field] = tuple(found)
        return Plan(**plan)


def _shown(record: Mapping[str, Any]) -> str:
    keys = [key[:40] for key in list(record)[:_SHOWN_KEYS]]
    more = f" and {len(record) - _SHOWN_KEYS} more" if len(record) > _SHOWN_KEYS else ""
    return f"the record has {', '.join(keys)}{more}" if keys else "the record is empty"


def _first_text(record: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        text = _text(record[key])
        if text is not None:
            return text
    return None


def _text(value: object) -> str | None:
    """A value as text; of a list its texts as lines, of an object its name. None for nothing."""
    if type(value) is str:
        return _plain(value)
    if isinstance(value, Mapping):  # schema.org: {"@type": "Person", "name": "Denny"}
        return _plain(value.get("name"))
    if isinstance(value, Sequence):  # paragraphs; deeper nesting is nothing a newsroom writes
        return "\n".join(filter(None, map(_plain, value))) or None
    return _plain(value)


def _plain(value: object) -> str | None:
    """A text or number as text without outer whitespace and NULs; None where there is none."""
    if type(value) is not str:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return str(value) if number else None
    if "\0" in value:
        value = value.replace("\0", "")
    value = value.strip()
    # Only short values can be a written-out nothing; a text of 2,000 words is not lowered for it.
    if len(value) < 5 and value.lower() in _ABSENT:
        return None
    return value


def _clean_text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _first_date(record: Mapping[str, Any], keys: tuple[str, ...]) -> datetime | None:
    for key in keys:
        when = read_date(record[key])
        if when is not None:
            return when
    return None


def read_date(value: object) -> datetime | None:
    """A date from a text or from epoch seconds or milliseconds (then in WIB), or None."""
    if isinstance(value, str):
        value = value.strip()
        return _from_epoch(int(value)) if _EPOCH.fullmatch(value) else parse_date(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return _from_epoch(value)


def _from_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if abs(number) >= _MILLISECONDS_FROM else number
    try:
        when = (_EPOCH_START + timedelta(seconds=seconds)).astimezone(WIB)
    except (ValueError, OverflowError):
        return None
    return when if FIRST_YEAR <= when.year <= LAST_YEAR else None


def _first_labels(
    record: Mapping[str, Any], keys: tuple[str, ...], split: re.Pattern[str]
) -> tuple[str, ...]:
    for key in keys:
        value = record[key]
        parts: Sequence[object] = split.split(value) if isinstance(value, str) else [value]
        if isinstance(value, (list, tuple)):
            parts = value
        labels = [" ".join(text.split()) for part in parts if (text := _text(part))]
        if labels:
            return tuple(dict.fromkeys(labels))
    return ()


def _first_count(record: Mapping[str, Any], keys: tuple[str, ...]) -> int | None:
    for key in keys:
        count = parse_count(record[key])
        if count is not None:
            return count
    return None
