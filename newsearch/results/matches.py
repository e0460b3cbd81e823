"""Where the words and phrases of a query stand in a text, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice

from newsearch.language import content_stems, spans
from newsearch.language.tokens import MAX_TOKEN
from newsearch.query import Highlight

MAX_PHRASE = 1_000
"""Characters in which the words of a phrase are looked for."""
MAX_KNOWN = 20_000
"""Words of which is remembered how they are cut, and whether they match a query."""

# Marks that may stand inside a word as written; see `newsearch.language.tokens`.
_INSIDE = "'`"
# Signs of all news that stand in no word. Others beyond ASCII may hide a part of one: É, ﬁ, ’.
_SIGNS = "“”–—…•"
_BEYOND_ASCII = re.compile(rf"[^\x00-\x7f{_SIGNS}]")
# The letters that an affix takes off a stem: pukul, memukul; tulis, penulis; kirim, sapu.
_TAKEN_OFF = "ptks"

Match = tuple[int, int, str]
"""Start and end in characters, and the name: the stem, the word or the phrase."""


class Finder:
    """Finds the matches of one query, in as many texts as there are."""

    def __init__(self, highlight: Highlight) -> None:
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in highlight.phrases:
            self._phrases.setdefault(phrase[0], []).append(phrase)
        self._parts = _Parts(highlight, self._phrases.keys())
        needles = {*map(_kept, highlight.stems), *highlight.words, *self._phrases}
        self._needles = (*sorted(needle for needle in needles if len(needle) > 1), *_INSIDE)
        # A letter is in every other word: only where it is a word.
        self._letters = [_alone(needle) for needle in sorted(needles) if len(needle) == 1]

    def find(self, text: str) -> list[Match]:
        """The matches in a text whose blanks are single, in order; a phrase is one match.

        Only what stands between two blanks around a part of a word that is asked for is cut into
        tokens, and that once.
        """
        found: list[Match] = []
        parts = self._parts
        free = done = 0
        for place in self._places(text):
            if place < done:
                continue
            word = text.rfind(" ", 0, place) + 1
            done = text.find(" ", place)
            if done < 0:
                done = len(text)
            for start, end, opening, name in parts[text[word:done]]:
                if word + start < free:
                    continue
                if opening and (phrase := self._phrase_at(text, word + start, opening)):
                    found.append(phrase)
                    free = phrase[1]
                elif name:
                    found.append((word + start, word + end, name))
                    free = word + end  # a sign such as ½ is two tokens, and one match
        return found

    def _places(self, text: str) -> list[int]:
        """Where something stands that may be in a match, in order."""
        if text.isascii():
            lower = text.lower()
            places = _found_in(lower, self._needles)
        else:
            # As long as the text, a byte a character: lower-cased in less than half of the time.
            lower = text.encode("latin-1", "replace").lower().decode("latin-1")
            places = _found_in(lower, self._needles)
            beyond = len(text) - len(text.encode("ascii", "ignore"))
            if beyond > sum(map(text.count, _SIGNS)):
                places += [match.start() for match in _BEYOND_ASCII.finditer(text)]
        for letter in self._letters:
            places += [match.start() for match in letter.finditer(lower)]
        places.sort()
        return places

    def _phrase_at(self, text: str, start: int, token: str) -> Match | None:
        """The longest phrase that begins with a token."""
        following = text[start : start + MAX_PHRASE]
        for phrase in sorted(self._phrases[token], key=len, reverse=True):
            places = list(islice(spans(following), len(phrase)))
            if tuple(found for _, _, found in places) == phrase:
                return start, start + places[-1][1], " ".join(phrase)
        return None


def _kept(stem: str) -> str:
    """What every form of a stem holds of it; so it is for all 206,000 words of the corpus."""
    return stem[1:] if stem[0] in _TAKEN_OFF and len(stem) > 2 else stem


def _found_in(text: str, needles: Iterable[str]) -> list[int]:
    """Where the needles stand; a search for each takes a third of one for all."""
    found: list[int] = []
    for needle in needles:
        place = text.find(needle)
        while place >= 0:
            found.append(place)
            place = text.find(needle, place + 1)
    return found


@lru_cache(maxsize=100)
def _alone(letter: str) -> re.Pattern[str]:
    # A pattern that opens with a letter is looked for many times as fast.
    return re.compile(rf"{letter}(?<![^\W_].)(?![^\W_])")


class _Cut(dict[str, tuple[tuple[int, int, str, tuple[str, ...]], ...]]):
    """What stands between two blanks → its tokens, each with its place and its stems."""

    def __missing__(self, word: str) -> tuple[tuple[int, int, str, tuple[str, ...]], ...]:
        if len(self) >= MAX_KNOWN:
            self.clear()
        found = tuple(
            (start, end, token, tuple(content_stems()[token].split()))
            for start, end, token in spans(word)
        )
        if len(word) <= MAX_TOKEN:  # what is longer is no word, and would fill the memory
            self[word] = found
        return found


_cut = _Cut()
"""One for all queries: what holds a part of one often holds a part of the next."""


class _Parts(dict[str, tuple[tuple[int, int, str, str], ...]]):
    """What stands between two blanks → its tokens that match a query or begin a phrase of it.

    Each with its start, its end, itself where it begins a phrase and the name by which it matches,
    '' for those that do not.
    """

    def __init__(self, highlight: Highlight, opening: Collection[str]) -> None:
        super().__init__()
        self._stems, self._words, self._opening = highlight.stems, highlight.words, opening

    def __missing__(self, word: str) -> tuple[tuple[int, int, str, str], ...]:
        if len(self) >= MAX_KNOWN:
            self.clear()
        found: list[tuple[int, int, str, str]] = []
        for start, end, token, stems in _cut[word]:
            opening = token if token in self._opening else ""
            named = token in self._words or not self._stems.isdisjoint(stems)
            if opening or named:
                found.append((start, end, opening, (" ".join(stems) or token) if named else ""))
        known = self[word] = tuple(found)
        return known
