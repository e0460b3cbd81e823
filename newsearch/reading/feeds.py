"""RSS and Atom feeds → records, one entry at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from xml.parsers import expat

from newsearch.reading.dates import parse_date
from newsearch.reading.formats import Record
from newsearch.reading.rejects import Reject
from newsearch.reading.streams import MAX_LINE, Stream
from newsearch.reading.times import WIB

MAX_TAG = 1 << 20
"""Bytes of a tag or comment. Before version 2.6 expat begins it anew with each block."""
_BLOCK = 1 << 16
_ATOM, _DC = "http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/"
_CONTENT, _RSS1 = "http://purl.org/rss/1.0/modules/content/", "http://purl.org/rss/1.0/"
_NAMES = {"": "", _ATOM: "", _RSS1: "", _DC: "dc:", _CONTENT: "content:"}
"""Namespaces that are read; of others (media, itunes) the titles are not those of the entry."""
_ENTRIES = ("item", "entry")
_ROOTS = ("rss", "feed", "RDF")
_TEXTS = ("content:encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "dc:date", "updated", "date")
_AUTHORS = ("dc:creator", "author", "name")
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?h[1-6]|/?tr|/?blockquote)\b[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[a-z/!][^<>]*>", re.IGNORECASE)
_MAIL = re.compile(r"^\S+@\S+\s*\((?P<name>[^()]+)\)$")


class _FeedError(Exception):
    """Why a feed is not read any further."""


def feed_records(stream: Stream, reject: Reject) -> Iterator[Record]:
    """The entries of a feed as records; what comes before a broken place is read.

    Args:
        stream: the bytes of RSS 0.9 to 2.0 or Atom.
        reject: takes the line and the reason.
    """
    feed = _Feed()
    first = True
    block = b""
    try:
        while block := stream.buffer.read1(_BLOCK):
            # WordPress themes print blank lines before the declaration, which XML forbids.
            feed.parse(block.lstrip() if first else block)
            first = False
            yield from feed.take()
        if stream.damage:
            raise _FeedError(stream.damage)
        feed.parser.Parse(b"", True)
    except expat.ExpatError as error:
        yield from feed.take()
        reject(error.lineno, f"not XML: {expat.ErrorString(error.code)}")
    except (_FeedError, ValueError, LookupError) as error:
        yield from feed.take()
        reject(feed.parser.CurrentLineNumber, str(error))
    while block and (block := stream.buffer.read1(_BLOCK)):
        pass


class _Feed:
    """Collects the fields of each entry while the parser runs."""

    def __init__(self) -> None:
        # Built in, and enough: entities are refused where they are declared, before any is used.
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._entity
        self._done: list[Record] = []
        self._site = ""
        self._entry: dict[str, str] | None = None
        self._line = 0
        self._path: list[str] = []
        self._text: list[str] = []
        self._size = 0
        self._given = 0

    def parse(self, block: bytes) -> None:
        """Parse a block; tags and comments that never end are refused, which expat would keep."""
        self.parser.Parse(block, False)
        self._given += len(block)
        if self._given - self.parser.CurrentByteIndex > MAX_TAG:
            raise _FeedError(f"a tag or comment of more than {MAX_TAG:,} bytes")

    def take(self) -> list[Record]:
        """The entries that are complete, each once."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._path and local not in _ROOTS:
            raise _FeedError(f"<{local[:40]}> is no feed; RSS begins with <rss>, Atom with <feed>")
        if len(self._path) >= 100:
            raise _FeedError("elements are nested more than 100 deep")
        name = _NAMES.get(space, "?") + local
        self._path.append(name)
        # XHTML inside <content> belongs to its text.
        if name in _ENTRIES and self._entry is None:
            self._entry, self._line, self._size = {}, self.parser.CurrentLineNumber, 0
        elif name == "link" and attributes.get("rel", "alternate") == "alternate":
            self._set("link", attributes.get("href", ""))
        elif name == "category":
            self._set("category", attributes.get("term", ""))
        if not name.startswith("?"):
            self._text.clear()
        elif local in ("p", "div", "br", "li"):
            self._text.append("\n")

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if name.startswith("?"):
            return
        text = "".join(self._text).strip()
        self._text.clear()
        if self._entry is None:
            if name == "title" and len(self._path) <= 2 and not self._site:
                self._site = text
        elif name in _ENTRIES:
            self._done.append(Record(self._line, self._record(self._entry)))
            self._entry = None
        else:
            self._set(name, text)

    def _set(self, name: str, text: str) -> None:
        if self._entry is not None and text:
            self._entry.setdefault(name, text)

    def _characters(self, text: str) -> None:
        self._size += len(text)
        if self._size > MAX_LINE:
            raise _FeedError(f"an entry of more than {MAX_LINE:,} characters")
        self._text.append(text)

    def _entity(self, *_: object) -> None:
        raise _FeedError("it declares entities of its own, which feeds do not need")

    def _record(self, entry: dict[str, str]) -> dict[str, object]:
        return {
            "title": _plain(entry.get("title", "")),
            "text": _plain(max((entry.get(name, "") for name in _TEXTS), key=len)),
            "date": _date(_first(entry, _DATES)),
            "url": entry.get("link") or _address(entry.get("guid") or entry.get("id") or ""),
            "author": _author(_first(entry, _AUTHORS)),
            "category": _plain(entry.get("category", "")),
            "source": _plain(self._site),
        }


def _first(entry: dict[str, str], names: tuple[str, ...]) -> str:
    return next((entry[name] for name in names if name in entry), "")


def _date(text: str) -> str:
    """The date in the zone of its readers: feeds are in UTC, where the day may be another."""
    when = parse_date(text)
    if when is None:
        return text
    return (when.astimezone(WIB) if when.utcoffset() == timedelta(0) else when).isoformat()


def _author(text: str) -> str:
    """The name in 'redaksi@warta.example (Budi Santoso)'."""
    match = _MAIL.match(text)
    return match["name"] if match else text


def _address(text: str) -> str:
    return text if text.startswith(("http://", "https://")) else ""


def _plain(markup: str) -> str:
    """Text without the HTML that feeds carry escaped."""
    if "<" in markup:
        markup = _MARKUP.sub("", _BREAK.sub("\n", _HIDDEN.sub("", markup)))
    lines = (" ".join(line.split()) for line in unescape(markup).splitlines())
    return "\n".join(line for line in lines if line)
