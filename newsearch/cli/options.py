"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def _field_map(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    fields = {}
    for pair in pairs:
        field, equals, name = pair.partition("=")
        if not (field and equals and name):
            raise click.BadParameter(f"{pair!r} is not FIELD=NAME")
        fields[field] = name
    return fields


map_option = click.option(
    "--map",
    "field_map",
    multiple=True,
    callback=_field_map,
    metavar="FIELD=NAME",
    help="Where a field stands in the records: title=judul_berita.",
)
limit_option = click.option(
    "--limit", type=click.IntRange(0), default=10, show_default=True, help="How many at most."
)

_FILTERS = (
    click.option("--region", multiple=True, help="Code, name or alias; repeat for alternatives."),
    click.option("--since", help="First day: 2023, 2023-06, '14 Juni 2023', kemarin."),
    click.option("--until", help="Last day, included."),
    click.option("--source", multiple=True, help="Outlet; repeat for alternatives."),
    click.option("--category", multiple=True, help="Section; repeat for alternatives."),
    click.option("--author", multiple=True, help="Author; repeat for alternatives."),
)
FILTER_NAMES = ("region", "since", "until", "source", "category", "author")
_MATCH = click.option(
    "--match",
    type=click.Choice(["all", "any"]),
    default="all",
    show_default=True,
    help="Ask for all words or any of them.",
)
_FACET = click.option(
    "--facet",
    "facets",
    multiple=True,
    type=click.Choice(["region", "year", "month", "day", "source", "category", "author"]),
    help="Count the articles found by this; repeat for more.",
)
_COUNTING = (
    _FACET,
    click.option(
        "--multiselect", is_flag=True, help="Count each facet as if its own filter were not there."
    ),
    click.option("--fill", is_flag=True, help="Count years, months and days without articles too."),
)
_PAGE = (
    click.option(
        "--sort",
        type=click.Choice(["relevance", "newest", "oldest", "popular"]),
        default="relevance",
        show_default=True,
        help="The order of the hits.",
    ),
    limit_option,
    click.option(
        "--offset", type=click.IntRange(0), default=0, show_default=True, help="Hits to skip."
    ),
    click.option(
        "--fresh",
        metavar="AGE",
        help="Also rank by age: half of a bonus is left after 30d, 12h, 2w.",
    ),
    click.option("--collapse", is_flag=True, help="Fold copies of one text under the best."),
    click.option("--explain", is_flag=True, help="Say why each hit stands where it does."),
)


def filter_options(command: F) -> F:
    """--region --since --until --source --category --author."""
    return _apply(_FILTERS, command)


def counting_options(command: F) -> F:
    """The filters, --match, --facet, --multiselect and --fill."""
    return _apply((*_FILTERS, _MATCH, *_COUNTING), command)


def search_options(command: F) -> F:
    """All options of a search."""
    return _apply((*_FILTERS, *_PAGE, _MATCH, *_COUNTING), command)


def _apply(options: tuple[Callable[[F], F], ...], command: F) -> F:
    for option in reversed(options):
        command = option(command)
    return command


engine_option = click.option("--engine", show_default="tantivy", help="For an index that is new.")
