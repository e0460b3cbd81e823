"""Finding names of regions in text, and what the words around each say about it.

One pass of a regular expression takes the words that start with a capital; a dictionary tells
which of them can open a name, and the longest name there wins ('Lampung Utara' before
'Lampung'). Names are compared without blanks and hyphens, so glued spellings are found too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsearch.regions import lexicon
from newsearch.regions.vocabulary import (
    CLEAR,
    FOREIGN,
    NATIONAL,
    NEEDS_CUE,
    Name,
    vocabulary,
)

__all__ = ["FOREIGN", "NATIONAL", "OFFICE_CUES", "Mention", "scan"]

_WORD = re.compile(r"[A-Z][A-Za-z]*")
_ANY_WORD = re.compile(r"[a-z]+")
_PROMO = re.compile(r"\b(?:Baca juga|BACA JUGA|Baca Juga|baca juga)\b[^\n]{0,120}")
_PROMO_WORDS = ("aca juga", "aca Juga", "ACA JUGA")  # seldom there; asking is 20 times faster
_SAID_THERE = re.compile(r",? ?(?:\(|(?:Senin|Selasa|Rabu|Kamis|Jum'?at|Sabtu|Minggu|Ahad)\b)")
_BEFORE = 24  # characters that are read for the word before a name
_PAIR_WEIGHT = 0.4  # 'Jakarta-Bandung' is the road between them
_WEAK_WEIGHT = 0.4
_UNKNOWN_WEIGHT = 0.6  # after a capitalised word that nobody knows: 'Rutan Bangka', 'Ahmad Bangka'
_JAKARTA_WEIGHT = 0.7  # national news happens there,
_SAID_THERE_WEIGHT = 0.6  # and is told there: 'katanya di Senayan, Jakarta Pusat, Rabu (4/9)'
_MAX_MENTIONS = 400  # an article has 5 to 60; hostile input stops here

# The letter of a cue says what the word before a name makes of it.
_CUES = {
    word: letter
    for letter, words in (
        ("d", lexicon.PREPOSITIONS),
        ("w", lexicon.WEAK_BEFORE),
        ("x", lexicon.NOT_REGION_BEFORE | lexicon.KECAMATAN_CUES),
        ("o", lexicon.OFFICE_CUES),
        ("r", lexicon.RESORT_CUES | {"metro"}),
        ("p", lexicon.PROVINSI_CUES),
        ("k", lexicon.KOTA_CUES),
        ("b", lexicon.KABUPATEN_CUES),
    )
    for word in words
}
OFFICE_CUES = frozenset("bkpro")
_SURE = OFFICE_CUES | {"d"}


class Mention(NamedTuple):
    """A name found in a text.

    `cue` is what the word before it says: 'b' kabupaten, 'k' kota, 'p' province, 'r' police
    resort, 'o' another office, 'd' preposition, 'w' weaker, '' nothing. A mention that is not
    `firm` counts only when another of the same name is.
    """

    name: Name
    start: int
    end: int
    cue: str
    firm: bool
    weight: float
    shown: str


class _Around(NamedTuple):
    """What stands around a name."""

    before: str  # the word before it, with its punctuation
    opens: bool  # a sentence or a line opens with the name
    cue: str
    adjacent: bool  # a capitalised word follows
    following: str  # that word in lower case


def scan(text: str, headline: bool = False) -> list[Mention]:
    """Return the mentions in a text, in order, but for those in 'Baca juga' promotions.

    A text without any capital letter is read word by word; then names that are also words or
    need a cue count only when another part of the article confirms them. In a headline, where
    any word may have a capital, names that are also words need a preposition.
    """
    caseless = text.islower()
    found = list((_ANY_WORD if caseless else _WORD).finditer(text))
    words = [match[0].lower() for match in found]
    promos = _promos(text)
    mentions: list[Mention] = []
    for name, index, count in _names(words, found):
        start, end = found[index].start(), found[index + count - 1].end()
        if any(low <= start < high for low, high in promos):
            continue
        following = words[index + count] if index + count < len(words) else ""
        mention = _mention(text, name, start, end, following)
        if mention is not None:
            if caseless or (headline and mention.cue not in _SURE):
                mention = mention._replace(firm=name.caution == CLEAR)
            mentions.append(mention)
            if len(mentions) >= _MAX_MENTIONS:
                break
    return mentions


def _promos(text: str) -> list[tuple[int, int]]:
    """Return where 'Baca juga' and the headline after it stand."""
    if not any(words in text for words in _PROMO_WORDS):
        return []
    return [match.span() for match in _PROMO.finditer(text)]


def _names(words: Sequence[str], found: Sequence[re.Match[str]]) -> Iterator[tuple[Name, int, int]]:
    """Yield the longest name at each place: (name, index of its first word, count of words)."""
    names, first = vocabulary()
    done = 0
    for index in [index for index, word in enumerate(words) if word in first]:
        if index < done:
            continue
        for count in range(_run(found, index, first[words[index]]), 0, -1):
            name = names.get("".join(words[index : index + count]))
            if name is not None:
                yield name, index, count
                done = index + count
                break


def _run(found: Sequence[re.Match[str]], index: int, most: int) -> int:
    """Return how many words from `index` on, up to `most`, stand one character apart."""
    last = min(index + most, len(found))
    for place in range(index + 1, last):
        if found[place].start() - found[place - 1].end() != 1:
            return place - index
    return last - index


def _mention(text: str, name: Name, start: int, end: int, following: str) -> Mention | None:
    shown = text[start:end]
    if name.upper and not shown.isupper():
        return None
    if name.codes[0] in (NATIONAL, FOREIGN):
        return Mention(name, start, end, "", True, 1.0, shown)
    around = _around(text, start, end, following)
    if _is_other(name, around):
        return None
    firm = _is_firm(name, around)
    weight = _weight(name, around, text, start, end)
    return Mention(name, start, end, around.cue, firm, weight, shown)


def _around(text: str, start: int, end: int, following: str) -> _Around:
    before, opens = _word_before(text, start)
    cue = _CUES.get(before.rstrip(".").lower(), "")
    if opens and not (cue in OFFICE_CUES and before.endswith(".")):  # 'Kab. Agam'
        cue = ""
    adjacent = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    if cue == "r" and adjacent and following == "kota":  # 'Polres Bogor Kota'
        cue = "k"
    return _Around(before, opens, cue, adjacent, following if adjacent else "")


def _word_before(text: str, start: int) -> tuple[str, bool]:
    """Return the word before a place, and whether a sentence or a line opens after it."""
    chunk = text[max(0, start - _BEFORE) : start]
    if not chunk or chunk[-1] not in " \xa0":
        return "", not chunk or chunk[-1] in "\n\"“'"
    words = chunk.split()
    if not words:
        return "", True
    return words[-1], words[-1][-1] in '.!?:;"”-–—' or "\n" in chunk[-3:]


def _is_other(name: Name, around: _Around) -> bool:
    """Whether the words around a name make it a village, a street, a person or a club."""
    if around.cue == "x" or around.following in lexicon.NOT_REGION_AFTER:
        return True
    return name.key == "metro" and around.adjacent  # 'Polres Metro Bekasi', 'Metro Pasar Minggu'


def _weight(name: Name, around: _Around, text: str, start: int, end: int) -> float:
    weight = name.weight
    before = around.before
    if around.cue == "w":
        weight *= _WEAK_WEIGHT
    elif not around.cue and not around.opens and before[:1].isupper() and before[-1] not in ",)":
        weight *= _UNKNOWN_WEIGHT
    if text[end : end + 1] in ("-", "–") and text[end + 1 : end + 2].isupper():
        weight *= _PAIR_WEIGHT
    if name.codes[0].startswith("31") and around.cue not in OFFICE_CUES:
        if name.key == "jakarta":
            weight *= _JAKARTA_WEIGHT
        if _SAID_THERE.match(text, end):
            weight *= _SAID_THERE_WEIGHT
    return weight


def _is_firm(name: Name, around: _Around) -> bool:
    """Whether a mention is a region without any doubt."""
    if name.key == "metro" and around.cue == "r":
        return False
    if name.caution == CLEAR or around.cue in OFFICE_CUES:
        return True
    if around.adjacent:
        return False
    if name.caution == NEEDS_CUE:
        return around.cue == "d" and name.key not in lexicon.NEVER_AFTER_PREPOSITION
    before = around.before
    return bool(before) and not around.opens and (before[0].islower() or before[-1] == ",")
