"""A whoosh query tree → a tantivy query."""

from __future__ import annotations

from collections.abc import Callable

import tantivy
import whoosh.query as wq
from tantivy import Occur, Query

from newsearch.engines.tantivy.writer import schema
from newsearch.errors import QueryError


def translate(query: wq.Query, *, ranked: bool = True) -> Query:
    """The same question for tantivy.

    The tree holds terms only: prefixes, wildcards and spelling variants were expanded before. Each
    node remembers its translation, for the nodes of a word are asked again in other queries.

    Args:
        query: the tree, which is not changed afterwards.
        ranked: False leaves out what only ranks: the same matches for counts and other orders.

    Raises:
        QueryError: a kind of query that the query room does not make.
    """
    name = "_ranked" if ranked else "_matching"
    known: Query | None = vars(query).get(name)
    if known is None:
        handler = _HANDLERS.get(type(query))
        if handler is None:
            raise QueryError(f"{type(query).__name__} queries are not supported")
        known = handler(query, ranked)
        boost = float(getattr(query, "boost", 1.0))
        if ranked and boost != 1.0:
            known = Query.boost_query(known, boost)
        setattr(query, name, known)
    return known


def is_every(query: wq.Query) -> bool:
    """Whether a tree asks for all articles."""
    return isinstance(query, wq.Every)


def _term(query: wq.Term, ranked: bool) -> Query:
    # "freq" serves every field: the score needs frequencies, positions are never read here.
    return Query.term_query(schema(), query.fieldname, query.text, index_option="freq")


def _phrase(query: wq.Phrase, ranked: bool) -> Query:
    if len(query.words) == 1:  # tantivy panics on a phrase of one word
        return _term(wq.Term(query.fieldname, query.words[0]), ranked)
    # Whoosh counts the distance between neighbours (1), tantivy what lies between them (0).
    return Query.phrase_query(schema(), query.fieldname, list(query.words), slop=query.slop - 1)


def _and(query: wq.And, ranked: bool) -> Query:
    clauses = [_clause(child, ranked) for child in query.subqueries]
    if len(clauses) == 1 and clauses[0][0] == Occur.Must:
        return clauses[0][1]
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, _everything()))
    return Query.boolean_query(clauses)


def _clause(child: wq.Query, ranked: bool) -> tuple[Occur, Query]:
    if isinstance(child, wq.Not):
        return Occur.MustNot, translate(child.query, ranked=False)
    return Occur.Must, translate(child, ranked=ranked)


def _or(query: wq.Or, ranked: bool) -> Query:
    if (lifted := _lifted(query)) is not None:
        child = translate(lifted.child, ranked=ranked)
        if not ranked:
            return child
        # The same matches and scores as asking twice, in half of the time.
        constant = Query.const_score_query(Query.all_query(), lifted.score)
        return Query.boolean_query([(Occur.Must, child), (Occur.Must, constant)])
    return Query.boolean_query(
        [(Occur.Should, translate(child, ranked=ranked)) for child in query.subqueries]
    )


def _lifted(query: wq.Or) -> wq.ConstantScoreQuery | None:
    """The second part, where it is a constant score for what the first asks for."""
    if len(query.subqueries) != 2:
        return None
    first, second = query.subqueries
    if isinstance(second, wq.ConstantScoreQuery) and second.child is first:
        return second
    return None


def _not(query: wq.Not, ranked: bool) -> Query:
    return _and(wq.And([query]), ranked)


def _and_maybe(query: wq.AndMaybe, ranked: bool) -> Query:
    must = translate(query.a, ranked=ranked)
    if not ranked:
        return must
    return Query.boolean_query([(Occur.Must, must), (Occur.Should, translate(query.b))])


def _number_range(query: wq.NumericRange, ranked: bool) -> Query:
    if query.start is None and query.end is None:
        return _everything()
    inside = Query.range_query(
        schema(),
        query.fieldname,
        tantivy.FieldType.Integer,
        query.start,
        query.end,
        # tantivy wants an open end included.
        include_lower=query.start is None or not query.startexcl,
        include_upper=query.end is None or not query.endexcl,
    )
    return Query.const_score_query(inside, 0.0)


def _constant(query: wq.ConstantScoreQuery, ranked: bool) -> Query:
    child = translate(query.child, ranked=False)
    return Query.const_score_query(child, query.score) if ranked else child


def _every(query: wq.Query, ranked: bool) -> Query:
    return _everything()


def _nothing(query: wq.Query, ranked: bool) -> Query:
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
