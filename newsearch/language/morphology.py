"""The affixes of Indonesian: every way to take a word apart into affixes and a root.

The rules are those of Nazief & Adriani (1996) with the additions of the CS stemmer (Asian 2007) and
of ECS (Mahendra 2008; Tahitoe & Purwitasari 2010). Those stop at the first root they meet; this
yields all of them and leaves the choice to `newsearch.language.stemmer`.

A word is read from its end: particle (-lah, -kah, -tah, -pun), possessive (-ku, -mu, -nya), suffix
(-i, -kan, -an; the borrowed -is, -isme, -isasi); then from its start: up to `_DEEPEST` prefixes.
`CONFIXES` is Nazief & Adriani's list of forbidden pairs turned round. It keeps *kerusakan* from
being ke-rusa-kan: -kan makes verbs, ke- makes nouns.

Not here: the infixes -el-, -er-, -em-, -in-. They make no new words; those they made are roots of
the dictionary (*telunjuk*), and as a rule they mostly find what is not there: rawan in *relawan*.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import pairwise
from typing import NamedTuple

from newsearch.language.prefixes import SPLIT

_DEEPEST = 4  # ke-tidak-ber-peN-…

_NOMINAL = frozenset({"", "an"})
_VERBAL = frozenset({"", "i", "kan"})
SUFFIXES = ("i", "kan", "an", "is", "isme", "isasi")
CONFIXES: dict[str, frozenset[str]] = {
    "": frozenset({"", *SUFFIXES}),
    "di": _VERBAL,
    "ku": _VERBAL,
    "kau": _VERBAL,
    "meN": _VERBAL,
    "ter": _VERBAL,
    "ber": _NOMINAL | {"kan"},  # ber-dasar-kan
    "ke": _NOMINAL,
    "peN": _NOMINAL,
    "pe": _NOMINAL,
    "per": _NOMINAL | _VERBAL,  # per-satu-an, per-lihat-kan
    "se": _NOMINAL,
}
"""Outermost prefix → suffixes that go with it."""

INNER: dict[str, frozenset[str]] = {
    "": frozenset(CONFIXES) - {""},
    "di": frozenset({"per", "pe", "ke", "ber", "se", "ter"}),
    "ku": frozenset({"per", "ke", "ber", "se"}),
    "kau": frozenset({"per", "ke", "ber", "se"}),
    "meN": frozenset({"per", "pe", "ke", "ber", "se", "ter"}),
    "ter": frozenset({"per", "pe", "ke", "ber", "se"}),
    "ber": frozenset({"ke", "peN", "pe", "per", "se"}),
    "ke": frozenset({"ber", "ter", "se", "peN", "pe", "per", "tidak"}),
    "peN": frozenset({"ber", "ke", "se", "ter", "per"}),
    "pe": frozenset(),
    "per": frozenset({"se", "ke"}),
    "se": frozenset({"ke", "peN", "pe", "per", "ber", "se"}),
    "tidak": frozenset({"ber", "ter", "se", "peN", "ke"}),
}
"""Prefix → prefixes that may stand within it; '' is the start of the word."""

_PARTICLES = ("lah", "kah", "tah", "pun")
_POSSESSIVES = ("nya", "ku", "mu")
CLITICS = frozenset({*_PARTICLES, *_POSSESSIVES})


class Analysis(NamedTuple):
    """One way to take a word apart.

    Attributes:
        root: what is left.
        prefixes: from the outermost inwards, by name: 'meN' and 'peN' whatever their sound.
        suffix: the derivational suffix, or ''.
        clitics: possessive and particle.
        unusual: how many sounds are possible but not what one expects (mempunyai, be-rasa).
    """

    root: str
    prefixes: tuple[str, ...]
    suffix: str
    clitics: tuple[str, ...]
    unusual: int


def analyses(word: str, roots: Container[str], *, strict: bool = True) -> Iterator[Analysis]:
    """Every analysis whose root is one of `roots`; no affixes at all is one of them.

    Not `strict`: suffixes that the prefix forbids are allowed, as in misspellings (menunjukan),
    words that lost their blank (dilapangan), imperatives (ketahui).
    """
    for base, clitics in without_clitics(word):
        for body, suffix in _without_suffix(base):
            if body in roots:
                yield Analysis(body, (), suffix, clitics, 0)
            for root, prefixes, unusual in _peel(body, suffix if strict else None, roots):
                yield Analysis(root, prefixes, suffix, clitics, unusual)
            if suffix == "an" and body[:2] == f"{body[2:3]}e" and body[2:] in roots:
                yield Analysis(body[2:], ("Ce",), suffix, clitics, 0)  # re-runtuh-an


def without_clitics(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The word, and what it leaves without its particle, its possessive, both."""
    yield word, ()
    if word.endswith(_PARTICLES):
        bare, particle = word[:-3], word[-3:]
        yield bare, (particle,)
        if possessive := _ending(bare, _POSSESSIVES):
            yield bare[: -len(possessive)], (possessive, particle)
    elif possessive := _ending(word, _POSSESSIVES):
        yield word[: -len(possessive)], (possessive,)


def _without_suffix(base: str) -> Iterator[tuple[str, str]]:
    yield base, ""
    for suffix in SUFFIXES:
        if base.endswith(suffix):
            yield base[: -len(suffix)], suffix


def _ending(word: str, endings: tuple[str, ...]) -> str:
    return next((ending for ending in endings if word.endswith(ending)), "")


def affixes_of(analysis: Analysis) -> tuple[str, ...]:
    """The affixes by name: 'outermost…suffix', 'outer>inner' prefixes, '-clitic'."""
    prefixes = analysis.prefixes
    inner = (f"{outer}>{prefix}" for outer, prefix in pairwise(prefixes))
    clitics = (f"-{clitic}" for clitic in analysis.clitics)
    return (f"{prefixes[0] if prefixes else ''}…{analysis.suffix}", *inner, *clitics)


Peeled = Iterator[tuple[str, tuple[str, ...], int]]


def _peel(
    body: str, suffix: str | None, roots: Container[str], outer: tuple[str, ...] = ()
) -> Peeled:
    """The roots under the prefixes of a body, with those prefixes; any goes with no `suffix`."""
    split = SPLIT.get(body[:1])
    if split is None:
        return
    allowed = INNER[outer[-1] if outer else ""]
    for prefix, rest, unusual in split(body):
        if prefix not in allowed or (not outer and suffix not in (None, *CONFIXES[prefix])):
            continue
        chain = (*outer, prefix)
        if rest in roots:
            yield rest, chain, unusual
        if len(chain) < _DEEPEST:
            for root, prefixes, more in _peel(rest, suffix, roots, chain):
                yield root, prefixes, unusual + more
