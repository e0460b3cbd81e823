"""What the words of a query are in the index they are asked of: names or words, rare or common."""

from __future__ import annotations

import math
from typing import Protocol

from newsearch.engines.base import Memory
from newsearch.language import is_root, stems_of

NAME_SHARE = 0.5
"""Of the articles with a word, those that must have it as a name for a query to mean the name."""
SHORTEST_PART = 3
"""Letters of the parts that an unknown word may consist of."""


class Dictionary(Protocol):
    """What the planner asks of an index; see `newsearch.engines.base.Reader`."""

    def terms(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Words that begin with a prefix and how many articles hold each."""

    def doc_freq(self, field: str, term: str) -> int:
        """How many articles hold a term."""

    @property
    def count(self) -> int:
        """How many articles there are."""

    @property
    def memory(self) -> Memory:
        """Where to keep what is made of all this until it changes."""


class Vocabulary:
    """The words of one index, as a query needs to know them.

    Attributes:
        memory: see `Dictionary`.
    """

    def __init__(self, dictionary: Dictionary) -> None:
        self.memory = dictionary.memory
        self._doc_freq = dictionary.doc_freq
        self._count = dictionary.count

    def stems(self, token: str) -> list[str]:
        """What a word is searched by: its stems, or itself where the index has it as a name.

        Nothing for a stop word. Case and place told names from words when articles were indexed
        (`newsearch.language.names`), so that a query in lower case need not.
        """
        stems = stems_of(token)
        if stems and stems != [token] and self.is_name(token):
            return [token]
        return stems

    def is_name(self, token: str) -> bool:
        """Whether most articles with a word have it as a name that is not stemmed."""
        names = self._doc_freq("body", token)
        return names > 0 and names >= NAME_SHARE * self._doc_freq("words", token)

    def is_kept(self, token: str) -> bool:
        """Whether articles may have a word without its stem: as a name, kept whole."""
        if stems_of(token) == [token]:
            return False
        return any(self._doc_freq(field, token) for field in ("body", "title"))

    def rarity(self, token: str) -> float:
        """How telling a word is: its inverse document frequency as a share of the greatest.

        The idf is that of BM25, ln(1 + (N - n + 0.5) / (n + 0.5)) for the rarest of its stems.
        """
        if not self._count:
            return 1.0
        found = min((self._doc_freq("body", stem) for stem in self.stems(token)), default=0)
        # Deleted articles count until the next merge.
        rest = max(self._count - found, 0)
        return math.log1p((rest + 0.5) / (found + 0.5)) / math.log1p((self._count + 0.5) / 0.5)

    def joined(self, token: str, following: str) -> str | None:
        """Two words as one if the index has them so: 'bulu tangkis' is bulutangkis too."""
        if min(len(token), len(following)) < SHORTEST_PART:
            return None
        one = token + following
        return one if one.isalpha() and self._doc_freq("words", one) else None

    def parted(self, token: str) -> tuple[str, str] | None:
        """A name or compound as the two words it may consist of: 'kotabumi' is Kota Bumi too.

        Of all places to part it, the one whose rarer half is most frequent; None for a word that
        the stemmer knows, and where a half is rarer than the whole.
        """
        if is_root(token) or not token.isalpha() or stems_of(token) != [token]:
            return None
        halves = (
            (token[:place], token[place:])
            for place in range(SHORTEST_PART, len(token) - SHORTEST_PART + 1)
        )
        best, either = self._doc_freq("words", token), None
        for first, last in halves:
            known = self._doc_freq("words", first)
            known = min(known, self._doc_freq("words", last)) if known > best else 0
            if known > best:
                best, either = known, (first, last)
        return either
