"""Copies of one text: told by their signatures, folded in a list, grouped over a whole index."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from newsearch.engines import Entry, Filters, RawHit, Reader, decode
from newsearch.language import MINIMA, containment, minima, similarity
from newsearch.results.terms import terms_query

COPY_SIMILARITY = 0.43
"""Estimated share of common 4-word shingles of two openings from which they are copies of one
text. Of ../shared/eval/related/near_duplicates.tsv 0.997 of the pairs that share a half are above
it (0.992 to 1 with other random numbers) and none that shares less than a fifth; from 0.30 to 0.38
all of the first are found too, but editors link what shares a third as another article (related
R@10 loses 0.01)."""
PART_SIMILARITY, PART_CONTAINMENT = 0.22, 0.85
"""A short text inside a long page shares less of both together, but all of its own."""
ROWS = 3
"""Minima in a row that two texts of an index must share to be compared. Texts of similarity s do in
one of the 42 rows with a probability of about 1 - (1 - s ** 3) ** 42 (Leskovec et al. 2014, 3.4):
0.96 at COPY_SIMILARITY, 0.996 from a half. Among the hits of one page two are enough."""


LOOKED_AT = 1_000
"""Articles, the best by an article's telling terms, that may be looked at for copies of it."""
PATIENCE = 100
"""Articles in a row that are no copies, after which no more are looked at; 1,000 find as many of
../shared/eval/related/near_duplicates.tsv (0.995 of those that share a half)."""

_PLACES = bytes(range(MINIMA // 2))


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Copies of one text: their ids, the earliest published first, undated ones last."""

    ids: tuple[str, ...]

    def to_dict(self) -> dict[str, list[str]]:
        """The group as JSON types."""
        return {"ids": list(self.ids)}


def are_copies(one: bytes, other: bytes) -> bool:
    """Whether two signatures belong to copies of one text."""
    common = similarity(one, other)
    if common >= COPY_SIMILARITY:
        return True
    return common >= PART_SIMILARITY and containment(one, other) >= PART_CONTAINMENT


def fold_copies(hits: Sequence[RawHit]) -> list[tuple[RawHit, tuple[RawHit, ...]]]:
    """Each first of a set of copies, in order, with the copies behind it."""
    return [
        (hits[first], tuple(hits[copy] for copy in copies))
        for first, copies in fold([hit.signature for hit in hits])
    ]


def fold(signatures: Sequence[bytes]) -> list[tuple[int, list[int]]]:
    """The place of each first of a set of copies, in order, and the places of its copies.

    A copy of a copy belongs to the same set. What comes later never parts or joins sets before it,
    so that pages of one list agree.
    """
    kept: dict[int, list[int]] = {}
    firsts = list(range(len(signatures)))
    # Each two minima → the places of their texts, so that a text meets only those it shares two
    # with: 1,000 texts take 70 ms, pair by pair 1 s. The places are bits of a number: thousands of
    # lists would have Python look for garbage in all it holds, 12 ms every twentieth page.
    holders: dict[int, int] = {}
    for place, signature in enumerate(signatures):
        runs, own = _runs(signature), 1 << place
        held = [known for known in map(holders.get, runs) if known is not None]
        met = reduce(or_, held, 0)
        found = next((one for one in _bits(met) if are_copies(signatures[one], signature)), None)
        if found is None:
            kept[place] = []
        else:
            firsts[place] = firsts[found]
            kept[firsts[found]].append(place)
        for run in runs:
            holders[run] = holders.get(run, 0) | own if met else own
    return list(kept.items())


def _runs(signature: bytes) -> list[int]:
    """Each two minima as a number with which two they are; none of what is no signature."""
    both = minima(signature)
    if not both:
        return []
    numbers = bytearray(2 * MINIMA)
    numbers[::4], numbers[1::4], numbers[2::4] = both[::2], both[1::2], _PLACES
    return array("I", numbers).tolist()


def _bits(number: int) -> Iterator[int]:
    """Which bits of a number are set, from the lowest on."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def find_copies(engine: Reader, entry: Entry, terms: list[str], limit: int) -> list[RawHit]:
    """The copies of an article, the most similar first; a hit's score is its similarity.

    Copies share most of an article's telling terms, so that no index of signatures is needed.
    """
    found = engine.shortlists(terms_query(terms, entry), [Filters()], LOOKED_AT)
    copies: list[RawHit] = []
    misses = 0
    for key in found.lists[0]:
        hit = found.fetch(key)
        if not are_copies(hit.signature, entry.signature):
            misses += 1
            if misses == PATIENCE:
                break
            continue
        misses = 0
        if article_id(hit) != entry.id:
            copies.append(hit._replace(score=similarity(hit.signature, entry.signature)))
    copies.sort(key=lambda hit: -hit.score)
    return copies[:limit]


def group_copies(hits: Iterable[RawHit]) -> Iterator[DuplicateGroup]:
    """The sets of two and more copies among all hits, the largest first.

    Texts are joined through others: a group may hold two that only a third one links. Of each hit
    only the id, the date and the signature are kept.
    """
    keys: list[tuple[bool, str, str]] = []
    signatures: list[bytes] = []
    for hit in hits:
        record = decode(hit.stored)
        published = record.get("published") or ""
        keys.append((not published, published, record["id"]))
        signatures.append(hit.signature)
    groups: dict[int, list[int]] = {}
    parents = _joined(signatures)
    for place in range(len(signatures)):
        groups.setdefault(_root(parents, place), []).append(place)
    found = [sorted(keys[place] for place in group) for group in groups.values() if len(group) > 1]
    for group in sorted(found, key=lambda group: (-len(group), group)):
        yield DuplicateGroup(tuple(article_id for _, _, article_id in group))


def _joined(signatures: Sequence[bytes]) -> list[int]:
    """Place → another place of its group, towards the first of it (Tarjan 1975)."""
    parents = list(range(len(signatures)))
    # Row by row: only one table of all texts is held at a time.
    unpacked = list(map(minima, signatures))
    for start in range(0, MINIMA - ROWS + 1, ROWS):
        holders: dict[bytes, list[int]] = {}
        for place, signature in enumerate(unpacked):
            if signature:
                holders.setdefault(signature[start : start + ROWS], []).append(place)
        for places in holders.values():
            if len(places) > 1:
                _join(places, signatures, parents)
    return parents


def _join(places: Sequence[int], signatures: Sequence[bytes], parents: list[int]) -> None:
    firsts: list[int] = []  # one of each group among the places
    for place in places:
        root = _root(parents, place)
        for first in firsts:
            other = _root(parents, first)
            if other == root or are_copies(signatures[first], signatures[place]):
                parents[max(root, other)] = min(root, other)
                break
        else:
            firsts.append(place)


def _root(parents: list[int], place: int) -> int:
    while parents[place] != place:
        parents[place] = place = parents[parents[place]]
    return place


def article_id(raw: RawHit) -> str:
    """The id of a raw hit."""
    found: str = decode(raw.stored)["id"]
    return found
