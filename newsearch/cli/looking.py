"""show, stats, extract, regions."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from typing import Any

import click

import newsearch
from newsearch.cli import output
from newsearch.cli.options import json_option, limit_option, map_option

_PARTS = {"title": "judul", "text": "teks"}
"""Parts of an article as evidence names them → as readers call them."""


@click.command(short_help="Show one article.")
@click.argument("article_id", metavar="ID")
@json_option
@click.pass_obj
def show(location: str, article_id: str, as_json: bool) -> int:
    """Show the article ID."""
    with newsearch.open(location) as index:
        article = index.get(article_id)
    if as_json:
        output.print_json(article.to_dict())
    else:
        output.print_article(article)
    return 0


@click.command(short_help="Say what the index holds.")
@json_option
@click.pass_obj
def stats(location: str, as_json: bool) -> int:
    """Say what the index holds."""
    with newsearch.open(location) as index:
        held = index.stats()
    if as_json:
        output.print_json(asdict(held))
        return 0
    days = [
        newsearch.format_date(date.fromisoformat(day)) for day in (held.oldest, held.newest) if day
    ]
    for label, value in (
        ("Indeks", f"{held.location} ({held.engine})"),
        ("Artikel", output.number(held.articles)),
        ("Bertanggal", f"{output.number(held.dated)} ({' – '.join(days) or '-'})"),
        ("Berdaerah", output.number(held.placed)),
        ("Sumber", output.number(held.sources)),
        ("Ukuran", f"{output.decimal(held.size / 1e6)} MB"),
    ):
        click.echo(output.printable(f"{label:<11}{value}"))
    return 0


@click.command(short_help="Pages and records to JSON Lines; indexes nothing.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@map_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines (the default).")
def extract(paths: tuple[str, ...], field_map: dict[str, str], as_json: bool) -> int:
    """Read pages and records and print them as JSON Lines; index nothing."""
    reader = newsearch.read(*paths, field_map=field_map)
    count = 0
    for article in reader:
        output.print_json(article.to_dict())
        count += 1
    for rejection in reader.rejected:
        output.print_rejection(rejection)
    output.warn_not_found(reader.not_found)
    return 0 if count else 1


@click.command(short_help="Look up a region, or find those a text is about.")
@click.argument("text", metavar="NAME-OR-TEXT")
@limit_option
@json_option
def regions(text: str, limit: int, as_json: bool) -> int:
    """Look up a region by code, name, alias or former name: what is around it and inside it.

    Codes that Papua had before 2022 are understood; a misspelt name gets suggestions. What is no
    name, and standard input (-), is a text: its regions are found, the main one first.
    """
    if text == "-":
        return _detect(sys.stdin.read(), limit, as_json)
    try:
        found = newsearch.region(text)
    except newsearch.UnknownRegionError:
        if len(text.split()) < 2 or not newsearch.detect_regions("", text):
            raise
        return _detect(text, limit, as_json)
    if as_json:
        output.print_json({"regions": [_region_dict(found)]})
    else:
        _print_region(found, limit)
    return 0


def _print_region(found: newsearch.Region, limit: int) -> None:
    around = reversed(newsearch.regions.parents(found.code))
    parts = [found.label, *(wider.label for wider in around), ", ".join(found.aliases)]
    click.echo(f"{found.code}  {' · '.join(filter(None, parts))}")
    inside = newsearch.regions.children(found.code)
    for child in inside[:limit]:
        click.echo(f"   {child.code}  {child.label}")
    if len(inside) > limit:
        click.echo(f"   … dan {output.number(len(inside) - limit)} lainnya")


def _region_dict(found: newsearch.Region) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "kind": found.kind,
        "parent": found.parent,
        "aliases": list(found.aliases),
        "parents": [_brief(wider) for wider in newsearch.regions.parents(found.code)],
        "children": [_brief(child) for child in newsearch.regions.children(found.code)],
    }


def _brief(found: newsearch.Region) -> dict[str, str]:
    return {"code": found.code, "name": found.name, "kind": found.kind}


def _detect(text: str, limit: int, as_json: bool) -> int:
    title, newline, body = text.strip().partition("\n")
    # One line is a text without a title: a title would weigh too much.
    matches = newsearch.detect_regions(title if newline else "", body if newline else title)
    if as_json:
        output.print_json({"regions": [asdict(match) for match in matches[:limit]]})
        return 0 if matches else 1
    for match in matches[:limit]:
        evidence = output.printable(", ".join(map(_in_indonesian, match.evidence)))
        name = newsearch.region(match.code).label
        click.echo(f"{match.code}  {name}  {output.decimal(match.score)}  {evidence}")
    if not matches:
        click.echo("Tidak ada daerah yang ditemukan.")
    return 0 if matches else 1


def _in_indonesian(evidence: str) -> str:
    """What speaks for a region, as readers see it: "title 'OKI'" as "judul 'OKI'"."""
    part, _, shown = evidence.partition(" ")
    return f"{_PARTS.get(part, part)} {shown}"


COMMANDS = (show, stats, extract, regions)
