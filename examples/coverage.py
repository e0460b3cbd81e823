"""Plot how much an index covers each province in each month, as an SVG.

python examples/coverage.py indexes/demo coverage.svg --query banjir
"""

from __future__ import annotations

import argparse
from html import escape
from pathlib import Path

import newsearch

SIZE, LEFT, TOP = 18, 220, 70
"""Pixels of a square, and of the room for labels."""


def table(index: newsearch.NewsIndex, query: str) -> tuple[list[str], dict[str, dict[str, int]]]:
    """The months, and for each province its articles by month."""
    whole = index.search(query, limit=0, facets=("region", "month"), fill=True)
    counts = {}
    for province in whole.region_tree():
        found = index.search(query, limit=0, region=province.value, facets=("month",))
        counts[province.label] = {month.value: month.count for month in found.facets["month"]}
    return sorted(month.value for month in whole.facets["month"]), counts


def draw(months: list[str], counts: dict[str, dict[str, int]]) -> str:
    """A square for each province and month, the darker the more articles."""
    most = max((count for row in counts.values() for count in row.values()), default=1)
    width, height = LEFT + SIZE * len(months) + 10, TOP + SIZE * len(counts) + 10
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">']
    parts.append("<style>text{font:12px sans-serif}rect{fill:#0b5}</style>")
    for column, month in enumerate(months):
        x, y = LEFT + SIZE * column + 12, TOP - 6
        parts.append(f'<text x="{x}" y="{y}" transform="rotate(-60 {x} {y})">{month}</text>')
    for line, (label, row) in enumerate(counts.items()):
        y = TOP + SIZE * line
        parts.append(f'<text x="4" y="{y + 13}">{escape(label)}</text>')
        for month, count in row.items():
            x, shade = LEFT + SIZE * months.index(month), 0.15 + 0.85 * count / most
            square = f'x="{x}" y="{y}" width="{SIZE - 2}" height="{SIZE - 2}"'
            parts.append(f'<rect {square} opacity="{shade:.2f}"><title>{count}</title></rect>')
    return "\n".join([*parts, "</svg>"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Plot coverage by province and month.")
    parser.add_argument("index")
    parser.add_argument("svg", type=Path)
    parser.add_argument("--query", default="")
    options = parser.parse_args()
    with newsearch.open(options.index) as opened:
        options.svg.write_text(draw(*table(opened, options.query)), "utf-8")
