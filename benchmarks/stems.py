"""Words and stems as a plain build makes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_TOKEN = re.compile(r"\w+")


class Stems(dict[str, str]):
    """Word → stem, each distinct word stemmed once."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        super().__init__()
        self._stem = stem

    def __missing__(self, word: str) -> str:
        stem = self[word] = self._stem(word)
        return stem

    def of(self, words: Iterable[str]) -> list[str]:
        """The stems of words, without the empty ones that PySastrawi gives for signs."""
        return [stem for word in words if (stem := self[word])]


def sastrawi() -> Stems:
    """The stems of PySastrawi."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    # The inner stemmer: the cache around it is ours.
    return Stems(StemmerFactory().create_stemmer().delegatedStemmer.stem_word)


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _TOKEN.findall(text.lower())
