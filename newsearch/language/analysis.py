"""An article's title and text → the terms that an engine stores; a query's word → the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsearch.language.names import may_be_name, names_among
from newsearch.language.signature import signature
from newsearch.language.stemmer import StemCache, stem_token
from newsearch.language.stopwords import stop_words
from newsearch.language.tokens import MAX_TOKEN, runs

BREAK = "¶"
BREAKS = " ".join([BREAK] * 10)
"""Stands between title and body in `Terms.words`: as many as the widest slop of a phrase, so that
none runs from one to the other."""

JOINT = "_"
"""Stands between the words of a phrase that is one term. No token holds it."""
PHRASE_WORDS = 3
"""Words of the longest phrase of a title: 'banjir di ambon'."""

MARK, TOO_LONG = "\x01", "\x02"
"""No token holds them; they stand about what may be a name, and for what is too long."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an article's text becomes; terms are joined by blanks, ready for an engine.

    Attributes:
        title, body: stems, without stop words; names as they are (`newsearch.language.names`).
        title_words: surface words of the title.
        words: surface words of title and body, `BREAKS` between them.
        title_phrases: two surface words of the title and a stop word that may stand between them,
            joined by `JOINT` (``revisi_uu``, ``uu_kpk``, ``banjir_di_ambon``). Runs of three words
            would be 220,000 terms more in 50,000 articles, 46 % of all phrases, and take a quarter
            of the commit; of titles with both of their phrases 99 % have them as one.
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
    return analyse_all([(title, text)])[0]


def analyse_all(texts: Sequence[tuple[str, str]]) -> list[Terms]:
    """The terms of articles, each given as its title and text, in their order.

    Each step is taken for all of them before the next: what a step looks up then stays in the
    processor's caches. A hundred articles together take 155 µs each where one by one took 190.
    """
    titles = [_marked(title) for title, _ in texts]
    bodies = [_marked(text) for _, text in texts]
    stems = [
        _resolve(title, body, text) if MARK in title or MARK in body else (title, body)
        for (_, title), (_, body), (_, text) in zip(titles, bodies, texts, strict=True)
    ]
    signatures = [
        signature(body or title) for (title, _), (body, _) in zip(titles, bodies, strict=True)
    ]
    phrases = [" ".join(_phrases(title)) for title, _ in titles]
    title_words = [" ".join(title) for title, _ in titles]
    words = [
        f"{title} {BREAKS} {' '.join(body)}"
        for title, (body, _) in zip(title_words, bodies, strict=True)
    ]
    titles_stemmed, bodies_stemmed = zip(*stems, strict=True) if stems else ((), ())
    return list(map(Terms, titles_stemmed, bodies_stemmed, title_words, words, phrases, signatures))


def _marked(text: str) -> tuple[list[str], str]:
    """The tokens of a text and their stems, candidates for names marked: see `_marked_stem`."""
    found = runs(text)
    # Stop words have an empty stem; filter and map keep the loop over tokens in C.
    stems = " ".join(filter(None, map(_marked_stems().__getitem__, found)))
    if TOO_LONG in stems:
        found = [token for token in found if len(token) <= MAX_TOKEN]
        stems = " ".join(filter(None, map(_marked_stems().__getitem__, found)))
    return found, stems


def _resolve(title: str, body: str, text: str) -> tuple[str, str]:
    """Marked stems of an article without the marks, the names among them whole."""
    title_parts, body_parts = title.split(MARK), body.split(MARK)
    found = zip(
        title_parts[1::4] + body_parts[1::4],
        title_parts[2::4] + body_parts[2::4],
        strict=True,
    )
    names = names_among(set(found), text)
    return _unmarked(title_parts, names), _unmarked(body_parts, names)


def _unmarked(parts: list[str], names: frozenset[str]) -> str:
    if names:
        marked = zip(parts[1::4], parts[3::4], strict=True)
        parts[3::4] = [token if token in names else stem for token, stem in marked]
    parts[1::4] = parts[2::4] = [""] * (len(parts) // 4)
    return "".join(parts)


def _phrases(words: list[str]) -> Iterator[str]:
    stop = stop_words()
    for first, second, third in zip(words, words[1:], (*words[2:], ""), strict=False):
        if first in stop:
            continue
        if second not in stop:
            yield f"{first}{JOINT}{second}"
        elif third and third not in stop:
            yield f"{first}{JOINT}{second}{JOINT}{third}"


def stems_of(token: str) -> list[str]:
    """The stems that a query's token is searched by; none for a stop word."""
    return content_stems()[token].split()


@cache
def content_stems() -> StemCache:
    """Token → its stems joined by blanks, empty for a stop word. One for the process."""
    return StemCache(_content_stem)


@cache
def _marked_stems() -> StemCache:
    """The same, with marks about what may be a name: so names cost nothing to look for."""
    return StemCache(_marked_stem)


def _marked_stem(token: str) -> str:
    """A token's stems; between four marks, with the token and its kind, where it may be a name."""
    if len(token) > MAX_TOKEN:
        return TOO_LONG
    stem = _content_stem(token)  # kept once, with its marks
    kind = may_be_name(token) if stem and stem != token else ""
    return f"{MARK}{token}{MARK}{kind}{MARK}{stem}{MARK}" if kind else stem


def _content_stem(token: str) -> str:
    return "" if token in stop_words() else stem_token(token)
