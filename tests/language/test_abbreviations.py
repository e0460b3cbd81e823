"""Abbreviations: a query by the short or the long form finds both."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.language import tokens
from newsearch.language.abbreviations import Alternative, alternatives, table
from newsearch.regions import regions_named


def _lines() -> list[list[str]]:
    text = files("newsearch.language").joinpath("data/abbreviations.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return [line.split("\t") for line in lines]


def _forms(query: str) -> list[tuple[str, set[str]]]:
    words = tokens(query)
    return [
        (" ".join(words[run.start : run.end]), {" ".join(form) for form in run.forms})
        for run in alternatives(words)
    ]


def test_the_table_is_well_formed() -> None:
    header, *lines = _lines()
    assert header == ["short", "long", "kind", "context", "checked"]
    for line in lines:
        assert len(line) == 5, line
        short, long, kind, context, checked = line
        forms = [short, *long.split("|")]
        assert len(set(forms)) == len(forms) > 1, line
        words = [*forms, *filter(None, context.split("|"))]
        assert [" ".join(tokens(word)) for word in words] == words, line
        assert all(" " not in word for word in context.split("|")), line
        assert kind in ("abbreviation", "spelling"), line
        assert any(map(int, checked.split("/"))), line
    assert len(lines) == len(table())


def test_a_short_form_means_one_thing_or_has_a_context() -> None:
    rows = table()
    shorts = Counter(row.forms[0] for row in rows)
    assert [row.forms[0] for row in rows if shorts[row.forms[0]] > 1 and not row.context] == []


def test_regions_are_left_to_the_gazetteer() -> None:
    named = [form for row in table() for form in row.forms if regions_named(" ".join(form))]
    assert named == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pemkab lampura", [("pemkab", {"pemerintah kabupaten"})]),
        ("kasus DBD", [("dbd", {"demam berdarah", "demam berdarah dengue"})]),
        ("demam berdarah", [("demam berdarah", {"dbd", "demam berdarah dengue"})]),
        ("dewan perwakilan rakyat daerah", [("dewan perwakilan rakyat daerah", {"dprd"})]),
        ("dewan perwakilan rakyat", [("dewan perwakilan rakyat", {"dpr"})]),
        ("Polres dan RSUD", [
            ("polres", {"kepolisian resor", "kepolisian resort"}),
            ("rsud", {"rumah sakit umum daerah"}),
        ]),
        ("vaksin COVID19", [("covid19", {"covid-19", "covid 19", "covid", "corona"})]),
        ("vaksin covid 19", [("covid 19", {"covid-19", "covid19", "covid", "corona"})]),
        ("kata yang entah apa", []),
        ("", []),
    ],
)  # fmt: skip
def test_both_directions(query: str, expected: list[tuple[str, set[str]]]) -> None:
    assert _forms(query) == expected


def test_spellings_are_told_from_abbreviations() -> None:
    assert alternatives(["ijin"]) == [Alternative(0, 1, (("izin",),), True)]
    assert alternatives(["mbg"]) == [
        Alternative(0, 1, (("makan", "bergizi", "gratis"),), False)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pmk", []),
        ("penyakit mulut dan kuku", []),
        ("vaksin pmk sapi", [("pmk", {"penyakit mulut dan kuku"})]),
        ("penyakit mulut dan kuku sapi", [("penyakit mulut dan kuku", {"pmk"})]),
        ("tps sampah liar", [
            ("tps", {"tempat penampungan sementara"})
        ]),
        ("tps pemilu", [("tps", {"tempat pemungutan suara"}), ("pemilu", {"pemilihan umum"})]),
    ],
)  # fmt: skip
def test_ambiguous_forms_need_a_context(
    query: str, expected: list[tuple[str, set[str]]]
) -> None:  # fmt: skip
    assert _forms(query) == expected


def test_every_form_of_every_row_leads_to_the_others() -> None:
    for row in table():
        for form in row.forms:
            (first, *rest) = alternatives([*form, "entah", *sorted(row.context)])
            assert (first.start, first.end) == (0, len(form)), form
            assert set(row.forms) - {form} <= set(first.forms), form
            assert form not in first.forms
            assert all(run.start > len(form) for run in rest)


_WORDS = sorted({word for row in table() for form in row.forms for word in form})


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=8), max_size=20))
def test_runs_are_in_order_and_inside(words: list[str]) -> None:
    last = 0
    for run in alternatives(words):
        assert last <= run.start < run.end <= len(words)
        assert run.forms
        assert all(run.forms)
        assert tuple(words[run.start : run.end]) not in run.forms
        last = run.end
