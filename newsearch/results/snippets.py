"""The passage of a text that shows why it was found, with the words that matched marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from newsearch.query import Highlight
from newsearch.quickly import maker
from newsearch.results.matches import Finder, Match

LENGTH = 240
"""Characters of a snippet, about two lines of a page."""
LEAST_SHARE = 0.6
"""Share of its length that a snippet has at least before it is cut at the end of a sentence."""
MAX_SCANNED = 50_000
"""Characters of a text that are looked at for the best passage."""

_SENTENCE_END = re.compile(r"[.!?…][\"”’')]*\s+")


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


_made = maker(Snippet)


def _printable(text: str) -> str:
    """The text without control characters, which could drive the reader's terminal."""
    return "".join(character for character in text if character.isprintable())


class Highlighter:
    """Shows what a query found: its words marked in texts, and the passages that hold them."""

    def __init__(self, highlight: Highlight) -> None:
        asked = highlight.stems or highlight.words or highlight.phrases
        self._finder = Finder(highlight) if asked else None

    def mark(self, text: str) -> Snippet:
        """The whole text with its matches marked; blanks single."""
        flat = _flat(text)
        return _marked(flat, self._matches([flat])[0])

    def best_passage(self, text: str, length: int = LENGTH) -> Snippet:
        """The passage of a text, of up to `length` characters, that shows the most of the query.

        It holds as many different matched words as can be, then as many matches, then begins as
        early as can be; it starts at a sentence where one starts near. Without a match it is the
        start of the text.
        """
        return self.show([], [text], length)[1][0]

    def show(
        self, titles: Iterable[str], texts: Iterable[str], length: int = LENGTH
    ) -> tuple[list[Snippet], list[Snippet]]:
        """The titles marked, and the best passage of each text: see `newsearch.results.make_hits`.

        All at once takes a tenth less than one after the other.
        """
        flat_titles = list(map(_flat, titles))
        stripped = [text.strip() for text in texts]
        # Where nothing was searched the start will do.
        limit = MAX_SCANNED if self._finder else 4 * length
        looked_at = [text[:limit] for text in stripped]
        more = [len(text) > limit for text in stripped]
        flat = [
            text.replace("\n\n", " ").replace("\n", " ") if "\n" in text else text
            for text in looked_at
        ]
        found = self._matches([*flat_titles, *flat])
        marked = list(map(_marked, flat_titles, found))
        del found[: len(marked)]
        snippets = list(map(partial(_passage, length), flat, found, more))
        for place, snippet in enumerate(snippets):
            shown = snippet.text
            if not shown.isprintable() or "  " in shown or shown != shown.strip():
                # Blanks of other kinds or in rows are rare, and to look for them in all of a text
                # takes as long as to look for a word.
                text = _flat(looked_at[place])
                snippets[place] = _passage(length, text, self._matches([text])[0], more[place])
        return marked, snippets

    def _matches(self, texts: Sequence[str]) -> list[list[Match]]:
        return self._finder.find(texts) if self._finder else [[] for _ in texts]


def _flat(text: str) -> str:
    """A text whose blanks are single."""
    return " ".join(text.split())


def _marked(text: str, found: list[Match]) -> Snippet:
    """The whole of a text with the matches in it."""
    return _made(text, tuple([(start, end) for start, end, _ in found]), False, False)


def _passage(length: int, text: str, found: list[Match], more: bool) -> Snippet:
    """The passage of a text with the matches in it; there may be more behind the text."""
    start = _passage_start(text, found, length)
    end = _word_border(text, start, start + length)
    marks = tuple([(a - start, b - start) for a, b, _ in found if start <= a and b <= end])
    if end < len(text):
        last = marks[-1][1] if marks else 0
        end = _sentence_end(text, start + max(last, int(LEAST_SHARE * length)), end)
    return _made(text[start:end], marks, start > 0, end < len(text) or more)


def _passage_start(text: str, found: list[Match], length: int) -> int:
    if not found or len(text) <= length:
        return 0
    first, last = _best_window(found, length)
    start = found[first][0]
    # What follows the last match without a blank, such as a full stop, has to fit in as well.
    end = text.find(" ", found[last - 1][1])
    end = end if end >= 0 else len(text)
    # A little of what comes before helps to read; a whole sentence most of all.
    return _sentence_start(text, start, length - (end - start))


def _best_window(found: list[Match], length: int) -> tuple[int, int]:
    """The run of matches that fits into a length and shows the most: its first, and one after."""
    if found[-1][1] - found[0][0] <= length:
        return 0, len(found)
    best, most, best_count = (0, 1), 0, 0
    names = len({name for _, _, name in found})
    inside: dict[str, int] = {}  # the names between first and last → how often
    last, count = 0, len(found)
    for first, (start, _, name) in enumerate(found):
        # All names and as many matches as are left, or more: nothing better can follow.
        if most == names and best_count >= count - first:
            break
        border = start + length
        while last < count and found[last][1] <= border:
            following = found[last][2]
            inside[following] = inside.get(following, 0) + 1
            last += 1
        here = len(inside)
        if here > most or (here == most and last - first > best_count):
            best, most, best_count = (first, last), here, last - first
        if last == count:  # what begins later holds less of the same
            break
        if last == first:  # longer than the length alone
            last += 1
        elif inside[name] == 1:
            del inside[name]
        else:
            inside[name] -= 1
    return best


def _sentence_start(text: str, at: int, spare: int) -> int:
    earliest = max(0, at - max(spare, 0))
    if earliest == 0:
        return 0
    ended = _SENTENCE_END.search(text, earliest, at)
    if ended is not None:
        return ended.end()
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
