"""search, facets, related, latest, suggest."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import click

import newsearch
from newsearch.cli import output
from newsearch.cli.options import (
    counting_options,
    filter_options,
    json_option,
    limit_option,
    search_options,
)


@click.command(short_help="Ranked hits with snippets and facets.")
@click.argument("query")
@search_options
@click.option("--parsed", is_flag=True, help="Also show how the query was understood.")
@json_option
@click.pass_obj
def search(location: str, /, query: str, parsed: bool, as_json: bool, **options: Any) -> int:
    """Search for QUERY; an empty one ('') finds everything, the newest first.

    \b
    Words are ANDed. "frasa persis"  "dua kata"~3  a ATAU b  BUKAN a  -a  (a b)
    awalan*  pem*an  kata~1  kata^2  judul: isi: daerah: sumber: kategori: penulis:
    tanggal:2023-06  tanggal:[2023-01-01 TO 2023-06-30]  tanggal:"7 hari terakhir"

    A query that begins with a minus goes behind two of them: search -- -kata
    """
    with newsearch.open(location) as index:
        results = index.search(query, **options)
        understood = index.parse(query, match=options["match"]) if parsed else None
    if as_json:
        extra = {"parsed": understood.to_dict()} if understood else {}
        output.print_json({**results.to_dict(), **extra})
    else:
        if understood:
            output.print_parsed(understood)
        output.print_results(results, options["offset"])
    return 0 if results.total else 1


@click.command(short_help="Count what a query finds by region, month and more.")
@click.argument("query", default="")
@counting_options
@json_option
@click.pass_obj
def facets(
    location: str, /, query: str, as_json: bool, facets: tuple[str, ...], **options: Any
) -> int:
    """Count the articles that QUERY finds (all, without one) by region, month and more."""
    chosen = facets or ("region", "month", "source", "category")
    with newsearch.open(location) as index:
        results = index.search(query, facets=chosen, limit=0, **options)
    if as_json:
        output.print_json(results.to_dict())
    else:
        output.print_results(results)
    return 0 if results.total else 1


@click.command(short_help="Articles related to one.")
@click.argument("article_id", metavar="ID")
@limit_option
@json_option
@click.pass_obj
def related(location: str, article_id: str, limit: int, as_json: bool) -> int:
    """Articles related to the article ID."""
    started = perf_counter()
    with newsearch.open(location) as index:
        hits = index.related(article_id, limit=limit)
    took_ms = (perf_counter() - started) * 1000
    return _print_hits(newsearch.SearchResults(len(hits), hits, took_ms=took_ms), as_json)


@click.command(short_help="The newest articles.")
@filter_options
@limit_option
@json_option
@click.pass_obj
def latest(location: str, /, limit: int, as_json: bool, **filters: Any) -> int:
    """The newest articles."""
    with newsearch.open(location) as index:
        results = index.search("", sort="newest", limit=limit, **filters)
    return _print_hits(results, as_json)


@click.command(short_help="Completions of a word, with counts.")
@click.argument("prefix")
@limit_option
@json_option
@click.pass_obj
def suggest(location: str, prefix: str, limit: int, as_json: bool) -> int:
    """Complete the last word of PREFIX, with the number of articles for each completion."""
    with newsearch.open(location) as index:
        found = index.suggest(prefix, limit=limit)
    if as_json:
        rows = [{"text": completion.text, "count": completion.count} for completion in found]
        output.print_json({"suggestions": rows})
    else:
        for completion in found:
            click.echo(f"{output.printable(completion.text)}  {output.number(completion.count)}")
        if not found:
            click.echo("Tidak ada saran.")
    return 0 if found else 1


def _print_hits(results: newsearch.SearchResults, as_json: bool) -> int:
    if as_json:
        output.print_json(results.to_dict())
    elif results.total:
        output.print_hits(results.hits, output.console())
    else:
        click.echo("Tidak ada artikel yang cocok.")
    return 0 if results.total else 1


COMMANDS = (search, facets, related, latest, suggest)
