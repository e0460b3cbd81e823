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

from collections.abc import Container
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


class Analyses(NamedTuple):
    """Every analysis of a word.

    Attributes:
        within: those within the grammar; no affixes at all is one of them.
        beyond: those whose suffix the prefix forbids, as in misspellings (menunjukan), words that
            lost their blank (dilapangan), imperatives (ketahui).
    """

    within: list[Analysis]
    beyond: list[Analysis]


_OPENINGS = ("be", "di", "ka", "ke", "ku", "me", "pe", "se", "te", "ti")
"""What the readings of `newsearch.language.prefixes` begin with: kau- and tidak- among them."""
_ENDINGS = (*SUFFIXES, *_PARTICLES, *_POSSESSIVES)


def may_have_affixes(word: str) -> bool:
    """Whether a word begins or ends like one with affixes: so does a third of those without any."""
    return word.startswith(_OPENINGS) or word.endswith(_ENDINGS)


def analyses(word: str, roots: Container[str]) -> Analyses:
    """Every analysis whose root is one of `roots`."""
    # Lists, not generators: most new words of a corpus have none, and that is to be seen quickly.
    found = Analyses([], [])
    for base, clitics in without_clitics(word):
        for body, suffix in _without_suffix(base):
            if body in roots:
                found.within.append(Analysis(body, (), suffix, clitics, 0))
            for root, prefixes, unusual in _peel(body, roots):
                goes = suffix in CONFIXES[prefixes[0]]
                one = Analysis(root, prefixes, suffix, clitics, unusual)
                (found.within if goes else found.beyond).append(one)
            if suffix == "an" and body[:2] == f"{body[2:3]}e" and body[2:] in roots:
                found.within.append(Analysis(body[2:], ("Ce",), suffix, clitics, 0))  # re-runtuh-an
    return found


def without_clitics(word: str) -> list[tuple[str, tuple[str, ...]]]:
    """The word, and what it leaves without its particle, its possessive, both."""
    bases: list[tuple[str, tuple[str, ...]]] = [(word, ())]
    if word.endswith(_PARTICLES):
        bare, particle = word[:-3], word[-3:]
        bases.append((bare, (particle,)))
        if bare.endswith(_POSSESSIVES):
            possessive = _ending(bare)
            bases.append((bare[: -len(possessive)], (possessive, particle)))
    elif word.endswith(_POSSESSIVES):
        possessive = _ending(word)
        bases.append((word[: -len(possessive)], (possessive,)))
    return bases


def _ending(word: str) -> str:
    return next(ending for ending in _POSSESSIVES if word.endswith(ending))


def _without_suffix(base: str) -> list[tuple[str, str]]:
    bodies = [(base, "")]
    if base.endswith(SUFFIXES):
        bodies += [(base[: -len(one)], one) for one in SUFFIXES if base.endswith(one)]
    return bodies


def affixes_of(analysis: Analysis) -> tuple[str, ...]:
    """The affixes by name: 'outermost…suffix', 'outer>inner' prefixes, '-clitic'."""
    prefixes = analysis.prefixes
    inner = (f"{outer}>{prefix}" for outer, prefix in pairwise(prefixes))
    clitics = (f"-{clitic}" for clitic in analysis.clitics)
    return (f"{prefixes[0] if prefixes else ''}…{analysis.suffix}", *inner, *clitics)


Peeled = list[tuple[str, tuple[str, ...], int]]


def _peel(body: str, roots: Container[str], outer: tuple[str, ...] = ()) -> Peeled:
    """The roots under the prefixes of a body, with those prefixes and what is unusual in them."""
    split = SPLIT.get(body[:1])
    if split is None:
        return []
    found: Peeled = []
    allowed = INNER[outer[-1] if outer else ""]
    for prefix, rest, unusual in split(body):
        if prefix not in allowed:
            continue
        chain = (*outer, prefix)
        if rest in roots:
            found.append((rest, chain, unusual))
        if len(chain) < _DEEPEST:
            under = _peel(rest, roots, chain)
            found += [(root, prefixes, unusual + more) for root, prefixes, more in under]
    return found
