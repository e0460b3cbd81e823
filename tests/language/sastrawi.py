"""PySastrawi's own stemmer, to compare with."""

from __future__ import annotations

from collections.abc import Callable

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

SASTRAWI: Callable[[str], str] = StemmerFactory().create_stemmer().delegatedStemmer.stem_word
