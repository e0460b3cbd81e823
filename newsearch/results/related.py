"""Articles related to one: its most telling terms, its regions, its time, in one query."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import whoosh.query as wq

from newsearch.engines import Entry

MAX_TERMS = 60
"""Terms of the article that are asked for, the most telling ones: 40 find less (R@10 on the
editors' links 0.460 against 0.467), 80 little more for more time."""
REGION_BOOST = 0.15
"""Share of the query's weight that a common region, the narrower the better, adds."""
MIN_TERM = 2
"""Characters of the shortest term that tells anything."""

DocFreq = Callable[[str, str], int]


def related_query(entry: Entry, doc_freq: DocFreq, count: int) -> wq.Query | None:
    """A query for the articles related to one; None where it has no telling term.

    Terms are chosen and weighted by tf-idf (Salton & Buckley 1988) with a dampened frequency:
    (1 + ln tf) · ln(N / df). Terms that no other article has are left out.
    """
    terms = telling_terms(entry, doc_freq, count)
    if not terms:
        return None
    heaviest = max(weight for _, weight in terms)
    words = [
        wq.Or(
            [
                wq.Term("title", term, boost=2 * weight / heaviest),
                wq.Term("body", term, boost=weight / heaviest),
            ]
        )
        for term, weight in terms
    ]
    regions = [
        wq.ConstantScoreQuery(wq.Term("region", code), REGION_BOOST * len(terms) * (1 + level))
        for code in entry.regions
        if (level := code.count(".")) < 2
    ]
    topic = wq.And([wq.Or(words), wq.Not(wq.Term("id", entry.id))])
    return wq.AndMaybe(topic, wq.Or(regions)) if regions else topic


def telling_terms(entry: Entry, doc_freq: DocFreq, count: int) -> list[tuple[str, float]]:
    """The stems that tell an article from the others and their weights, best first."""
    frequencies = Counter(entry.body.split())
    frequencies.update(entry.title.split())
    # Looking up every term of a long article costs more than it brings.
    frequent = frequencies.most_common(MAX_TERMS * 8)
    weighted = []
    for term, frequency in frequent:
        if len(term) < MIN_TERM:
            continue
        holding = max(doc_freq("body", term), doc_freq("title", term))
        if 1 < holding < count / 2 or (holding and count < 20):
            weighted.append((term, (1 + math.log(frequency)) * math.log(1 + count / holding)))
    weighted.sort(key=lambda pair: (-pair[1], pair[0]))
    return weighted[:MAX_TERMS]
