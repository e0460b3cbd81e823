"""An article's title and text → the terms that an engine stores; a query's word → the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from newsearch.language.signature import signature
from newsearch.language.stemmer import StemCache, stem_token
from newsearch.language.stopwords import stop_words
from newsearch.language.tokens import tokens

ANALYSIS_VERSION = 4
"""Raise it with every change to tokens, stems, stop words, names or signatures that makes the
terms of an older index disagree with those of a query: such indexes then ask to be rebuilt."""

BREAK = "¶"
BREAKS = " ".join([BREAK] * 10)
"""Stands between title and body in `Terms.words`: as many as the widest slop of a phrase, so that
none runs from one to the other."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an article's text becomes; terms are joined by blanks, ready for an engine.

    Attributes:
        title, body: stems, without stop words.
        title_words: surface words of the title.
        words: surface words of title and body, `BREAKS` between them.
        signature: MinHash of the body (`newsearch.language.signature`).
    """

    title: str
    body: str
    title_words: str
    words: str
    signature: bytes


def analyse(title: str, text: str) -> Terms:
    """The terms of an article."""
    stems = content_stems()
    title_tokens, body_tokens = tokens(title), tokens(text)
    title_words = " ".join(title_tokens)
    return Terms(
        title=_join(stems, title_tokens),
        body=_join(stems, body_tokens),
        title_words=title_words,
        words=f"{title_words} {BREAKS} {' '.join(body_tokens)}",
        signature=signature(body_tokens or title_tokens),
    )


def _join(stems: StemCache, words: list[str]) -> str:
    # Stop words have an empty stem; filter and map keep the loop over tokens in C.
    return " ".join(filter(None, map(stems.__getitem__, words)))


def stems_of(token: str) -> list[str]:
    """The stems that a query's token is searched by; none for a stop word."""
    return content_stems()[token].split()


@cache
def content_stems() -> StemCache:
    """Token → its stems joined by blanks, empty for a stop word. One for the process."""
    return StemCache(_content_stem)


def _content_stem(token: str) -> str:
    return "" if token in stop_words() else stem_token(token)


@cache
def fingerprint() -> str:
    """Names the analysis: two indexes of one fingerprint hold the same terms for the same text."""
    return f"{ANALYSIS_VERSION}-sastrawi{version('PySastrawi')}-rensa{version('rensa')}"
