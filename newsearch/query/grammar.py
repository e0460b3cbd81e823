"""The query language → a raw whoosh tree, its texts as typed and its fields named in English.

Whoosh's own parser does the work; the plugins here give it our operators and fields and keep it
from reading punctuation of plain text (hyphens, question marks, stray brackets) as syntax.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import whoosh.query as wq
from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser

from newsearch.errors import QueryTooLargeError
from newsearch.language import tokens

MAX_QUERY = 4_000
"""Characters of a query; a whole summary of an article as a query has about 800."""
MAX_CLAUSES = 400
"""Words, phrases and ranges in a query."""
MAX_NESTING = 30
"""Brackets and negations inside each other."""

DEFAULT_FIELD = "any"
"""The name of no field: a word without one is looked for in title and text."""
FIELDS = {
    "judul": "title",
    "isi": "text",
    "daerah": "region",
    "sumber": "source",
    "kategori": "category",
    "penulis": "author",
    "tanggal": "date",
}
"""The fields of the query language: the Indonesian name and its English twin."""

_TWINS = {**FIELDS, **{name: name for name in FIELDS.values()}}


class Words(wq.And):
    """Words with no operator between them: ANDed, or ORed where any of them may match."""


class _WordsGroup(syntax.AndGroup):
    qclass = Words


def parse_raw(text: str) -> wq.Query:
    """The tree of a query, or of its plain words where it cannot be parsed.

    Raises:
        QueryTooLargeError: a bound was passed.
    """
    if len(text) > MAX_QUERY:
        raise QueryTooLargeError(
            f"the query has {len(text):,} characters, more than {MAX_QUERY:,}: shorten it"
        )
    typed = text.translate(_QUOTES)
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
    if tree == wq.NullQuery:  # only operators and brackets: they are words, then
        tree = plain_words(typed)
    clauses, nesting = _measure(tree)
    if clauses > MAX_CLAUSES:
        raise QueryTooLargeError(
            f"the query has {clauses:,} words, more than {MAX_CLAUSES}: shorten it"
        )
    if nesting > MAX_NESTING:
        raise QueryTooLargeError(
            f"the query nests {nesting} levels, more than {MAX_NESTING}: use fewer brackets"
        )
    return tree


def plain_words(text: str) -> wq.Query:
    """The words of a text, without any syntax."""
    return Words([wq.Term(DEFAULT_FIELD, token) for token in tokens(text)])


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})

_START = r"(^|(?<=[\s(]))"
# A minus before a field negates it: -sumber:kompas.com.
_FIELD = rf"(?i)({_START}|(?<=[\s(]-)|(?<=^-))(?P<text>{'|'.join(_TWINS)}):(?=[^\s)])"
_PHRASE = r'"(?P<text>[^"]*)"(~(?P<slop>[1-9][0-9]?)(?![0-9]))?'
_WILDCARD = r"(?<=\w)(?P<text>\*)(?=[\w\s)]|$)"
_FUZZY = r"(?<=\w)~(?P<maxdist>[12])?(?P<prefix>(?!))?(?=[\s)^]|$)"
_BOOST = r"(?<=[\w\")*~])\^(?P<boost>[0-9]{1,3}(\.[0-9]{1,3})?)(?=[\s)]|$)"
# Bounded repeats: the unbounded ones of Whoosh take quadratic time on a row of brackets.
_RANGE = (
    r"(?P<open>[\[{])\s*(?P<start>[^\[\]{}]{0,60}?)\s*\b(TO|SAMPAI|HINGGA)\b"
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
        And=r"(?<=[\s)])(AND|DAN)(?=[\s(])",
        Or=r"(?<=[\s)])(OR|ATAU)(?=[\s(])",
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


def _measure(tree: wq.Query) -> tuple[int, int]:
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
