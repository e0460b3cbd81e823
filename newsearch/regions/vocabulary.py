"""The names that are looked for in text: provinces, kabupaten, kota, their aliases and seats."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsearch.regions import lexicon
from newsearch.regions.gazetteer import by_code, seats
from newsearch.regions.names import name_key
from newsearch.regions.records import Region

NATIONAL = "national"
FOREIGN = "foreign"
CLEAR, ALSO_WORD, NEEDS_CUE = range(3)  # how little a name says by itself
_SEAT_WEIGHT = 0.8
_LONGEST_ABBREVIATION = 5


class Name(NamedTuple):
    """What a name can mean.

    `codes` are those of its regions, or NATIONAL or FOREIGN alone. `caution` is CLEAR, ALSO_WORD
    or NEEDS_CUE. An `upper` name counts only in capitals: 'OKI', not 'Oki'. A `general` one is of
    the nation or of other countries.
    """

    key: str
    codes: tuple[str, ...]
    caution: int
    upper: bool
    weight: float
    general: bool


class Vocabulary(NamedTuple):
    """The names by key, and for each word that opens a name the most words it can have.

    `regional` are the words that open the name of a region.
    """

    names: dict[str, Name]
    first: dict[str, int]
    regional: set[str]


@cache
def vocabulary() -> Vocabulary:
    """Return every name that is looked for; built once, in 10 ms."""
    made = Vocabulary({}, {}, set())
    for region in by_code().values():
        if region.level < 3:
            for spelling in _spellings(region):
                _add(made, spelling, region.code)
    for code, seat in seats().items():
        key = name_key(seat)
        if key not in made.names and key not in lexicon.POOR_SEATS:
            _add(made, seat, code, _SEAT_WEIGHT)
    _add(made, "Metro Jaya", "31", 0.5)  # the police of Jakarta, which works far beyond it
    for code, names in ((NATIONAL, lexicon.NATIONAL), (FOREIGN, lexicon.FOREIGN)):
        for spelling in names.split("|"):
            if name_key(spelling) not in made.names:
                _add(made, spelling, code)
    return made


def _spellings(region: Region) -> Iterator[str]:
    yield region.short_name
    for alias in region.aliases:
        if alias[0].isalpha():
            yield alias


def _add(made: Vocabulary, spelling: str, code: str, weight: float = 1.0) -> None:
    key = name_key(spelling)
    known = made.names.get(key)
    codes = (code,) if known is None else tuple(sorted({*known.codes, code}))
    upper = spelling.isupper() and len(spelling) <= _LONGEST_ABBREVIATION
    general = code in (NATIONAL, FOREIGN)
    made.names[key] = Name(key, codes, _caution(key), upper, weight, general)
    words = [name_key(word) for word in spelling.replace("-", " ").split()]
    for glued in range(1, len(words) + 1):  # 'Padanglawas Utara' opens with two words in one
        opening = "".join(words[:glued])
        most = len(words) - glued + 1
        made.first[opening] = max(made.first.get(opening, 0), most)
        if not general:
            made.regional.add(opening)


def _caution(key: str) -> int:
    if key in lexicon.NEED_CUE:
        return NEEDS_CUE
    return ALSO_WORD if key in lexicon.ALSO_WORDS else CLEAR
