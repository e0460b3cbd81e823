"""From a query to results: plan it, ask the engine, dress what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import partial
from time import perf_counter
from typing import Literal, get_args

import whoosh.query as wq

from newsearch.engines import (
    Engine,
    FacetField,
    Filters,
    RawHit,
    RawResults,
    Reader,
    Sort,
    decode,
    fold,
)
from newsearch.errors import QueryError, QueryTooLargeError
from newsearch.query import ParsedQuery, Plan, outline, parse, plan
from newsearch.query.freshness import freshened
from newsearch.query.grammar import MAX_QUERY
from newsearch.results import (
    Contribution,
    FacetCount,
    Highlighter,
    Hit,
    Kept,
    KnownCounts,
    SearchResults,
    Suggestion,
    article_id,
    complete,
    fold_copies,
    make_facet,
    make_hit,
    make_hits,
    respellings,
    stored_fields,
    without_own,
)

Match = Literal["all", "any"]

MAX_PAGE = 1_000
"""Hits of one page."""
MAX_DEPTH = 10_000
"""How far down the results a page may reach: offset plus limit."""
MAX_COLLAPSED = 1_000
"""Hits that are compared with each other when copies are folded."""
FEW = 5
"""Hits up to which another spelling is looked for; a typing error may be in the corpus too."""
OTHER_LABEL = "lainnya"
SPELLED: tuple[FacetField, ...] = ("source", "category", "author")
"""Facets whose values are shown as an article spells them."""
MAX_LABELS = 10_000
"""Spellings of facet values that are kept."""


@dataclass(frozen=True, slots=True)
class Request:
    """One search; see `newsearch.NewsIndex.search` for what the fields mean.

    Raises:
        QueryError: an unknown sort, match or facet, or a negative page.
        QueryTooLargeError: a page past its bounds.
    """

    query: str
    filters: Filters
    sort: Sort = "relevance"
    match: Match = "all"
    limit: int = 10
    offset: int = 0
    facets: tuple[str, ...] = ()
    collapse: bool = False
    explain: bool = False
    multiselect: bool = False
    fill: bool = False
    fresh: timedelta | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.query, str):
            raise QueryError(f"a query is text, not {type(self.query).__name__}")
        _check_choice("sort", self.sort, get_args(Sort))
        _check_choice("match", self.match, get_args(Match))
        check_page(self.limit, self.offset)
        if self.collapse and self.limit + self.offset > MAX_COLLAPSED:
            raise QueryTooLargeError(
                f"copies are folded down to the {MAX_COLLAPSED:,}th hit: ask for an earlier page, "
                "or without collapse"
            )


class Searcher:
    """Asks one engine; `newsearch.NewsIndex` hands its questions on to it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # Of functions that do not hold the searcher: what it holds goes as soon as it does.
        self._counts: dict[str, KnownCounts] = {
            name: KnownCounts(partial(_spelled, engine, {}, name)) for name in SPELLED
        }
        self._words = Kept()

    def search(self, request: Request) -> SearchResults:
        """One page of results; see `newsearch.NewsIndex.search`."""
        started = perf_counter()
        stored_fields(request.facets)  # refuses what is no facet
        query = request.query
        reader = self._engine.current()
        planned = plan(query, reader, any_word=request.match == "any")
        found = planned
        raw, hits = _run(reader, planned, request)
        relaxed = False
        if not raw.total and request.match == "all" and planned.loosens:
            found = plan(query, reader, any_word=True)
            raw, hits = _run(reader, found, request)
            relaxed = raw.total > 0
        suggestion = None
        if relaxed or raw.total <= FEW:
            suggestion = _corrected(reader, self._words, request, planned, raw.total, relaxed)
        return SearchResults(
            total=raw.total,
            hits=hits,
            facets=self._facets(reader, found, request, raw),
            suggestion=suggestion,
            relaxed=relaxed,
            took_ms=(perf_counter() - started) * 1000,
        )

    def parse(self, query: str, match: Match) -> ParsedQuery:
        """How a query is understood; see `newsearch.NewsIndex.parse`."""
        request = Request(query, Filters(), match=match)
        any_word = request.match == "any"
        reader = self._engine.current()
        plan(query, reader, any_word=any_word)  # refuses what a search refuses
        if not query.strip():
            return ParsedQuery("all", "", "semua artikel")
        return outline(parse(query), reader, any_word=any_word)

    def export(self, query: str, filters: Filters, match: Match) -> Iterator[RawHit]:
        """Every match; see `newsearch.NewsIndex.export`."""
        reader = self._engine.current()
        return reader.matches(_planned(reader, query, filters, match).tree, filters)

    def arrivals(self, query: str, filters: Filters, match: Match) -> Iterator[Hit]:
        """Every match with its snippet; see `newsearch.NewsIndex.arrivals`."""
        reader = self._engine.current()
        planned = _planned(reader, query, filters, match)
        highlighter = Highlighter(planned.highlight)
        return (make_hit(hit, highlighter) for hit in reader.matches(planned.tree, filters))

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions; see `newsearch.NewsIndex.suggest`."""
        check_page(limit, 0)
        if len(prefix) > MAX_QUERY:
            raise QueryTooLargeError(
                f"{len(prefix):,} characters are more than {MAX_QUERY:,}: complete less of a text"
            )
        return complete(prefix, limit, self._engine.current())

    def _facets(
        self, reader: Reader, planned: Plan, request: Request, raw: RawResults
    ) -> dict[str, list[FacetCount]]:
        made = {}
        for name in request.facets:
            counts = raw.facets
            if _is_own(request, name):
                others = without_own(name, request.filters)
                fields = stored_fields([name])
                counts = reader.search(planned.tree, others, limit=0, facets=fields).facets
            filled = request.filters if request.fill else None
            made[name] = make_facet(name, counts, self._counts, filled)
        return made


def _spelled(
    engine: Engine, labels: dict[str, str], name: FacetField, value: str
) -> tuple[str, str]:
    """A folded source, category or author, and as an article spells it."""
    label = labels.get(value)
    if label is None:
        found = engine.search(wq.Term(name, value), Filters(), limit=1).hits
        record = decode(found[0].stored) if found else {}
        spelled = record.get("authors" if name == "author" else name) or value
        options = spelled if isinstance(spelled, list) else [spelled]
        label = next((option for option in options if fold(option) == value), value)
        if len(labels) >= MAX_LABELS:
            labels.clear()
        labels[value] = label
    return value, label


def _planned(reader: Reader, query: str, filters: Filters, match: Match) -> Plan:
    request = Request(query, filters, match=match)
    return plan(request.query, reader, any_word=request.match == "any")


def _run(reader: Reader, planned: Plan, request: Request) -> tuple[RawResults, list[Hit]]:
    sort = request.sort
    if sort == "relevance" and not planned.ranks:
        sort = "newest"
    depth = request.offset + request.limit
    limit, offset = request.limit, request.offset
    if request.collapse:
        # Folding shortens a page: more hits, from the top, fill it.
        limit, offset = min(depth * 3 + 20, MAX_COLLAPSED), 0
    tree = planned.tree
    if request.fresh is not None and sort == "relevance":
        now = datetime.now(timezone.utc)
        tree = freshened(tree, request.fresh, now, max(len(planned.parts), 1))
    raw = reader.search(
        tree,
        request.filters,
        sort=sort,
        limit=limit,
        offset=offset,
        facets=stored_fields([name for name in request.facets if not _is_own(request, name)]),
    )
    shown: list[tuple[RawHit, tuple[RawHit, ...]]]
    if request.collapse:
        shown = fold_copies(raw.hits)[request.offset : depth]
    else:
        shown = [(hit, ()) for hit in raw.hits]
    hits = make_hits(shown, Highlighter(planned.highlight))
    if request.explain and sort == "relevance":
        hits = _explained(reader, hits, planned)
    return raw, hits


def _explained(reader: Reader, hits: list[Hit], planned: Plan) -> list[Hit]:
    """The hits with what each part of the query gave to their scores."""
    ids = [hit.article.id for hit in hits]
    these = wq.ConstantScoreQuery(wq.Or([wq.Term("id", each) for each in ids]), 0.0)
    given: dict[str, list[Contribution]] = {each: [] for each in ids}
    for part in planned.parts:
        asked = wq.And([these, part.query])
        for raw in reader.search(asked, Filters(), limit=len(ids)).hits if ids else ():
            given[article_id(raw)].append(Contribution(part.label, raw.score))
    return [replace(hit, explanation=_with_rest(hit, given[hit.article.id])) for hit in hits]


def _corrected(
    reader: Reader, words: Kept, request: Request, planned: Plan, total: int, relaxed: bool
) -> str | None:
    """The query in another spelling, if one is known to have results."""
    queries = respellings(request.query, planned.typed, reader, words)
    found = 0 if relaxed else total
    strictly = (one for one in queries if _finds(reader, one, request, request.match) > found)
    better = next(strictly, None)
    if better or request.match == "any" or not (relaxed or not total):
        return better
    # Where no article has all words in any spelling: one that articles have some of, as many
    # as before. What is new may stand where the other words are too.
    least = max(total, 1)
    return next((one for one in queries if _finds(reader, one, request, "any") >= least), None)


def _finds(reader: Reader, query: str, request: Request, match: Match) -> int:
    try:
        tree = _planned(reader, query, request.filters, match).tree
    except QueryError:  # two words for one may pass a bound
        return 0
    return reader.search(tree, request.filters, limit=0).total


def _is_own(request: Request, facet: str) -> bool:
    """Whether a facet is counted with other filters than the hits are found with."""
    return request.multiselect and without_own(facet, request.filters) != request.filters


def _with_rest(hit: Hit, parts: list[Contribution]) -> tuple[Contribution, ...]:
    """The parts, and under OTHER_LABEL what phrases, fields and boosts gave besides."""
    rest = hit.score - sum(part.score for part in parts)
    # Engines score in single precision.
    if abs(rest) > 1e-3 * max(hit.score, 1.0):
        parts = [*parts, Contribution(OTHER_LABEL, rest)]
    return tuple(parts)


def check_page(limit: int, offset: int) -> None:
    """Refuse a page that is negative or past the bounds.

    Raises:
        QueryError, QueryTooLargeError: see `Request`.
    """
    for name, value in (("limit", limit), ("offset", offset)):
        if not hasattr(value, "__index__"):  # what a form sends is text
            raise QueryError(f"{name} is a whole number, not {value!r}")
    if limit < 0 or offset < 0:
        raise QueryError("limit and offset cannot be negative")
    if limit > MAX_PAGE:
        raise QueryTooLargeError(
            f"a page of {limit:,} hits is more than {MAX_PAGE:,}: ask for several with an offset"
        )
    if limit + offset > MAX_DEPTH:
        raise QueryTooLargeError(
            f"offset plus limit is {limit + offset:,}, more than {MAX_DEPTH:,}: narrow the search"
        )


def _check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise QueryError(f"unknown {name} {value!r}; choose one of {', '.join(choices)}")
