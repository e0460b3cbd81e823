"""An article's title and text → the terms that an engine stores; a query's word → the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsearch.language.stemmer import StemCache, stem_token
from newsearch.language.stopwords import stop_words

BREAK = "¶"
BREAKS = " ".join([BREAK] * 10)
"""Stands between title and body in `Terms.words`: as many as the widest slop of a phrase, so that
none runs from one to the other."""

JOINT = "_"
"""Stands between the words of a phrase that is one term. No token holds it."""
PHRASE_WORDS = 3
"""Words of the longest phrase of a title: 'banjir di ambon'."""

_TOGETHER = 1_000_000
"""Characters that are analysed together at most, but for one text that is longer."""


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

    Each step is taken for all of them before the next, by numpy, which costs a few µs however many
    they are: a hundred articles together take 85 µs each, one alone 600.
    """
    found: list[Terms] = []
    for some in _lots(texts):
        found += _analysed(some)
    return found


def _lots(texts: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    """The texts in lots, so that what is made of them stays small."""
    start = size = 0
    for place, (title, text) in enumerate(texts):
        more = len(title) + len(text)
        if place > start and size + more > _TOGETHER:
            yield texts[start:place]
            start, size = place, 0
        size += more
    if start < len(texts):
        yield texts[start:]


def _analysed(texts: Sequence[tuple[str, str]]) -> list[Terms]:
    # numpy takes 80 ms to import, and a search needs none of these.
    from newsearch.language.columns import stem_all
    from newsearch.language.parting import Parted
    from newsearch.language.sketch import sketch_all

    parted = Parted([part for article in texts for part in article])
    stems = stem_all(parted, [text for _, text in texts])
    words = parted.words
    titles = words[::2]
    return list(
        map(
            Terms,
            stems[::2],
            stems[1::2],
            titles,
            [f"{title} {BREAKS} {body}" for title, body in zip(titles, words[1::2], strict=True)],
            [" ".join(_phrases(title.split())) for title in titles],
            sketch_all(parted),
        )
    )


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


def _content_stem(token: str) -> str:
    return "" if token in stop_words() else stem_token(token)
