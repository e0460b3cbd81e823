"""The query language → a whoosh tree, simplified and bounded, its fields named in English.

Whoosh's own parser does the work; the plugins here give it our operators and fields and keep it
from reading punctuation of plain text (hyphens, question marks, stray brackets) as syntax.
`newsearch.query.printing.write` is the way back.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import whoosh.query as wq
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from newsearch.errors import QueryTooLargeError
from newsearch.query.names import join_names
from newsearch.query.simplify import simplify
from newsearch.query.tree import DEFAULT_FIELD, FIELDS, Node, Words, plain_words

MAX_QUERY = 4_000
"""Characters of a query; a whole summary of an article as a query has about 800."""
MAX_CLAUSES = 400
"""Words, phrases and ranges in a query."""
MAX_NESTING = 30
"""Brackets and negations inside each other."""

_TWINS = {**FIELDS, **{name: name for name in FIELDS.values()}}


class _WordsGroup(syntax.GroupNode):
    qclass = Words


def parse(text: str) -> Node:
    """The tree of a query, or of its plain words where it cannot be parsed.

    It holds whoosh's And, Or, Not and our Words over leaves: Term, Phrase, Prefix, Wildcard and
    FuzzyTerm of tokens in a text field; Term of a value as typed in a filter field; TermRange of
    dates. An empty Words is a query without any word.

    Raises:
        QueryTooLargeError: a bound was passed.
        QueryError: a range, a star or a tilde in a field that has none.
    """
    if len(text) > MAX_QUERY:
        raise QueryTooLargeError(
            f"the query has {len(text):,} characters, more than {MAX_QUERY:,}: shorten it"
        )
    tree: Node
    if _PLAIN.fullmatch(text) and _OPERATORS.isdisjoint(text.split()):
        # Most queries: whoosh's parser takes many times as long to say the same.
        tree = plain_words(text)
        clauses = len(tree.subqueries)
        tree = tree.subqueries[0] if clauses == 1 else tree
    else:
        tree = _simplified(text.translate(_QUOTES))
        clauses, _ = _measure(tree)
    if clauses > MAX_CLAUSES:
        raise QueryTooLargeError(
            f"the query has {clauses:,} words, more than {MAX_CLAUSES}: shorten it"
        )
    return tree


def _simplified(typed: str) -> Node:
    raw = _raw(typed)
    _, nesting = _measure(raw)
    if nesting > MAX_NESTING:
        raise QueryTooLargeError(
            f"the query nests {nesting} levels, more than {MAX_NESTING}: use fewer brackets"
        )
    return simplify(raw)


def _raw(typed: str) -> Node:
    try:
        tree = _parser().parse(typed, normalize=False)
    except RecursionError:
        # Only brackets and negations nest.
        raise QueryTooLargeError(
            f"the query nests deeper than {MAX_NESTING} levels: use fewer brackets"
        ) from None
    except Exception:
        # Whoosh raises many kinds of errors on broken syntax; a reader typed words all the same.
        tree = wq.NullQuery
    # Where only operators and brackets are left, they are words.
    return plain_words(typed) if tree == wq.NullQuery else tree


# Letters, figures and signs that are no syntax; a hyphen inside a word only.
_PLAIN = re.compile(r"(?:[A-Za-z0-9 .,;!?'/&%]|(?<=[A-Za-z0-9])-(?=[A-Za-z0-9]))+")
_OPERATORS = frozenset({"AND", "DAN", "OR", "ATAU", "NOT", "BUKAN"})

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})

_START = r"(^|(?<=[\s(]))"
# A minus before a field negates it: -sumber:kompas.com.
_FIELD = rf"(?i)({_START}|(?<=[\s(]-)|(?<=^-))(?P<text>{'|'.join(_TWINS)}):(?=[^\s)])"
_PHRASE = r'"(?P<text>[^"]*)"(~(?P<slop>[1-9][0-9]?)(?![0-9]))?'
_WILDCARD = r"(?<=\w)(?P<text>\*)(?=[\w\s)^]|$)"
_FUZZY = r"(?<=\w)~(?P<maxdist>[12])?(/(?P<prefix>[1-9]))?(?=[\s)^]|$)"
_BOOST = r"(?<=[\w\")*~])\^(?P<boost>[0-9]{1,3}(\.[0-9]{1,3})?)(?=[\s)]|$)"
# Of several operators in a row, as in 'a ATAU ATAU b', the first counts.
_MORE = r"(\s+(AND|DAN|OR|ATAU)(?=[\s(]))*"
# Bounded repeats: the unbounded ones of Whoosh take quadratic time on a row of brackets.
_RANGE = (
    r"(?P<open>[\[{])\s*(?P<start>[^\[\]{}]{0,60}?)\s*\b(?i:TO|SAMPAI|HINGGA)\b"
    r"\s*(?P<end>[^\[\]{}]{0,60}?)\s*(?P<close>[}\]])"
)


@cache
def _parser() -> QueryParser:
    return QueryParser(DEFAULT_FIELD, None, plugins=list(_plugins()), group=_WordsGroup)


def _plugins() -> list[Any]:
    minus = plugins.OperatorsPlugin.OpTagger(
        rf"{_START}-(?=[\w\"(])", syntax.NotGroup, syntax.PrefixOperator, memo="minus"
    )
    operators = plugins.OperatorsPlugin(
        ops=[(minus, 0)],
        And=rf"(?<=[\s)])(AND|DAN){_MORE}(?=[\s(])",
        Or=rf"(?<=[\s)])(OR|ATAU){_MORE}(?=[\s(])",
        Not=rf"{_START}(NOT|BUKAN)(?=[\s(])",
        AndNot=None,
        AndMaybe=None,
        Require=None,
    )
    return [
        _Fields(_FIELD),
        plugins.PhrasePlugin(_PHRASE),
        plugins.RangePlugin(re.compile(_RANGE)),
        plugins.GroupPlugin(),
        operators,
        plugins.WildcardPlugin(_WILDCARD),
        plugins.FuzzyTermPlugin(_FUZZY),
        plugins.BoostPlugin(_BOOST),
        _Names(),
    ]


class _Fields(plugins.FieldsPlugin):
    """Field names in both languages, in either case."""

    class FieldnameTagger(plugins.FieldsPlugin.FieldnameTagger):
        def create(self, parser: QueryParser, match: Any) -> syntax.FieldnameNode:
            return syntax.FieldnameNode(_TWINS[match.group("text").lower()], match.group(0))

    def __init__(self, expression: str) -> None:
        initialise: Any = super().__init__
        initialise(expression, remove_unknown=False)

    def taggers(self, parser: QueryParser) -> list[Any]:
        tagger: Any = self.FieldnameTagger
        return [(tagger(self.expr), 0)]


class _Names(plugins.Plugin):
    """Regions and dates of several words need no quotes: daerah:bandar lampung."""

    def filters(self, parser: QueryParser) -> list[Any]:
        # After brackets and wildcards are nodes (0, 50), before fields are given away (100).
        return [(lambda _, group: join_names(group), 60)]


def _measure(tree: Node) -> tuple[int, int]:
    """Leaves and depth of a tree, counted without recursion."""
    clauses = deepest = 0
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        children = list(node.children())
        clauses += max(len(getattr(node, "words", ())), 1) if not children else 0
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children)
    return clauses, deepest
