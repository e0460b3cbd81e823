"""Pieces of a query's tree: what they are, and how they are joined."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

import whoosh.query as wq

from newsearch.query.grammar import DEFAULT_FIELD
from newsearch.regions import regions_named

FILTERS = frozenset({"region", "source", "category", "author", "date"})
"""Fields that an article has or has not; they do not rank."""
MAX_NAME_WORDS = 4
"""Words that may follow the first of a region's name without quotes."""
MAX_BOOST = 100.0

Node = Any
"""A node of a whoosh tree; their attributes (fieldname, text, boost) are untyped in Whoosh."""


def join_words(children: list[Node]) -> list[Node]:
    """The parts of a query with plain words in a row as one, so that names in them are seen."""
    joined: list[Node] = []
    for child in children:
        if joined and is_word(child) and is_word(joined[-1]):
            child = wq.Term(DEFAULT_FIELD, f"{joined.pop().text} {child.text}")
        joined.append(child)
    return joined


def join_region_names(children: list[Node]) -> list[Node]:
    """The parts of a query, with the words of `daerah:kota bekasi` joined where they are a name."""
    joined: list[Node] = []
    place = 0
    while place < len(children):
        child = children[place]
        place += 1
        if is_plain(child, "region"):
            following = children[place : place + MAX_NAME_WORDS]
            words = [word.text for word in takewhile(is_word, following)]
            for count in range(len(words), 0, -1):
                name = " ".join([child.text, *words[:count]])
                if regions_named(name):
                    child = wq.Term("region", name)
                    place += count
                    break
        joined.append(child)
    return joined


def is_word(node: Node) -> bool:
    """Whether a part is a plain word, in no field."""
    return is_plain(node, DEFAULT_FIELD)


def is_plain(node: Node, name: str) -> bool:
    """Whether a part is one word in a field, without operator or boost."""
    return type(node) is wq.Term and node.fieldname == name and node.boost == 1.0


def filters(node: Node) -> bool:
    """Whether a part of the query must hold even where any word may match."""
    if isinstance(node, wq.Not):
        return True
    if isinstance(node, wq.And | wq.Or):
        children = list(node.children())
        return bool(children) and all(filters(child) for child in children)
    return getattr(node, "fieldname", None) in FILTERS


def join(kind: type[wq.And | wq.Or], parts: list[wq.Query], boost: float) -> wq.Query | None:
    """Parts as one; None for none."""
    if not parts:
        return None
    if len(parts) == 1 and boost == 1.0:
        return parts[0]
    return kind(parts, boost=min(boost, MAX_BOOST))


def boost_of(node: Node) -> float:
    """The boost of a part, bounded."""
    return min(float(node.boost), MAX_BOOST)
