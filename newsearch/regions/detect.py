"""Which regions an article is about.

Names are found (`mentions`), weighed (`scoring`) and compared here: provinces first, with all
that lies in them, then the kabupaten and kota of the best one. What is said of the whole nation
or of other countries raises what a region needs to be named at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from newsearch.regions.dateline import Dateline, find_dateline
from newsearch.regions.gazetteer import by_code, children, former_province, known
from newsearch.regions.inner import Announced, find_announced, find_kecamatan, find_villages
from newsearch.regions.mentions import Mentions, scan
from newsearch.regions.scoring import (
    KECAMATAN,
    LEAD,
    LEAD_LENGTH,
    VILLAGE,
    Evidence,
    count_general,
    count_votes,
    settle,
)
from newsearch.regions.words import Words

MAX_TEXT = 20_000  # characters that are read; an article has about 2,400
MAX_TITLE = 500
_MAX_DATELINE = 100

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
    it. Kecamatan and villages come after it, where a word announces them ('Desa Wudi') and what
    is around them is named too. Only the first 20,000 characters are read.

    Args:
        title: headline; may be empty.
        text: body, with or without a dateline at its start.
        dateline: place of the dateline, when the reader took it off the body.
        limit: the most regions to return.
    """
    return _read([(title, text, dateline)])[0].matches(limit) if limit > 0 else []


def detect_codes(
    articles: Iterable[tuple[str, str, str | None]], limit: int = 5
) -> list[tuple[str, ...]]:
    """Return the codes of the regions of each of several articles; see `detect_regions`.

    Args:
        articles: title, text and dateline of each.
        limit: the most regions to return of each, at least 1.
    """
    return [reading.codes(limit) for reading in _read(articles)]


def _read(articles: Iterable[tuple[str, str, str | None]]) -> list[_Reading]:
    """Read articles, given as title, text and dateline, and weigh what they name.

    Each step is taken for all of them before the next: what a step looks up then stays in the
    processor's caches.
    """
    from newsearch.regions.spotting import find_words  # numpy, which a search does without

    read = [_Reading(*article) for article in articles]
    words = iter(find_words([part for reading in read for part in reading.written]))
    for reading in read:
        reading.text, reading.title, reading.opening = islice(words, 3)
    for reading in read:
        reading.announced = find_announced(reading.text)
    naming = [reading for reading in read if reading.may_name_region()]
    for reading in naming:
        reading.scan()
    for reading in naming:
        reading.weigh()
    return read


class _Reading:
    """An article while its regions are looked for.

    Attributes:
        place: its dateline.
        written: its text, its title, and the place of its dateline.
        title, text, opening: the words of its parts, the last those of the dateline.
        announced: what its text announces.
        parts: what each part names.
        regions: the evidence of each region,
        inner: and of each kecamatan and village.
        scores: the points of all of them, once there is a main region.
        main: the code of the main region.
    """

    __slots__ = (
        "announced",
        "inner",
        "main",
        "opening",
        "parts",
        "place",
        "regions",
        "scores",
        "text",
        "title",
        "written",
    )

    def __init__(self, title: str, text: str, dateline: str | None) -> None:
        text = text[:MAX_TEXT]
        self.place = Dateline(dateline[:_MAX_DATELINE], 0) if dateline else find_dateline(text)
        self.written = text, title[:MAX_TITLE], self.place.place if self.place else ""
        self.text: Words
        self.title: Words
        self.opening: Words
        self.announced: Announced
        self.parts: dict[str, Mentions] = {}
        self.regions: dict[str, Evidence] = {}
        self.inner: dict[str, Evidence] = {}
        self.scores: dict[str, float] = {}
        self.main: str | None = None

    def may_name_region(self) -> bool:
        """Whether it has to be scanned: every fourth article names no region, announces none."""
        return (
            self.text.regional
            or self.title.regional
            or self.opening.regional
            or any(self.announced)
        )

    def scan(self) -> None:
        """Find what it names."""
        self.parts = {
            "dateline": scan(self.opening, firm=True) if self.place else Mentions([], []),
            "title": scan(self.title, headline=True),
            "text": scan(self.text, start=self.place.end if self.place else 0),
        }

    def weigh(self) -> None:
        """Weigh what was found, and find the main region."""
        votes = count_votes(self.parts)
        if not (votes or any(self.announced)):
            return
        self.regions = settle(votes, self.text, self.announced)
        self.inner = _add_inner(self.announced, self.regions)
        self.scores = {code: evidence.score for code, evidence in self.regions.items()}
        self.main = _main_region(self.regions, self.scores, self.parts)

    def codes(self, limit: int) -> tuple[str, ...]:
        """Return the main region, then the others that have enough points, the best first."""
        if self.main is None:
            return ()
        if len(self.regions) + len(self.inner) == 1 or limit == 1:
            return (self.main,)
        scores = self.scores
        scores.update((code, evidence.score) for code, evidence in self.inner.items())
        others = [
            code
            for code, score in scores.items()
            if score >= _LEAST_OTHER and code != self.main and not self._is_part_of_main(code)
        ]
        others.sort(key=lambda code: (-scores[code], code))
        return (self.main, *others[: limit - 1])

    def matches(self, limit: int) -> list[RegionMatch]:
        """Return the same with what speaks for each."""
        everything = {**self.regions, **self.inner}
        return [
            RegionMatch(region.code, region.name, round(evidence.score, 2), _phrases(evidence))
            for region, evidence in ((known(code), everything[code]) for code in self.codes(limit))
        ]

    def _is_part_of_main(self, code: str) -> bool:
        """Whether a far region only shares its name with a kecamatan of the main one.

        'Panjang, Bumi Waras dan Sukabumi' in Bandar Lampung are no news from Kota Sukabumi.
        """
        main = self.main
        if main is None or code.count(".") != 1 or code[:2] == main[:2]:
            return False
        if set(self.regions[code].points) != {"text"}:
            return False
        name = by_code()[code].short_name
        return any(child.name == name for child in children(main))


def _add_inner(announced: Announced, found: dict[str, Evidence]) -> dict[str, Evidence]:
    """Return the kecamatan and villages of a text, and credit the kabupaten around them."""
    inner: dict[str, Evidence] = {}
    if not any(announced):
        return inner
    kecamatan = find_kecamatan(announced, found)
    for place in kecamatan:
        points = KECAMATAN * (LEAD if place.start < LEAD_LENGTH else 1.0)
        inner.setdefault(place.region.code, Evidence()).add("text", points, place.shown)
        around = found.setdefault(place.region.code[:5], Evidence())
        around.add("kecamatan", points, place.region.name)
    for place in find_villages(announced, kecamatan, found):
        evidence = inner.setdefault(place.region.code, Evidence())
        evidence.add("text", VILLAGE * (LEAD if place.start < LEAD_LENGTH else 1.0), place.shown)
        if evidence.count == 1:  # a village named ten times is one place
            found[place.region.code[:5]].add("desa", VILLAGE, place.region.name)
    return inner


class _Province(NamedTuple):
    """A province with the kabupaten and kota in it that have points, the best first."""

    code: str
    own: float
    inside: tuple[str, ...]
    total: float


_total = attrgetter("total")


def _main_region(
    regions: Mapping[str, Evidence], scores: Mapping[str, float], parts: Mapping[str, Mentions]
) -> str | None:
    """Return the code of the main region, or None when too little speaks for it."""
    provinces = _provinces(scores)
    if not provinces:
        return None
    best = max(provinces, key=_total) if len(provinces) > 1 else provinces[0]
    if best.total < _LEAST:
        return None
    if len(provinces) >= _MANY:
        whole = sum(province.total for province in provinces)
        if best.total < _LEAST_OF_MANY * whole:
            return None
    main = _main_inside(best, regions, scores) or best.code
    national, foreign = count_general(parts)
    need = _LEAST + _FOREIGN_COST * foreign
    need += _NATIONAL_COST * min(national, _NATIONAL_MOST)
    if best.total == scores[main] and _only_dateline(regions[main]):
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
        total = own = scores.get(province, 0.0)
        if codes:
            codes.sort(key=scores.__getitem__, reverse=True)
            total += scores[codes[0]]
            total += _OTHERS * sum(scores[code] for code in codes[1:])
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


def _main_inside(
    province: _Province, regions: Mapping[str, Evidence], scores: Mapping[str, float]
) -> str | None:
    """Return the kabupaten or kota that stands for its province, if one does."""
    if not province.inside:
        return None
    first, *others = (scores[code] for code in province.inside)
    if first < _LEAST_SHARE * province.own:
        return None
    if _only_dateline(regions[province.inside[0]]) and first < province.own:
        return None
    if others and others[0] >= _RIVAL * first and province.own >= _LEAST:
        return None
    return province.inside[0]


def _phrases(evidence: Evidence) -> tuple[str, ...]:
    """Return the evidence for people to read."""
    named = [
        f"{part} '{evidence.shown[part]}'"
        for part in ("dateline", "title", "kecamatan", "desa")
        if part in evidence.shown
    ]
    return (*named, f"text {evidence.count}×") if evidence.count else tuple(named)
