"""From mentions of names to points for regions.

A mention has one point, times what its place and the words around it make of it. The weights
were set on 118 labelled articles and lie on a plateau: a change of a third in any of them moves
the accuracy by less than two points of a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from newsearch.regions.gazetteer import by_code, children, former_province
from newsearch.regions.inner import Announced, count_inner
from newsearch.regions.mentions import OFFICE_CUES, Mention, Mentions
from newsearch.regions.vocabulary import FOREIGN, NATIONAL
from newsearch.regions.words import Words, words_with_capital

TITLE = 4.0  # a name in the title weighs as much as four in the text
LEAD = 2.0  # in the first 400 characters
LEAD_LENGTH = 400
DATELINE = 3.0
DATELINE_JAKARTA = 0.3  # national news is written in Jakarta
OFFICE = 1.5  # 'Polres Agam', 'Kabupaten Agam'
KECAMATAN = 1.5
VILLAGE = 1.0
QUALIFIER = 0.25  # 'Klaten, Jawa Tengah' is about Klaten
FULL_POINTS = 8.0  # of the text; what goes beyond says little more
BEYOND = 0.4
_QUALIFIER_GAP = 3  # characters: ', ' or ' ('
_KIND_OF_CUE = {"b": "kabupaten", "k": "kota", "p": "provinsi", "r": "kabupaten"}


@dataclass(slots=True)
class Evidence:
    """What speaks for one region, or for several of one name, by part of the article."""

    points: dict[str, float] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def add(self, part: str, points: float, shown: str) -> None:
        """Count one mention."""
        self.points[part] = self.points.get(part, 0.0) + points
        self.shown.setdefault(part, shown)
        self.count += part == "text"

    def merge(self, other: Evidence) -> None:
        """Count everything that speaks for another."""
        for part, points in other.points.items():
            self.points[part] = self.points.get(part, 0.0) + points
            self.shown.setdefault(part, other.shown[part])
        self.count += other.count

    @property
    def score(self) -> float:
        """The points of all parts; the title and the text count up to a bound."""
        points = self.points.get
        text = points("text", 0.0) + points("kecamatan", 0.0) + points("desa", 0.0)
        if text > FULL_POINTS:
            text = FULL_POINTS + (text - FULL_POINTS) * BEYOND
        return text + min(points("title", 0.0), 2 * TITLE) + points("dateline", 0.0)


Votes = dict[tuple[str, ...], Evidence]


def count_votes(parts: Mapping[str, Mentions]) -> Votes:
    """Return the evidence by codes; a name that is still open has the codes of all its regions.

    Args:
        parts: the mentions of 'dateline', 'title' and 'text'.
    """
    firm = _firm_names(parts)
    votes: Votes = {}
    for part, found in parts.items():
        previous: Mention | None = None
        for mention in found.regions:
            name = mention.name
            if name.key not in firm:
                continue
            codes = name.codes
            if len(codes) > 1:
                codes = choose(codes, mention.cue)
            evidence = votes.get(codes)
            if evidence is None:
                evidence = votes[codes] = Evidence()
            evidence.add(part, _points(part, mention, previous), mention.shown)
            previous = mention
    return votes


def _firm_names(parts: Mapping[str, Mentions]) -> set[str]:
    """Return the keys of the names that count: one mention of each is firm, or confirmed."""
    firm: set[str] = set()
    for found in parts.values():
        doubtful = False
        for mention in found.regions:
            if mention.firm:
                firm.add(mention.name.key)
            else:
                doubtful = True
        if doubtful:
            firm.update(_confirmed_by_province(found.regions))
    return firm


def _confirmed_by_province(mentions: Sequence[Mention]) -> Iterable[str]:
    """Yield the doubtful names that their province follows: 'Batu, Jawa Timur'."""
    for first, second in pairwise(mentions):
        if not first.firm and _qualifies(first, second):
            yield first.name.key


def _points(part: str, mention: Mention, previous: Mention | None) -> float:
    if part == "dateline":
        return DATELINE_JAKARTA if mention.name.codes == ("31",) else DATELINE
    points = mention.weight
    if mention.cue in OFFICE_CUES:
        points *= OFFICE
    if previous is not None and _qualifies(previous, mention):
        points *= QUALIFIER
    if part == "title":
        return points * TITLE
    return points * LEAD if mention.start < LEAD_LENGTH else points


def _qualifies(previous: Mention, mention: Mention) -> bool:
    """Whether a name only says where the region before it lies, or its other name."""
    if mention.start - previous.end > _QUALIFIER_GAP:
        return False
    province = mention.name.codes[0]
    if mention.name.codes == previous.name.codes:  # 'Kutai Kartanegara (Kukar)' is one mention
        return True
    return "." not in province and any(lies_in(code, province) for code in previous.name.codes)


def lies_in(code: str, province: str) -> bool:
    """Whether a kabupaten or kota lies in a province, or did before 2022."""
    return code.startswith(province + ".") or former_province(code) == province


def choose(codes: tuple[str, ...], cue: str) -> tuple[str, ...]:
    """Return which of several regions of one name a cue means; all of them if it says nothing."""
    kind = _KIND_OF_CUE.get(cue)
    fitting = tuple(code for code in codes if by_code()[code].kind == kind)
    return fitting if len(fitting) == 1 else codes


def count_general(parts: Mapping[str, Mentions]) -> tuple[float, float]:
    """Return the points of national and of foreign news.

    Names of regions between them change nothing, for they make what is next to each other stand
    too far apart to be one mention.
    """
    national = 0.0
    foreign = Evidence()
    for part, found in parts.items():
        if not found.general:
            continue
        points = {NATIONAL: 0.0, FOREIGN: 0.0}
        before, done = "", 0
        for code, start, end in found.general:
            is_one_mention = code == before and start - done <= _QUALIFIER_GAP
            lead = LEAD if start < LEAD_LENGTH and part == "text" else 1.0
            points[code] += lead * (QUALIFIER if is_one_mention else 1.0)
            before, done = code, end
        if part == "dateline":
            foreign.points[part] = DATELINE * sum(code == FOREIGN for code, _, _ in found.general)
        else:
            factor = TITLE if part == "title" else 1.0
            national += factor * points[NATIONAL]
            foreign.points[part] = factor * points[FOREIGN]
    return national, foreign.score


def settle(votes: Votes, words: Words, announced: Announced) -> dict[str, Evidence]:
    """Return the evidence of each region after every open name found its region."""
    found = {codes[0]: evidence for codes, evidence in votes.items() if len(codes) == 1}
    for codes, evidence in votes.items():
        if len(codes) > 1:
            code = _meant(codes, found, words, announced)
            found.setdefault(code, Evidence()).merge(evidence)
    return found


def _meant(
    codes: tuple[str, ...], found: Mapping[str, Evidence], words: Words, announced: Announced
) -> str:
    """Return which region an open name means.

    That which the article names in full elsewhere; else a province; else the one whose
    kecamatan and villages it names; else the kota, as in `lookup`.
    """
    named = [code for code in codes if code in found]
    if named:
        return max(named, key=lambda code: found[code].score)
    provinces = [code for code in codes if "." not in code]
    if provinces:
        return provinces[0]

    capitalised = frozenset(words_with_capital(words.text))

    def inside(code: str) -> int:
        named = sum(
            name in words.text and re.search(rf"\b{re.escape(name)}\b", words.text) is not None
            for first, name in _kecamatan_names(code)
            if first in capitalised
        )
        return named + count_inner(announced, code)

    return max(codes, key=lambda code: (inside(code), by_code()[code].kind))


@cache
def _kecamatan_names(code: str) -> tuple[tuple[str, str], ...]:
    """Return the names of the kecamatan that are not called like their kabupaten.

    Before each stands its first word with a capital: few of them are in a text.
    """
    own = by_code()[code].short_name
    return tuple(
        (words_with_capital(child.name)[0], child.name)
        for child in children(code)
        if child.name != own
    )
