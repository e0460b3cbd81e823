"""Indonesian text → terms: tokens, stems, stop words, signatures, the analysis of an article."""

from newsearch.language.abbreviations import Alternative, alternatives
from newsearch.language.analysis import (
    JOINT,
    PHRASE_WORDS,
    Terms,
    analyse,
    analyse_all,
    content_stems,
    stems_of,
)
from newsearch.language.signature import MINIMA, containment, minima, similarity
from newsearch.language.stemmer import is_root, stem
from newsearch.language.stopwords import stop_words
from newsearch.language.tokens import spans, tokens

__all__ = [
    "JOINT",
    "MINIMA",
    "PHRASE_WORDS",
    "Alternative",
    "Terms",
    "alternatives",
    "analyse",
    "analyse_all",
    "containment",
    "content_stems",
    "is_root",
    "minima",
    "similarity",
    "spans",
    "stem",
    "stems_of",
    "stop_words",
    "tokens",
]
