"""search, facets, related, duplicates, story, latest, suggest."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import islice
from time import perf_counter
from typing import Any

import click

import newsearch
from newsearch.cli import output
from newsearch.cli.options import (
    FILTER_NAMES,
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
@click.option("--save", metavar="NAME", help="Also keep the search for `newsearch new NAME`.")
@click.option(
    "--all", "every", is_flag=True, help="With --json: every match as JSON Lines, newest first."
)
@json_option
@click.pass_obj
def search(
    location: str,
    /,
    query: str,
    parsed: bool,
    save: str | None,
    every: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Search for QUERY; an empty one ('') finds everything, the newest first.

    \b
    Words are ANDed. "frasa persis"  "dua kata"~3  a ATAU b  BUKAN a  -a  (a b)
    awalan*  pem*an  kata~1  kata^2  judul: isi: daerah: sumber: kategori: penulis:
    tanggal:2023-06  tanggal:[2023-01-01 TO 2023-06-30]  tanggal:"7 hari terakhir"

    A query that begins with a minus goes behind two of them: search -- -kata
    """
    if every:
        return _export(location, query, as_json, options)
    with newsearch.open(location) as index:
        results = index.search(query, **options)
        understood = index.parse(query, match=options["match"]) if parsed else None
        if save is not None:
            index.save_search(save, query, **_narrowing(options))
    if as_json:
        extra = {"parsed": understood.to_dict()} if understood else {}
        output.print_json({**results.to_dict(), **extra})
    else:
        if understood:
            output.print_parsed(understood)
        output.print_results(results, options["offset"], _inside(options))
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
        output.print_results(results, within=_inside(options))
    return 0 if results.total else 1


def _export(location: str, query: str, as_json: bool, options: Mapping[str, Any]) -> int:
    if not as_json:
        raise click.UsageError("--all prints JSON Lines: add --json")
    count = 0
    with newsearch.open(location) as index:
        for article in index.export(query, **_narrowing(options)):
            output.print_json(article.to_dict())
            count += 1
    return 0 if count else 1


def _narrowing(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that say what is found, not how it is shown."""
    return {name: options[name] for name in (*FILTER_NAMES, "match")}


@click.command(short_help="What has come in for a saved search.")
@click.argument("name", required=False)
@click.option("--peek", is_flag=True, help="Show it again the next time.")
@click.option("--forget", is_flag=True, help="Delete the saved search NAME instead.")
@json_option
@click.pass_obj
def new(location: str, name: str | None, peek: bool, forget: bool, as_json: bool) -> int:
    """What has come in for the saved search NAME since it was last asked.

    Searches are saved with `newsearch search QUERY --save NAME`; without NAME they are listed with
    how many new articles each has. What comes in counts, whatever its date; a corrected article is
    not new. Of a NAME --json prints a line each.
    """
    with newsearch.open(location) as index:
        if name is None:
            return _list_saved(index, as_json)
        if forget:
            index.delete_search(name)
            if not as_json:
                click.echo(f"Pencarian tersimpan {name} dihapus")
            return 0
        found = index.arrivals(name)
        count = output.print_arrivals(found.hits, as_json)
        # Only now: what is cut off while it is printed comes again.
        sys.stdout.flush()
        if not peek:
            index.mark_seen(name, found.until)
    return 0 if count else 1


def _list_saved(index: newsearch.NewsIndex, as_json: bool) -> int:
    saved = index.saved_searches()
    rows = [(one, sum(1 for _ in index.arrivals(one.name).hits)) for one in saved]
    if as_json:
        listed = [
            {"name": one.name, "query": one.query, "options": dict(one.options), "new": count}
            for one, count in rows
        ]
        output.print_json({"saved": listed})
    else:
        for one, count in rows:
            text = f"{one.name}  {output.number(count)} baru  {one.query}"
            click.echo(output.printable(text))
    return 0 if saved else 1


def _inside(options: Mapping[str, Any]) -> str | None:
    """The region that a search is narrowed to, whose parts its facet then shows."""
    if len(options["region"]) != 1 or options["multiselect"]:
        return None
    return newsearch.region(options["region"][0]).code


@click.command(short_help="Articles related to one.")
@click.argument("article_id", metavar="ID")
@click.option("--region", multiple=True, help="Code, name or alias; repeat for alternatives.")
@click.option(
    "--same-source/--other-sources",
    default=None,
    help="Only of the source of the article, or only of others.  [default: both]",
)
@limit_option
@json_option
@click.pass_obj
def related(
    location: str,
    article_id: str,
    region: tuple[str, ...],
    same_source: bool | None,
    limit: int,
    as_json: bool,
) -> int:
    """Articles related to the article ID, each with what speaks for it; none is a copy of it."""
    started = perf_counter()
    with newsearch.open(location) as index:
        hits = index.related(article_id, limit=limit, region=region, same_source=same_source)
    took_ms = (perf_counter() - started) * 1000
    return _print_hits(newsearch.SearchResults(len(hits), hits, took_ms=took_ms), as_json)


@click.command(short_help="The articles of one story over time.")
@click.argument("article_id", metavar="ID")
@click.option(
    "--days",
    type=click.IntRange(0),
    default=14,
    show_default=True,
    help="How long before and after the article.",
)
@click.option(
    "--limit", type=click.IntRange(0), default=20, show_default=True, help="How many at most."
)
@json_option
@click.pass_obj
def story(location: str, article_id: str, days: int, limit: int, as_json: bool) -> int:
    """The story that the article ID belongs to, from the first report on."""
    with newsearch.open(location) as index:
        found = index.story(article_id, days=days, limit=limit)
    if as_json:
        output.print_json(found.to_dict())
    else:
        output.print_story(found)
    return 0 if found.hits else 1


@click.command(short_help="Copies of one article, or all copies in the index.")
@click.argument("article_id", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(0), help="How many copies, or sets of them, at most.")
@json_option
@click.pass_obj
def duplicates(location: str, article_id: str | None, limit: int | None, as_json: bool) -> int:
    """Copies of the article ID; without one, every set of copies in the index.

    Of sets --json prints a line each.
    """
    with newsearch.open(location) as index:
        if article_id is not None:
            started = perf_counter()
            hits = index.duplicates(article_id, *([] if limit is None else [limit]))
            took_ms = (perf_counter() - started) * 1000
            results = newsearch.SearchResults(len(hits), hits, took_ms=took_ms)
            return _print_hits(results, as_json, nothing="Tidak ada salinan.")
        count = 0
        for group in islice(index.duplicate_groups(), limit):
            count += 1
            if as_json:
                output.print_json(group.to_dict())
            else:
                output.print_group([index.get(one) for one in group.ids])
    if not (count or as_json):
        click.echo("Tidak ada salinan.")
    return 0 if count else 1


@click.command(short_help="The newest articles.")
@filter_options
@limit_option
@click.option(
    "--collapse/--no-collapse",
    default=True,
    show_default=True,
    help="Fold copies of one text under the newest.",
)
@json_option
@click.pass_obj
def latest(location: str, /, limit: int, collapse: bool, as_json: bool, **filters: Any) -> int:
    """The newest articles; search '' --sort popular gives the most read ones."""
    with newsearch.open(location) as index:
        results = index.search("", sort="newest", limit=limit, collapse=collapse, **filters)
    return _print_hits(results, as_json)


@click.command(short_help="Completions of words, phrases and regions.")
@click.argument("prefix")
@limit_option
@json_option
@click.pass_obj
def suggest(location: str, prefix: str, limit: int, as_json: bool) -> int:
    """Complete PREFIX by words and phrases of headlines and names of regions, with counts."""
    with newsearch.open(location) as index:
        found = index.suggest(prefix, limit=limit)
    if as_json:
        output.print_json({"suggestions": [completion.to_dict() for completion in found]})
    else:
        for completion in found:
            kind = "  daerah" if completion.kind == "region" else ""
            count = output.number(completion.count)
            click.echo(f"{output.printable(completion.text)}  {count}{kind}")
        if not found:
            click.echo("Tidak ada saran.")
    return 0 if found else 1


def _print_hits(
    results: newsearch.SearchResults, as_json: bool, nothing: str = "Tidak ada artikel yang cocok."
) -> int:
    if as_json:
        output.print_json(results.to_dict())
    elif results.total:
        output.print_hits(results.hits, output.console())
    else:
        click.echo(nothing)
    return 0 if results.total else 1


COMMANDS = (search, new, facets, related, duplicates, story, latest, suggest)
