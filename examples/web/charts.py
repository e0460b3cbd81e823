"""Where things stand in the pictures: bars of time, dots on the map. The templates draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

import newsearch
from examples.web.criteria import Criteria

CHART_WIDTH, CHART_HEIGHT = 300, 64
MAX_MONTHS = 36
"""Months that are shown as bars; of a longer time the years are."""
MAX_BARS = 60
LABELLED = 12
"""Bars that each have their label below them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year, month or day; lengths in units of the picture."""

    label: str
    short: str
    count: int
    url: str
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Articles over time."""

    unit: str
    bars: list[Bar]
    width: int = CHART_WIDTH
    height: int = CHART_HEIGHT


def histogram(
    facets: Mapping[str, Sequence[newsearch.FacetCount]], asked: Criteria
) -> Histogram | None:
    """The bars of a search: days of one month, else months, else years; None without a date."""
    if asked.one_month:
        unit, counts = "hari", facets["day"]
    elif len(facets["month"]) <= MAX_MONTHS:
        unit, counts = "bulan", facets["month"]
    else:
        unit, counts = "tahun", facets["year"]
    counts = counts[-MAX_BARS:]
    if not counts:
        return None
    most = max(one.count for one in counts) or 1
    step = CHART_WIDTH / max(len(counts), LABELLED)
    every = -(-len(counts) // (LABELLED if unit != "bulan" else LABELLED // 2))
    bars = [
        Bar(
            label=one.label,
            short=_short(unit, one) if place % every == 0 else "",
            count=one.count,
            url=asked.url(since=one.value, until=one.value),
            x=round(place * step, 1),
            width=round(step * 0.8, 1),
            # A single article can be seen too.
            height=round(max(one.count / most * CHART_HEIGHT, 2 * (one.count > 0)), 1),
        )
        for place, one in enumerate(counts)
    ]
    return Histogram(unit, bars)


def _short(unit: str, one: newsearch.FacetCount) -> str:
    if unit == "hari":
        return str(int(one.value[-2:]))
    if unit == "bulan":
        return f"{one.label[:3]} {one.value[2:4]}"
    return one.value


SCALE = 1000 / 47
"""Units of the picture for a degree: the country is 47 degrees wide."""
WEST, NORTH = 94.5, 6.6
MARGIN = 1.2
"""Degrees around what a map shows."""
FLATTEST, HIGHEST = 0.42, 0.55
"""Least and greatest height of a map, as a share of its width."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A region on the map; `here` where it is the one that the page is about."""

    code: str
    label: str
    count: int
    x: float
    y: float
    radius: float
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a dot, in its middle below it."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """Dots for regions over smaller ones for every kabupaten and kota, which draw the islands.

    Attributes:
        box: the part that is shown: left, top, width and height.
        islands: the smaller ones, as an SVG path of strokes without a length.
        grain: how wide those are.
        dots: the regions.
        letter: height of a letter.
        names: of the dots that have room for them.
    """

    box: tuple[float, float, float, float]
    islands: str
    grain: float
    dots: list[Dot]
    letter: float
    names: list[Name]

    @property
    def view_box(self) -> str:
        """The box as SVG writes it."""
        return " ".join(f"{number:.1f}" for number in self.box)


def draw_map(
    counts: Iterable[newsearch.FacetCount], shown: str | None, url: Callable[[str], str]
) -> Map:
    """The provinces of the country, or the kabupaten and kota of a province.

    Args:
        counts: the facet `region`.
        shown: code of the region that the page is about.
        url: code → where a click leads.
    """
    province = shown.split(".")[0] if shown else None
    inside = _inside(province)
    box = _box([_point(one.code) for one in inside] if province else _seats())
    found = {one.value: one.count for one in counts}
    most = max((found.get(one.code, 0) for one in inside), default=0) or 1
    dots = [
        Dot(
            one.code,
            one.label,
            found.get(one.code, 0),
            *_point(one.code),
            # The area tells the number; in units of the width of the map.
            radius=round(box[2] * (0.006 + 0.022 * sqrt(found.get(one.code, 0) / most)), 2),
            url=url(one.code),
            here=shown is not None and (shown + ".").startswith(one.code + "."),
        )
        for one in inside
    ]
    # Large ones first: the small ones stay where they can be clicked.
    dots.sort(key=lambda dot: -dot.radius)
    letter = round(box[2] * 0.013, 2)
    return Map(box, _islands(), round(box[2] * 0.0044, 2), dots, letter, _names(dots, letter))


@cache
def _inside(province: str | None) -> list[newsearch.Region]:
    return newsearch.regions.regions(level=2 if province else 1, parent=province)


def _names(dots: Sequence[Dot], letter: float) -> list[Name]:
    """The names of the dots that have room for it, those with the most articles first."""
    names: list[Name] = []
    for dot in dots:
        found = newsearch.region(dot.code)
        name = Name(found.short_name, dot.x, round(dot.y + dot.radius + letter, 1))
        if dot.count and not any(_overlap(name, other, letter) for other in names):
            names.append(name)
    return names


def _overlap(one: Name, other: Name, letter: float) -> bool:
    # A letter is about half as wide as it is high.
    width = (len(one.text) + len(other.text) + 2) * letter * 0.28
    return abs(one.x - other.x) < width and abs(one.y - other.y) < letter * 1.1


@cache
def _point(code: str) -> tuple[float, float]:
    north, east = newsearch.regions.coordinates(code)
    return round((east - WEST) * SCALE, 1), round((NORTH - north) * SCALE, 1)


@cache
def _seats() -> list[tuple[float, float]]:
    return [_point(one.code) for one in newsearch.regions.regions(level=2)]


@cache
def _islands() -> str:
    return "".join(f"M{x} {y}h0" for x, y in _seats())


def _box(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """What surrounds some points, never much wider or higher than a page has room for."""
    margin = MARGIN * SCALE
    left, right = min(x for x, _ in points) - margin, max(x for x, _ in points) + margin
    top, bottom = min(y for _, y in points) - margin, max(y for _, y in points) + margin
    wider = max(0.0, (bottom - top) / HIGHEST - (right - left)) / 2
    higher = max(0.0, (right - left) * FLATTEST - (bottom - top)) / 2
    return left - wider, top - higher, right - left + 2 * wider, bottom - top + 2 * higher
