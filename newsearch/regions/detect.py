"""Which regions an article is about.

Names are found (`mentions`), weighed (`scoring`) and compared here: provinces first, with all
that lies in them, then the kabupaten and kota of the best one. What is said of the whole nation
or of other countries raises what a region needs to be named at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsearch.regions.dateline import Dateline, find_dateline
from newsearch.regions.gazetteer import by_code, children, former_province
from newsearch.regions.lookup import kecamatan_index
from newsearch.regions.mentions import scan
from newsearch.regions.names import name_key
from newsearch.regions.records import Region
from newsearch.regions.scoring import (
    KECAMATAN,
    LEAD,
    LEAD_LENGTH,
    Evidence,
    Tally,
    count_votes,
    settle,
)

MAX_TEXT = 20_000  # characters that are read; an article has about 2,400
MAX_TITLE = 500
_MAX_DATELINE = 100
_MAX_KECAMATAN = 50  # mentions that are looked up

_LEAST = 1.5  # points that a region needs: one office, or one name in the lead
_LEAST_DATELINE = 4.0  # a dateline alone, as on horoscopes and recipes, is not enough
_NATIONAL_COST = 0.25  # points more for each point of national news, up to ten of them
_NATIONAL_MOST = 10.0
_FOREIGN_COST = 0.5
_OTHERS = 0.5  # what the second kabupaten of a province adds to it
_LEAST_SHARE = 0.5  # of its province's own points, for a kabupaten to be the main region
_RIVAL = 0.75  # two kabupaten this close, and the province named: the province is meant
_MANY = 4  # provinces: from here on an article may be a list of them, as of prices or weather,
_LEAST_OF_MANY = 0.35  # unless one has this share of all points
_LEAST_OTHER = 1.0  # points of a region that is not the main one

# Looked for with str.find, without their first letter for the sake of case: ten times faster
# than one regular expression for all.
_KECAMATAN_WORDS = (
    "ecamatan ",
    "ECAMATAN ",
    "ec. ",
    "olsek ",
    "istrik ",
    "amat ",
    "apanewon ",
    "emantren ",
)
_NAME = re.compile(r"[A-Z][A-Za-z']*(?:[ -][A-Z][A-Za-z']*){0,3}")


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """A region that an article is about.

    Attributes:
        code: Kemendagri code.
        name: official name.
        score: points, comparable within one article; above 8 is plain, under 3 is thin.
        evidence: what speaks for it: "dateline 'KAYU AGUNG'", "title 'OKI'", "text 6×".
    """

    code: str
    name: str
    score: float
    evidence: tuple[str, ...]


def detect_regions(
    title: str, text: str, dateline: str | None = None, limit: int = 5
) -> list[RegionMatch]:
    """Return the regions of an article, the main one first; none when too little speaks for any.

    The main region is a kabupaten or kota, or a province when the article is about the whole of
    it. Kecamatan come after it. Only the first 20,000 characters are read.

    Args:
        title: headline; may be empty.
        text: body, with or without a dateline at its start.
        dateline: place of the dateline, when the reader took it off the body.
        limit: the most regions to return.
    """
    if limit < 1:
        return []
    text = text[:MAX_TEXT]
    place = Dateline(dateline[:_MAX_DATELINE], 0) if dateline else find_dateline(text)
    place = place or Dateline("", 0)
    parts = {
        "dateline": [mention._replace(firm=True) for mention in scan(place.place)],
        "title": scan(title[:MAX_TITLE], headline=True),
        "text": [mention for mention in scan(text) if mention.start >= place.end],
    }
    tally = settle(count_votes(parts), text)
    kecamatan = _add_kecamatan(text, tally.regions)
    main = _main_region(tally)
    if main is None:
        return []
    return _matches(main, tally.regions, kecamatan)[:limit]


def _add_kecamatan(text: str, found: dict[str, Evidence]) -> dict[str, Evidence]:
    """Return the kecamatan that a text names as such, and credit the kabupaten around them."""
    kecamatan: dict[str, Evidence] = {}
    for region, shown, start in _kecamatan(text, found):
        points = KECAMATAN * (LEAD if start < LEAD_LENGTH else 1.0)
        kecamatan.setdefault(region.code, Evidence()).add("text", points, shown)
        parent = region.parent or ""
        found.setdefault(parent, Evidence()).add("kecamatan", points, region.name)
    return kecamatan


def _kecamatan(text: str, found: Mapping[str, Evidence]) -> Iterator[tuple[Region, str, int]]:
    """Yield each kecamatan that a word for it announces: (region, its name there, place)."""
    for start in _announced(text):
        match = _NAME.match(text, start)
        words = match[0].replace("-", " ").split() if match is not None else []
        for count in range(len(words), 0, -1):
            regions = kecamatan_index().get(name_key("".join(words[:count])))
            if regions:
                region = _which(regions, found)
                if region is not None:
                    yield region, " ".join(words[:count]), start
                break


def _announced(text: str) -> list[int]:
    """Return the places after words that announce a kecamatan, in order."""
    places: list[int] = []
    for word in _KECAMATAN_WORDS:
        start = text.find(word)
        while start >= 0 and len(places) < _MAX_KECAMATAN:
            places.append(start + len(word))
            start = text.find(word, start + len(word))
    return sorted(places)


def _which(regions: tuple[Region, ...], found: Mapping[str, Evidence]) -> Region | None:
    """Return the one of several kecamatan of a name whose surroundings the article names."""
    for fitting in (
        [region for region in regions if region.parent in found],
        [region for region in regions if region.code[:2] in found],
        regions,
    ):
        if len({region.parent for region in fitting}) == 1:
            return fitting[0]
    return None


@dataclass(frozen=True, slots=True)
class _Province:
    """A province with the kabupaten and kota in it that have points, the best first."""

    code: str
    own: float
    inside: tuple[str, ...]
    total: float


def _main_region(tally: Tally) -> str | None:
    """Return the code of the main region, or None when too little speaks for it."""
    scores = {code: evidence.score for code, evidence in tally.regions.items()}
    provinces = _provinces(scores)
    if not provinces:
        return None
    best = max(provinces, key=lambda province: province.total)
    whole = sum(province.total for province in provinces)
    if len(provinces) >= _MANY and best.total < _LEAST_OF_MANY * whole:
        return None
    main = _main_inside(best, tally, scores) or best.code
    need = _LEAST + _FOREIGN_COST * tally.foreign
    need += _NATIONAL_COST * min(tally.national, _NATIONAL_MOST)
    if best.total == scores[main] and _only_dateline(tally.regions[main]):
        need = max(need, _LEAST_DATELINE)
    return main if best.total >= need else None


def _provinces(scores: Mapping[str, float]) -> list[_Province]:
    groups: dict[str, list[str]] = {}
    for code in scores:
        group = groups.setdefault(_province_of(code, scores), [])
        if "." in code:
            group.append(code)
    found = []
    for province, codes in groups.items():
        own = scores.get(province, 0.0)
        codes.sort(key=lambda code: -scores[code])
        inside = [scores[code] for code in codes]
        total = own + sum(inside[:1]) + _OTHERS * sum(inside[1:])
        found.append(_Province(province, own, tuple(codes), total))
    return found


def _province_of(code: str, scores: Mapping[str, float]) -> str:
    """Return the province of a region; the one before 2022 where the article names only that."""
    province, former = code[:2], former_province(code)
    if former is not None and former in scores and province not in scores:
        return former
    return province


def _only_dateline(evidence: Evidence) -> bool:
    return set(evidence.points) == {"dateline"}


def _main_inside(province: _Province, tally: Tally, scores: Mapping[str, float]) -> str | None:
    """Return the kabupaten or kota that stands for its province, if one does."""
    if not province.inside:
        return None
    first, *others = (scores[code] for code in province.inside)
    if first < _LEAST_SHARE * province.own:
        return None
    if _only_dateline(tally.regions[province.inside[0]]) and first < province.own:
        return None
    if others and others[0] >= _RIVAL * first and province.own >= _LEAST:
        return None
    return province.inside[0]


def _matches(
    main: str, found: Mapping[str, Evidence], kecamatan: Mapping[str, Evidence]
) -> list[RegionMatch]:
    """Return the main region, then the others that have enough points, the best first."""
    everything = {**found, **kecamatan}
    scores = {code: evidence.score for code, evidence in everything.items()}
    others = [
        code
        for code in scores
        if code != main and scores[code] >= _LEAST_OTHER and not _is_part_of(main, everything, code)
    ]
    others.sort(key=lambda code: (-scores[code], code))
    regions = by_code()
    return [
        RegionMatch(code, regions[code].name, round(scores[code], 2), _phrases(everything[code]))
        for code in (main, *others)
    ]


def _is_part_of(main: str, found: Mapping[str, Evidence], code: str) -> bool:
    """Whether a far region only shares its name with a kecamatan of the main one.

    'Panjang, Bumi Waras dan Sukabumi' in Bandar Lampung are no news from Kota Sukabumi.
    """
    if code.count(".") != 1 or code[:2] == main[:2] or set(found[code].points) != {"text"}:
        return False
    name = by_code()[code].short_name
    return any(child.name == name for child in children(main))


def _phrases(evidence: Evidence) -> tuple[str, ...]:
    """Return the evidence for people to read."""
    named = [
        f"{part} '{evidence.shown[part]}'"
        for part in ("dateline", "title", "kecamatan")
        if part in evidence.shown
    ]
    return (*named, f"text {evidence.count}×") if evidence.count else tuple(named)
