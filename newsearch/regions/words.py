"""The words of a text that can open a name of a region or announce one, and where they are.

One pass takes the words that start with a capital; a dictionary over the words as they are
written, filled as they turn up, tells which of them matter: an eighth. An Aho-Corasick automaton
(ahocorasick-rs) would save 15 µs of an article's 130 and want every spelling of every name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsearch.regions import lexicon
from newsearch.regions.vocabulary import CLEAR, Name, vocabulary

_WORD = re.compile(r"[A-Z][A-Za-z]*")
_ANY_WORD = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_SHORTEST_GLUED = 4  # letters of a name that other words stick to
_MOST_KNOWN = 50_000  # words; 50,000 articles have 90,000 different ones, most of them once


class Glued(NamedTuple):
    """A name in one word with another: 'Riaupagi', 'JakartaDua', 'PemkotBekasi' (a cue before)."""

    name: Name
    before: str


class _Openers(dict[str, int]):
    """For each word as it is written, the most words of the names it opens; 0 for others.

    A word that announces a kecamatan, a village or a promotion ('Baca Juga') has 1.
    """

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        key = word.lower()
        most = vocabulary().first.get(key, 0)
        if not most and (key in lexicon.LOCAL_CUES or key == "juga" or unglue(word) is not None):
            most = 1
        self[word] = most
        return most


_openers = _Openers()


class Words(NamedTuple):
    """The words of a text that matter, in order."""

    text: str
    marked: list[re.Match[str]]
    caseless: bool

    def following(self, end: int) -> re.Match[str] | None:
        """Return the word that starts one character after a place, whether it matters or not."""
        return (_ANY_WORD if self.caseless else _WORD).match(self.text, end + 1)


def read_words(text: str) -> Words:
    """Return the words with a capital; of a text without any capital letter, all words."""
    caseless = text.islower()
    found = (_ANY_WORD if caseless else _WORD).finditer(text)
    openers = _openers
    return Words(text, [match for match in found if openers[match[0]]], caseless)


def most_words(word: str) -> int:
    """Return the most words that a name has which opens with this one; 0 for no name."""
    return _openers[word]


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
