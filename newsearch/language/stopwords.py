"""Stop words: words that join others and tell nothing of the topic."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def stop_words() -> frozenset[str]:
    """The stop words, as tokens (lower-case). Source: data/stopwords.txt, compiled by hand."""
    lines = files(__package__).joinpath("data/stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
