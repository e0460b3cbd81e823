"""Which words of a text are names, decided from case, place and company when it is indexed.

A stemmer takes *Lukaku* for luka (a wound), *Seminyak* for minyak (oil) and KUHAP for hap. A word
that it would change stays as it is throughout an article where

- it stands in the middle of a sentence with a capital, and nowhere in the article without one
  (one sense per discourse: Gale, Church & Yarowsky 1992), and
- it does not look like an Indonesian word: its cheapest analysis costs `NAME_COST` bits or more,
  has no affix that names rarely have, and news does not write it in lower case
  (data/inflected.txt); or it follows a word such as *Kecamatan* and is the name of one.

Names of provinces, kabupaten and kota need no such evidence: the stemmer knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsearch.language.lexicon import inflected
from newsearch.language.morphology import Analysis
from newsearch.language.stemmer import likeliest
from newsearch.regions import local_names

NAME_COST = 15.0
"""Bits. The stemmer changes 741 names of the corpus; 3 of them cost less, and 14 % of its words."""
WORD_COST = 22.0
"""Bits below which what has a nominal confix (*perbukuan*) is a word, though news never wrote it in
lower case: institutions are called so."""
LOOK, PLACE = "look", "place"
"""What may make a word a name: that it looks like one, or that it is the name of a place."""

_CONFIXES = frozenset({("ke", "an"), ("peN", "an"), ("pe", "an"), ("per", "an")})
_ENDINGS = frozenset({"kan", "nya", "pun"})
"""Of verbs (headlines say *cerminkan*) and of names that go on (*Facebooknya*)."""

_CUES = (
    "Kecamatan Kec. Distrik Desa Kelurahan Kel. Dusun Kampung Pekon Nagari Gampong Jorong Polsek"
    " Koramil Camat Lurah"
).split()
_CUED = re.compile(rf"\b(?:{'|'.join(map(re.escape, _CUES))})\Z")
_LONGEST_CUE = max(map(len, _CUES))
_INSIDE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789,;)")
"""What stands, with a blank, before a word in the middle of a sentence."""


def may_be_name(token: str) -> str:
    """`LOOK` or `PLACE` if a token that the stemmer changes may be a name; '' if it is a word."""
    if token.isascii() and token.isalpha():
        # The stemmer takes -nya from words it does not know; they have no analysis.
        if token not in inflected() and (found := likeliest(token)) and looks_like_name(*found):
            return LOOK
        if token in local_names():
            return PLACE
    return ""


def names_among(candidates: Iterable[tuple[str, str]], text: str) -> frozenset[str]:
    """The tokens, each with what `may_be_name` says of it, that are names in a text."""
    return frozenset(token for token, kind in candidates if _is_name(token, kind, text))


def looks_like_name(cost: float, analysis: Analysis) -> bool:
    """Whether a word of this analysis is as unlikely as names are."""
    if cost < NAME_COST or not _ENDINGS.isdisjoint((analysis.suffix, *analysis.clitics)):
        return False
    confix = (analysis.prefixes[0] if analysis.prefixes else "", analysis.suffix)
    return cost >= WORD_COST or confix not in _CONFIXES


def _is_name(token: str, kind: str, text: str) -> bool:
    # There are too many different tokens to make a regular expression of each.
    follows = _follows_cue if kind == PLACE else _is_inside
    for form in (token.capitalize(), token.upper()):
        start = text.find(form)
        while start >= 0:
            if follows(text, start) and not _goes_on(text, start + len(form)):
                return not _is_word(token, text)
            start = text.find(form, start + 1)
    return False


def _is_word(token: str, text: str) -> bool:
    """Whether a token stands in a text as it is, with no capital."""
    start = text.find(token)
    while start >= 0:
        end = start + len(token)
        if not _is_of_word(text[start - 1 : start]) and not _is_of_word(text[end : end + 1]):
            return True
        start = text.find(token, start + 1)
    return False


def _is_inside(text: str, start: int) -> bool:
    """Whether a word that starts at a place stands in the middle of a sentence."""
    return text[start - 1 : start] == " " and text[start - 2 : start - 1] in _INSIDE


def _follows_cue(text: str, start: int) -> bool:
    """Whether a word such as Kecamatan, and a blank, stand before a place."""
    if text[start - 1 : start] != " ":
        return False
    return _CUED.search(text, max(0, start - 1 - _LONGEST_CUE), start - 1) is not None


def _goes_on(text: str, end: int) -> bool:
    """Whether a word is longer than up to a place."""
    return text[end : end + 1] == "-" or _is_of_word(text[end : end + 1])


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
