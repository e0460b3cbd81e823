"""Articles related to one: the same story and names first, then what editors look at.

Candidates are the best by BM25 of the article's most telling terms (Salton & Buckley 1988 choose
them, the engine weighs them), of the whole index and of the same source. Their text scores are then
raised for the same source, nearness in time and common regions. The factors were set on the shared
half of ../shared/eval/related/links.tsv, where both halves of it agree and neighbouring values give
the same within a hundredth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Any

import whoosh.query as wq

from newsearch.engines import Entry, Filters, RawHit, Reader, Shortlists, decode
from newsearch.results.copies import are_copies
from newsearch.results.terms import terms_query

POOL = 30
"""Candidates of the index and of the source that are weighed; 20, 60 and 300 give the same."""
SAME_SOURCE = 1.5
"""The share by which the same source raises a score. Editors link what their own house wrote (97
%); 1.0 loses 0.003 in MRR, 2.0 gains as much and leaves less room to other houses."""
SAME_TIME = 1.5
"""The share by which the same moment raises a score: half of that after `HALF_TIME`."""
HALF_TIME = 12 * 3600
"""Seconds; 6 hours do as well, 1 hour and 48 hours lose 0.01 to 0.03."""
COMMON_REGION = 0.1
"""The share by which a common province raises a score; a common kabupaten or kota twice that."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may be suggested, and where its score comes from.

    Attributes:
        hit: as the engine has it; its score is the whole one.
        record: what `hit.stored` holds.
        text: BM25 of the shared terms.
        source, time, region: factors, 1.0 where there is nothing in common.
        gap: seconds it was published before the article (negative: after it); None where a date
            is missing.
        common: the narrowest common region, a code.
    """

    hit: RawHit
    record: Mapping[str, Any]
    text: float
    source: float
    time: float
    region: float
    gap: int | None
    common: str | None


def find_related(
    engine: Reader,
    entry: Entry,
    terms: list[str],
    filters: Filters,
    same_source: bool | None,
    limit: int,
) -> list[Candidate]:
    """The best candidates, none of them a copy of the article or of one before it.

    Args:
        engine: to ask.
        entry: the article.
        terms: of it, the most telling ones.
        filters: what every candidate must satisfy.
        same_source: True for the article's source only, False for others only.
        limit: how many at most.
    """
    asked = [filters]
    if same_source is not False and entry.source is not None:
        ours = replace(filters, source=(entry.source,))
        asked = [ours] if same_source else [filters, ours]
    elif same_source:
        return []
    query = terms_query(terms, entry)
    if same_source is False and entry.source is not None:
        query = wq.And([query, wq.Not(wq.Term("source", entry.source))])
    # Copies and the article itself are among the first.
    found = engine.shortlists(query, asked, max(POOL, 2 * limit + 10))
    chosen: list[Candidate] = []
    taken = [entry.signature]
    for one in _best_first(found, entry, bool(same_source)):
        if not any(are_copies(one.hit.signature, other) for other in taken):
            chosen.append(one)
            taken.append(one.hit.signature)
            if len(chosen) == limit:
                break
    return chosen


def _best_first(found: Shortlists, entry: Entry, all_ours: bool) -> Iterator[Candidate]:
    """The candidates by their whole scores, each read only when its turn may have come.

    The regions stand in the stored articles: reading all of them would take longer than finding
    them. For five suggestions seven are read.
    """
    most = 1 + 2 * COMMON_REGION if entry.regions else 1.0
    # What of the source is among the first of all is also among the first of the source.
    ours: Mapping[int, float] = found.lists[-1] if all_ours or len(found.lists) > 1 else {}
    text = found.lists[0] | found.lists[-1]
    near = {key: nearness(entry.published, when) for key, when in found.published.items()}
    source = dict.fromkeys(text, 1.0) | dict.fromkeys(ours, 1 + SAME_SOURCE)
    unread = sorted(((text[key] * near[key] * source[key], key) for key in text), reverse=True)
    read: list[tuple[float, int, Candidate]] = []
    for score, key in unread:
        while read and -read[0][0] >= score * most:
            yield heappop(read)[-1]
        hit = found.fetch(key)
        record = decode(hit.stored)
        if record["id"] == entry.id:
            continue
        common = common_region(record.get("regions") or (), entry.regions)
        region = 1 + COMMON_REGION * (1 + min(common.count("."), 1)) if common else 1.0
        whole = RawHit(score * region, hit.stored, hit.signature)
        gap = _gap(entry.published, found.published[key])
        one = Candidate(whole, record, text[key], source[key], near[key], region, gap, common)
        heappush(read, (-whole.score, key, one))
    while read:
        yield heappop(read)[-1]


def nearness(moment: int | None, other: int | None) -> float:
    """The factor for nearness of two times; 1.0 where one is missing."""
    gap = _gap(moment, other)
    return 1.0 if gap is None else 1 + SAME_TIME / (1 + abs(gap) / HALF_TIME)


def _gap(moment: int | None, other: int | None) -> int | None:
    return None if moment is None or other is None else moment - other


def common_region(codes: list[str] | tuple[str, ...], ours: tuple[str, ...]) -> str | None:
    """The narrowest region that contains one of `codes` and is among `ours`; None without one."""
    found = None
    for code in codes:
        while code and code not in ours:
            code = code.rpartition(".")[0]
        if code and (found is None or code.count(".") > found.count(".")):
            found = code
    return found
