"""Articles into an index: in one transaction, in several that can be resumed, or all anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice

from newsearch.article import Article
from newsearch.engines import Engine, RawHit
from newsearch.errors import NewsIndexError
from newsearch.fingerprint import fingerprint
from newsearch.indexing.analysts import analysed
from newsearch.indexing.entries import restore
from newsearch.indexing.journal import Journal
from newsearch.interrupts import Whole
from newsearch.reading import Reader, Rejection
from newsearch.reports import AddReport
from newsearch.salvage import Salvage

BATCH = 10_000
"""Articles in one transaction of a run that can be resumed: what is done again, at most."""
MANY = 2_000
"""Articles of an index that is rebuilt from which on all cores are at work from the start."""
LARGE = 5_000_000
"""Bytes of files that hold thousands of articles."""


def add(
    engine: Engine,
    articles: Iterable[Article],
    timeout: float,
    report: AddReport,
    after: Callable[[], None] | None = None,
    *,
    coming: int | None = None,
) -> None:
    """Add articles in one transaction and count them; see `NewsIndex.add` and `Whole`.

    Args:
        engine: of the index.
        articles: any iterable.
        timeout: seconds to wait for another writer.
        report: where they are counted.
        after: what is called once they are committed.
        coming: about the bytes of all articles, where they are known: see `bytes_coming`.
    """
    many = coming is not None and coming >= LARGE
    transaction = Whole(
        engine.writer(timeout, coming), short=engine.directory is not None, after=after
    )
    with transaction as writer, closing(analysed(articles, many=many)) as lots:
        for entries in lots:
            writer.expect([entry.id for entry in entries])
            for entry in entries:
                updated = writer.add(entry)
                report.updated += updated
                report.added += not updated
                report.undated += entry.published is None
                report.unplaced += not entry.regions
    for article_id, reason in writer.rejected:
        # The engine did not take it: an older version of it may be there still.
        updated = engine.get(article_id) is not None
        report.updated -= updated
        report.added -= not updated
        report.rejected.append(Rejection(article_id, None, reason))
        report.rejected_total += 1


def bytes_coming(articles: Iterable[Article]) -> int | None:
    """About the bytes of all articles, as a `Reader`, or what is around one, knows them."""
    known: int | None = getattr(articles, "unpacked_total", None)
    return known


def add_onwards(
    engine: Engine, reader: Reader, timeout: float, batch: int = BATCH
) -> Iterator[AddReport]:
    """Add what is left to be read, a report after each transaction; see `NewsIndex.resume`."""
    if engine.directory is None:
        raise NewsIndexError(
            "only an index in a directory notes how far its sources were read: index the same "
            "again without --resume; articles that are there are replaced"
        )
    if any(source.name == "-" for source in reader.sources):
        raise NewsIndexError("standard input cannot be resumed: write it to a file")
    journal = Journal(engine.directory)
    report = AddReport()

    def note() -> None:
        if reader.rejects is not None:
            reader.rejects.sync()
        journal.save()

    with reader.begun(append=True):
        waiting = _waiting(reader, journal, report)
        while True:
            before = report.added + report.updated
            add(engine, islice(waiting, batch), timeout, report, note, coming=reader.unpacked_total)
            yield _snapshot(report, reader)
            if report.added + report.updated < before + batch:
                return


def _waiting(reader: Reader, journal: Journal, report: AddReport) -> Iterator[Article]:
    """The articles that no transaction has, the journal told of each."""
    for source in reader.sources:
        start = journal.start(source, reader.field_map)
        if start is None:
            report.passed_over += 1
            continue
        for number, article in reader.read_from(source, start):
            journal.note(number)
            yield article
        journal.finish()


def _snapshot(report: AddReport, reader: Reader) -> AddReport:
    """What is committed so far, which the next transaction does not change."""
    return replace(
        report,
        rejected=[*report.rejected, *reader.rejected],
        rejected_total=report.rejected_total + reader.rejected_total,
    )


def rebuild(engine: Engine, timeout: float, salvage: Salvage | None) -> int:
    """Analyse every stored article anew; see `NewsIndex.rebuild`."""
    lost = salvage.lost if salvage else None
    transaction = engine.rebuilder(timeout, fingerprint(), lost)
    count = 0
    many = not salvage and engine.count >= MANY
    with Whole(transaction, short=engine.directory is not None) as writer:
        stamps: deque[int | None] = deque()
        hits = salvage.hits() if salvage else engine.every()
        with closing(analysed(_restored(hits, stamps), many=many)) as lots:
            for entry in chain.from_iterable(lots):
                writer.add(entry._replace(indexed=stamps.popleft()))
                count += 1
    return count


def _restored(hits: Iterable[RawHit], stamps: deque[int | None]) -> Iterator[Article]:
    """The articles of hits, whose stamps are put where the entries will look for them."""
    for hit in hits:
        stamps.append(hit.indexed)
        yield restore(hit.stored)
