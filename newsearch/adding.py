"""Articles into an index, in one transaction, or in several that a later run goes on from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice

from newsearch.analysts import analysed
from newsearch.article import Article
from newsearch.engines import Engine
from newsearch.errors import NewsIndexError
from newsearch.interrupts import Whole
from newsearch.journal import Journal
from newsearch.reading import Reader, Rejection
from newsearch.reports import AddReport

BATCH = 10_000
"""Articles in one transaction of a run that can be resumed: what is done again, at most."""


def add(engine: Engine, articles: Iterable[Article], timeout: float, report: AddReport) -> None:
    """Add articles in one transaction and count them; see `NewsIndex.add`."""
    transaction = Whole(engine.writer(timeout), short=engine.directory is not None)
    with transaction as writer, closing(analysed(articles)) as lots:
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
    with reader.begun(append=True):
        waiting = _waiting(reader, journal, report)
        while True:
            before = report.added + report.updated
            add(engine, islice(waiting, batch), timeout, report)
            if reader.rejects is not None:
                reader.rejects.sync()
            journal.save()
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
