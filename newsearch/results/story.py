"""A story over time: what is linked with an article, and with that, within a window of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import whoosh.query as wq

from newsearch.engines import Entry, Filters, RawHit, Reader
from newsearch.results.copies import article_id
from newsearch.results.records import Hit
from newsearch.results.terms import telling_terms, terms_query

LINK = 0.3
"""Share of its own score from which an article is linked with another one: who tells of the same
events repeats their names and words. Set by reading stories of ../shared/corpus: at 0.27 floods and
landslides of other places come in."""
STRENGTH = 0.2
"""The same along a row of links, whose shares are multiplied."""
STEPS = 2
"""Links between the article asked for and the farthest of its story."""
MATES = 20
"""The best of an article's links that are followed."""
DAY = 86_400
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of one developing story.

    Attributes:
        hits: in the order of their dates, undated ones last; of copies the first, with the others
            in its `duplicates`. Scores are how strongly each is linked, at most 1.0.
        first: the id of the first report, None where no article has a date.
    """

    hits: list[Hit]
    first: str | None

    def to_dict(self) -> dict[str, Any]:
        """The story as JSON types; each hit says whether it is the first report."""
        hits = [hit.to_dict() | {"first": hit.article.id == self.first} for hit in self.hits]
        return {"total": len(hits), "first": self.first, "hits": hits}


def follow(
    engine: Reader, entry: Entry, days: int, limit: int, entry_of: Callable[[bytes], Entry]
) -> list[tuple[RawHit, int | None]]:
    """The article and those of its story, each with its date, the strongest links first.

    Args:
        engine: to ask.
        entry: the article, which is in the index.
        days: how long before and after it a story may run; without a date of it there is no bound.
        limit: how many articles at most, which also bounds the links that are followed.
        entry_of: the terms of a stored article.
    """
    window = Filters()
    if entry.published is not None:
        reach = days * DAY
        window = Filters(since=entry.published - reach, until=entry.published + reach)
    found: dict[str, tuple[RawHit, int | None]] = {}
    steps = [(entry, 1.0)]
    for _ in range(STEPS):
        following = []
        for one, strength in steps:
            for hit, published in _linked(engine, one, window, strength):
                mate = article_id(hit)
                if mate in found or len(found) >= limit:
                    continue
                found[mate] = (hit, published)
                if mate != entry.id:
                    following.append((entry_of(hit.stored), hit.score))
        steps = following
    return sorted(found.values(), key=lambda pair: -pair[0].score)


def _linked(
    engine: Reader, entry: Entry, window: Filters, strength: float
) -> list[tuple[RawHit, int | None]]:
    terms = telling_terms(engine, entry, indexed=True)
    # An article that shares nothing with any other is a story of its own.
    query = terms_query(terms, entry) if terms else wq.Term("id", entry.id)
    mates = engine.shortlists(query, [window], MATES)
    # The article itself has all of its terms: nothing scores more but a shorter copy.
    own = max(mates.lists[0].values(), default=0.0)
    return [
        (RawHit(strength * min(score / own, 1.0), hit.stored, hit.signature), mates.published[key])
        for key, score in mates.lists[0].items()
        if score >= max(LINK, STRENGTH / strength) * own and (hit := mates.fetch(key))
    ]
