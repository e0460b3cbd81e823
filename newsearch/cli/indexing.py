"""index, delete, check, rebuild."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from time import perf_counter

import click

import newsearch
from newsearch.cli import output
from newsearch.cli.options import json_option, map_option

SHOWN_REJECTIONS = 20
"""Rejected records that are printed; --json prints all of them."""
STEP = 64
"""Articles between two looks at the progress."""


@click.command(short_help="Index files, folders, globs or standard input.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--engine", default="tantivy", show_default=True, help="For an index that is new.")
@map_option
@click.option("--strict", is_flag=True, help="Stop at the first bad record and index nothing.")
@json_option
@click.pass_obj
def index(
    location: str,
    paths: tuple[str, ...],
    engine: str,
    field_map: dict[str, str],
    strict: bool,
    as_json: bool,
) -> int:
    """Index files, folders, globs or standard input (-).

    JSON Lines, JSON, CSV, RSS and Atom, pages as text or HTML, crawls; also packed (.gz, .zst).
    The index is made where there is none; articles of an id that is there are replaced. All is
    committed at the end, or nothing.
    """
    started = perf_counter()
    reader = newsearch.read(*paths, strict=strict, field_map=field_map)
    with _open_or_create(location, engine) as target, _progress(reader) as articles:
        report = target.add(articles)
    report.rejected.extend(reader.rejected)
    if as_json:
        output.print_json(asdict(report))
    else:
        _print_report(report, perf_counter() - started)
    return 0 if report.added or report.updated else 1


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
            click.echo(problem, err=True)
    return 2 if problems else 0


@click.command(short_help="Analyse the stored articles anew.")
@json_option
@click.pass_obj
def rebuild(location: str, as_json: bool) -> int:
    """Analyse every stored article anew; needs no sources, and keeps the old files until done."""
    with newsearch.open(location, outdated=True) as target:
        count = target.rebuild()
    if as_json:
        output.print_json({"articles": count})
    else:
        click.echo(f"{output.number(count)} artikel dibangun ulang")
    return 0


def _open_or_create(location: str, engine: str) -> newsearch.NewsIndex:
    try:
        return newsearch.open(location)
    except newsearch.IndexNotFoundError:
        pass
    try:
        return newsearch.create(location, engine=engine)
    except newsearch.IndexExistsError:
        # Another process made it in the meantime, or it is something else: open says which.
        with suppress(newsearch.IndexNotFoundError):
            return newsearch.open(location)
        raise


@contextmanager
def _progress(reader: newsearch.Reader) -> Iterator[Iterable[newsearch.Article]]:
    """The articles of a reader, with a progress bar where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield iter(reader)
        return
    # Imported here: no pipe and no script needs it.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("0 artikel", total=reader.bytes_total)

        def watched() -> Iterator[newsearch.Article]:
            for count, article in enumerate(reader, 1):
                if count % STEP == 0:
                    text = f"{output.number(count)} artikel"
                    progress.update(task, completed=reader.bytes_read, description=text)
                yield article
            progress.update(task, description="menyimpan …", completed=reader.bytes_total or 0)

        yield watched()


def _print_report(report: newsearch.AddReport, seconds: float) -> None:
    for rejection in report.rejected[:SHOWN_REJECTIONS]:
        output.print_rejection(rejection)
    if len(report.rejected) > SHOWN_REJECTIONS:
        more = output.number(len(report.rejected) - SHOWN_REJECTIONS)
        click.echo(f"ditolak: {more} lainnya (--json shows all)", err=True)
    click.echo(
        f"{output.number(report.added)} artikel ditambahkan, "
        f"{output.number(report.updated)} diperbarui, "
        f"{output.number(len(report.rejected))} ditolak ({output.decimal(seconds)} detik)"
    )
    if report.undated or report.unplaced:
        click.echo(
            f"{output.number(report.undated)} tanpa tanggal yang terbaca, "
            f"{output.number(report.unplaced)} tanpa daerah"
        )


COMMANDS = (index, delete, check, rebuild)
