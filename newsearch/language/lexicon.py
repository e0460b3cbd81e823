"""What the stemmer knows of words: the roots, how likely they and the affixes are, exceptions.

The roots are PySastrawi's (the root words of Kateglo, CC-BY-NC-SA), read from the installed
package. The costs and the inflected words in data/ were counted by tools/build_stem_costs.py;
data/stems.txt is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SHORTEST_ROOT = 3
"""Letters. Of the four roots of two, 'mi' and 'mu' end every other name."""


@dataclass(frozen=True, slots=True)
class Costs:
    """How unlikely roots and affixes are, in bits (−log₂ of their probability).

    Attributes:
        roots: root → cost; a root that the corpus lacks costs `rare_root`.
        affixes: 'prefix…suffix' of the outermost prefix and the suffix, 'prefix>prefix' of a
            prefix within another, '-nya' of a clitic; others cost `rare_affix`.
        rare_root, rare_affix: what is not listed costs more than all that is.
    """

    roots: Mapping[str, float]
    affixes: Mapping[str, float]
    rare_root: float
    rare_affix: float


@cache
def roots() -> frozenset[str]:
    """The root words, those of data/stems.txt included."""
    text = files("Sastrawi.Stemmer").joinpath("data/kata-dasar.txt").read_text("utf-8")
    known = (word for word in text.split() if len(word) >= SHORTEST_ROOT and word.isalpha())
    return frozenset(known).union(exceptions().values())


@cache
def exceptions() -> Mapping[str, str]:
    """Word → stem, where the rules find none or the wrong one; a stem is its own."""
    return {word: line[0] for line in _lines("stems.txt") for word in line}


@cache
def costs() -> Costs:
    """The costs that newsearch ships."""
    of_roots = {root: float(cost) for cost, *line in _lines("root-costs.txt") for root in line}
    of_affixes = {affix: float(cost) for affix, cost in _lines("affix-costs.txt")}
    return Costs(of_roots, of_affixes, max(of_roots.values()) + 1, max(of_affixes.values()) + 1)


@cache
def inflected() -> frozenset[str]:
    """Words that look like names by their costs, but news writes them in lower case: *petugas*."""
    return frozenset(word for line in _lines("inflected.txt") for word in line)


def _lines(name: str) -> Iterator[list[str]]:
    text = files(__package__).joinpath(f"data/{name}").read_text("utf-8")
    return (line.split() for line in text.splitlines() if line and not line.startswith("#"))
