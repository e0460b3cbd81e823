"""Finding names of regions in text, and what the words around each say about it.

Of the words that can open a name (see `words`) the longest name wins ('Lampung Utara' before
'Lampung'). Names are compared without blanks and hyphens, so glued spellings are found too.
"""

from __future__ import annotations

import re
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
_NO_CUE: frozenset[str] = frozenset()


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


_NOTHING = Mentions([], [])


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
    if not source.marked:
        return _NOTHING
    promos = _promos(source.text)
    trusted = _NO_CUE if source.caseless else _SURE if headline else None
    regions: list[Mention] = []
    general: list[General] = []
    done = 0
    for opener, begin, end in source.marked:
        if begin < done:
            continue
        if opener.most > 1:
            name, done = _longest(source, opener, end)
        else:
            name, done = opener.name, end
        if name is None or begin < start:
            continue
        if promos and any(low <= begin < high for low, high in promos):
            continue
        if name.general:
            general.append((name.codes[0], begin, done))
        elif opener.before:
            cue, shown = _CUES[opener.before.lower()], source.text[begin:done]
            regions.append(Mention(name, begin, done, cue, True, name.weight, shown))
        elif (mention := _mention(source, name, begin, done, firm, trusted)) is not None:
            regions.append(mention)
        if len(regions) + len(general) >= _MAX_MENTIONS:
            break
    return Mentions(regions, general)


def _promos(text: str) -> list[tuple[int, int]]:
    """Return where 'Baca juga' and the headline after it stand."""
    # They are seldom there; to ask is ten times faster than to look.
    if "aca juga" in text or "aca Juga" in text or "ACA JUGA" in text:
        return [match.span() for match in _PROMO.finditer(text)]
    return []


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


def _mention(
    source: Words, name: Name, start: int, end: int, firm: bool, trusted: frozenset[str] | None
) -> Mention | None:
    """Return a name with what the words around it make of it; None if that is no region.

    Args:
        source: the words of the text.
        name: the name.
        start: where it starts,
        end: and ends.
        firm: whether it counts whatever stands around it.
        trusted: the cues that make a name firm that may mean something else; None for what usual
            text does.
    """
    text = source.text
    before, opens = _word_before(text, start)
    cue = _CUES.get(before.rstrip(".").lower(), "") if before else ""
    if opens and cue and not (cue in OFFICE_CUES and before.endswith(".")):  # 'Kab. Agam'
        cue = ""
    if cue == "x":
        return None
    adjacent = text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    if adjacent:
        if name.key == "metro":  # 'Polres Metro Bekasi', 'Metro Pasar Minggu'
            return None
        following = source.following(end)
        if following is not None:
            word = following[0].lower()
            if word in lexicon.NOT_REGION_AFTER:
                return None
            if cue == "r" and word == "kota":  # 'Polres Bogor Kota'
                cue = "k"
    if not firm:
        if trusted is None or cue in trusted:
            firm = _is_firm(name, before, opens, cue, adjacent)
        else:
            firm = name.caution == CLEAR
    weight = name.weight
    if cue == "w":
        weight *= _WEAK_WEIGHT
    elif not cue and not opens and before[:1].isupper() and before[-1] not in ",)":
        weight *= _UNKNOWN_WEIGHT
    if text[end : end + 1] in ("-", "–") and text[end + 1 : end + 2].isupper():
        weight *= _PAIR_WEIGHT
    if name.codes[0][:2] == "31" and cue not in OFFICE_CUES:
        if name.key == "jakarta":
            weight *= _JAKARTA_WEIGHT
        if _SAID_THERE.match(text, end):
            weight *= _SAID_THERE_WEIGHT
    return Mention(name, start, end, cue, firm, weight, text[start:end])


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


def _is_firm(name: Name, before: str, opens: bool, cue: str, adjacent: bool) -> bool:
    """Whether a mention is a region without any doubt.

    Args:
        name: the name.
        before: the word before it, with its punctuation.
        opens: whether a sentence or a line opens with the name.
        cue: see `Mention`.
        adjacent: whether a capitalised word follows.
    """
    if name.key == "metro" and cue == "r":
        return False
    if name.caution == CLEAR or cue in OFFICE_CUES:
        return True
    if adjacent:
        return False
    if name.caution == NEEDS_CUE:
        return cue == "d" and name.key not in lexicon.NEVER_AFTER_PREPOSITION
    return bool(before) and not opens and (before[0].islower() or before[-1] == ",")
