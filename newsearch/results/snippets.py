"""The passage of a text that shows why it was found, with the words that matched marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from newsearch.query import Highlight
from newsearch.results.matches import find_matches

LENGTH = 240
"""Characters of a snippet, about two lines of a page."""
LEAST_SHARE = 0.6
"""Share of its length that a snippet has at least before it is cut at the end of a sentence."""
MAX_SCANNED = 50_000
"""Characters of a text that are looked at for the best passage."""

_SENTENCE_END = re.compile(r"[.!?…][\"”’')]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text and where in it the matches are.

    Attributes:
        text: as written in the article, blanks single.
        marks: start and end of each match in `text`, in order, never overlapping.
        before, after: True where the article goes on before or after the piece.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    before: bool = False
    after: bool = False

    def __str__(self) -> str:
        """The plain text, with an ellipsis where the article goes on."""
        return self._render(str, "", "")

    def html(self) -> str:
        """Escaped HTML, the matches in ``<mark>``."""
        return self._render(escape, "<mark>", "</mark>")

    # Jinja and MarkupSafe take what this returns as safe HTML.
    __html__ = html

    def ansi(self) -> str:
        """Text for a terminal, the matches bold and yellow."""
        return self._render(_printable, "\x1b[1;33m", "\x1b[0m")

    def _render(self, clean: Callable[[str], str], opening: str, closing: str) -> str:
        pieces, done = [], 0
        for start, end in self.marks:
            pieces += [clean(self.text[done:start]), opening, clean(self.text[start:end]), closing]
            done = end
        pieces.append(clean(self.text[done:]))
        return f"{'… ' * self.before}{''.join(pieces)}{' …' * self.after}"


def _printable(text: str) -> str:
    """The text without control characters, which could drive the reader's terminal."""
    return "".join(character for character in text if character.isprintable())


def mark(text: str, highlight: Highlight) -> Snippet:
    """The whole text with its matches marked; blanks single."""
    flat = " ".join(text.split())
    return Snippet(flat, _marks(flat, highlight))


def best_passage(text: str, highlight: Highlight, length: int = LENGTH) -> Snippet:
    """The passage of at most `length` characters that shows the most of what was searched.

    It holds as many different matched words as can be, then as many matches, then begins as
    early as can be; it starts at a sentence where one starts near. Without a match it is the
    start of the text.
    """
    text = text.strip()
    # Where nothing was searched the start will do.
    scanned = MAX_SCANNED if highlight != Highlight() else 4 * length
    flat = " ".join(text[:scanned].split())
    found = find_matches(flat, highlight)
    start = _passage_start(flat, found, length)
    end = _word_border(flat, start, start + length)
    if end < len(flat):
        last = max((b for _, b, _ in found if b <= end), default=start)
        end = _sentence_end(flat, max(last, start + int(LEAST_SHARE * length)), end)
    marks = tuple((a - start, b - start) for a, b, _ in found if start <= a and b <= end)
    return Snippet(
        flat[start:end], marks, before=start > 0, after=end < len(flat) or len(text) > scanned
    )


def _marks(text: str, highlight: Highlight) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end, _ in find_matches(text, highlight))


def _passage_start(text: str, found: list[tuple[int, int, str]], length: int) -> int:
    if not found or len(text) <= length:
        return 0
    best, best_worth = found[0], (0, 0)
    last = 0
    for first, match in enumerate(found):
        last = max(last, first)
        while last < len(found) and found[last][1] <= match[0] + length:
            last += 1
        inside = found[first:last]
        worth = (len({name for _, _, name in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = match, worth
    # A little of what comes before helps to read; a whole sentence most of all.
    spare = length - (_last_end(found, best, length) - best[0])
    return _sentence_start(text, best[0], spare)


def _last_end(found: list[tuple[int, int, str]], best: tuple[int, int, str], length: int) -> int:
    return max(
        end for start, end, _ in found if best[0] <= start and end <= max(best[0] + length, best[1])
    )


def _sentence_start(text: str, at: int, spare: int) -> int:
    earliest = max(0, at - max(spare, 0))
    if earliest == 0:
        return 0
    ends = [match.end() for match in _SENTENCE_END.finditer(text, earliest, at)]
    if ends:
        return ends[0]
    border = text.find(" ", max(earliest, at - 60), at)
    return border + 1 if border >= 0 else at


def _sentence_end(text: str, least: int, end: int) -> int:
    """Where the last sentence that ends between two places ends; the second without one."""
    # One character more: a full stop counts when a blank follows.
    ends = [match.end() for match in _SENTENCE_END.finditer(text, least, end + 1)]
    return len(text[: ends[-1]].rstrip()) if ends else end


def _word_border(text: str, start: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    border = text.rfind(" ", start + 1, end + 1)
    return border if border > start else end
