"""Abbreviations and spelling variants: what else a run of a query's words is written as.

Queries are widened with them, articles are not: the index holds what was written. Regions are not
here but among the aliases of the gazetteer. Source: data/abbreviations.tsv, compiled for newsearch
from newsroom usage; its last column says in how many of 49,549 news articles a row was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from newsearch.language.tokens import tokens

Form = tuple[str, ...]
"""A short or long form as the tokens it consists of."""


class Row(NamedTuple):
    """A line of the table: forms that mean the same, the short one first."""

    forms: tuple[Form, ...]
    spelling: bool
    context: frozenset[str]
    """Tokens one of which must stand beside the form; empty if the form always means this."""


class Alternative(NamedTuple):
    """Other ways of writing the query's tokens from `start` up to `end`."""

    start: int
    end: int
    forms: tuple[Form, ...]
    spelling: bool
    """Whether the forms are spellings of one word, not a short and a long form."""


def alternatives(tokens: Sequence[str]) -> list[Alternative]:
    """Return the other forms of every run of a query's tokens that the table knows.

    Longer runs win over shorter ones, earlier over later; runs never overlap and come in order.
    A row with a context counts only if one of its words stands outside the run. "kasus demam
    berdarah" gives ``[Alternative(1, 3, (("dbd",), ("demam", "berdarah", "dengue")), False)]``.
    """
    if _openings().isdisjoint(tokens):  # so it is in two of three queries
        return []
    found: list[Alternative] = []
    taken: set[int] = set()
    for start, end in _runs(tokens):
        if taken.isdisjoint(range(start, end)):
            alternative = _alternative(tokens, start, end)
            if alternative is not None:
                found.append(alternative)
                taken.update(range(start, end))
    return sorted(found)


@cache
def table() -> tuple[Row, ...]:
    """The rows of data/abbreviations.tsv, in their order."""
    text = files(__package__).joinpath("data/abbreviations.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(_row(line) for line in lines[1:])


def _row(line: str) -> Row:
    short, long, kind, context, _checked = line.split("\t")
    forms = tuple(tuple(tokens(form)) for form in (short, *long.split("|")))
    return Row(forms, kind == "spelling", frozenset(tokens(context)))


@cache
def _rows_of_forms() -> Mapping[Form, tuple[Row, ...]]:
    rows: dict[Form, list[Row]] = {}
    for row in table():
        for form in row.forms:
            rows.setdefault(form, []).append(row)
    return {form: tuple(found) for form, found in rows.items()}


@cache
def _openings() -> frozenset[str]:
    return frozenset(form[0] for form in _rows_of_forms() if form)


@cache
def _longest() -> int:
    return max(map(len, _rows_of_forms()), default=0)


def _runs(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of runs that may be a form, the longest first."""
    for length in range(min(_longest(), len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            yield start, start + length


def _alternative(tokens: Sequence[str], start: int, end: int) -> Alternative | None:
    """Join what all rows that apply to one run say, or return None."""
    form = tuple(tokens[start:end])
    rows = _rows_of_forms().get(form, ())
    if any(row.context for row in rows):
        around = {*tokens[:start], *tokens[end:]}
        rows = tuple(row for row in rows if not row.context or not row.context.isdisjoint(around))
    others = dict.fromkeys(other for row in rows for other in row.forms if other != form)
    if not others:
        return None
    return Alternative(start, end, tuple(others), all(row.spelling for row in rows))
