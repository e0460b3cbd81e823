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
_CUED = rf"\b(?:{'|'.join(map(re.escape, _CUES))}) "
# In the middle of a sentence: behind a small letter, a figure, a comma or a bracket, and a blank.
_INSIDE = " (?<=[a-z0-9,;)] )"


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
    # Searches for literals are quick, and most candidates fail one of them.
    forms = [form for form in (token.capitalize(), token.upper()) if form in text]
    if not forms or (kind == PLACE and not any(cue in text for cue in _CUES)):
        return False
    before = _CUED if kind == PLACE else _INSIDE
    if not re.search(rf"{before}(?:{'|'.join(forms)})\b(?!-)", text):
        return False
    return token not in text or re.search(rf"\b{token}\b", text) is None
