"""Queries that are costly, broken or misspelt, on real articles; nothing here is timed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

import newsearch
from newsearch import AddReport, NewsIndex
from tests.query.test_grammar import TYPED

Corpus = tuple[NewsIndex, list[AddReport]]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("NOT " * 2_000, "8,000 characters"),
        (" ".join(f"kata{number}" for number in range(20_000)), "characters"),
        ("a " * 500, "500 words"),
        ("a/" * 500, "500 words"),
        ("(a " * 40 + ")" * 40, "nests"),
        ("a*", "more than 1,000 words"),
        ("m*n", "more than 1,000 words"),
        (" ".join(f"pem{letter}*" for letter in "abcdefghijklmnopqrstuvwxyz"), "more than 20"),
        ('"a b c d e f g h i"~9', "too long"),
        ("tanggal:entah", "cannot read the date"),
    ],
)
def test_what_passes_a_bound_is_one_clear_error(corpus: Corpus, query: str, error: str) -> None:
    with pytest.raises(newsearch.QueryError, match=error):
        corpus[0].search(query)


@pytest.mark.parametrize(
    "query", ["((((", "(" * 4_000, '"' * 3_999, "-" * 4_000, "[" * 4_000, "*", "???", "🌊" * 4_000]
)
def test_what_has_no_word_finds_nothing(corpus: Corpus, query: str) -> None:
    assert corpus[0].search(query).total == 0


def test_the_largest_queries_are_answered(corpus: Corpus) -> None:
    index, _ = corpus
    assert index.search("NOT " * 900 + "banjir").total == index.search("banjir").total
    assert index.search("kata " * 400).total > 0
    assert index.search("banjr~2 " * 20, match="any").total > 0
    assert index.search("a" * 4_000).total == 0


def test_a_page_past_the_bound_is_a_clear_error(corpus: Corpus) -> None:
    index, _ = corpus
    assert len(index.search("", offset=9_990, limit=10).hits) == 10
    with pytest.raises(newsearch.QueryTooLargeError, match="10,001"):
        index.search("", offset=9_991, limit=10)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=TYPED)
def test_whatever_is_typed_is_answered_or_refused(corpus: Corpus, query: str) -> None:
    try:
        results = corpus[0].search(query)
    except newsearch.QueryError:
        return
    assert len(results.hits) == min(results.total, 10)


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("banjr lampng", "banjir lampung"),
        ("perdjoeangan", "perjuangan"),
        ("fihak kepolsian", "pihak kepolisian"),
        ("kebakrn hutn", "kebakaran hutan"),
    ],
)
def test_misspelt_words(corpus: Corpus, query: str, suggestion: str) -> None:
    index, _ = corpus
    assert index.search(query).suggestion == suggestion
    corrected = index.search(suggestion)
    assert corrected.total > 0
    assert not corrected.relaxed


@pytest.mark.parametrize(
    ("typed", "completed", "kind"),
    [
        ("keb", "kebakaran", "word"),
        ("kebakaran h", "kebakaran hutan", "phrase"),
        ("lampung s", "lampung selatan", "region"),
    ],
)
def test_completions(corpus: Corpus, typed: str, completed: str, kind: str) -> None:
    first = corpus[0].suggest(typed)[0]
    assert (first.text, first.kind) == (completed, kind)
