"""Where the words and phrases of a query stand in a text, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, islice, takewhile

from newsearch.language import content_stems, spans
from newsearch.language.tokens import MAX_TOKEN
from newsearch.query import Highlight

MAX_PHRASE = 1_000
"""Characters in which the words of a phrase are looked for."""
MAX_KNOWN = 20_000
"""Words of which is remembered how they are cut, and whether they match a query."""
TOGETHER = 200_000
"""Characters of texts that are looked through as one; the ten of a page have 17,000."""
FEW = 8
"""Signs of other kinds up to which each is looked for by itself."""
MANY = 50
"""Parts of words, as a prefix may stand for thousands, from which not all pairs are compared."""

# Marks that may stand inside a word as written; see `newsearch.language.tokens`.
_INSIDE = "'`"
# Signs of all news that stand in no word. Others beyond ASCII may hide a part of one: É, ﬁ, ’.
_SIGNS = frozenset("“”–—…•")
_ASCII = bytes(range(128))
_BEYOND_ASCII = re.compile(rf"[^\x00-\x7f{''.join(_SIGNS)}]")
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
        self._needles = (*_shortest({one for one in needles if len(one) > 1}), *_INSIDE)
        # A letter is in every other word: only where it is a word.
        self._letters = [_alone(needle) for needle in sorted(needles) if len(needle) == 1]

    def find(self, texts: Sequence[str]) -> list[list[Match]]:
        """The matches in texts whose blanks are single, in order; a phrase is one match.

        Only what stands between two blanks around a part of a word that is asked for is cut into
        tokens, and that once. The texts of a page are looked through as one.
        """
        found: list[list[Match]] = []
        while len(found) < len(texts):
            sizes = accumulate(map(len, texts[len(found) :]))
            some = max(1, sum(1 for _ in takewhile(TOGETHER.__gt__, sizes)))
            found += self._find_in(texts[len(found) : len(found) + some])
        return found

    def _find_in(self, texts: Sequence[str]) -> list[list[Match]]:
        lower = " ".join(map(_lower, texts))
        begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
        found: list[list[Match]] = [[] for _ in texts]
        following = zip(begins, begins[1:], texts, found, strict=False)
        begin = end = 0
        text = ""
        matches: list[Match] = []
        parts = self._parts
        free = done = 0
        for place in self._places(lower, texts, begins):
            if place < done:
                continue
            while place >= end:
                begin, end, text, matches = next(following)
                free = 0
            start_at = lower.rfind(" ", 0, place) + 1 - begin
            done = lower.find(" ", place)
            if done < 0:
                done = len(lower)
            for start, stop, opening, name in parts[text[start_at : done - begin]]:
                start += start_at
                if start < free:
                    continue
                stop += start_at
                if opening and (phrase := self._phrase_at(text, start, opening)):
                    stop, name = phrase
                elif not name:
                    continue
                matches.append((start, stop, name))
                free = stop  # a sign such as ½ is two tokens, and one match
        return found

    def _places(self, lower: str, texts: Sequence[str], begins: Sequence[int]) -> list[int]:
        """Where something stands that may be in a match, in order."""
        places = _found_in(lower, self._needles)
        for text, begin in zip(texts, begins, strict=False):
            if not text.isascii():
                places += [begin + place for place in _strange_places(text)]
        for letter in self._letters:
            places += [match.start() for match in letter.finditer(lower)]
        places.sort()
        return places

    def _phrase_at(self, text: str, start: int, token: str) -> tuple[int, str] | None:
        """The longest phrase that begins with a token: its end, and itself."""
        following = text[start : start + MAX_PHRASE]
        for phrase in sorted(self._phrases[token], key=len, reverse=True):
            places = list(islice(spans(following), len(phrase)))
            if tuple(found for _, _, found in places) == phrase:
                return start + places[-1][1], " ".join(phrase)
        return None


def _lower(text: str) -> str:
    """A text with its ASCII letters in lower case, as long and of a byte a character."""
    if text.isascii():
        return text.lower()
    return text.encode("latin-1", "replace").lower().decode("latin-1")


def _strange_places(text: str) -> list[int]:
    """Where signs beyond ASCII stand that may hide a part of a word."""
    encoded = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    strange = set(encoded.decode("utf-8", "surrogatepass")) - _SIGNS
    if len(strange) <= FEW:
        return _found_in(text, strange)
    return [match.start() for match in _BEYOND_ASCII.finditer(text)]


def _kept(stem: str) -> str:
    """What every form of a stem holds of it; so it is for all 206,000 words of the corpus."""
    return stem[1:] if stem[0] in _TAKEN_OFF and len(stem) > 2 else stem


def _shortest(needles: Collection[str]) -> list[str]:
    """Those that hold no other: where one of the rest stands, one of these stands too."""
    kept: list[str] = []
    for needle in sorted(needles):
        if not kept or not needle.startswith(kept[-1]):
            kept.append(needle)
    if len(kept) > MANY:
        return kept
    return [one for one in kept if not any(other in one for other in kept if other is not one)]


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
