"""Where the words stand that can open or announce a name of a region."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from newsearch.regions.words import Words

_PIECES = (
    "Kota kota KOTA iKota Kotabumi Bumi Agam A a é ’ - Juga Jakarta JakartaDua Riaupagi".split()
)


@given(st.lists(st.sampled_from([*_PIECES, " ", " ", "\n"]), max_size=30).map("".join))
@example("éagam agam magam")
@example("SKota Kota")
def test_places_are_those_of_the_words(text: str) -> None:
    words = Words(text)
    pattern = "[a-z]+" if text.islower() else "[A-Z][A-Za-z]*"
    found = [(match.start(), match.end()) for match in re.finditer(pattern, text)]
    assert words.all == [text[start:end] for start, end in found]
    alone = [bool(Words(text[start:end]).marked) for start, end in found]
    expected = [place for place, matters in zip(found, alone, strict=True) if matters]
    assert [(start, end) for _, start, end in words.marked] == expected
