"""What OpenSearch is told: the mapping of an `Entry`, and a whoosh tree as its query DSL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import whoosh.query as wq

from newsearch.engines.base import Filters
from newsearch.errors import QueryError

Json = dict[str, Any]

MAX_WINDOW = 20_000
"""Hits down to which pages by offset go; newsearch bounds its own at half of that."""

NOTHING: Json = {"match_none": {}}
EVERYTHING: Json = {"match_all": {"boost": 0.0}}


def settings(similarity: str, shards: int, replicas: int) -> Json:
    """The settings of a new index.

    Args:
        similarity: the name of Lucene's BM25 that keeps the factor k1 + 1, as tantivy does.
        shards: parts of the index that machines hold and search at once.
        replicas: further copies of each.
    """
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "codec": "best_compression",
            # A commit refreshes; what is half sent is not to be seen.
            "refresh_interval": "-1",
            "max_result_window": MAX_WINDOW,
            "similarity": {"default": {"type": similarity, "k1": 1.2, "b": 0.75}},
        }
    }


def mapping(meta: Json) -> Json:
    """The fields of `newsearch.engines.base.Entry` as OpenSearch knows them.

    The lists hold the distinct words of a field for completion, as columns: a text field would
    have to be turned inside out on the heap for that.
    """
    keyword: Json = {"type": "keyword", "index_options": "docs", "norms": False}
    text: Json = {"type": "text", "analyzer": "whitespace"}
    listed: Json = {"type": "keyword", "doc_values": True, "norms": False}
    number: Json = {"type": "long"}
    kept: Json = {"type": "keyword", "index": False, "doc_values": False}
    return {
        "dynamic": "strict",
        "_meta": meta,
        "_source": {"includes": ["stored", "signature"]},
        "properties": {
            "title": text | {"index_options": "freqs"},
            "body": text | {"index_options": "freqs"},
            "title_words": text,
            "words": text,
            "title_phrases": listed,
            "title_words_list": listed,
            "words_list": listed,
            **dict.fromkeys(("id", "region", "source", "category", "author"), keyword),
            **dict.fromkeys(("published", "month", "day", "views", "indexed"), number),
            "signature": kept,
            "stored": kept,
        },
    }


def list_field(field: str) -> str:
    """The column with the distinct terms of a field of surface words."""
    return field if field == "title_phrases" else f"{field}_list"


def filtered(query: wq.Query, filters: Filters) -> Json:
    """The query among what satisfies the filters."""
    asked = translate(query)
    clauses = list(_clauses(filters))
    return {"bool": {"must": [asked], "filter": clauses}} if clauses else asked


def _clauses(filters: Filters) -> Iterator[Json]:
    for name in ("region", "source", "category", "author"):
        values: tuple[str, ...] = getattr(filters, name)
        if values:
            yield {"terms": {name: [clean(value) for value in values]}}
    for column, first, last in (
        ("day", filters.first_day, filters.last_day),
        ("published", filters.since, filters.until),
        ("indexed", filters.first_stamp, filters.last_stamp),
    ):
        bounds = {"gte": first, "lte": last}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        if given:
            yield {"range": {column: given}}


def clean(term: str) -> str:
    """A term without what is no Unicode, which JSON cannot carry; it matches nothing then."""
    return term.encode("utf-8", "replace").decode()


def translate(query: wq.Query) -> Json:
    """The same question for OpenSearch.

    Raises:
        QueryError: a kind of query that the query room does not make.
    """
    handler = _HANDLERS.get(type(query))
    if handler is None:
        raise QueryError(f"{type(query).__name__} queries are not supported")
    made = handler(query)
    boost = float(getattr(query, "boost", 1.0))
    return made if boost == 1.0 else {"bool": {"must": [made], "boost": boost}}


def _term(query: wq.Term) -> Json:
    return {"term": {query.fieldname: {"value": clean(query.text)}}}


def _phrase(query: wq.Phrase) -> Json:
    if len(query.words) == 1:
        return _term(wq.Term(query.fieldname, query.words[0]))
    # Whoosh counts the distance between neighbours (1), Lucene what lies between them (0).
    words = clean(" ".join(query.words))
    return {"match_phrase": {query.fieldname: {"query": words, "slop": query.slop - 1}}}


def _and(query: wq.And) -> Json:
    must = [translate(child) for child in query.subqueries if not isinstance(child, wq.Not)]
    must_not = [translate(child.query) for child in query.subqueries if isinstance(child, wq.Not)]
    if len(must) == 1 and not must_not:
        return must[0]
    return {"bool": {"must": must or [EVERYTHING], "must_not": must_not}}


def _or(query: wq.Or) -> Json:
    children = query.subqueries
    if not children:
        return NOTHING
    return {"bool": {"should": [translate(child) for child in children], "minimum_should_match": 1}}


def _not(query: wq.Not) -> Json:
    return _and(wq.And([query]))


def _and_maybe(query: wq.AndMaybe) -> Json:
    return {"bool": {"must": [translate(query.a)], "should": [translate(query.b)]}}


def _range(query: wq.NumericRange) -> Json:
    bounds: Json = {}
    if query.start is not None:
        bounds["gt" if query.startexcl else "gte"] = query.start
    if query.end is not None:
        bounds["lt" if query.endexcl else "lte"] = query.end
    if not bounds:
        return EVERYTHING
    return {"constant_score": {"filter": {"range": {query.fieldname: bounds}}, "boost": 0.0}}


def _constant(query: wq.ConstantScoreQuery) -> Json:
    return {"constant_score": {"filter": _unscored(query.child), "boost": query.score}}


def _unscored(query: wq.Query) -> Json:
    """As a set where it is one: a server bounds the clauses of `bool` to 1,024, those less."""
    if isinstance(query, wq.Or):
        terms = [child for child in query.subqueries if isinstance(child, wq.Term)]
        fields = {child.fieldname for child in terms}
        if len(terms) == len(query.subqueries) and len(fields) == 1:
            return {"terms": {fields.pop(): [clean(child.text) for child in terms]}}
    return translate(query)


_HANDLERS: dict[type, Callable[..., Json]] = {
    wq.Term: _term,
    wq.Phrase: _phrase,
    wq.And: _and,
    wq.Or: _or,
    wq.Not: _not,
    wq.AndMaybe: _and_maybe,
    wq.NumericRange: _range,
    wq.ConstantScoreQuery: _constant,
    wq.Every: lambda query: EVERYTHING,
    type(wq.NullQuery): lambda query: NOTHING,
}
