"""Records made quickly are those that their class makes."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import pytest

from newsearch import FacetCount, RegionCount, Snippet
from newsearch.quickly import maker


def test_a_record_made_quickly_is_one_of_its_class() -> None:
    made = maker(RegionCount)("18", "Lampung", 3, (RegionCount("18.71", "Bandar Lampung", 2),))
    same = RegionCount("18", "Lampung", 3, (RegionCount("18.71", "Bandar Lampung", 2),))
    assert type(made) is RegionCount
    assert (made, hash(made), repr(made)) == (same, hash(same), repr(same))
    assert pickle.loads(pickle.dumps(made)) == same


def test_it_is_as_frozen() -> None:
    made = maker(FacetCount)("18", "Lampung", 3)
    with pytest.raises(FrozenInstanceError):
        made.count = 4  # type: ignore[misc]


def test_all_values_are_wanted() -> None:
    with pytest.raises(TypeError, match="after"):
        maker(Snippet)("Banjir", (), False)
