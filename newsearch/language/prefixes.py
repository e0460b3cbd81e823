"""The prefixes of Indonesian and the sounds they take: what may stand under the first of a word.

meN- and peN- take the sound of what follows, and p, t, k, s melt into it; ber-, ter- and per- lose
their r before another. One word thus has several readings (*mengukur*: ukur or kukur), and each
is given. The numbers of Nazief & Adriani's rules, as PySastrawi counts them, are in the comments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

Reading = tuple[str, str, int]
"""Prefix, what stands under it, how many of its sounds are not what one expects."""

_VOWELS = frozenset("aiueo")

# Roots of one syllable take menge- and penge-; other roots that do are few and recent.
_MONOSYLLABLES = tuple(
    "bom bor cap cas cat cek cor gas hak klik lap las lem pak pel pos pres rem rol sah tag tes"
    " tik tahu".split()
)
_NO_MONOSYLLABLE = 2


def _b(body: str) -> Iterator[Reading]:
    if body.startswith("ber"):
        yield "ber", body[3:], 0  # 1a, 2, 3
        yield "ber", body[2:], 1  # 1b: be-rencana
    elif body.startswith("be") and body[3:5] == "er":
        yield "ber", body[2:], 0  # 5: be-kerja
    elif body.startswith("belajar"):
        yield "ber", body[3:], 0  # 4


def _d(body: str) -> Iterator[Reading]:
    if body.startswith("di"):
        yield "di", body[2:], 0


def _k(body: str) -> Iterator[Reading]:
    if body.startswith("ke"):
        yield "ke", body[2:], 0
    elif body.startswith("ku"):
        yield "ku", body[2:], 0  # 41
    elif body.startswith("kau"):
        yield "kau", body[3:], 0  # 42


def _m(body: str) -> Iterator[Reading]:
    if body.startswith("me"):
        for rest, unusual in _after_nasal(body):
            yield "meN", rest, unusual


def _p(body: str) -> Iterator[Reading]:
    if not body.startswith("pe"):
        return
    for rest, unusual in _after_nasal(body):
        yield "peN", rest, unusual
    if body.startswith("per"):
        yield "per", body[3:], 0  # 21a, 23, 24
        yield "per", body[2:], 1  # mem-pe-rebut-kan
    elif body.startswith("pelajar"):
        yield "per", body[3:], 0  # 32
    if body[2:3] not in ("r", "l", "w", "y"):
        yield "pe", body[2:], 0  # 34, 36: pe-tani, pe-main


def _s(body: str) -> Iterator[Reading]:
    if body.startswith("se"):
        yield "se", body[2:], 0


def _t(body: str) -> Iterator[Reading]:
    if body.startswith("ter"):
        yield "ter", body[3:], 0  # 6a, 7, 8
        yield "ter", body[2:], 1  # 6b: te-rendam
    elif body.startswith("te") and body[3:5] == "er":
        yield "ter", body[2:], 0  # 9, 35: te-percaya
    elif body.startswith("tidak"):
        yield "tidak", body[5:], 0  # ke-tidak-adil-an


SPLIT: Mapping[str, Callable[[str], Iterator[Reading]]] = {
    "b": _b,
    "d": _d,
    "k": _k,
    "m": _m,
    "p": _p,
    "s": _s,
    "t": _t,
}
"""First letter → the readings of a body that begins with it; no prefix begins otherwise."""


def _after_nasal(body: str) -> Iterator[tuple[str, int]]:
    """What may stand under the meN- or peN- of a body."""
    sound, rest = body[2:3], body[3:]
    if sound in ("l", "r", "w", "y"):  # 10, 20, 21b, 32
        yield body[2:], int(sound == "r" and body[0] == "p")
    elif sound == "m":
        yield from _after_m(rest)
    elif sound == "n":
        yield from _after_n(rest)


def _after_m(rest: str) -> Iterator[tuple[str, int]]:
    first = rest[:1]
    if first in _VOWELS:  # 13, 26
        yield "m" + rest, 0
        yield "p" + rest, 0
    elif first in ("b", "f", "v", "p"):  # 11, 12, 19, 25
        yield rest, _kept(rest, "p")


def _after_n(rest: str) -> Iterator[tuple[str, int]]:
    first, inner = rest[:1], rest[1:]
    if first in _VOWELS:  # 15, 28
        yield "n" + rest, 0
        yield "t" + rest, 0
    elif first in ("c", "d", "j", "z", "s", "t"):  # 14, 27
        yield rest, _kept(rest, "st")
    elif first == "y":  # 18, 31
        yield "s" + inner, 0
        yield "ny" + inner, 0
    elif first == "g":
        yield from _after_ng(inner)


def _after_ng(rest: str) -> Iterator[tuple[str, int]]:
    if rest[:1] not in _VOWELS:  # 16, 29
        yield rest, _kept(rest, "k")
        return
    yield rest, 0  # 17, 30
    yield "k" + rest, 0
    yield "ng" + rest, 0
    if rest[0] == "e":
        short = rest.startswith(_MONOSYLLABLES, 1)
        yield rest[1:], 0 if short else _NO_MONOSYLLABLE


def _kept(rest: str, melting: str) -> int:
    """1 where a sound that should have melted stands: before a vowel, but that of per-."""
    return int(rest[:1] in melting and rest[1:2] in _VOWELS and not rest.startswith("pe"))
