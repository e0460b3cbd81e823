"""Prefixes, wildcards and spelling variants → the words of an index that they stand for.

They are looked up in the dictionary of surface words, so that every engine gives the same words.
"""

from __future__ import annotations

import whoosh.query as wq

from newsearch.query.tree import Node
from newsearch.query.vocabulary import Dictionary

MAX_EXPANSIONS = 1_000
"""Words that a prefix, a wildcard or a spelling variant may stand for."""
MAX_SCAN = 100_000
"""Words of the dictionary that a wildcard or a spelling variant is compared with."""


def expand(node: Node, dictionary: Dictionary) -> list[str]:
    """The words that a Prefix, Wildcard or FuzzyTerm stands for; over `MAX_EXPANSIONS` if more."""
    if isinstance(node, wq.FuzzyTerm):
        return _fuzzy(node, dictionary)
    if isinstance(node, wq.Wildcard):
        return _wildcard(node.text, dictionary)
    return [word for word, _ in dictionary.terms(node.text, MAX_EXPANSIONS + 1)]


def _wildcard(text: str, dictionary: Dictionary) -> list[str]:
    first, *middle, last = text.split("*")
    return [
        word
        for word, _ in dictionary.terms(first, MAX_SCAN)
        if len(word) >= len(first) + len(last)
        and word.endswith(last)
        and _holds_in_order(word[len(first) : len(word) - len(last)], middle)
    ]


def _fuzzy(node: wq.FuzzyTerm, dictionary: Dictionary) -> list[str]:
    # Imported here: most searches have no spelling variants.
    from rapidfuzz.distance import OSA

    word, distance = node.text, node.maxdist
    # The first letter holds: misspellings seldom change it, and it bounds the work.
    near = dictionary.terms(word[: node.prefixlength], MAX_SCAN)
    return [
        other for other, _ in near if OSA.distance(word, other, score_cutoff=distance) <= distance
    ]


def _holds_in_order(text: str, parts: list[str]) -> bool:
    """Whether the parts stand in a text one behind the other; each as early as can be."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True
