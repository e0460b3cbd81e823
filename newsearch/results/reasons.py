"""Why an article is suggested, in words for readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsearch.engines import Entry
from newsearch.errors import UnknownRegionError
from newsearch.language import content_stems
from newsearch.regions import region as look_up
from newsearch.results.records import Contribution
from newsearch.results.related import Candidate

SHOWN = 6
"""Shared words that are named."""
SCANNED = 1_500
"""Characters of a suggestion that are looked at for them: 5.7 words are found there, 5.9 in all."""
_HOUR, _DAY = 3600, 86_400


def reasons(candidate: Candidate, entry: Entry, words: list[str]) -> tuple[Contribution, ...]:
    """What gave how much of a candidate's score; the parts sum up to it.

    Args:
        candidate: the article suggested.
        entry: the article it was suggested for.
        words: of that one, the telling ones, best first.
    """
    record = candidate.record
    shared = shared_words(words, f"{record.get('title') or ''} {record.get('text') or ''}")
    parts = [("kata " + ", ".join(shared) if shared else "kata", 1.0)]
    if candidate.common:
        parts.append((f"daerah {_name(candidate.common)}", candidate.region))
    if candidate.source > 1:
        parts.append((f"sumber {record.get('source') or entry.source}", candidate.source))
    if candidate.gap is not None:
        parts.append((distance(candidate.gap), candidate.time))
    return tuple(_summed(candidate.text, parts))


def _summed(score: float, parts: list[tuple[str, float]]) -> Iterator[Contribution]:
    reached = 0.0
    for label, factor in parts:
        score *= factor
        yield Contribution(label, score - reached)
        reached = score


def surface_words(terms: Iterable[str], entry: Entry) -> list[str]:
    """The terms as the article first writes them, in lower case."""
    # From the end, so that the first form of a word is the one that stays. A token of several stems
    # (a compound) is none of them alone.
    words = entry.words.split()[::-1]
    written = dict(zip(map(content_stems().__getitem__, words), words, strict=True))
    return [written.get(term, term) for term in terms]


def shared_words(words: Iterable[str], text: str) -> list[str]:
    """The first of the words that stand in the opening of a text as they are."""
    lowered = text[:SCANNED].lower()
    found: list[str] = []
    for word in words:
        at = lowered.find(word)
        if at >= 0 and word not in found and _holds(lowered, word, at):
            found.append(word)
            if len(found) == SHOWN:
                break
    return found


def _holds(text: str, word: str, at: int) -> bool:
    # A compiled pattern for each word costs 50 times as much as looking for it.
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def distance(seconds: int) -> str:
    """How long before (or, negative, after) another article one was published."""
    side = "sebelumnya" if seconds > 0 else "sesudahnya"
    gap = abs(seconds)
    if gap < _HOUR:
        return "waktu yang sama"
    if gap < 2 * _DAY:
        return f"{round(gap / _HOUR)} jam {side}"
    return f"{round(gap / _DAY):,} hari {side}".replace(",", ".")


def _name(code: str) -> str:
    try:
        return look_up(code).label
    except UnknownRegionError:
        return code
