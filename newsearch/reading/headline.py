"""Which line of a page is its headline."""

from __future__ import annotations

from collections import Counter

from newsearch.reading.dates import find_date
from newsearch.reading.lines import Kind, Line, words

_REACH = 40
"""Lines above the body in which the headline has to stand; menus lie further up."""
_MIN_SCORE = -1.0


def find_headline(lines: list[Line], run: tuple[int, int]) -> int | None:
    """The index of the headline, or None where nothing above the body can be one.

    Args:
        lines: the lines of the page.
        run: the body, as the index of its first line and of the line behind its last.
    """
    start, end = run
    vocabulary = {word for line in lines[start:end] for word in _content(line.text)}
    repeats = Counter(_key(line.text) for line in lines[: start + 3])
    dates = [i for i in range(max(0, start - _REACH), start) if lines[i].kind is Kind.DATE]
    best: tuple[float, int] | None = None
    for index in range(max(0, start - _REACH), start):
        line = lines[index]
        if not _may_be_headline(line):
            continue
        score = (
            5.0 * _shared(line.text, vocabulary)
            + 1.5 * (repeats[_key(line.text)] > 1 and len(line.text.split()) > 3)
            + _closeness(index, dates)
            + _shape(line)
            - 0.08 * (start - index)
            + 0.8 * (index == 0)
        )
        # The earlier of two equals: a subtitle and a caption stand below their headline.
        if best is None or score > best[0] + 1e-9:
            best = score, index
    if best is None or best[0] < _MIN_SCORE:
        return _fallback(lines, start)
    return best[1]


def _may_be_headline(line: Line) -> bool:
    if line.kind not in (Kind.TEXT, Kind.PROSE, Kind.CAPTION):
        return False
    count = len(line.text.split())
    return 2 <= count <= 30 and len(line.text) <= 250


def _shared(text: str, vocabulary: set[str]) -> float:
    """The part of the headline's words that the body has as well."""
    content = _content(text)
    return sum(word in vocabulary for word in content) / len(content) if content else 0.0


def _content(text: str) -> list[str]:
    return [word.lower() for word in words(text) if len(word) > 3]


def _key(text: str) -> str:
    return "".join(word.lower() for word in words(text))


def _closeness(index: int, dates: list[int]) -> float:
    """Points for a date line right below, fewer for one right above."""
    best = 0.0
    for date in dates:
        distance = abs(date - index) - 1
        best = max(best, (2.5 if date > index else 2.0) - 0.6 * distance)
    return best


def _shape(line: Line) -> float:
    """Points off for what headlines do not look like."""
    text, count = line.text, len(line.text.split())
    score = -3.0 if line.kind is Kind.CAPTION else 0.0
    if text.endswith((".", ":", ",")):
        score -= 3.0
    if any(mark in text for mark in (" | ", " / ", "»", " > ", "•")) or line.bulleted:
        score -= 2.5
    if text.endswith((")", "]")):
        score -= 1.5
    if not any(map(str.isupper, text)):
        score -= 1.5
    if count < 4:
        score -= 3.5 if count < 3 else 2.5
    capitals = sum(word[0].isupper() for word in words(text))
    return score + (0.7 if capitals > 0.6 * count else 0.0)


def _fallback(lines: list[Line], start: int) -> int | None:
    """The first line with letters above the body, for pages of a word or two."""
    for index in range(start):
        if lines[index].kind in (Kind.TEXT, Kind.PROSE, Kind.CAPTION):
            return index
    return None


def dated_headline(line: Line) -> Line:
    """A crawler's line 'date 2024-01-27 Headline' with its date marked."""
    found = find_date(line.text)
    if found and len(words(line.text[: found.start])) <= 1:
        return Line(line.text, Kind.TEXT, found)
    return line
