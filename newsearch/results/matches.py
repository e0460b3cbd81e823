"""Where the words and phrases of a query stand in a text, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice
from unicodedata import is_normalized

from newsearch.language import content_stems, spans
from newsearch.language.tokens import MAX_TOKEN
from newsearch.query import Highlight

MAX_PHRASE = 1_000
"""Characters in which the words of a phrase are looked for."""
MAX_KNOWN = 20_000
"""Words of which is remembered how they are cut, and whether they match a query."""

# Marks that may stand inside a word as written; see `newsearch.language.tokens`.
_INSIDE = "'`"
_BEYOND_ASCII = "’ʼ‘\u00ad\u200b\u200c\u200d\u2060\ufeff"

_SIGN = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^ ]+")
# The letters that an affix takes off a stem: pukul, memukul; tulis, penulis; kirim, sapu.
_TAKEN_OFF = "ptks"

Match = tuple[int, int, str]
"""Start and end in characters, and the name: the stem, the word or the phrase."""


def find_matches(text: str, highlight: Highlight) -> list[Match]:
    """The matches in a text whose blanks are single, in order; a phrase is one match."""
    if not (highlight.stems or highlight.words or highlight.phrases):
        return []
    return _finder(highlight).find(text)


class _Finder:
    """Finds the matches of one query; the hits of a page share it."""

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
        """The matches in a text.

        Only what stands between two blanks around a part of a word that is asked for is cut into
        tokens, and that once: a quarter of the time that cutting all of a text took.
        """
        found: list[Match] = []
        parts = self._parts
        free = done = 0
        for place in self._places(text):
            if place < done:
                continue
            word = text.rfind(" ", 0, place) + 1
            done = text.find(" ", place)
            done = len(text) if done < 0 else done
            for start, end, token, name in parts[text[word:done]]:
                if word + start < free:
                    continue
                if token in self._phrases and (
                    phrase := self._phrase_at(text, word + start, token)
                ):
                    found.append(phrase)
                    free = phrase[1]
                elif name is not None:
                    found.append((word + start, word + end, name))
        return found

    def _places(self, text: str) -> list[int]:
        """Where something stands that may be in a match, in order."""
        lower = text.lower()
        if len(lower) != len(text):  # it holds a letter such as İ: every word may be one
            return [match.start() for match in _WORD.finditer(text)]
        places = _found_in(lower, self._needles)
        for letter in self._letters:
            places += [match.start() for match in letter.finditer(lower)]
        if not text.isascii():
            places += _found_in(lower, _BEYOND_ASCII)
            if not is_normalized("NFKC", text):  # signs that stand for letters: ﬁ, ½, ①
                places += [match.start() for match in _SIGN.finditer(text)]
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


@lru_cache(maxsize=32)
def _finder(highlight: Highlight) -> _Finder:
    return _Finder(highlight)


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
    return re.compile(rf"(?<![^\W_]){letter}(?![^\W_])")


class _Cut(dict[str, tuple[Match, ...]]):
    """What stands between two blanks → its tokens."""

    def __missing__(self, word: str) -> tuple[Match, ...]:
        if len(self) >= MAX_KNOWN:
            self.clear()
        found = tuple(spans(word))
        if len(word) <= MAX_TOKEN:  # what is longer is no word, and would fill the memory
            self[word] = found
        return found


_cut = _Cut()
"""One for all queries: what holds a part of one often holds a part of the next."""


class _Parts(dict[str, tuple[tuple[int, int, str, str | None], ...]]):
    """What stands between two blanks → its tokens that match a query or begin a phrase of it.

    Each with its start, its end and the name by which it matches.
    """

    def __init__(self, highlight: Highlight, opening: Collection[str]) -> None:
        super().__init__()
        self._stems, self._words, self._opening = highlight.stems, highlight.words, opening

    def __missing__(self, word: str) -> tuple[tuple[int, int, str, str | None], ...]:
        if len(self) >= MAX_KNOWN:
            self.clear()
        named = [(start, end, token, self._name(token)) for start, end, token in _cut[word]]
        found = self[word] = tuple(one for one in named if one[3] or one[2] in self._opening)
        return found

    def _name(self, token: str) -> str | None:
        stems = content_stems()[token]
        if token in self._words or not self._stems.isdisjoint(stems.split()):
            return stems or token
        return None
