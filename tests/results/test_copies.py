"""Folding copies: which places go under which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsearch.language import analyse
from newsearch.results.copies import are_copies, fold

TEXTS = [[f"{story}{word}" for word in range(60)] for story in ("banjir", "panen", "sidang")]


def _signature(story: int, start: int, end: int) -> bytes:
    return analyse("", " ".join(TEXTS[story][start:end])).signature


SIGNATURES = st.lists(
    st.builds(_signature, st.integers(0, 2), st.integers(0, 25), st.integers(40, 60)), max_size=12
)


@given(SIGNATURES)
def test_each_place_stands_once_and_with_a_copy(signatures: list[bytes]) -> None:
    folded = fold(signatures)
    firsts = [first for first, _ in folded]
    assert firsts == sorted(firsts)
    assert sorted(place for first, copies in folded for place in (first, *copies)) == list(
        range(len(signatures))
    )
    for first, copies in folded:
        members = [first, *copies]
        for copy in copies:
            assert any(are_copies(signatures[copy], signatures[one]) for one in members
                       if one != copy)  # fmt: skip


@given(SIGNATURES, st.integers(0, 12))
def test_what_comes_later_changes_nothing_before_it(signatures: list[bytes], length: int) -> None:
    shorter = fold(signatures[:length])
    longer = fold(signatures)
    assert [first for first, _ in shorter] == [first for first, _ in longer if first < length]


def test_a_copy_of_a_copy_belongs_to_the_same_set() -> None:
    parts = [_signature(0, 0, 36), _signature(0, 12, 48), _signature(0, 24, 60)]
    assert not are_copies(parts[0], parts[2])
    assert fold(parts) == [(0, [1, 2])]


def test_texts_without_a_signature_are_no_copies() -> None:
    assert fold([b"", b""]) == [(0, []), (1, [])]
