"""The words of a text that can open a name of a region or announce one, and where they are.

One pass takes the words that start with a capital; a dictionary over the words as they are
written, filled as they turn up, tells which of them matter, an eighth, and what they can mean.
That takes 22 µs an article. Where those stand is looked for, in 8 µs more, only in an article
that may name a region; a match object for each word took 30. An Aho-Corasick automaton
(ahocorasick-rs) would save 15 of them and want every spelling of every name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import compress
from typing import NamedTuple

from newsearch.regions import lexicon
from newsearch.regions.vocabulary import CLEAR, Name, vocabulary

_WORD = re.compile(r"[A-Z][A-Za-z]*")
_ANY_WORD = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_SHORTEST_GLUED = 4  # letters of a name that other words stick to
_MOST_KNOWN = 150_000  # words; 50,000 articles have 110,000 different ones, most of them once


class Glued(NamedTuple):
    """A name in one word with another: 'Riaupagi', 'JakartaDua', 'PemkotBekasi' (a cue before)."""

    name: Name
    before: str


class Opener(NamedTuple):
    """What a word that matters can mean.

    Attributes:
        key: the word in lower case.
        most: the most words of a name that it opens; 0 for none.
        name: what it is the name of by itself, if it is. Names that count only in capitals are
            one word, so that this is settled here.
        before: the cue that is glued to that name.
        regional: whether it can open the name of a region.
        local: whether it announces a kecamatan or a village.
    """

    key: str
    most: int
    name: Name | None
    before: str
    regional: bool
    local: bool


class _Openers(dict[str, Opener | None]):
    """Each word as it is written; None for most, which mean nothing."""

    def __missing__(self, word: str) -> Opener | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        opener = self[word] = _opener(word)
        return opener


def _opener(word: str) -> Opener | None:
    key = word.lower()
    known = vocabulary()
    most = known.first.get(key, 0)
    local = key in lexicon.LOCAL_CUES
    name = known.names.get(key)
    before = ""
    regional = key in known.regional
    if name is not None and name.upper and not word.isupper():
        name = None
    if not most and (glued := unglue(word)) is not None:
        most = 1
        name, before = glued
        regional = not name.general
    if not (most or local):
        return None
    return Opener(key, most, name, before, regional, local)


_openers = _Openers()

Marked = tuple[Opener, int, int]
"""A word that matters: what it means, where it starts and ends."""


class Words:
    """The words of a text.

    Attributes:
        text: the text.
        caseless: whether it is one without any capital letter.
        all: the words with a capital, in order; of a caseless text every word.
    """

    __slots__ = ("_marked", "_openers", "all", "caseless", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.caseless = text.islower()
        self.all: list[str] = (_ANY_WORD if self.caseless else _WORD).findall(text)
        self._openers = list(map(_openers.__getitem__, self.all))
        self._marked: list[Marked] | None = None

    @property
    def openers(self) -> Iterator[Opener]:
        """What those that matter can mean, in order."""
        return filter(None, self._openers)

    @property
    def marked(self) -> list[Marked]:
        """Those that matter, in order, with their places."""
        if self._marked is None:
            self._marked = self._placed()
        return self._marked

    def following(self, end: int) -> re.Match[str] | None:
        """Return the word that starts one character after a place, whether it matters or not."""
        return (_ANY_WORD if self.caseless else _WORD).match(self.text, end + 1)

    def _placed(self) -> list[Marked]:
        text, words = self.text, self.all
        marked: list[Marked] = []
        passed = end = 0
        places = compress(range(len(words)), self._openers)
        for index, opener in zip(places, self.openers, strict=True):
            word = words[index]
            start = text.find(word, end)
            after = start + len(word)
            if text[start - 1 : start].isalpha() or text[after : after + 1].isalpha():
                # A part of another word. Between one word and the next there is no capital.
                for other in words[passed:index]:
                    end = text.find(other, end) + len(other)
                start = text.find(word, end)
            end = start + len(word)
            passed = index + 1
            marked.append((opener, start, end))
        return marked


@cache
def _glued_words() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(lexicon.GLUED_AFTER))})$")


def unglue(word: str) -> Glued | None:
    """Return the name in a word that lost the blank before or after it, if there is one.

    After it only words that never end a name or a word of its own are taken off, so that
    'Baliho' and 'Padangan' stay what they are.
    """
    if len(word) < 2 * _SHORTEST_GLUED - 1 or not word[0].isupper() or word.isupper():
        return None
    names = vocabulary().names
    match = _glued_words().search(word.lower(), _SHORTEST_GLUED)
    if match is not None:
        name = names.get(match.string[: match.start()])
        if name is not None and name.caution == CLEAR and not name.upper:
            return Glued(name, "")
    parts = [] if word[1:].islower() else _PARTS.findall(word)
    if len(parts) < 2 or "".join(parts) != word:
        return None
    if parts[0].lower() in lexicon.ALL_CUES:
        name = names.get("".join(parts[1:]).lower())
        return Glued(name, parts[0]) if name is not None and not name.upper else None
    for count in range(len(parts) - 1, 0, -1):
        name = names.get("".join(parts[:count]).lower())
        if name is not None and name.caution == CLEAR and not name.upper:
            is_other = parts[count].lower() in lexicon.NOT_REGION_AFTER
            return None if is_other or len(name.key) <= _SHORTEST_GLUED else Glued(name, "")
    return None
