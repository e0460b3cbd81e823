"""What the command line prints: JSON for programs, Indonesian text for readers."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

import click
import orjson

import newsearch

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from newsearch import (
        Article,
        FacetCount,
        Hit,
        ParsedQuery,
        RegionCount,
        SearchResults,
        Snippet,
        Story,
    )

FACET_ROWS = 15
"""Values of a facet that are printed; --json prints all of them."""
REGIONS, CHILDREN = 10, 5
"""Regions that are printed, and of each those inside it."""
BAR = 30
"""Characters of the longest bar."""

_OBEYED = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]")
"""In UTF-8 what JSON leaves as it is and terminals obey: control characters, marks of direction."""

FACET_TITLES = {
    "region": "Daerah",
    "year": "Tahun",
    "month": "Bulan",
    "day": "Tanggal",
    "source": "Sumber",
    "category": "Kategori",
    "author": "Penulis",
}


def fail(message: str, status: int = 2) -> NoReturn:
    """Say in one line on standard error what went wrong, and exit."""
    click.echo(f"newsearch: {printable(' '.join(message.split()))}", err=True)
    sys.exit(status)


def print_rejection(rejection: newsearch.Rejection) -> None:
    """Say on standard error which record was left out and why."""
    line = "" if rejection.line is None else f":{rejection.line}"
    click.echo(printable(f"ditolak: {rejection.source}{line}: {rejection.reason}"), err=True)


def warn_not_found(field_map: Mapping[str, str]) -> None:
    """Say on standard error which names of a field map no record had."""
    for field, name in field_map.items():
        message = f"newsearch: no record has {name!r} (--map {field}={name}): is it misspelt?"
        click.echo(printable(message), err=True)


def print_json(value: Any) -> None:
    """One JSON object on a line."""
    try:
        line = orjson.dumps(value)
    except TypeError:
        # What is no UTF-8, as in the name of a file, becomes question marks.
        line = orjson.dumps(_writable(value))
    # The same to a program; a terminal does not obey it.
    sys.stdout.buffer.write(_OBEYED.sub(_escaped, line) + b"\n")
    sys.stdout.buffer.flush()


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_writable(key): _writable(item) for key, item in value.items()}
    return [_writable(item) for item in value] if isinstance(value, (list, tuple)) else value


def number(value: int) -> str:
    """A whole number as Indonesians write it: 49.549."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float) -> str:
    """A number with one decimal, as Indonesians write it: 4,2."""
    return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))


def console() -> Console:
    """The terminal; without colours where standard output is none."""
    # Imported here: --json and errors do without.
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            # Rich would exit with status 1; a reader that has seen enough (head) is no error.
            raise BrokenPipeError

    return Output(highlight=False, soft_wrap=not sys.stdout.isatty())


def print_results(results: SearchResults, offset: int = 0, within: str | None = None) -> None:
    """Hits and facets for a reader; of regions, those inside `within`."""
    out = console()
    if not results.total:
        out.print("Tidak ada artikel yang cocok.")
    else:
        out.print(f"{number(results.total)} artikel cocok ({decimal(results.took_ms)} ms)")
    if results.relaxed:
        out.print("Tidak ada artikel yang memuat semua kata; ini yang memuat sebagian.")
    if results.suggestion:
        out.print(f"Mungkin maksud Anda: {printable(results.suggestion)}", markup=False)
    print_hits(results.hits, out, offset)
    if results.total and offset >= results.total:
        out.print(f"Halaman ini melewati hasil terakhir (--offset {offset}).")
    if not results.total:
        return
    for name, counts in results.facets.items():
        if name == "region":
            print_regions(results.region_tree(within) or results.region_tree(), out)
        else:
            print_facet(name, counts, out)


def print_hits(hits: Sequence[Hit], out: Console, offset: int = 0) -> None:
    """A numbered list of hits."""
    from rich.text import Text

    for place, hit in enumerate(hits, offset + 1):
        out.print()
        title = _marked(hit.title) if hit.title.text else Text("(tanpa judul)")
        out.print(Text(f"{place}. ") + title, style="bold")
        _print_indented(out, Text(_about(hit.article), style="cyan"))
        if hit.snippet.text:
            _print_indented(out, _marked(hit.snippet))
        if hit.explanation:
            parts = " + ".join(f"{part.label} {decimal(part.score)}" for part in hit.explanation)
            _print_indented(out, Text(f"skor {decimal(hit.score)} = {printable(parts)}"))
        if hit.duplicates:
            _print_indented(out, Text(f"{len(hit.duplicates)} salinan: {_copies(hit)}"))
        _print_indented(out, Text(printable(hit.article.id), style="dim"))


def print_arrivals(hits: Iterable[Hit], as_json: bool) -> int:
    """Hits as they are read, as JSON Lines or for a reader; how many."""
    out = None if as_json else console()
    count = 0
    for count, hit in enumerate(hits, 1):
        if out is None:
            print_json(hit.to_dict())
        else:
            print_hits([hit], out, count - 1)
    if out is not None and not count:
        out.print("Tidak ada artikel baru.")
    return count


def _print_indented(out: Console, text: Text) -> None:
    from rich.padding import Padding
    from rich.text import Text

    # A terminal wraps within the indent; what a pipe gets stays one line.
    out.print(Padding(text, (0, 0, 0, 3)) if out.is_terminal else Text("   ") + text)


def print_story(story: Story) -> None:
    """A story from its first report on."""
    from rich.text import Text

    out = console()
    for hit in story.hits:
        first = " · laporan pertama" if hit.article.id == story.first else ""
        out.print(Text(f"{_about(hit.article)}{first}", style="cyan"))
        out.print(Text(f"   {printable(hit.title.text) or '(tanpa judul)'}", style="bold"))
        if hit.duplicates:
            _print_indented(out, Text(f"{len(hit.duplicates)} salinan: {_copies(hit)}"))
        _print_indented(out, Text(printable(hit.article.id), style="dim"))


def print_group(articles: Sequence[Article]) -> None:
    """Copies of one text."""
    out = console()
    title = printable(articles[0].title) or "(tanpa judul)"
    out.print(f"{number(len(articles))} salinan: {title}", markup=False)
    for article in articles:
        out.print(f"   {_about(article)} · {printable(article.id)}", markup=False)


def print_parsed(parsed: ParsedQuery) -> None:
    """How a query was understood: a line for each part, those of a group indented under it."""
    from rich.text import Text

    out = console()
    waiting = [(parsed, 0)]
    while waiting:
        part, depth = waiting.pop()
        leaf = not part.parts and part.query
        named = Text(f"{printable(part.query)}  " if leaf else "", style="bold")
        meaning = printable(part.meaning) + ":" * bool(part.parts)
        out.print(Text("  " * depth) + named + Text(meaning, style="cyan"))
        waiting += [(inner, depth + 1) for inner in reversed(part.parts)]
    out.print()


def print_regions(tree: Sequence[RegionCount], out: Console) -> None:
    """Regions with those directly inside them, as a table with bars."""
    rows = []
    for region in tree[:REGIONS]:
        rows.append((region.label, region.count))
        rows += [(f"  {child.label}", child.count) for child in region.children[:CHILDREN]]
        if len(region.children) > CHILDREN:
            rest = region.children[CHILDREN:]
            rows.append((f"  … dan {number(len(rest))} lainnya", sum(one.count for one in rest)))
    _print_bars(FACET_TITLES["region"], rows, out)
    if len(tree) > REGIONS:
        out.print(f"… dan {number(len(tree) - REGIONS)} daerah lainnya")


def print_facet(name: str, counts: Sequence[FacetCount], out: Console) -> None:
    """A facet as a table with bars; of a long one the largest values, or the latest times.

    One that no article has is left out.
    """
    if not counts:
        return
    # Of times, which are in their own order, the latest; of others the largest, which come first.
    latest = name in ("year", "month", "day")
    shown = counts[-FACET_ROWS:] if latest else counts[:FACET_ROWS]
    _print_bars(FACET_TITLES[name], [(count.label, count.count) for count in shown], out)
    if len(counts) > len(shown):
        more = number(len(counts) - len(shown))
        out.print(f"… dan {more} sebelumnya" if latest else f"… dan {more} lainnya")


def _print_bars(title: str, rows: Sequence[tuple[str, int]], out: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column()
    most = max((count for _, count in rows), default=0)
    for label, count in rows:
        bar = "█" * (max(1, round(BAR * count / most)) if count else 0)
        # As text: what stands in brackets would be read as a style.
        table.add_row(Text(printable(label)), number(count), bar)
    out.print()
    out.print(table)


def print_article(article: Article) -> None:
    """A whole article."""
    from rich.text import Text

    out = console()
    out.print(Text(printable(article.title) or "(tanpa judul)", style="bold"))
    out.print(Text(_about(article, in_full=True), style="cyan"))
    for paragraph in article.text.splitlines():
        out.print()
        out.print(Text(printable(paragraph)))


def printable(text: str) -> str:
    """The text without control characters, which could drive the reader's terminal.

    Nor has it marks of direction, which could show it in another order. Blanks become plain ones.
    """
    if text.isprintable():
        return text
    return "".join(" " if c.isspace() else c for c in text if c.isprintable() or c.isspace())


def when(moment: datetime | None, in_full: bool = False) -> str:
    """A date for readers: 'Rabu, 14 Juni 2023'."""
    if moment is None:
        return "tanpa tanggal"
    # A record with a date only was published at some time of that day, not at midnight.
    has_time = moment.hour or moment.minute
    return (
        newsearch.format_datetime(moment) if in_full and has_time else newsearch.format_date(moment)
    )


def region_name(code: str) -> str:
    """The name of a region, or its code where the gazetteer has it no more."""
    try:
        return newsearch.region(code).label
    except newsearch.UnknownRegionError:
        return code


def _about(article: Article, in_full: bool = False) -> str:
    codes = article.regions if in_full else article.regions[:1]
    parts = [
        when(article.published, in_full),
        article.source,
        ", ".join(map(region_name, codes)),
    ]
    if in_full:
        read = None if article.views is None else f"{number(article.views)} kali dibaca"
        parts += [article.category, ", ".join(article.authors), read, article.url, article.id]
    return " · ".join(printable(part) for part in parts if part)


def _copies(hit: Hit) -> str:
    pairs = zip(hit.duplicates, hit.duplicate_sources, strict=True)
    return printable(", ".join(f"{source} ({one})" if source else one for one, source in pairs))


def _marked(snippet: Snippet) -> Text:
    from rich.text import Text

    # Cleaning must not move the marks: each control character becomes one blank.
    text = Text("".join(c if c.isprintable() else " " for c in snippet.text))
    for start, end in snippet.marks:
        text.stylize("bold yellow", start, end)
    return Text("… " * snippet.before) + text + Text(" …" * snippet.after)
