"""The query language, as trees; what it finds is in test_search.py."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch import QueryTooLargeError
from newsearch.query.grammar import MAX_CLAUSES, MAX_QUERY, parse_raw


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("banjir bandar", "Words([Term('any', 'banjir'), Term('any', 'bandar')])"),
        ("a DAN b", "Words([And([Term('any', 'a'), Term('any', 'b')])])"),
        ("a OR b", "Words([Or([Term('any', 'a'), Term('any', 'b')])])"),
        ("BUKAN b", "Words([Not(Term('any', 'b'))])"),
        ("a -b", "Words([Term('any', 'a'), Not(Term('any', 'b'))])"),
        ("judul:banjir", "Words([Term('title', 'banjir')])"),
        ("TITLE:banjir", "Words([Term('title', 'banjir')])"),
        ("awal*", "Words([Prefix('any', 'awal')])"),
        ("pem*an", "Words([Wildcard('any', 'pem*an')])"),
        ("kata^2", "Words([Term('any', 'kata', boost=2.0)])"),
        # Plain text that looks like syntax
        ("anak-anak", "Words([Term('any', 'anak-anak')])"),
        ("a - b", "Words([Term('any', 'a'), Term('any', '-'), Term('any', 'b')])"),
        ("kenapa?", "Words([Term('any', 'kenapa?')])"),
        ("https://a.example/b:c", "Words([Term('any', 'https://a.example/b:c')])"),
        ("dan atau", "Words([Term('any', 'dan'), Term('any', 'atau')])"),
        ("*awal", "Words([Term('any', '*awal')])"),
        ('"abc', "Words([Term('any', '\"abc')])"),
        ("a ) b (", "Words([Term('any', 'a'), Term('any', 'b')])"),
        ("[a b]", "Words([Term('any', '[a'), Term('any', 'b]')])"),
    ],
)
def test_trees(query: str, tree: str) -> None:
    assert repr(parse_raw(query)) == tree


def test_typographic_quotes_are_quotes() -> None:
    assert repr(parse_raw("“a b”")) == repr(parse_raw('"a b"'))


@pytest.mark.parametrize(
    "query",
    [
        "x" * (MAX_QUERY + 1),
        "a " * (MAX_CLAUSES + 1),
        "(a " * 60 + ")" * 60,
        "NOT " * 2_000,
    ],
)
def test_bounds(query: str) -> None:
    with pytest.raises(QueryTooLargeError):
        parse_raw(query)


@pytest.mark.parametrize("unit", ["NOT ", "(", "[", '"', "-", "^2", "a~", "[a ", "judul:", "* "])
def test_rows_of_syntax_are_words_or_too_large(unit: str) -> None:
    with suppress(QueryTooLargeError):
        parse_raw(unit * (MAX_QUERY // len(unit)))


PIECES = st.sampled_from(
    [
        "banjir",
        "a",
        '"',
        "(",
        ")",
        "-",
        "*",
        "~",
        "~2",
        "^",
        "^3",
        ":",
        "judul:",
        "tanggal:",
        "[",
        "]",
        " TO ",
        " DAN ",
        " ATAU ",
        " BUKAN ",
        "NOT ",
        " ",
        "\n",
        "🌊",
        "daerah:",
        "\\",
        "'",
    ]
)


@given(st.text(max_size=100) | st.lists(PIECES, max_size=25).map("".join))
def test_whatever_is_typed_parses(query: str) -> None:
    assert parse_raw(query) is not None
