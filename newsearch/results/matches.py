"""Where the words and phrases of a query stand in a text, in all their forms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from unicodedata import is_normalized

from newsearch.language import content_stems, spans
from newsearch.query import Highlight

MAX_PHRASE = 1_000
"""Characters in which the words of a phrase are looked for."""
MAX_KNOWN = 20_000
"""Tokens of which is remembered whether they match."""

# Marks that may stand inside a word as written; see `newsearch.language.tokens`.
_INSIDE = "'’ʼ`‘\u00ad\u200b\u200c\u200d\u2060\ufeff"

Match = tuple[int, int, str]
"""Start and end in characters, and the name: the stem, the word or the phrase."""


def find_matches(text: str, highlight: Highlight) -> list[Match]:
    """The matches in a text whose blanks are single, in order; a phrase is one match."""
    if not (highlight.stems or highlight.words or highlight.phrases):
        return []
    return list(_finder(highlight).find(text))


class _Finder:
    """Finds the matches of one query; the hits of a page share it."""

    def __init__(self, highlight: Highlight) -> None:
        self._wanted = _Wanted(highlight)
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in highlight.phrases:
            self._phrases.setdefault(phrase[0], []).append(phrase)
        # Affixes change at most the first letter of a stem (pukul, memukul): so it is for every
        # word of 1,200 articles.
        needles = {*(stem[1:] for stem in highlight.stems), *highlight.words, *self._phrases}
        self._parts = _Parts(self._wanted, self._phrases.keys())
        self._needles = None if "" in needles else (*sorted(needles), *_INSIDE)

    def find(self, text: str) -> Iterator[Match]:
        free = 0
        for start, end, token in self._places(text):
            if start < free:
                continue
            phrase = self._phrase_at(text, start, token) if token in self._phrases else None
            name = self._wanted[token]
            if phrase is not None:
                yield phrase
                free = phrase[1]
            elif name is not None:
                yield start, end, name

    def _places(self, text: str) -> Iterable[Match]:
        """The tokens that may match, with start and end.

        Only what stands between two blanks around a part of a word that is asked for is cut into
        tokens, and that once: a quarter of the time that cutting all of a text took.
        """
        lower = text.lower()
        if self._needles is None or len(lower) != len(text) or not is_normalized("NFKC", text):
            yield from self._every_place(text)
            return
        done = 0
        for place in _found_in(lower, self._needles):
            if place < done:
                continue
            start = text.rfind(" ", 0, place) + 1
            done = text.find(" ", place)
            done = len(text) if done < 0 else done
            for first, last, token in self._parts[text[start:done]]:
                yield start + first, start + last, token

    def _every_place(self, text: str) -> Iterator[Match]:
        start = 0
        for word in text.split(" "):
            for first, last, token in self._parts[word]:
                yield start + first, start + last, token
            start += len(word) + 1

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


def _found_in(text: str, needles: Iterable[str]) -> list[int]:
    """Where the needles stand, in order; a search for each takes a third of one for all."""
    found = []
    for needle in needles:
        place = text.find(needle)
        while place >= 0:
            found.append(place)
            place = text.find(needle, place + len(needle))
    found.sort()
    return found


class _Parts(dict[str, tuple[Match, ...]]):
    """What stands between two blanks → its tokens that match a query or begin a phrase of it."""

    def __init__(self, wanted: _Wanted, opening: Collection[str]) -> None:
        super().__init__()
        self._wanted, self._opening = wanted, opening

    def __missing__(self, word: str) -> tuple[Match, ...]:
        if len(self) >= MAX_KNOWN:
            self.clear()
        found = self[word] = tuple(
            (start, end, token)
            for start, end, token in spans(word)
            if token in self._opening or self._wanted[token] is not None
        )
        return found


class _Wanted(dict[str, str | None]):
    """Tokens → the name by which they match a query, None for those that do not."""

    def __init__(self, highlight: Highlight) -> None:
        super().__init__()
        self._stems, self._words = highlight.stems, highlight.words

    def __missing__(self, token: str) -> str | None:
        stems = content_stems()[token]
        name = None
        if token in self._words or not self._stems.isdisjoint(stems.split()):
            name = stems or token
        if len(self) >= MAX_KNOWN:
            self.clear()
        self[token] = name
        return name
