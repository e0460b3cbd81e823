"""The query language, as trees and back; what it finds is in test_search.py."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import whoosh.query as wq
from hypothesis import given
from hypothesis import strategies as st

from newsearch import QueryError, QueryTooLargeError
from newsearch.query.grammar import MAX_CLAUSES, MAX_QUERY, _simplified, parse
from newsearch.query.printing import write
from newsearch.query.simplify import simplify
from newsearch.query.tree import Words


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("banjir bandar", "Words([Term('any', 'banjir'), Term('any', 'bandar')])"),
        ("a DAN b", "And([Term('any', 'a'), Term('any', 'b')])"),
        ("a OR b", "Or([Term('any', 'a'), Term('any', 'b')])"),
        ("BUKAN b", "Not(Term('any', 'b'))"),
        ("a -b", "Words([Term('any', 'a'), Not(Term('any', 'b'))])"),
        ("judul:banjir", "Term('title', 'banjir')"),
        ("TITLE:banjir", "Term('title', 'banjir')"),
        ("awal*", "Prefix('any', 'awal')"),
        ("pem*an", "Wildcard('any', 'pem*an')"),
        ("kata^2", "Term('any', 'kata', boost=2.0)"),
        # Groups are simplified
        ("((a))", "Term('any', 'a')"),
        ("a DAN (b DAN c)", "And([Term('any', 'a'), Term('any', 'b'), Term('any', 'c')])"),
        ("BUKAN BUKAN a", "Term('any', 'a')"),
        ('a () "" b', "Words([Term('any', 'a'), Term('any', 'b')])"),
        ("((a)^2)^3", "Term('any', 'a', boost=6.0)"),
        ("-a^2 b", "Words([Not(Term('any', 'a', boost=2.0)), Term('any', 'b')])"),
        # Plain text that looks like syntax
        ("anak-anak", "Term('any', 'anak-anak')"),
        ("a - b", "Words([Term('any', 'a'), Term('any', 'b')])"),
        ("Kenapa?", "Term('any', 'kenapa')"),
        ("14/06", "Words([Term('any', '14'), Term('any', '06')])"),
        ("dan atau", "Words([Term('any', 'dan'), Term('any', 'atau')])"),
        ("*awal", "Term('any', 'awal')"),
        ('"abc', "Term('any', 'abc')"),
        ("a ) b (", "Words([Term('any', 'a'), Term('any', 'b')])"),
        ("[a b]", "Words([Term('any', 'a'), Term('any', 'b')])"),
        ("🌊 a 👍🏽", "Term('any', 'a')"),
        ("🌊", "Words([])"),
        ("((((", "Words([])"),
        ("_*", "Words([])"),
        ("", "Words([])"),
    ],
)
def test_trees(query: str, tree: str) -> None:
    assert repr(parse(query)) == tree


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("a OR OR b ATAU DAN c", "a ATAU b ATAU c"),
        ("(a b) DAN c", "(a b) DAN c"),
        ("a AND b OR NOT c", "(a DAN b) ATAU -c"),
        ("a b OR c d", "a (b ATAU c) d"),
        ("title:(a b)^2", "(judul:a judul:b)^2"),
        ("“a b”~3", '"a b"~3'),
        ('"a"~3 "b c"~1', '"a"~3 "b c"'),
        ("kota/pem*an/x", "kota pem*an x"),
        ("kota/banjr~", "kota banjr~1"),
        ("banjr~2/3^1.5 ban*^2", "banjr~2/3^1.5 ban*^2"),
        ("a**b c*d*", "a b c*d*"),
        ("kata^999", "kata^100"),
        # Names of several words need no quotes
        ("daerah:bandar lampung surut", 'daerah:"bandar lampung" surut'),
        ("-region:kota bekasi", '-daerah:"kota bekasi"'),
        ("daerah:(oki ATAU bandar lampung)", 'daerah:"oki" ATAU daerah:"bandar lampung"'),
        ("daerah:oki ATAU bandar", 'daerah:"oki" ATAU bandar'),
        ("tanggal:7 hari terakhir banjir", 'tanggal:"7 hari terakhir" banjir'),
        ("tanggal:14 Juni 2023 banjir", 'tanggal:"14 Juni 2023" banjir'),
        ("date:minggu lalu ATAU date:Juni 2023", 'tanggal:"minggu lalu" ATAU tanggal:"Juni 2023"'),
        ("tanggal:sejak 2020", 'tanggal:"sejak 2020"'),
        ("tanggal:entah apa", 'tanggal:"entah" apa'),
        ("tanggal:[2020 to 2021}", "tanggal:[2020 TO 2021}"),
        ("tanggal:{ SAMPAI 2021]", "tanggal:{ TO 2021]"),
        ("[2020 TO 2021]", "2020 2021"),
        ('sumber:"Tribun  Lampung" penulis:Budi', 'sumber:"Tribun Lampung" penulis:"Budi"'),
    ],
)
def test_queries_are_written_as_they_were_understood(query: str, written: str) -> None:
    assert write(parse(query)) == written
    assert write(parse(written)) == written


@pytest.mark.parametrize("query", ["sumber:tribun*", "daerah:oki~1", "sumber:[a TO b]"])
def test_what_a_field_has_not_is_a_clear_error(query: str) -> None:
    with pytest.raises(QueryError, match=r"(sumber|daerah|tanggal):"):
        parse(query)


@pytest.mark.parametrize(
    "query",
    [
        "x" * (MAX_QUERY + 1),
        "a " * (MAX_CLAUSES + 1),
        "a/" * (MAX_CLAUSES + 1),
        '"' + "a " * (MAX_CLAUSES + 1) + '"',
        "(a " * 60 + ")" * 60,
        "NOT " * 2_000,
        "-(" * 60 + "a" + ")" * 60,
    ],
)
def test_bounds(query: str) -> None:
    with pytest.raises(QueryTooLargeError):
        parse(query)


@pytest.mark.parametrize("unit", ["NOT ", "(", "[", '"', "-", "^2", "a~", "[a ", "judul:", "* "])
def test_rows_of_syntax_are_words_or_too_large(unit: str) -> None:
    with suppress(QueryTooLargeError):
        parse(unit * (MAX_QUERY // len(unit)))


# A list of strings and not st.text: pieces that are syntax meet far more often.
PIECES = st.sampled_from(
    [
        *"banjir|a|oki|bandar lampung|2023|7 hari terakhir|🌊|anak-anak|14/06|1.5|ﬁ|İ".split("|"),
        *['"', "(", ")", "-", "*", "~", "~2", "~1/3", "^", "^3", "^0.5", ":", "[", "]", "{", "_"],
        *"judul: tanggal: daerah: sumber: -judul: title:( AND NOT".split(),
        *[" TO ", " DAN ", " ATAU ", " BUKAN ", " ", " ", "\n", "\\", "'", '"~3', " -", " ("],
    ]
)
TYPED = st.text(max_size=100) | st.lists(PIECES, max_size=25).map("".join)


@given(TYPED)
def test_whatever_is_typed_can_be_written_and_read_again(query: str) -> None:
    try:
        tree = parse(query)
    except QueryError:
        return
    assert _form(parse(write(tree))) == _form(tree)


WORDS = st.sampled_from("banjir anak-anak dan atau not to 2023 1.5 é 東京 judul".split())
TEXT_FIELDS = st.sampled_from(["any", "title", "text"])
BOOSTS = st.sampled_from([1.0, 1.0, 0.5, 2.0, 12.125, 100.0])
VALUES = st.sampled_from(
    ["kompas.com", "bandar lampung", "a (b) TO c]", "-x", "NOT", "14", "a:b*~"]
)
DATES = st.sampled_from(["2023", "14 Juni 2023", "kemarin", None])
LEAVES: Any = st.one_of(
    st.builds(wq.Term, TEXT_FIELDS, WORDS, boost=BOOSTS),
    st.builds(
        wq.Phrase, TEXT_FIELDS, st.lists(WORDS, max_size=4), slop=st.integers(1, 12), boost=BOOSTS
    ),
    st.builds(wq.Prefix, TEXT_FIELDS, WORDS, boost=BOOSTS),
    st.builds(
        wq.Wildcard, TEXT_FIELDS, st.lists(WORDS, min_size=2, max_size=4).map("*".join), BOOSTS
    ),
    st.builds(
        wq.FuzzyTerm,
        TEXT_FIELDS,
        WORDS,
        boost=BOOSTS,
        maxdist=st.integers(1, 2),
        prefixlength=st.integers(0, 9),
    ),
    st.builds(wq.Term, st.sampled_from(["region", "source", "author", "date"]), VALUES),
    st.builds(wq.TermRange, st.just("date"), DATES, DATES, st.booleans(), st.booleans()),
)
TREES: Any = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(wq.Not, inner),
        st.builds(Words, st.lists(inner, max_size=4), boost=BOOSTS),
        st.builds(wq.And, st.lists(inner, max_size=4), boost=BOOSTS),
        st.builds(wq.Or, st.lists(inner, max_size=4), boost=BOOSTS),
    ),
    max_leaves=12,
)


@given(TREES)
def test_any_tree_can_be_written_and_read_again(raw: wq.Query) -> None:
    tree = simplify(raw)
    assert _form(simplify(tree)) == _form(tree)
    assert _form(parse(write(tree))) == _form(tree)


def _form(node: Any) -> Any:
    """All of a node that can be compared; whoosh's repr leaves out some boosts."""
    children = [node.query] if isinstance(node, wq.Not) else list(node.children())
    facts = {
        name: getattr(node, name, None)
        for name in (
            *("fieldname", "text", "words", "slop", "boost", "maxdist", "prefixlength"),
            *("start", "end", "startexcl", "endexcl"),
        )
    }
    if isinstance(node, wq.Not | wq.TermRange):
        del facts["boost"]
    if not isinstance(node, wq.FuzzyTerm):
        del facts["prefixlength"]
    return type(node).__name__, facts, list(map(_form, children))


PLAIN = ["kota", "anak-anak", "5", "Dan", "dan", "not", "TO", "covid-19", "UU", "-", "NOTA", "x"]
PLAIN += ["AND", "ATAU", "BUKAN", ".", ",", "?", "!", ";", "'", " ", "  ", "1.5", "kab.", "Jum'at"]
PLAIN += ["R&B", "10%", "3/4"]


@given(st.lists(st.sampled_from(PLAIN), max_size=12), st.sampled_from(["", " "]))
def test_what_needs_no_parser_is_read_as_the_parser_reads_it(
    pieces: list[str], between: str
) -> None:
    text = between.join(pieces)
    assert _form(parse(text)) == _form(_simplified(text))
