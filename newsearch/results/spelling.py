"""'Mungkin maksud Anda': a query's unknown words spelled like words of the index."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product, takewhile
from typing import NamedTuple, Protocol

from newsearch.language import spans, stems_of

MAX_WORDS = 5
"""Unknown words of a query that are looked at."""
MAX_CANDIDATES = 20_000
"""Words of the index that one unknown word is compared with, the most frequent first."""
MAX_TRIES = 6
"""Corrected queries that are tried until one has results."""
CHOICES = 3
"""Corrections of one word that are tried."""
MIN_LENGTH = 4
"""Characters of the shortest word that is corrected; shorter ones are near everything."""
RARE = 1e-4
"""Share of the articles that a word is in, under which it may be a typing error of the corpus."""
EDIT = 6.0
"""What an edit costs, in nats of frequency: a word two edits away must be 400 times (e^6) as
frequent as one that is one edit away. From 6 to 12 as many mistyped words of the corpus were
corrected (0.90 to 0.91 of 150)."""
RESPELLED = 0.25
"""Edits that another spelling of the same sounds counts as; one of other sounds counts as one."""
CLOSE = 4.5
"""Nats under the likeliest correction of a word down to which others are tried."""
MARGIN = -1.5
"""By how much a correction must score better than the word itself, where few articles have that: a
word one edit away wins where it is 90 times (e^4.5) as frequent."""

# How the spelling of 1901-1972 and of loanwords differs from today's: oe/u, dj/j, tj/c, sj/sy,
# ch/kh; f, v and p sound alike to many writers (pihak, fihak; november, nopember).
_SOUNDS = {"oe": "u", "dj": "j", "tj": "c", "sj": "s", "sy": "s", "kh": "h", "ch": "h"}
_SOUNDS |= {"f": "p", "v": "p", "q": "k", "x": "ks"}
_SOUND = re.compile("|".join(_SOUNDS))
_DOUBLED = re.compile(r"(.)\1+")
_STARTS: tuple[tuple[str, ...], ...] = (
    ("f", "p", "v"),
    ("u", "oe"),
    ("j", "dj"),
    ("c", "tj"),
    ("s", "sj"),
    ("h", "kh", "ch"),
    ("k", "q"),
)


class Dictionary(Protocol):
    """What spelling asks of an index; see `newsearch.engines.base.Reader`."""

    def terms(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Words that begin with a prefix and how many articles hold each."""

    def doc_freq(self, field: str, term: str) -> int:
        """How many articles hold a term."""

    @property
    def count(self) -> int:
        """How many articles there are."""

    @property
    def last_stamp(self) -> int:
        """What grows with every transaction that brings an article."""


Words = dict[str, list[tuple[str, str, int]]]
"""A prefix → the words of an index that are no rare typing errors, how they sound, how many."""


class Kept:
    """What was looked up of the words of an index, until something is committed to it.

    To look up those that begin with a letter takes 10 ms in an index of 50,000 articles. Not in
    `Reader.memory`, for that of a cluster is always empty.
    """

    def __init__(self) -> None:
        # In one, since many threads ask.
        self._of: tuple[tuple[int, int], Words] | None = None

    def words(self, dictionary: Dictionary) -> Words:
        """What is known of the index as it is now; to be filled."""
        # Every transaction brings an article, or deletes one.
        state = dictionary.last_stamp, dictionary.count
        known = self._of
        if known is None or known[0] != state:
            known = self._of = state, {}
        return known[1]


class Correction(NamedTuple):
    """Another spelling of a word, and how likely it is meant (in nats; higher is better)."""

    score: float
    text: str


@lru_cache(maxsize=50_000)
def sounds(word: str) -> str:
    """A word as it sounds: 'djoeang' and 'juang', 'nopember' and 'november' are the same."""
    return _DOUBLED.sub(r"\1", _SOUND.sub(lambda match: _SOUNDS[match[0]], word))


def respellings(query: str, words: Sequence[str], dictionary: Dictionary, kept: Kept) -> list[str]:
    """The query with its unknown words as the index has them, the likeliest first.

    Args:
        query: as typed.
        words: the tokens of it that were searched.
        dictionary: the index.
        kept: what was looked up of it before.

    Returns:
        At most `MAX_TRIES` queries; who offers one makes sure that it finds something.
    """
    speller = Speller(dictionary, kept)
    unknown = [word for word in dict.fromkeys(words) if speller.is_rare(word)][:MAX_WORDS]
    choices = [
        [(word, better) for better in corrections]
        for word in unknown
        if (corrections := speller.corrections(word))
    ]
    if not choices:
        return []
    chosen = sorted(product(*choices), key=lambda pairs: -sum(better.score for _, better in pairs))
    return [
        _replaced(query, {word: better.text for word, better in pairs})
        for pairs in chosen[:MAX_TRIES]
    ]


@dataclass(slots=True)
class Speller:
    """Corrects words by the dictionary of one index.

    Attributes:
        floor: in how many articles a word must be to be offered.
    """

    dictionary: Dictionary
    kept: Kept
    floor: int = field(init=False)
    _words: Words | None = None

    def __post_init__(self) -> None:
        self.floor = max(1, round(RARE * self.dictionary.count))

    def is_rare(self, word: str) -> bool:
        """Whether a word may be misspelt: in no or few articles, in any of its forms."""
        if len(word) < MIN_LENGTH or not word.isalpha():
            return False
        return self._known(word) < max(self.floor, 2)

    def corrections(self, word: str) -> list[Correction]:
        """Up to `CHOICES` other spellings of a word, the likeliest first."""
        known = self._known(word)
        least = math.log(known) + MARGIN if known else -math.inf
        found = [*self._near(word), *self._parted(word)]
        likeliest = max(least, max((one.score for one in found), default=0.0) - CLOSE)
        return sorted((one for one in found if one.score > likeliest), reverse=True)[:CHOICES]

    def _known(self, word: str) -> int:
        """How many articles have a word or another form of it."""
        by_stem = (self.dictionary.doc_freq("body", stem) for stem in stems_of(word))
        return max(self.dictionary.doc_freq("words", word), *by_stem, 0)

    def _near(self, word: str) -> list[Correction]:
        """Words at most 1 (up to 6 characters) or 2 edits away, by letters or by sound."""
        return self._among(word, _starts(word)) or self._among(word, [word[1]])

    def _among(self, word: str, starts: Sequence[str]) -> list[Correction]:
        # Imported here: only searches with unknown words need it.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        others = [other for start in starts for other in self._frequent(start)]
        allowed = 1 if len(word) <= 6 else 2
        sound = sounds(word)
        compared = (
            (0.0, 0.0, word, [other for other, _, _ in others]),
            (RESPELLED, 1.0, sound, [sound_of for _, sound_of, _ in others]),
        )
        edits: dict[int, float] = {}
        for same, further, asked, choices in compared:
            near = extract(asked, choices, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            for _, distance, at in near:
                cost = distance + further if distance else same
                edits[at] = min(edits.get(at, math.inf), cost)
        return [
            Correction(math.log(others[at][2]) - EDIT * cost, others[at][0])
            for at, cost in edits.items()
            if others[at][0] != word
        ]

    def _parted(self, word: str) -> Iterator[Correction]:
        """The word as two that were glued together."""
        freq = self.dictionary.doc_freq
        for at in range(2, len(word) - 1):
            rarer = min(freq("words", word[:at]), freq("words", word[at:]))
            if rarer >= self.floor:
                yield Correction(math.log(rarer) - EDIT, f"{word[:at]} {word[at:]}")

    def _frequent(self, start: str) -> list[tuple[str, str, int]]:
        """The words with a prefix that are no rare typing error, how they sound, how many."""
        if self._words is None:
            self._words = self.kept.words(self.dictionary)
        words = self._words
        if start not in words:
            found = takewhile(
                lambda pair: pair[1] >= self.floor, self.dictionary.terms(start, MAX_CANDIDATES)
            )
            words[start] = [
                (word, sounds(word), count)
                for word, count in found
                if len(word) >= MIN_LENGTH and word.isalpha()
            ]
        return words[start]


def _starts(word: str) -> list[str]:
    """How words that begin with the same sound begin."""
    starts = {word[0]}
    for alike in _STARTS:
        if word.startswith(alike):
            starts.update(alike)
    # Of 'c' and 'ch' the longer is in the shorter already.
    return sorted(one for one in starts if len(one) == 1 or one[0] not in starts)


def _replaced(query: str, better: dict[str, str]) -> str:
    """The query with words replaced, all else as it was typed."""
    pieces, place = [], 0
    for start, end, token in spans(query):
        if token in better:
            pieces += [query[place:start], better[token]]
            place = end
    return "".join([*pieces, query[place:]])
