"""export."""

from __future__ import annotations

import click

import newsearch
from newsearch.cli import output

SHOWN = 20
"""Reasons that are printed; damaged files come first."""


@click.command(short_help="Every article as JSON Lines, also of a damaged index.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines (the default).")
@click.pass_obj
def export(location: str, as_json: bool) -> int:
    """Write every article that can be read as JSON Lines, in no particular order.

    Also from a damaged index, or one of an older analysis. `newsearch index` reads them again. What
    is damaged, and how many articles could not be read, is said on standard error; the exit status
    is 2 then.
    """
    count = 0
    with newsearch.open(location, outdated=True, damaged=True) as index:
        salvage = index.salvage()
        for article in salvage:
            output.print_json(article.to_dict())
            count += 1
    print_lost(salvage)
    click.echo(
        f"{output.number(count)} artikel ditulis, "
        f"{output.number(salvage.unreadable)} tidak terbaca",
        err=True,
    )
    if salvage.lost:
        return 2
    return 0 if count else 1


def print_lost(salvage: newsearch.Salvage) -> None:
    """Say on standard error what is damaged."""
    for one in salvage.lost[:SHOWN]:
        click.echo(output.printable(f"rusak: {one.reason}"), err=True)
    if len(salvage.lost) > SHOWN:
        click.echo(f"rusak: {output.number(len(salvage.lost) - SHOWN)} lainnya", err=True)


COMMANDS = (export,)
