"""A query's tree: its fields, our own nodes, what they are and how they are joined."""

from __future__ import annotations

from typing import Any

import whoosh.query as wq

from newsearch.language import tokens

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
NAMES = {english: indonesian for indonesian, english in FIELDS.items()}
FILTERS = frozenset({"region", "source", "category", "author", "date"})
"""Fields that an article has or has not; they do not rank."""

Node = Any
"""A node of a whoosh tree; their attributes (fieldname, text, boost) are untyped in Whoosh."""


class Words(wq.And):
    """Words with no operator between them: ANDed, or ORed where any of them may match."""


def plain_words(text: str) -> Words:
    """The words of a text, without any syntax."""
    return Words([wq.Term(DEFAULT_FIELD, token) for token in tokens(text)])


def is_word(node: Node) -> bool:
    """Whether a part is a plain word: in no field, without operator or boost."""
    return type(node) is wq.Term and node.fieldname == DEFAULT_FIELD and node.boost == 1.0


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
    return kind(parts, boost=boost)
