"""HTML → the lines that a reader sees, each with what the markup says about it.

The tree is lxml's; it is walked without recursion, so that no nesting is too deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from newsearch.errors import ArticleError, ReadError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_ELEMENTS = 200_000
"""Elements of a page: a hundred times those of a usual one."""
MAX_ATTRIBUTES = 2_000
"""Attributes of one element; libxml2 compares each with all others, which no page may abuse."""

_ATTRIBUTE = re.compile(r"[\s/]*[^\s/>][^\s=/>]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_TAG = re.compile(
    rf"<(?:(?P<raw>script|style)\b|[a-z][^\s/>]*(?P<rest>(?:{_ATTRIBUTE.pattern})"
    rf"{{0,{MAX_ATTRIBUTES + 1}}}))",
    re.IGNORECASE,
)
_RAW_END = re.compile(r"</(?:script|style)", re.IGNORECASE)
_SMALL = 50_000
"""Characters of a page below which no element has attributes that cost time."""
_SKIPPED = frozenset(
    "head script style noscript template svg math iframe object embed canvas audio video map"
    " select option textarea button input nav aside dialog".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp"
    " small span strike strong sub sup time tt u var wbr img amp-img picture source o:p".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CALL = re.compile(
    r"(?:^|(?<=[\s.,!?\"”’)]))\W{0,3}(?:baca|simak|lihat|tonton)\s*(?:juga|pula|selengkapnya)"
    r"\W{0,4}(?:di\s*(?:sini)?\W{0,2})?$",
    re.IGNORECASE,
)
"""What stands before the link of a promo inside a paragraph."""
_CALL_LOOK = 60
_TWICE = re.compile(r"&(?:amp|quot|nbsp|lt|gt|[lr][sd]quo|apos|hellip|[mn]dash|#\d{1,6});")


@dataclass(slots=True)
class Printed:
    """One line as a browser prints it.

    Attributes:
        text: whitespace collapsed; never empty.
        heading: 1 to 6 inside <h1> to <h6>, else 0.
        linked: the part of its characters that are a link, 0.0 to 1.0.
        caption: whether it stands below a picture.
    """

    text: str
    heading: int = 0
    linked: float = 0.0
    caption: bool = False


def parse_html(text: str) -> HtmlElement:
    """The tree of a page.

    Raises:
        ReadError: the packages for HTML are not installed.
        ArticleError: a page without any element, or with too many.
    """
    import_lxml()
    from lxml import etree, html

    _check_attributes(text)
    # No network and no external entities: HTML has none, and lxml's parser never fetches.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = text.replace("\0", "").encode("utf-8", errors="replace")
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError("the page is empty") from error
    if sum(1 for _ in zip(tree.iter(), range(MAX_ELEMENTS + 1), strict=False)) > MAX_ELEMENTS:
        raise ArticleError(f"the page has more than {MAX_ELEMENTS:,} elements")
    return tree


def import_lxml() -> None:
    """Import what reads HTML, which nobody without HTML pays for.

    Raises:
        ReadError: it is not installed.
    """
    try:
        import lxml.html  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise ReadError(
            "HTML pages need the extra 'html': pip install 'newsearch[html]'"
        ) from error


def _check_attributes(text: str) -> None:
    """Raise ArticleError where an element has too many attributes."""
    position = 0
    while len(text) > _SMALL and (match := _TAG.search(text, position)):
        position = match.end()
        if match["raw"]:
            # Code compares with '<', which would look like an element.
            end = _RAW_END.search(text, position)
            if end is None:
                return
            position = end.end()
        elif len(match["rest"]) > 2 * MAX_ATTRIBUTES and _count(match["rest"]) > MAX_ATTRIBUTES:
            raise ArticleError(f"an element has more than {MAX_ATTRIBUTES:,} attributes")


def _count(attributes: str) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(attributes))


def printed_lines(tree: HtmlElement) -> list[Printed]:
    """What a browser prints of a page, without menus, scripts and forms."""
    lines = _Lines()
    for element, entering in _walk(tree):
        tag = element.tag if isinstance(element.tag, str) else ""
        if entering:
            lines.enter(tag)
            lines.add(element.text)
            continue
        lines.leave(tag)
        if element is not tree:
            lines.add(element.tail)
    lines.end()
    return lines.done


def plain(text: str) -> str:
    """Text of a page with whitespace collapsed, and entities that were escaped twice read."""
    if "&" in text and _TWICE.search(text):
        text = unescape(text)
    return " ".join(text.split())


def _walk(tree: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """Each element when it begins (True) and ends (False); skipped ones only end, for the tail."""
    stack: list[tuple[HtmlElement, bool]] = [(tree, True)]
    while stack:
        element, entering = stack.pop()
        if entering and element.tag in _SKIPPED:
            entering = False
        yield element, entering
        if entering:
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))


class _Lines:
    """Collects pieces of text until a block begins or ends."""

    def __init__(self) -> None:
        self.done: list[Printed] = []
        self._pieces: list[str] = []
        self._links = 0
        self._anchor = 0
        self._captions = 0
        self._heading = 0
        self._promo = False

    def enter(self, tag: str) -> None:
        if tag == "a":
            self._anchor += 1
            self._promo = self._cut_call()
        elif tag not in _INLINE:
            self.end()
            self._heading = _HEADINGS.get(tag, self._heading)
            self._captions += tag == "figcaption"

    def leave(self, tag: str) -> None:
        if tag == "a":
            self._anchor = max(0, self._anchor - 1)
            self._promo = False
        elif tag not in _INLINE:
            self.end()
            if tag in _HEADINGS:
                self._heading = 0
            self._captions = max(0, self._captions - (tag == "figcaption"))

    def add(self, text: str | None) -> None:
        if not text or self._promo:
            return
        self._pieces.append(text)
        if self._anchor:
            self._links += len(text.strip())

    def end(self) -> None:
        text = plain("".join(self._pieces))
        if text:
            linked = min(1.0, self._links / len(text))
            self.done.append(Printed(text, self._heading, linked, self._captions > 0))
        self._pieces.clear()
        self._links = 0
        # A link around blocks is a card: what follows in it is no promo of this paragraph.
        self._promo = False

    def _cut_call(self) -> bool:
        """Take 'Baca juga:' off a paragraph in which a link begins; whether it stood there."""
        # Only the last pieces are looked at: a paragraph may have thousands of links.
        first, size = len(self._pieces), 0
        while first and size < _CALL_LOOK:
            first -= 1
            size += len(self._pieces[first])
        text = "".join(self._pieces[first:])
        match = _CALL.search(text, max(0, len(text) - _CALL_LOOK))
        if match is None:
            return False
        self._pieces[first:] = [text[: match.start()] + " "]
        return True
