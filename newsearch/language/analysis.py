"""An article's title and text → the terms that an engine stores; a query's word → the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from newsearch.language.names import LOOK, PLACE, may_be_name, names_among
from newsearch.language.signature import signature
from newsearch.language.stemmer import CACHE_SIZE, StemCache, stem_token
from newsearch.language.stopwords import stop_words
from newsearch.language.tokens import tokens

ANALYSIS_VERSION = 6
"""Raise it with every change to tokens, stems, stop words, names or signatures that makes the
terms of an older index disagree with those of a query: such indexes then ask to be rebuilt."""

BREAK = "¶"
BREAKS = " ".join([BREAK] * 10)
"""Stands between title and body in `Terms.words`: as many as the widest slop of a phrase, so that
none runs from one to the other."""

JOINT = "_"
"""Stands between the words of a phrase that is one term; no token holds it."""
PHRASE_WORDS = 3
"""Words of the longest phrase of a title: 'revisi uu kpk'."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an article's text becomes; terms are joined by blanks, ready for an engine.

    Attributes:
        title, body: stems, without stop words; names as they are (`newsearch.language.names`).
        title_words: surface words of the title.
        words: surface words of title and body, `BREAKS` between them.
        title_phrases: runs of two and three surface words of the title, joined by `JOINT`, that
            neither begin nor end with a stop word.
        signature: MinHash of the body (`newsearch.language.signature`).
    """

    title: str
    body: str
    title_words: str
    words: str
    title_phrases: str
    signature: bytes


def analyse(title: str, text: str) -> Terms:
    """The terms of an article."""
    title_tokens, body_tokens = tokens(title), tokens(text)
    title_words = " ".join(title_tokens)
    stems = _marked_stems()
    # Stop words have an empty stem; filter and map keep the loop over tokens in C.
    title_stems = " ".join(filter(None, map(stems.__getitem__, title_tokens)))
    body_stems = " ".join(filter(None, map(stems.__getitem__, body_tokens)))
    if LOOK in body_stems or PLACE in body_stems or LOOK in title_stems or PLACE in title_stems:
        names = _names(title_tokens + body_tokens, text)
        title_stems = _resolve(title_stems, title_tokens, names)
        body_stems = _resolve(body_stems, body_tokens, names)
    return Terms(
        title=title_stems,
        body=body_stems,
        title_words=title_words,
        words=f"{title_words} {BREAKS} {' '.join(body_tokens)}",
        title_phrases=" ".join(_phrases(title_tokens)),
        signature=signature(body_tokens or title_tokens),
    )


def _phrases(words: list[str]) -> Iterator[str]:
    stop = stop_words()
    for start, first in enumerate(words):
        if first in stop:
            continue
        for end in range(start + 2, min(start + PHRASE_WORDS, len(words)) + 1):
            if words[end - 1] not in stop:
                yield JOINT.join(words[start:end])


def _names(words: list[str], text: str) -> frozenset[str]:
    kinds = _candidates()
    return names_among(((word, kinds[word]) for word in kinds.keys() & words), text)


def _resolve(stems: str, words: list[str], names: frozenset[str]) -> str:
    """The stems of some words, marked as yet, with the names among them whole."""
    if names.isdisjoint(words):
        return stems.replace(LOOK, "").replace(PLACE, "")
    known = content_stems()
    return " ".join(filter(None, (word if word in names else known[word] for word in words)))


def stems_of(token: str) -> list[str]:
    """The stems that a query's token is searched by; none for a stop word."""
    return content_stems()[token].split()


@cache
def content_stems() -> StemCache:
    """Token → its stems joined by blanks, empty for a stop word. One for the process."""
    return StemCache(_content_stem)


@cache
def _marked_stems() -> StemCache:
    """The same, with the mark of what may be a name in front: so names cost nothing to look for."""
    return StemCache(_marked_stem)


@cache
def _candidates() -> dict[str, str]:
    """Tokens met so far that may be names, with their marks."""
    return {}


def _marked_stem(token: str) -> str:
    stem = content_stems()[token]
    kind = may_be_name(token) if stem and stem != token else ""
    if kind and len(_candidates()) < CACHE_SIZE:
        _candidates()[token] = kind
    return kind + stem


def _content_stem(token: str) -> str:
    return "" if token in stop_words() else stem_token(token)


@cache
def fingerprint() -> str:
    """Names the analysis: two indexes of one fingerprint hold the same terms for the same text."""
    return f"{ANALYSIS_VERSION}-sastrawi{version('PySastrawi')}-rensa{version('rensa')}"
