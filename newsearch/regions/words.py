"""The words of a text that can open a name of a region or announce one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from newsearch.regions import lexicon
from newsearch.regions.vocabulary import CLEAR, Name, vocabulary

_WORD = re.compile(r"[A-Z][A-Za-z]*")
_ANY_WORD = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_SHORTEST_GLUED = 4  # letters of a name that other words stick to
_MOST_KEPT = 1_000  # of texts without capitals


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


@lru_cache(_MOST_KEPT)
def opener_of(word: str) -> Opener | None:
    """Return what a word can mean as it is written; None if nothing that matters."""
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


Marked = tuple[Opener, int, int]
"""A word that matters: what it means, where it starts and ends."""


class Words:
    """The words of a text.

    Attributes:
        text: the text.
        caseless: whether it is one without any capital letter.
        marked: the words with a capital (of a caseless text all words) that matter, in order.
        regional: whether any of them can open the name of a region,
        local: or announces a kecamatan or a village.
    """

    __slots__ = ("caseless", "local", "marked", "regional", "text")

    def __init__(
        self, text: str, caseless: bool, marked: list[Marked], regional: bool, local: bool
    ) -> None:
        self.text = text
        self.caseless = caseless
        self.marked = marked
        self.regional = regional
        self.local = local

    def following(self, end: int) -> re.Match[str] | None:
        """Return the word that starts one character after a place, whether it matters or not."""
        return (_ANY_WORD if self.caseless else _WORD).match(self.text, end + 1)


def words_with_capital(text: str) -> list[str]:
    """Return the words of a text that start with a capital, in order."""
    return _WORD.findall(text)


def words_of_caseless(text: str) -> Words:
    """The words of a text without any capital."""
    marked = [
        (opener, match.start(), match.end())
        for match in _ANY_WORD.finditer(text)
        if (opener := opener_of(match[0])) is not None
    ]
    regional = any(opener.regional for opener, _, _ in marked)
    return Words(text, True, marked, regional, any(opener.local for opener, _, _ in marked))


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
