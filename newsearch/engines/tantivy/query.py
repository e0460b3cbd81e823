"""A whoosh query tree → a tantivy query."""

from __future__ import annotations

from collections.abc import Callable

import tantivy
import whoosh.query as wq
from tantivy import Occur, Query, Schema

from newsearch.errors import QueryError


def translate(query: wq.Query, schema: Schema) -> Query:
    """The same question for tantivy.

    The tree holds terms only: prefixes, wildcards and spelling variants were expanded before.

    Raises:
        QueryError: a kind of query that the query room does not make.
    """
    handler = _HANDLERS.get(type(query))
    if handler is None:
        raise QueryError(f"{type(query).__name__} queries are not supported")
    translated = handler(query, schema)
    boost = float(getattr(query, "boost", 1.0))
    return translated if boost == 1.0 else Query.boost_query(translated, boost)


def matching(query: wq.Query) -> wq.Query:
    """A tree with the same matches without what only ranks them, for counts and other orders."""
    if type(query) is wq.Term:  # most nodes are
        return query
    if isinstance(query, wq.AndMaybe):
        return matching(query.a)
    if isinstance(query, wq.ConstantScoreQuery):
        return matching(query.child)
    if isinstance(query, wq.Or) and (lifted := _lifted(query)) is not None:
        return matching(lifted)
    if isinstance(query, wq.And | wq.Or):
        return type(query)([matching(child) for child in query.subqueries])
    if isinstance(query, wq.Not):
        return wq.Not(matching(query.query))
    return query


def is_every(query: wq.Query) -> bool:
    """Whether a tree asks for all articles."""
    return isinstance(query, wq.Every)


def _term(query: wq.Term, schema: Schema) -> Query:
    # "freq" serves every field: the score needs frequencies, positions are never read here.
    return Query.term_query(schema, query.fieldname, query.text, index_option="freq")


def _phrase(query: wq.Phrase, schema: Schema) -> Query:
    if len(query.words) == 1:  # tantivy panics on a phrase of one word
        return _term(wq.Term(query.fieldname, query.words[0]), schema)
    # Whoosh counts the distance between neighbours (1), tantivy what lies between them (0).
    return Query.phrase_query(schema, query.fieldname, list(query.words), slop=query.slop - 1)


def _and(query: wq.And, schema: Schema) -> Query:
    clauses = [_clause(child, schema) for child in query.subqueries]
    if len(clauses) == 1 and clauses[0][0] == Occur.Must:
        return clauses[0][1]
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, _everything()))
    return Query.boolean_query(clauses)


def _clause(child: wq.Query, schema: Schema) -> tuple[Occur, Query]:
    if isinstance(child, wq.Not):
        return Occur.MustNot, translate(child.query, schema)
    return Occur.Must, translate(child, schema)


def _or(query: wq.Or, schema: Schema) -> Query:
    if (lifted := _lifted(query)) is not None:
        # The same matches and scores as asking twice, in half of the time.
        constant = Query.const_score_query(Query.all_query(), lifted.score)
        both = [(Occur.Must, translate(lifted.child, schema)), (Occur.Must, constant)]
        return Query.boolean_query(both)
    return Query.boolean_query(
        [(Occur.Should, translate(child, schema)) for child in query.subqueries]
    )


def _lifted(query: wq.Or) -> wq.ConstantScoreQuery | None:
    """The second part, where it is a constant score for what the first asks for."""
    if len(query.subqueries) != 2:
        return None
    first, second = query.subqueries
    if isinstance(second, wq.ConstantScoreQuery) and second.child is first:
        return second
    return None


def _not(query: wq.Not, schema: Schema) -> Query:
    return _and(wq.And([query]), schema)


def _and_maybe(query: wq.AndMaybe, schema: Schema) -> Query:
    return Query.boolean_query(
        [(Occur.Must, translate(query.a, schema)), (Occur.Should, translate(query.b, schema))]
    )


def _number_range(query: wq.NumericRange, schema: Schema) -> Query:
    if query.start is None and query.end is None:
        return _everything()
    inside = Query.range_query(
        schema,
        query.fieldname,
        tantivy.FieldType.Integer,
        query.start,
        query.end,
        # tantivy wants an open end included.
        include_lower=query.start is None or not query.startexcl,
        include_upper=query.end is None or not query.endexcl,
    )
    return Query.const_score_query(inside, 0.0)


def _constant(query: wq.ConstantScoreQuery, schema: Schema) -> Query:
    return Query.const_score_query(translate(query.child, schema), query.score)


def _every(query: wq.Query, schema: Schema) -> Query:
    return _everything()


def _nothing(query: wq.Query, schema: Schema) -> Query:
    return Query.empty_query()


def _everything() -> Query:
    return Query.const_score_query(Query.all_query(), 0.0)


_HANDLERS: dict[type, Callable[..., Query]] = {
    wq.Term: _term,
    wq.Phrase: _phrase,
    wq.And: _and,
    wq.Or: _or,
    wq.Not: _not,
    wq.AndMaybe: _and_maybe,
    wq.NumericRange: _number_range,
    wq.ConstantScoreQuery: _constant,
    wq.Every: _every,
    type(wq.NullQuery): _nothing,
}
