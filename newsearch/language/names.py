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
from functools import cache

from newsearch.language.lexicon import inflected
from newsearch.language.morphology import Analysis
from newsearch.language.stemmer import StemCache, likeliest, stem_token
from newsearch.regions import local_names

NAME_COST = 15.0
"""Bits. The stemmer changes 741 names of the corpus; 3 of them cost less, and 14 % of its words."""
WORD_COST = 22.0
"""Bits below which what has a nominal confix (*perbukuan*) is a word, though news never wrote it in
lower case: institutions are called so."""

_CONFIXES = frozenset({("ke", "an"), ("peN", "an"), ("pe", "an"), ("per", "an")})
_ENDINGS = frozenset({"kan", "nya", "pun"})
"""Of verbs (headlines say *cerminkan*) and of names that go on (*Facebooknya*)."""
_ACRONYM = 8  # letters of the longest that is taken for one; longer capitals shout

# In the middle of a sentence: behind a small letter, a figure, a comma or a bracket, and a blank.
# The blank comes first because a search for a literal is twice as fast as one for a class.
_CAPITALISED = re.compile(r" (?<=[a-z0-9,;)] )([A-Z][A-Za-z]{3,})\b(?!-)")
_CUES = (
    "Kecamatan|Kec\\.|Distrik|Desa|Kelurahan|Kel\\.|Dusun|Kampung|Pekon|Nagari|Gampong|Jorong"
    "|Polsek|Koramil|Camat|Lurah"
)
_WITH_CUE = "?"


def names_in(text: str) -> frozenset[str]:
    """The tokens of a text that are names and that the stemmer would change."""
    forms = _capitalised()
    # Nearly every word is none, and filter and map find that out in C.
    found = set(filter(None, map(forms.__getitem__, _CAPITALISED.findall(text))))
    return frozenset(name.removeprefix(_WITH_CUE) for name in found if _is_name(name, text))


def _is_name(name: str, text: str) -> bool:
    word = name.removeprefix(_WITH_CUE)
    if re.search(rf"\b{word}\b", text):
        return False
    if word == name:
        return True
    return re.search(rf"\b(?:{_CUES}) {word.capitalize()}\b", text) is not None


@cache
def _capitalised() -> StemCache:
    """A word as written, with its capital → its token if it may be a name, marked if that takes a
    cue; else ''."""
    return StemCache(_candidate)


def _candidate(form: str) -> str:
    word = form.lower()
    if stem_token(word) == word:
        return ""
    if form.isupper():
        return word if len(word) <= _ACRONYM and word not in inflected() else ""
    # The stemmer takes -nya from words it does not know; they have no analysis.
    if word not in inflected() and (found := likeliest(word)) and looks_like_name(*found):
        return word
    return _WITH_CUE + word if word in local_names() else ""


def looks_like_name(cost: float, analysis: Analysis) -> bool:
    """Whether a word of this analysis is as unlikely as names are."""
    if cost < NAME_COST or not _ENDINGS.isdisjoint((analysis.suffix, *analysis.clitics)):
        return False
    confix = (analysis.prefixes[0] if analysis.prefixes else "", analysis.suffix)
    return cost >= WORD_COST or confix not in _CONFIXES
