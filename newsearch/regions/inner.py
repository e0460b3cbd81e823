"""Kecamatan and villages in a text: found where a word announces them, placed by what is near.

Their names repeat and are words of all kinds, so that a name alone says nothing. 'Kecamatan
Sukajadi' is that of the kabupaten or kota which the article names, or the one that has the
village named beside it; 'Desa Sukamaju' is that of the kecamatan named, else of the kabupaten or
kota named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from newsearch.regions import lexicon
from newsearch.regions.lookup import kecamatan_index
from newsearch.regions.names import name_key
from newsearch.regions.records import Region
from newsearch.regions.villages import villages_named
from newsearch.regions.words import Words

_MOST = 50  # announcements that are looked up
_NEAR = 80  # characters from a village to the kecamatan that it lies in
_NAME = re.compile(r"[A-Z][A-Za-z']*(?:[ -][A-Z][A-Za-z']*){0,3}")
# Those that news writes without a capital; the others come with the words that have one.
_LOWER_CUES = (("kecamatan ", False), ("desa ", True), ("kelurahan ", True))


class Place(NamedTuple):
    """A kecamatan or village found: what it is, how the text writes it, and where."""

    region: Region
    shown: str
    start: int


class Announced(NamedTuple):
    """What words announce, in the order of the text: (start, the words of a name at most)."""

    kecamatan: list[tuple[int, list[str]]]
    villages: list[tuple[int, list[str]]]


_NOTHING = Announced([], [])


def find_announced(source: Words) -> Announced:
    """Return the names that words for a kecamatan or a village announce."""
    text = source.text
    places: list[tuple[int, bool]] = []
    if source.local:
        for opener, _, end in source.marked:
            if opener.local:
                places.append((end, opener.key in lexicon.VILLAGE_CUES))
    for word, is_village in _LOWER_CUES:
        start = text.find(word)
        while start >= 0 and len(places) < _MOST:
            places.append((start + len(word) - 1, is_village))
            start = text.find(word, start + len(word))
    if not places:
        return _NOTHING
    found = Announced([], [])
    for end, is_village in sorted(places)[:_MOST]:
        start = end + (2 if text.startswith(". ", end) else 1)  # 'Kec. Sambeng'
        name = _NAME.match(text, start)
        if name is not None and text[end : end + 1] in " .":
            words = name[0].replace("-", " ").split()
            (found.villages if is_village else found.kecamatan).append((start, words))
    return found


def find_kecamatan(announced: Announced, found: Collection[str]) -> list[Place]:
    """Return the kecamatan of an article.

    Args:
        announced: what its text announces.
        found: codes of the provinces, kabupaten and kota that it names.
    """
    places = []
    for start, words in announced.kecamatan:
        for count in range(len(words), 0, -1):
            regions = kecamatan_index().get(name_key("".join(words[:count])))
            if regions:
                region = _which(regions, found, announced, start)
                if region is not None:
                    places.append(Place(region, " ".join(words[:count]), start))
                break
    return places


def _which(
    regions: tuple[Region, ...], found: Collection[str], announced: Announced, start: int
) -> Region | None:
    """Return the one of several kecamatan of a name whose surroundings the article names."""
    for fitting in (
        [region for region in regions if region.parent in found],
        [region for region in regions if region.code[:2] in found],
        regions,
    ):
        if len({region.parent for region in fitting}) == 1:
            return fitting[0]
        if fitting:
            # 'Desa Wudi, Kecamatan Sambeng': which Sambeng has a Wudi?
            beside = [words for place, words in announced.villages if 0 < start - place < _NEAR]
            fitting = [r for r in fitting if any(_villages(words, r.code) for words in beside)]
            return fitting[0] if len({region.parent for region in fitting}) == 1 else None
    return None


def find_villages(
    announced: Announced, kecamatan: Collection[Place], found: Mapping[str, object]
) -> list[Place]:
    """Return the villages of an article whose place its kecamatan, kabupaten or kota tell.

    Args:
        announced: what its text announces.
        kecamatan: those that it names.
        found: codes of the kabupaten and kota that it names.
    """
    places = []
    for start, words in announced.villages:
        near = sorted(kecamatan, key=lambda place: abs(place.start - start))
        around = list(dict.fromkeys(place.region.code for place in near))
        wider = [code for code in found if code.count(".") == 1]
        region = _only(words, around) or _only(words, wider, together=True)
        if region is not None:
            places.append(Place(region, region.name, start))
    return places


def _only(words: list[str], around: list[str], together: bool = False) -> Region | None:
    """Return the one village of a name in the first region that has any, or in all together."""
    fitting: list[Region] = []
    for code in around:
        fitting += _villages(words, code)
        if fitting and not together:
            break
    return fitting[0] if len(fitting) == 1 else None


def _villages(words: list[str], within: str) -> tuple[Region, ...]:
    """Return the villages inside a region that the most of some words name."""
    for count in range(len(words), 0, -1):
        found = villages_named(name_key("".join(words[:count])), within)
        if found:
            return found
    return ()


def count_inner(announced: Announced, code: str) -> int:
    """Return how many of the announced villages a kabupaten or kota has."""
    return sum(bool(_villages(words, code)) for _, words in announced.villages)
