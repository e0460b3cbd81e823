"""Token → stems: of all roots that a word can come from, the likeliest; names are left alone.

A stem is the root under the affixes of a word. The grammar of affixes is that of Nazief & Adriani
(1996) and its heirs CS (Asian 2007) and ECS (Mahendra 2008; Tahitoe & Purwitasari 2010), in
`morphology` and `prefixes`; the root words are PySastrawi's, which implements the same grammar.

PySastrawi takes the first root it meets: 'rusa' (deer) for *kerusakan* (damage). Here every
analysis is made, and the one of the lowest cost wins: bits of the root plus bits of the affixes,
both learnt without supervision from news (tools/build_stem_costs.py), plus `UNUSUAL` for each
sound that is possible but rare. In order:

1. A name of a region, a token that is not all letters, and a word of up to three letters stay.
2. data/stems.txt, a short list made by hand, decides.
3. A root word stays.
4. The likeliest analysis within the grammar gives the root.
5. Without one, the likeliest whose suffix does not go with its prefix: *menunjukan*, misspelt.
6. Where 4 or 5 find a clitic, the word without it is stemmed from 1 on.
7. Without any analysis, the word stays, but for -nya.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from newsearch.language.lexicon import Costs, costs, exceptions, roots
from newsearch.language.morphology import CLITICS, Analysis, affixes_of, analyses, may_have_affixes
from newsearch.language.tokens import MAX_TOKEN, tokens
from newsearch.regions import protected_names

CACHE_SIZE = 500_000
"""Words whose stems are kept; 50,000 articles of news hold 206,000 distinct tokens."""

UNUSUAL = 2.0
"""Bits. Anything from 0 to 8 changes the share of right lemmas by less than 0.2 %."""

_SHORT = 3  # letters of a word that is not stemmed, as in PySastrawi
_LONG = 4  # letters that make it likely that -nya after them is 'its', in an unknown word


class StemCache(dict[str, str]):
    """Token → its stems joined by blanks, each token stemmed once.

    Read it as a dict (``cache[token]``): a loop over tokens then runs in C.
    A full cache is emptied, which costs one pass of stemming, and what is too long to be a token
    is not kept: both bound the memory.
    """

    def __init__(self, stem_token: Callable[[str], str], size: int = CACHE_SIZE) -> None:
        super().__init__()
        self._stem_token = stem_token
        self._size = size

    def __missing__(self, token: str) -> str:
        if len(token) > MAX_TOKEN:
            return self._stem_token(token)
        if len(self) >= self._size:
            self.clear()
        stems = self[token] = self._stem_token(token)
        return stems


@cache
def stem_cache() -> StemCache:
    """The one cache of this process."""
    return StemCache(stem_token)


def stem(text: str) -> str:
    """The stem of a word, or the stems of all words of a text joined by blanks.

    ``stem("pembakaran")`` is ``"bakar"``. A stem is the root word that is left when prefixes,
    suffixes, possessives and particles are taken away; where several roots are possible, the one
    that together with the affixes is likeliest in news (``"kerusakan"`` → ``"rusak"``, not
    ``"rusa"``). Words without a known root lose no more than -nya. Names of provinces, kabupaten
    and kota stay whole (``"Maluku"`` → ``"maluku"``). Reduplications take the stem of their word
    (``"anak-anak"`` → ``"anak"``); other compounds give a stem for each part
    (``"covid-19"`` → ``"covid 19"``).

    Affixes: Nazief & Adriani (1996), Asian (2007), Mahendra (2008), Tahitoe & Purwitasari (2010).
    Root words: PySastrawi. `newsearch.language.stemmer` tells the rules in order.
    """
    stems = stem_cache()
    return " ".join(stems[token] for token in tokens(text))


def is_root(token: str) -> bool:
    """Whether a token is a root word."""
    return token in roots()


def stem_token(token: str) -> str:
    """The stems of one token (as `tokens` gives it), joined by blanks."""
    if "-" in token:
        return _stem_compound(token)
    return _stem_word(token)


def _stem_compound(token: str) -> str:
    parts = token.split("-")
    if parts[-1] in CLITICS:  # bapak-bapak-nya
        parts.pop()
    if not protected_names().isdisjoint(parts):
        return " ".join(map(_stem_word, parts))
    stems = [_stem_word(part) for part in parts]
    first, last = stems[0], stems[-1]
    # Asian (2007): both halves have one stem; meniru-nirukan: the second is 'menirukan'.
    if first != last and last == parts[-1] and last not in roots():
        last = _stem_word(f"me{last}")
    if len(parts) == 2 and first == last and first.isalpha():  # a score of 1-1 keeps its two
        return first
    return " ".join(stems)


def _stem_word(word: str) -> str:
    if len(word) <= _SHORT or not word.isalpha() or word in protected_names():
        return word
    if (stem := exceptions().get(word)) is not None:
        return stem
    if word in roots():
        return word
    found = likeliest(word) if may_have_affixes(word) else None
    if found is None:
        return _without_nya(word)
    best = found[1]
    if best.clitics and (best.prefixes or best.suffix):
        # So that a word and the word with its clitic have one stem: masakan, masakannya.
        return _stem_word(word[: -sum(map(len, best.clitics))])
    return best.root


def _without_nya(word: str) -> str:
    base = word.removesuffix("nya")
    return base if len(base) >= _LONG else word


@lru_cache(16)  # the stemmer asks, and then who decides whether the word is a name
def likeliest(word: str) -> tuple[float, Analysis] | None:
    """The likeliest analysis of a word and its cost in bits; within the grammar if there is one."""
    found = analyses(word, roots())
    prices = costs()
    return min(((_cost(one, prices), one) for one in found.within or found.beyond), default=None)


def _cost(analysis: Analysis, prices: Costs) -> float:
    cost = prices.roots.get(analysis.root, prices.rare_root) + UNUSUAL * analysis.unusual
    for affix in affixes_of(analysis):
        cost += prices.affixes.get(affix, prices.rare_affix)
    return cost
