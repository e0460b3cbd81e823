"""Articles of one index into another, of any engine, without their sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice

from newsearch.engines import Engine, EngineWriter, RawHit, decode
from newsearch.errors import SavedSearchError
from newsearch.indexing.entries import make_entry, restore
from newsearch.interrupts import Whole
from newsearch.searching.saved import SavedSearches

BATCH = 10_000
"""Articles in one transaction: what an interrupted copy does again, at most."""


@dataclass(slots=True)
class CopyReport:
    """What became of the articles of an index that was copied.

    Attributes:
        copied: new to the target, or other than what it had under their id.
        same: in the target already, as of a copy that was interrupted.
        searches: saved searches that were copied.
    """

    copied: int = 0
    same: int = 0
    searches: int = 0


def copy(source: Engine, target: Engine, timeout: float) -> Iterator[CopyReport]:
    """Copy, giving what was done so far after each transaction.

    Articles are analysed anew, so that the source may be of an older analysis. They keep their
    stamps: a saved search has seen in the target what it has seen in the source.
    """
    report = CopyReport()
    articles = source.every()
    while batch := list(islice(articles, BATCH)):
        with Whole(target.writer(timeout), short=target.directory is not None) as writer:
            for hit in batch:
                copied = _copy_one(hit, target, writer)
                report.copied += copied
                report.same += not copied
        yield replace(report)  # of its own: the next transaction may be rolled back
    report.searches = _copy_searches(SavedSearches(source), SavedSearches(target))
    yield report


def _copy_one(hit: RawHit, target: Engine, writer: EngineWriter) -> bool:
    entry = make_entry(restore(hit.stored))._replace(indexed=hit.indexed)
    held = target.get(entry.id)
    if held is not None and decode(held) == decode(entry.stored):
        return False
    writer.add(entry)
    return True


def _copy_searches(ours: SavedSearches, theirs: SavedSearches) -> int:
    copied = 0
    # Only indexes in directories have any.
    with suppress(SavedSearchError):
        for name in set(ours.names()) - set(theirs.names()):
            theirs.save(ours.load(name), overwrite=False)
            copied += 1
    return copied
