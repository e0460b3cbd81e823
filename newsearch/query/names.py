"""Names of several words in a field, on the way through whoosh's parser.

``daerah:bandar lampung`` and ``tanggal:7 hari terakhir`` mean what they say: the words behind the
field that make the longest region or date are one value. It is done over the syntax nodes, before
operators are, so that it also holds under a minus or beside ATAU.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from whoosh.qparser import syntax

from newsearch.errors import InvalidDateError
from newsearch.query.dates import span
from newsearch.reading.dates import WIB
from newsearch.regions import regions_named

MAX_NAME_WORDS = 5
"""Words of the longest name: 'sejak Rabu, 14 Juni 2023'."""


def join_names(group: syntax.GroupNode, name: str | None = None) -> syntax.GroupNode:
    """The group with the words of each region and date joined; `name`: the field it stands in."""
    joined: syntax.GroupNode = group.empty_copy()
    place = 0
    while place < len(group):
        node, place = group[place], place + 1
        before = joined[-1] if len(joined) else None
        field = before.fieldname if isinstance(before, syntax.FieldnameNode) else name
        if isinstance(node, syntax.GroupNode):
            node = join_names(node, field)
        elif type(node) is syntax.WordNode and field in ("region", "date"):
            words = [node.text, *_words_after(group, place)]
            count = _region_words(words) if field == "region" else _date_words(words)
            node.text = " ".join(words[:count])
            place += 2 * (count - 1)
        joined.append(node)
    return joined


def _words_after(group: syntax.GroupNode, place: int) -> Iterator[str]:
    """The words that follow in a row, each behind a blank."""
    for at in range(place, min(place + 2 * (MAX_NAME_WORDS - 1), len(group) - 1), 2):
        if not group[at].is_ws() or type(group[at + 1]) is not syntax.WordNode:
            return
        yield group[at + 1].text


def _region_words(words: list[str]) -> int:
    """How many of the words are the longest name of a region; 1 where none are."""
    lengths = range(len(words), 1, -1)
    return next((count for count in lengths if regions_named(" ".join(words[:count]))), 1)


def _date_words(words: list[str]) -> int:
    """How many of the words are the longest date; 1 where none are.

    Dates are read leniently ('14 Juni 2023 banjir' is one too): of those that mean the same days,
    the shortest counts.
    """
    now = datetime.now(WIB)
    spans = {}
    for count in range(1, len(words) + 1):
        try:
            spans[count] = span(" ".join(words[:count]), now)
        except InvalidDateError:
            continue
    longest = spans[max(spans)] if spans else None
    return next((count for count, days in spans.items() if days == longest), 1)
