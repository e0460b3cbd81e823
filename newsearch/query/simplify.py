"""A raw whoosh tree → the simplest tree that asks the same, its words as tokens.

What it makes is a normal form: `newsearch.query.printing.write` writes it, and parsing that gives
the same tree again.
"""

from __future__ import annotations

import whoosh.query as wq

from newsearch.errors import QueryError
from newsearch.language import tokens
from newsearch.query.tree import FILTERS, NAMES, Node, Words

MAX_SLOP = 10
"""Wider slops count as this; `newsearch.language.analysis.BREAKS` stands as many words wide."""
MAX_BOOST = 100.0


def simplify(raw: Node) -> Node:
    """The tree without empty and needless groups; an empty Words where nothing is left.

    Raises:
        QueryError: a range, a star or a tilde in a field that has none.
    """
    parts = _parts(raw)
    return parts[0] if len(parts) == 1 else Words(parts)


def _parts(node: Node) -> list[Node]:
    """A node in simple parts; several only where one typed word holds several tokens."""
    if isinstance(node, wq.Not):
        return _negated(_one(_parts(node.query)))
    if isinstance(node, wq.And | wq.Or):
        return _group(node)
    if node == wq.NullQuery:
        return []
    if node.fieldname in FILTERS:
        return [_filter(node)]
    return [_scaled(leaf, node.boost) for leaf in _leaves(node)]


def _negated(part: Node | None) -> list[Node]:
    if part is None:
        return []
    return [part.query if isinstance(part, wq.Not) else wq.Not(part)]


def _group(node: Node) -> list[Node]:
    kind = type(node)
    children: list[Node] = []
    for child in node.children():
        parts = _parts(child)
        if kind is Words:
            # 'kota/bekasi' among words is two of them; (kota bekasi) stays a group.
            children += parts
        elif (part := _one(parts)) is not None:
            same = type(part) is kind and part.boost == 1.0
            children += part.children() if same else [part]
    if len(children) <= 1:
        return [_scaled(child, node.boost) for child in children]
    return [kind(children, boost=_bounded(node.boost))]


def _one(parts: list[Node]) -> Node | None:
    """Parts as one; None for none."""
    return Words(parts) if len(parts) > 1 else next(iter(parts), None)


def _scaled(node: Node, boost: float) -> Node:
    """A part that counts more; what filters or negates does not count at all."""
    if boost == 1.0 or isinstance(node, wq.Not) or getattr(node, "fieldname", None) in FILTERS:
        return node
    return node.with_boost(_bounded(node.boost * boost))


def _bounded(boost: float) -> float:
    # Three decimals, as many as can be typed.
    return min(round(float(boost), 3), MAX_BOOST)


def _filter(node: Node) -> Node:
    name = node.fieldname
    if isinstance(node, wq.TermRange):
        if name != "date":
            raise QueryError(f"a range [… TO …] goes with tanggal:, not with {NAMES[name]}:")
        ends = (_value(node.start) or None, _value(node.end) or None)
        return wq.TermRange(name, *ends, node.startexcl, node.endexcl)
    if isinstance(node, wq.Phrase):
        return wq.Term(name, _value(" ".join(node.words)))
    if type(node) is not wq.Term:
        raise QueryError(f"* and ~ go with words, not with {NAMES[name]}: write its value in full")
    return wq.Term(name, _value(node.text))


def _value(text: str | None) -> str:
    """A value without quotes, which could not be written again."""
    return " ".join((text or "").replace('"', " ").split())


def _leaves(node: Node) -> list[Node]:
    name = node.fieldname
    if isinstance(node, wq.Phrase):
        return _phrase(name, tokens(" ".join(node.words)), node.slop)
    if isinstance(node, wq.TermRange):  # [a TO b] without tanggal: is plain text
        return _terms(name, tokens(f"{node.start or ''} {node.end or ''}"))
    if isinstance(node, wq.FuzzyTerm):
        *before, last = tokens(node.text) or [""]
        variant = wq.FuzzyTerm(
            name, last, maxdist=node.maxdist, prefixlength=max(node.prefixlength, 1)
        )
        return [*_terms(name, before), variant] if last else []
    if isinstance(node, wq.Prefix):
        return [_starred(name, word) for word in _split(node.text + "*")]
    if isinstance(node, wq.Wildcard):
        return [_starred(name, word) for word in _split(node.text)]
    return _terms(name, tokens(node.text))


def _terms(name: str, words: list[str]) -> list[Node]:
    return [wq.Term(name, word) for word in words]


def _phrase(name: str, words: list[str], slop: int) -> list[Node]:
    if not words:
        return []
    if slop > 1:
        # Twice the same word near itself says nothing, and costs engines most.
        words = list(dict.fromkeys(words))
    return [wq.Phrase(name, words, slop=min(slop, MAX_SLOP))]


def _starred(name: str, word: str) -> Node:
    if "*" not in word:
        return wq.Term(name, word)
    prefix = word[:-1]
    return wq.Wildcard(name, word) if "*" in prefix else wq.Prefix(name, prefix)


def _split(text: str) -> list[str]:
    """A text with stars as tokens that may have stars in them, but not in front."""
    words = [""]
    for place, piece in enumerate(text.split("*")):
        found = tokens(piece)
        if place and words[-1] and not words[-1].endswith("*"):
            words[-1] += "*"
        if found and not piece[0].isalnum():
            words.append("")
        if found:
            words[-1] += found[0]
            words += found[1:]
        if piece and not piece[-1].isalnum():
            words.append("")
    return [word for word in words if word]
