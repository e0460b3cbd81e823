"""The record that goes in and comes out: one news article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from newsearch.errors import ArticleError
from newsearch.quickly import maker

MAX_ID = 1_000
"""Characters an id may have: URLs fit, texts do not."""
MAX_TITLE = 2_000
"""Characters a title may have; longer means the field map is wrong."""
MAX_TEXT = 2_000_000
"""Characters a text may have: about 300,000 words, a thousand times a usual report."""
MIN_YEAR, MAX_YEAR = 1000, 9998
"""Years that a date may have: four figures, and room for any time zone."""
MAX_LABEL = 500
"""Characters of a source, category, author or region, and the number of authors and regions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article.

    Attributes:
        title: the headline; may be empty when there is a text.
        text: the body, paragraphs parted by newlines; may be empty when there is a title.
        id: unique in an index; adding the same id again replaces the article. Defaults to the
            URL, else to a short hash of source, title and date.
        published: when it was published, with its time zone, or None where unknown.
        source: the outlet (``"keizalinnews.com"``).
        url: where it stands on the web.
        category: the outlet's section.
        authors: the by-line.
        regions: what it is about, the main region first: Kemendagri codes or, going in, names
            and aliases too. Left empty, the regions are detected when it is indexed.
        views: how often it was read, or None where unknown.
        dateline: the place that opens the report (``"Kabupaten OKI"``) as printed, evidence for
            its region where the text no longer holds it.

    Raises:
        ArticleError: neither title nor text, a date without a zone, a field of the wrong type
            or past its bound.
    """

    title: str
    text: str = ""
    id: str = ""
    published: datetime | None = None
    source: str | None = None
    url: str | None = None
    category: str | None = None
    authors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    views: int | None = None
    dateline: str | None = None

    def __post_init__(self) -> None:
        _check_text("title", self.title, MAX_TITLE)
        _check_text("text", self.text, MAX_TEXT)
        if not (self.title.strip() or self.text.strip()):
            raise ArticleError("an article needs a title or a text")
        for name in ("source", "category", "dateline"):
            _check_optional(name, getattr(self, name), MAX_LABEL)
        _check_optional("url", self.url, MAX_ID)
        for name in ("authors", "regions"):
            object.__setattr__(self, name, _labels(name, getattr(self, name)))
        if self.published is not None:
            _check_date(self.published)
        views = self.views
        if views is not None and (type(views) is not int or not 0 <= views < 2**62):
            raise ArticleError(f"views must be a whole number of at least 0, not {views!r}")
        if not self.id:
            object.__setattr__(self, "id", self.url or self._hash())
        _check_text("id", self.id, MAX_ID)

    def _hash(self) -> str:
        from hashlib import blake2b  # most articles have an id; it takes 2 ms

        when = self.published.isoformat() if self.published else ""
        # Without any title the text has to tell two articles of one source and day apart.
        key = "\0".join((self.source or "", self.title or self.text, when))
        return blake2b(key.encode(), digest_size=8).hexdigest()

    def __reduce__(self) -> tuple[Any, ...]:
        # Between processes three fifths of the time that a dataclass takes by itself.
        return _unchecked, _values(self)

    def to_dict(self) -> dict[str, Any]:
        """The article as JSON types, fields in order; the date in ISO 8601 with its offset."""
        return {
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "published": self.published.isoformat() if self.published else None,
            "source": self.source,
            "url": self.url,
            "category": self.category,
            "authors": list(self.authors),
            "regions": list(self.regions),
            "views": self.views,
            "dateline": self.dateline,
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Article:
        """The article that `to_dict` wrote; unknown keys are left alone.

        Raises:
            ArticleError: as for the class; KeyError never, a missing title is an empty one.
        """
        return cls(
            id=record.get("id") or "",
            title=record.get("title") or "",
            text=record.get("text") or "",
            published=_date(record.get("published")),
            source=record.get("source"),
            url=record.get("url"),
            category=record.get("category"),
            authors=tuple(record.get("authors") or ()),
            regions=tuple(record.get("regions") or ()),
            views=record.get("views"),
            dateline=record.get("dateline"),
        )


def stored_article(record: Mapping[str, Any]) -> Article:
    """The article of a record out of an index, which was checked on its way in.

    Raises:
        ArticleError: its date is none.
    """
    get = record.get
    return _made(
        get("title", ""),
        get("text", ""),
        get("id", ""),
        _date(get("published")),
        get("source"),
        get("url"),
        get("category"),
        tuple(get("authors") or ()),
        tuple(get("regions") or ()),
        get("views"),
        get("dateline"),
    )


def _date(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published) if published else None
    except (TypeError, ValueError) as error:
        raise ArticleError(f"published must be an ISO 8601 date, not {published!r}") from error


_NAMES = tuple(field.name for field in fields(Article))
_values = attrgetter(*_NAMES)
_made = maker(Article)


def _unchecked(*values: Any) -> Article:
    """The article of such values, in the order of its fields, that were those of one before."""
    return _made(*values)


def present(article: Article) -> dict[str, Any]:
    """The fields that hold something, as orjson writes them: no None and no empty list."""
    found = {
        name: value
        for name, value in zip(_NAMES, _values(article), strict=True)
        if value is not None and value != ()
    }
    if article.published is not None:
        found["published"] = article.published.isoformat()
    return found


def _check_text(name: str, value: object, limit: int) -> None:
    if type(value) is not str:
        raise ArticleError(f"{name} must be text, not {type(value).__name__}")
    if len(value) > limit:
        raise ArticleError(f"{name} has {len(value):,} characters, more than {limit:,}")
    if not is_text(value):
        raise ArticleError(f"{name} holds broken Unicode (a lone surrogate)")


def is_text(value: str) -> bool:
    """Whether a string can be written as UTF-8: it holds no lone surrogate."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_optional(name: str, value: object, limit: int) -> None:
    if value is not None:
        _check_text(name, value, limit)


def _labels(name: str, values: Sequence[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise ArticleError(f"{name} must be a list of texts, not one text")
    labels = tuple(values)
    if len(labels) > MAX_LABEL:
        raise ArticleError(f"{len(labels):,} {name} are more than {MAX_LABEL}")
    for label in labels:
        _check_text(f"one of the {name}", label, MAX_LABEL)
    return labels


def _check_date(value: object) -> None:
    if not isinstance(value, datetime):
        raise ArticleError(f"published must be a datetime, not {type(value).__name__}")
    if value.utcoffset() is None:
        raise ArticleError("published must have a time zone")
    if not MIN_YEAR <= value.year <= MAX_YEAR:
        raise ArticleError(f"published must lie in the years {MIN_YEAR} to {MAX_YEAR}")
