"""Token → stems: PySastrawi behind a bounded cache, with the names of regions left alone.

PySastrawi implements Nazief & Adriani (1996) as the confix-stripping stemmers CS (Asian 2007)
and ECS (Mahendra 2008; Tahitoe & Purwitasari 2010), over the root words of Kateglo.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from newsearch.language.tokens import tokens
from newsearch.regions import protected_names

CACHE_SIZE = 500_000
"""Words whose stems are kept; 50,000 articles of news hold 190,000 distinct words."""


class StemCache(dict[str, str]):
    """Token → its stems joined by blanks, each token stemmed once.

    Read it as a dict (``cache[token]``): the loop over the tokens of an article then runs in C.
    A full cache is emptied, which costs one pass of stemming and bounds the memory.
    """

    def __init__(self, stem_token: Callable[[str], str], size: int = CACHE_SIZE) -> None:
        super().__init__()
        self._stem_token = stem_token
        self._size = size

    def __missing__(self, token: str) -> str:
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

    ``stem("pembakaran")`` is ``"bakar"``; names of provinces, kabupaten and kota stay whole
    (``"Maluku"`` → ``"maluku"``). Reduplications take the stem of their word
    (``"anak-anak"`` → ``"anak"``); other compounds give a stem for each part
    (``"covid-19"`` → ``"covid 19"``).
    """
    stems = stem_cache()
    return " ".join(stems[token] for token in tokens(text))


def stem_token(token: str) -> str:
    """The stems of one token (as `tokens` gives it), joined by blanks."""
    if "-" in token:
        return _stem_compound(token)
    return _stem_word(token)


def _stem_compound(token: str) -> str:
    whole = _sastrawi()(token)
    if "-" not in whole and not _is_name(token):
        return whole
    return " ".join(_stem_word(part) for part in token.split("-"))


def _is_name(token: str) -> bool:
    return any(part in protected_names() for part in token.split("-"))


def _stem_word(word: str) -> str:
    if not word.isalpha() or word in protected_names():
        return word
    return _sastrawi()(word)


@lru_cache(maxsize=1)
def _sastrawi() -> Callable[[str], str]:
    # Imported here: reading 29,932 root words takes 40 ms that a search need not wait for.
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    factory = StemmerFactory()
    # The inner stemmer: CachedStemmer keeps every word it ever saw, without a bound.
    stem_word: Callable[[str], str] = factory.create_stemmer().delegatedStemmer.stem_word
    return stem_word
