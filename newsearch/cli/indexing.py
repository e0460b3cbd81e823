"""index, delete, check, rebuild, copy."""

from __future__ import annotations

import shlex
from contextlib import suppress
from dataclasses import asdict
from time import perf_counter
from typing import NoReturn

import click

import newsearch
from newsearch.cli import output
from newsearch.cli.options import engine_option, json_option, map_option
from newsearch.cli.progress import task, watched
from newsearch.cli.saving import print_lost

SHOWN_REJECTIONS = 20
"""Rejected records that are printed; --json prints all of them."""


@click.command(short_help="Index files, folders, globs or standard input.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@engine_option
@map_option
@click.option("--strict", is_flag=True, help="Stop at the first bad record and index nothing.")
@click.option(
    "--rejects",
    metavar="FILE",
    help="Write rejected records to FILE as they came, to be repaired and indexed again.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Commit every 10,000 articles; where it is interrupted, the same command goes on.",
)
@json_option
@click.pass_obj
def index(
    location: str,
    paths: tuple[str, ...],
    engine: str | None,
    field_map: dict[str, str],
    strict: bool,
    rejects: str | None,
    resume: bool,
    as_json: bool,
) -> int:
    """Index files, folders, globs or standard input (-).

    JSON Lines, JSON, CSV, RSS and Atom, pages as text or HTML, crawls; also packed (.gz, .zst).
    The index is made where there is none; articles of an id that is there are replaced. All is
    committed at the end, or nothing; with --resume as it comes, and files that were finished and
    have not changed are passed over. --rejects a.jsonl writes JSON records there, rows to a.csv,
    pages to a-pages/, and to a.log where each came from and why.
    """
    started = perf_counter()
    reader = newsearch.read(*paths, strict=strict, field_map=field_map, rejects=rejects)
    with _open_or_create(location, engine) as target:
        report = _resumed(target, reader) if resume else _added(target, reader)
    files = reader.rejects.files if reader.rejects else []
    if as_json:
        output.print_json({**asdict(report), "reject_files": files})
    else:
        _print_report(report, perf_counter() - started)
        _print_reject_files(reader)
    output.warn_not_found(reader.not_found)
    return 0 if report.added or report.updated or report.passed_over else 1


def _added(target: newsearch.NewsIndex, reader: newsearch.Reader) -> newsearch.AddReport:
    with watched(reader) as articles:
        report = target.add(articles)
    if articles is not reader:
        report.rejected.extend(reader.rejected)
        report.rejected_total += reader.rejected_total
    return report


def _resumed(target: newsearch.NewsIndex, reader: newsearch.Reader) -> newsearch.AddReport:
    report = newsearch.AddReport()
    try:
        with task(reader.bytes_total) as progress:
            for report in target.resume(reader):
                progress(report.added + report.updated, reader.bytes_read)
    except KeyboardInterrupt:
        _interrupted(target)
    return report


def _interrupted(target: newsearch.NewsIndex) -> NoReturn:
    """Say what is in, of a command that commits on its way."""
    output.fail(
        f"interrupted; the index has {len(target):,} articles, with all that was committed: the "
        "same command goes on from there",
        status=130,
    )


@click.command(short_help="Delete articles by id.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@json_option
@click.pass_obj
def delete(location: str, ids: tuple[str, ...], as_json: bool) -> int:
    """Delete the articles of these ids."""
    with newsearch.open(location) as target, target.writer() as writer:
        deleted = [article_id for article_id in ids if writer.delete(article_id)]
    missing = [article_id for article_id in ids if article_id not in deleted]
    if as_json:
        output.print_json({"deleted": deleted, "missing": missing})
    else:
        click.echo(f"{output.number(len(deleted))} artikel dihapus")
        for article_id in missing:
            click.echo(f"tidak ada: {output.printable(article_id)}", err=True)
    return 0 if deleted else 1


@click.command(short_help="Read the whole index and say what is wrong.")
@json_option
@click.pass_obj
def check(location: str, as_json: bool) -> int:
    """Read the whole index and say what is wrong with it."""
    with newsearch.open(location, outdated=True) as target:
        problems = target.check()
        count = len(target) if not problems else 0
    if as_json:
        output.print_json({"problems": problems})
    elif not problems:
        click.echo(f"Indeks utuh: {output.number(count)} artikel")
    if problems and not as_json:
        for problem in problems:
            click.echo(output.printable(problem), err=True)
    return 2 if problems else 0


@click.command(short_help="Analyse the stored articles anew.")
@click.option(
    "--salvage", is_flag=True, help="Leave out what cannot be read; the old files are kept."
)
@json_option
@click.pass_obj
def rebuild(location: str, salvage: bool, as_json: bool) -> int:
    """Analyse every stored article anew; needs no sources, and keeps the old files until done.

    Of a damaged index nothing is changed, unless --salvage asks for what can be read: the old files
    then stay beside the new ones, in a folder unreadable-N.
    """
    with newsearch.open(location, outdated=True, damaged=salvage) as target:
        kept = target.salvage()
        count = target.rebuild(salvage=kept if salvage else None)
    print_lost(kept)
    if as_json:
        output.print_json({"articles": count, "unreadable": kept.unreadable})
        return 0
    lost = f", {output.number(kept.unreadable)} tidak terbaca" if kept.lost else ""
    click.echo(f"{output.number(count)} artikel dibangun ulang{lost}")
    return 0


@click.command(short_help="Copy an index, into another engine or another place.")
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@engine_option
@json_option
def copy(source: str, target: str, engine: str | None, as_json: bool) -> int:
    """Copy the articles and saved searches of SOURCE into TARGET, which is made where it is not.

    Needs no sources, and no --index. Interrupted, it goes on where it was when it is run again.
    """
    report = newsearch.CopyReport()
    with (
        newsearch.open(source, outdated=True) as ours,
        _open_or_create(target, engine) as theirs,
    ):
        try:
            with task(len(ours)) as progress:
                for report in ours.copy_to(theirs):
                    progress(report.copied + report.same)
        except KeyboardInterrupt:
            _interrupted(theirs)
        others = len(theirs) - len(ours)
    if as_json:
        output.print_json(asdict(report))
        return 0
    click.echo(
        f"{output.number(report.copied)} artikel disalin, {output.number(report.same)} sudah ada, "
        f"{output.number(report.searches)} pencarian tersimpan disalin"
    )
    if others > 0:
        click.echo(f"{output.number(others)} artikel lain tetap di {output.printable(target)}")
    return 0


def _open_or_create(location: str, engine: str | None) -> newsearch.NewsIndex:
    """The index at a place, a new one where there is none; of the engine that was asked for."""
    try:
        return _of_engine(newsearch.open(location), engine)
    except newsearch.IndexNotFoundError:
        pass
    try:
        return newsearch.create(location, **({"engine": engine} if engine else {}))
    except newsearch.IndexExistsError:
        # Another process made it in the meantime, or it is something else: open says which.
        with suppress(newsearch.IndexNotFoundError):
            return _of_engine(newsearch.open(location), engine)
        raise


def _of_engine(index: newsearch.NewsIndex, engine: str | None) -> newsearch.NewsIndex:
    if engine is not None and (found := index.stats()).engine != engine:
        index.close()
        raise newsearch.NewsIndexError(
            f"the index at {found.location} is of the engine {found.engine}, not {engine}: leave "
            "--engine out, or make another with `newsearch copy`"
        )
    return index


def _print_report(report: newsearch.AddReport, seconds: float) -> None:
    for rejection in report.rejected[:SHOWN_REJECTIONS]:
        output.print_rejection(rejection)
    if report.rejected_total > SHOWN_REJECTIONS:
        more = output.number(report.rejected_total - SHOWN_REJECTIONS)
        click.echo(f"ditolak: {more} lainnya (--json shows all)", err=True)
    click.echo(
        f"{output.number(report.added)} artikel ditambahkan, "
        f"{output.number(report.updated)} diperbarui, "
        f"{output.number(report.rejected_total)} ditolak ({output.decimal(seconds)} detik)"
    )
    if report.passed_over:
        click.echo(f"{output.number(report.passed_over)} berkas sudah selesai sebelumnya")
    if report.undated or report.unplaced:
        click.echo(
            f"{output.number(report.undated)} tanpa tanggal yang terbaca, "
            f"{output.number(report.unplaced)} tanpa daerah"
        )


def _print_reject_files(reader: newsearch.Reader) -> None:
    if reader.rejects is None or not reader.rejected_total:
        return
    files = " ".join(map(shlex.quote, reader.rejects.files)) or "-"
    click.echo(output.printable(f"ditolak: {files}; alasannya: {reader.rejects.log}"))


COMMANDS = (index, delete, check, rebuild, copy)
