"""How fast words are analysed and stemmed, each against its peer in the same run.

The peers: a bare loop of one regular expression and one dict, which is what the analysis of an
article with nothing but known words comes down to; and PySastrawi's `stem_word` for unknown words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import TypeVar

from newsearch.indexing.analysts import TOGETHER
from newsearch.language import analyse_all, content_stems
from newsearch.language.stemmer import stem_token

ARTICLES = 5_000
WORDS = 4_000
ROUNDS = 7
T = TypeVar("T")
_WORD = re.compile(r"\w+")


def measure_analysis(texts: Sequence[str]) -> None:
    """Microseconds of an article whose words are all known, and the speed against the bare loop."""
    articles = [("", text) for text in texts]
    lots = [articles[start : start + TOGETHER] for start in range(0, len(articles), TOGETHER)]
    stems = {
        token: content_stems()[token] for text in texts for token in _WORD.findall(text.lower())
    }

    def bare(text: str) -> str:
        return " ".join([stems[token] for token in _WORD.findall(text.lower())])

    each(analyse_all, lots)
    whole, loop = interleaved(lambda: each(analyse_all, lots), lambda: each(bare, texts))
    count = len(texts) / 1e6
    print(
        f"analysis of known words: {whole / count:.0f} µs an article, a bare loop "
        f"{loop / count:.0f} µs: {loop / whole:.0%} of its speed, with the signature"
    )


def measure_stemming(vocabulary: Iterable[str]) -> None:
    """Unknown words a second, against PySastrawi's stemmer without a cache."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    theirs = StemmerFactory().create_stemmer().delegatedStemmer
    alphabetic = sorted(word for word in vocabulary if word.isalpha())
    words = random.Random(2026).sample(alphabetic, min(WORDS, len(alphabetic)))
    ours, peer = interleaved(lambda: each(stem_token, words), lambda: each(theirs.stem_word, words))
    print(
        f"unknown words: {len(words) / ours:,.0f}/s, PySastrawi {len(words) / peer:,.0f}/s: "
        f"{peer / ours:.1f} times as fast"
    )


def each(function: Callable[[T], object], values: Iterable[T]) -> None:
    """Call a function with each value."""
    for value in values:
        function(value)


def interleaved(*tasks: Callable[[], None]) -> list[float]:
    """The least seconds of each task, run in turns so that a busy machine slows all alike.

    The least, as the documentation of timeit advises: what is above it is other processes.
    """
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(ROUNDS):
        for place, task in enumerate(tasks):
            started = perf_counter()
            task()
            taken[place].append(perf_counter() - started)
    return [min(times) for times in taken]
