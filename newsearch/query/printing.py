"""A query's tree → the query language: parsing what is written gives the same tree again."""

from __future__ import annotations

import whoosh.query as wq

from newsearch.query.tree import DEFAULT_FIELD, FILTERS, NAMES, Node, Words


def write(tree: Node) -> str:
    """A tree of `newsearch.query.grammar.parse` in the query language.

    Fields and operators have their Indonesian names; each word bears its own field.
    """
    return _group(tree) if _is_group(tree) and tree.boost == 1.0 else _operand(tree)


def _is_group(node: Node) -> bool:
    return isinstance(node, wq.And | wq.Or)


def _group(node: Node) -> str:
    between = " " if isinstance(node, Words) else " DAN " if isinstance(node, wq.And) else " ATAU "
    return between.join(map(_operand, node.children()))


def _operand(node: Node) -> str:
    if isinstance(node, wq.Not):
        return f"-{_operand(node.query)}"
    text = f"({_group(node)})" if _is_group(node) else _field(node.fieldname) + write_leaf(node)
    return text if node.boost == 1.0 else f"{text}^{node.boost:g}"


def _field(name: str) -> str:
    return "" if name == DEFAULT_FIELD else f"{NAMES[name]}:"


def write_leaf(node: Node) -> str:
    """A leaf without its field and boost."""
    if isinstance(node, wq.TermRange):
        opening, closing = "{" if node.startexcl else "[", "}" if node.endexcl else "]"
        return f"{opening}{node.start or ''} TO {node.end or ''}{closing}"
    if isinstance(node, wq.Phrase):
        slop = f"~{node.slop}" if node.slop > 1 else ""
        return f'"{" ".join(node.words)}"{slop}'
    if isinstance(node, wq.FuzzyTerm):
        prefix = f"/{node.prefixlength}" if node.prefixlength > 1 else ""
        return f"{node.text}~{node.maxdist}{prefix}"
    if isinstance(node, wq.Prefix):
        return f"{node.text}*"
    # Quotes keep a value from taking the word behind it for a part of its name.
    return f'"{node.text}"' if node.fieldname in FILTERS else str(node.text)
