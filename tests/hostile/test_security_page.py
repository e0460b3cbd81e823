"""SECURITY.md states the bounds that the code has."""

from __future__ import annotations

import pytest

from newsearch.article import MAX_ID, MAX_TEXT, MAX_TITLE
from newsearch.indexing.analysts import TOGETHER, TOGETHER_TEXT
from newsearch.language.tokens import MAX_TOKEN
from newsearch.query.dates import MAX_DATE as QUERY_DATES_MAX_DATE
from newsearch.query.expansion import MAX_EXPANSIONS, MAX_SCAN
from newsearch.query.filters import MAX_VALUES
from newsearch.query.grammar import MAX_CLAUSES, MAX_NESTING, MAX_QUERY
from newsearch.query.plan import MAX_EXPANDED, MAX_SLOPPY
from newsearch.reading.crawl import MAX_HEADERS
from newsearch.reading.dates import MAX_DATE as DATES_MAX_DATE
from newsearch.reading.feeds import MAX_TAG
from newsearch.reading.markup import MAX_ATTRIBUTES, MAX_ELEMENTS
from newsearch.reading.page import MAX_HTML
from newsearch.reading.reader import MAX_PAGE as READ_MAX_PAGE
from newsearch.reading.reader import MAX_REASON, MAX_REJECTED
from newsearch.reading.streams import FREE, MAX_DOCUMENT, MAX_LINE, MAX_RATIO
from newsearch.regions.lookup import MAX_NAME_LENGTH
from newsearch.results.snippets import MAX_SCANNED
from newsearch.searching.saved import MAX_SAVED
from newsearch.searching.searcher import MAX_DEPTH
from newsearch.searching.searcher import MAX_PAGE as SEARCHING_MAX_PAGE
from tests.support import PROJECT

ROWS = {
    "one line": f"{MAX_LINE >> 20} MiB",
    "one JSON object": f"{MAX_DOCUMENT >> 20} MiB",
    "`.gz`": f"{MAX_RATIO} times its size (the first {FREE >> 20} MiB",
    "a page": f"{READ_MAX_PAGE:,} bytes; {2 * MAX_TEXT:,} characters of text, {MAX_HTML:,} of HTML",
    "HTML": f"{MAX_ELEMENTS:,} elements, {MAX_ATTRIBUTES:,} attributes",
    "feeds": f"{MAX_TAG >> 20} MiB of a tag",
    "headers of a record": f"{MAX_HEADERS >> 10} KiB",
    "an article": f"id {MAX_ID:,} characters, title {MAX_TITLE:,}, text {MAX_TEXT:,}",
    "articles in memory": f"{TOGETHER}, or what holds {TOGETHER_TEXT:,}",
    "rejections in memory": f"{MAX_REJECTED:,} of {MAX_REASON} characters",
    "a token": f"{MAX_TOKEN} characters",
    "text looked at for a snippet": f"{MAX_SCANNED:,} characters",
    "a date": f"{DATES_MAX_DATE} characters; in a query {QUERY_DATES_MAX_DATE}",
    "a name of a region": f"{MAX_NAME_LENGTH} characters",
    "a query": f"{MAX_QUERY:,} characters, {MAX_CLAUSES} words, "
    f"{MAX_NESTING} levels of brackets, {MAX_EXPANDED} words with `*` or `~`, "
    f"{MAX_EXPANSIONS:,} words behind each among {MAX_SCAN:,} looked at, "
    f"{MAX_SLOPPY} words",
    "filters": f"{MAX_VALUES} values",
    "results": f"{SEARCHING_MAX_PAGE:,} hits a page, down to the {MAX_DEPTH:,}th",
    "saved searches": f"{MAX_SAVED:,}",
}


@pytest.mark.parametrize("row", ROWS)
def test_the_page_says_what_the_code_does(row: str) -> None:
    lines = (PROJECT / "SECURITY.md").read_text().splitlines()
    assert [line for line in lines if line.startswith(f"| {row}") and ROWS[row] in line]
