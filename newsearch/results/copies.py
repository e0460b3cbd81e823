"""Copies of one text: told by their signatures, folded in a list, grouped over a whole index."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add

from newsearch.engines import RawHit, decode
from newsearch.language import containment, similarity

COPY_SIMILARITY = 0.42
"""Estimated share of common 4-word shingles of two openings from which they are copies of one
text. Of ../shared/eval/related/near_duplicates.tsv 0.995 of the pairs that share a half are above
it and none that shares less than a fifth; from 0.30 to 0.38 all of the first are found too, but
editors link what shares a third as another article (related R@10 loses 0.01)."""
PART_SIMILARITY, PART_CONTAINMENT = 0.22, 0.85
"""A short text inside a long page shares less of both together, but all of its own."""
ROWS = 3
"""Minima in a row that two texts of an index must share to be compared. Texts of similarity s do in
one of the 42 rows with a probability of about 1 - (1 - s ** 3) ** 42 (Leskovec et al. 2014, 3.4):
0.96 at COPY_SIMILARITY, 0.996 from a half. Among the hits of one page two are enough."""


_PLACES = range(0, 1 << 30, 1 << 16)


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


def fold_copies(hits: Sequence[RawHit]) -> list[tuple[RawHit, tuple[str, ...]]]:
    """Each first of a set of copies, in order, with the ids of the copies behind it."""
    return [
        (hits[first], tuple(article_id(hits[copy]) for copy in copies))
        for first, copies in fold([hit.signature for hit in hits])
    ]


def fold(signatures: Sequence[bytes]) -> list[tuple[int, list[int]]]:
    """The place of each first of a set of copies, in order, and the places of its copies."""
    kept: dict[int, list[int]] = {}
    # Each two minima of the firsts → their places, so that a text meets only those it shares
    # two with: 1,000 texts take 30 ms, pair by pair 2 s.
    holders: dict[int, list[int]] = {}
    for place, signature in enumerate(signatures):
        # Two bytes read as one number, and above them which two they are.
        runs = list(map(add, array("H", signature[1:]), _PLACES))
        met = sorted({first for run in runs if run in holders for first in holders[run]})
        found = next((one for one in met if are_copies(signatures[one], signature)), None)
        if found is not None:
            kept[found].append(place)
            continue
        kept[place] = []
        for run in runs:
            holders.setdefault(run, []).append(place)
    return list(kept.items())


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
    if not any(signatures):
        return parents
    # One run of minima after the other: only one table of all texts is held at a time.
    length = max(map(len, signatures))
    for start in range(1, length - ROWS + 1, ROWS):
        holders: dict[bytes, list[int]] = {}
        for place, signature in enumerate(signatures):
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
