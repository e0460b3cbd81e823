"""How fast a text is completed as it is typed, and how well what was mistyped is corrected."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter

import newsearch

PREFIXES = 2_000
MISTYPED = 200
ROUNDS = 3
FREQUENT = 100
"""Articles that have a word which is mistyped, at least."""

_LETTERS = "abcdefghijklmnoprstuwy"
_SOUNDS = (("f", "p"), ("p", "f"), ("v", "f"), ("v", "p"), ("u", "oe"), ("j", "dj"), ("c", "tj"))


def measure_completion(index: newsearch.NewsIndex, queries: Sequence[str]) -> None:
    """Milliseconds of a completion: the median of some rounds a prefix."""
    chosen = random.Random(2026)
    prefixes = [query[:end] for query in queries for end in range(1, len(query) + 1)]
    taken: list[float] = []
    for prefix in chosen.sample(prefixes, min(PREFIXES, len(prefixes))):
        taken.append(_milliseconds(partial(index.suggest, prefix)))
    _say(f"{len(taken)} completions of what is being typed", taken)


def measure_correction(index: newsearch.NewsIndex, words: Sequence[str]) -> None:
    """The share of mistyped frequent words that are suggested as they were, and the time."""
    chosen = random.Random(2026)
    found = {word: index.search(f'"{word}"', limit=0).total for word in words if word.isalpha()}
    frequent = sorted(word for word in found if len(word) >= 5 and found[word] >= FREQUENT)
    ways: tuple[tuple[str, Callable[[str, random.Random], str]], ...] = (
        ("one letter wrong", _mistyped),
        ("spelt by sound", _by_sound),
    )
    for name, change in ways:
        right = 0
        taken: list[float] = []
        while len(taken) < MISTYPED:
            word = chosen.choice(frequent)
            wrong = change(word, chosen)
            # One that the index has, or has another form of, needs no correction.
            if wrong == word or index.search(wrong, limit=0).total > 0:
                continue
            right += index.search(wrong).suggestion == word
            taken.append(_milliseconds(partial(index.search, wrong)))
        _say(f"{MISTYPED} words {name}, {right / MISTYPED:.3f} corrected to what they were", taken)


def _milliseconds(work: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        started = perf_counter()
        work()
        rounds.append((perf_counter() - started) * 1000)
    return statistics.median(rounds)


def _say(what: str, taken: list[float]) -> None:
    cuts = statistics.quantiles(taken, n=20)
    print(f"{what}: p50 {statistics.median(taken):.1f} ms, p95 {cuts[18]:.1f} ms, "
          f"most {max(taken):.1f} ms")  # fmt: skip


def _mistyped(word: str, chosen: random.Random) -> str:
    at = chosen.randrange(1, len(word) - 1)
    letter = chosen.choice(_LETTERS)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chosen.choice(ways)


def _by_sound(word: str, chosen: random.Random) -> str:
    at = chosen.randrange(len(word))
    ways = [word[:at] + word[at] + word[at:]]
    ways += [word.replace(today, other) for today, other in _SOUNDS if today in word]
    return chosen.choice(ways)
