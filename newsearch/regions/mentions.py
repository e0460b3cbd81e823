"""Finding names of regions in text, and what the words around each say about it.

Of the words that can open a name (see `words`) the longest name wins ('Lampung Utara' before
'Lampung'). Names are compared without blanks and hyphens, so glued spellings are found too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsearch.regions import lexicon
from newsearch.regions.vocabulary import CLEAR, NEEDS_CUE, Name, vocabulary
from newsearch.regions.words import Opener, Words

__all__ = ["OFFICE_CUES", "General", "Mention", "Mentions", "scan"]

# It opens with a letter: one that opens with a choice of words takes twice as long.
_PROMO = re.compile(r"[Bb](?<!\w.)(?:(?<=B)(?:aca [Jj]uga|ACA JUGA)|(?<=b)aca juga)\b[^\n]{0,120}")
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


General = tuple[str, int, int]
"""A name of the nation or of other countries: NATIONAL or FOREIGN, where it starts and ends."""


class Mentions(NamedTuple):
    """What a part of an article names: regions, and what is general. Both are in order."""

    regions: list[Mention]
    general: list[General]


class _Around(NamedTuple):
    """What stands around a name."""

    before: str  # the word before it, with its punctuation
    opens: bool  # a sentence or a line opens with the name
    cue: str
    adjacent: bool  # a capitalised word follows
    following: str  # that word in lower case


def scan(source: Words, headline: bool = False, start: int = 0, firm: bool = False) -> Mentions:
    """Return the mentions in a text, but for those in 'Baca juga' promotions.

    A text without any capital letter is read word by word; then names that are also words or
    need a cue count only when another part of the article confirms them. In a headline, where
    any word may have a capital, names that are also words need a preposition.

    Args:
        source: the words of the text.
        headline: whether it is one.
        start: where to start: after the dateline.
        firm: whether every name counts: in a dateline.
    """
    promos = _promos(source)
    found = Mentions([], [])
    for name, begin, end, glued in _names(source):
        if begin < start or (promos and any(low <= begin < high for low, high in promos)):
            continue
        if name.general:
            found.general.append((name.codes[0], begin, end))
        elif (mention := _mention(source, name, begin, end, glued)) is not None:
            if firm:
                mention = mention._replace(firm=True)
            elif source.caseless or (headline and mention.cue not in _SURE):
                mention = mention._replace(firm=name.caution == CLEAR)
            found.regions.append(mention)
        if len(found.regions) + len(found.general) >= _MAX_MENTIONS:
            break
    return found


def _promos(source: Words) -> list[tuple[int, int]]:
    """Return where 'Baca juga' and the headline after it stand."""
    # They are seldom there; to ask is ten times faster than to look.
    text = source.text
    if "aca juga" in text or "aca Juga" in text or "ACA JUGA" in text:
        return [match.span() for match in _PROMO.finditer(text)]
    return []


def _names(source: Words) -> Iterator[tuple[Name, int, int, str]]:
    """Yield the longest name at each place: (name, start, end, cue that is glued to it)."""
    done = 0
    for opener, start, end in source.marked:
        if start < done:
            continue
        if opener.most > 1:
            name, done = _longest(source, opener, end)
        else:
            name, done = opener.name, end
        if name is not None:
            yield name, start, done, opener.before


def _longest(source: Words, opener: Opener, end: int) -> tuple[Name | None, int]:
    """Return the name of the most words that opens with a word, if any, and where it ends.

    Its words are one character apart.
    """
    names = vocabulary().names
    name, done = opener.name, end
    key = opener.key
    for _ in range(opener.most - 1):
        following = source.following(end)
        if following is None:
            break
        key += following[0].lower()
        end = following.end()
        if (longer := names.get(key)) is not None:
            name, done = longer, end
    return name, done


def _mention(source: Words, name: Name, start: int, end: int, glued: str) -> Mention | None:
    text = source.text
    shown = text[start:end]
    if glued:
        return Mention(name, start, end, _CUES[glued.lower()], True, name.weight, shown)
    around = _around(source, start, end)
    if _is_other(name, around):
        return None
    firm = _is_firm(name, around)
    weight = _weight(name, around, text, start, end)
    return Mention(name, start, end, around.cue, firm, weight, shown)


def _around(source: Words, start: int, end: int) -> _Around:
    text = source.text
    before, opens = _word_before(text, start)
    cue = _CUES.get(before.rstrip(".").lower(), "")
    if opens and not (cue in OFFICE_CUES and before.endswith(".")):  # 'Kab. Agam'
        cue = ""
    adjacent = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    match = source.following(end) if adjacent else None
    following = match[0].lower() if match is not None else ""
    if cue == "r" and following == "kota":  # 'Polres Bogor Kota'
        cue = "k"
    return _Around(before, opens, cue, adjacent, following)


def _word_before(text: str, start: int) -> tuple[str, bool]:
    """Return the word before a place, and whether a sentence or a line opens after it."""
    chunk = text[max(0, start - _BEFORE) : start]
    if not chunk or chunk[-1] not in " \xa0":
        return "", not chunk or chunk[-1] in "\n\"“'"
    words = chunk.rsplit(None, 1)
    if not words:
        return "", True
    word = words[-1]
    return word, word[-1] in '.!?:;"”-–—' or "\n" in chunk[-3:]


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
