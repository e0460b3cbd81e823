"""The passage of a text that shows why it was found, with the words that matched marked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import chain

from newsearch.language import content_stems, spans, tokens
from newsearch.query import Highlight

LENGTH = 240
"""Characters of a snippet, about two lines of a page."""
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
    if not (highlight.stems or highlight.words or highlight.phrases):
        return _opening(text, length)
    flat = " ".join(text[:MAX_SCANNED].split())
    found = _matches(flat, highlight)
    start = _passage_start(flat, found, length)
    end = _word_border(flat, start, start + length)
    marks = tuple((a - start, b - start) for a, b, _ in found if start <= a and b <= end)
    return Snippet(
        flat[start:end], marks, before=start > 0, after=end < len(flat) or len(text) > MAX_SCANNED
    )


def _opening(text: str, length: int) -> Snippet:
    text = text.strip()
    flat = " ".join(text[: length * 4].split())
    end = _word_border(flat, 0, length)
    return Snippet(flat[:end], after=end < len(flat) or len(text) > length * 4)


def _marks(text: str, highlight: Highlight) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end, _ in _matches(text, highlight))


def _matches(text: str, highlight: Highlight) -> list[tuple[int, int, str]]:
    """Start, end and name of each match; a phrase is one match."""
    stems, words, phrases = highlight.stems, highlight.words, highlight.phrases
    if not (stems or words or phrases):
        return []
    known = content_stems()
    tails = [stem[1:] for stem in stems]
    wanted = {
        token
        for token in set(tokens(text))
        if token in words
        or (_may_have(token, tails) and not stems.isdisjoint(known[token].split()))
    }
    in_phrases = set(chain.from_iterable(phrases))
    if not wanted and not in_phrases:
        return []
    places = list(spans(text))
    found = _phrase_matches(places, phrases) if phrases else []
    covered = {start for first, last, _ in found for start in range(first, last)}
    found += [
        (start, end, known[token] or token)
        for start, end, token in places
        if token in wanted and start not in covered
    ]
    return sorted(found)


def _may_have(token: str, tails: list[str]) -> bool:
    """Whether a stem whose tail is among these may be that of a token.

    Affixes change at most the first letter of a stem (pukul, memukul): so it is for every word of
    1,200 articles. Stemming the few tokens that pass, not all, halves the time of a process's
    first page of 1,000 hits (0.9 s against 1.8 s).
    """
    return any(tail in token for tail in tails)


def _phrase_matches(
    places: list[tuple[int, int, str]], phrases: tuple[tuple[str, ...], ...]
) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    names = [token for _, _, token in places]
    free = 0
    for at, token in enumerate(names):
        for phrase in phrases:
            end = at + len(phrase)
            if at >= free and token == phrase[0] and tuple(names[at:end]) == phrase:
                found.append((places[at][0], places[end - 1][1], " ".join(phrase)))
                free = end
    return found


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


def _word_border(text: str, start: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    border = text.rfind(" ", start + 1, end + 1)
    return border if border > start else end
