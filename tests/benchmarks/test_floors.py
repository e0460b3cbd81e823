"""Floors rise by themselves, fall only when told to, and hold for the data they were set on."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.floors import Floors, Measured, Mode, failures, raised

DATA = {"corpus/news.jsonl.gz": "aaa", "eval/queries": "bbb"}
PINNED = Floors(dict(DATA), {"full": {"nDCG": 0.7, "MRR": 0.9}, "fast": {"nDCG": 0.6}})


def run(
    scores: dict[str, float],
    digests: dict[str, str] | None = None,
    mode: Mode = "full",
    whole: bool = True,
) -> Measured:
    return Measured(mode, digests or DATA, scores, whole)


def test_what_reaches_its_floors_passes() -> None:
    assert not list(failures(PINNED, run({"nDCG": 0.7, "MRR": 0.95})))
    assert not list(failures(PINNED, run({"nDCG": 0.6996, "MRR": 0.9})))  # within the tolerance


def test_a_score_below_its_floor_fails_with_both_numbers() -> None:
    (line,) = failures(PINNED, run({"nDCG": 0.6994, "MRR": 0.9}))
    assert line == "nDCG fell to 0.6994, below its floor of 0.7000"


def test_fast_runs_have_floors_of_their_own() -> None:
    assert not list(failures(PINNED, run({"nDCG": 0.6}, mode="fast")))
    lifted = raised(PINNED, run({"nDCG": 0.65}, mode="fast"))
    assert lifted.floors == {"full": {"nDCG": 0.7, "MRR": 0.9}, "fast": {"nDCG": 0.65}}


def test_a_measure_without_a_floor_fails_until_it_has_one() -> None:
    measured = run({"nDCG": 0.7, "MRR": 0.9, "recall": 0.5})
    (line,) = failures(PINNED, measured)
    assert line.startswith("recall has no floor")
    assert raised(PINNED, measured).of("full")["recall"] == 0.5
    assert not list(failures(raised(PINNED, measured), measured))


def test_a_floor_that_is_not_measured_fails_unless_only_some_were_asked_for() -> None:
    (line,) = failures(PINNED, run({"nDCG": 0.7}))
    assert line.startswith("MRR has a floor but was not measured")
    assert not list(failures(PINNED, run({"nDCG": 0.7}, whole=False)))


def test_update_raises_and_never_lowers() -> None:
    lifted = raised(PINNED, run({"nDCG": 0.75019, "MRR": 0.1}))
    assert lifted.of("full") == {"nDCG": 0.7501, "MRR": 0.9}
    assert PINNED.of("full")["nDCG"] == 0.7  # left as it was
    assert [line[:3] for line in failures(lifted, run({"nDCG": 0.75019, "MRR": 0.1}))] == ["MRR"]


def test_lower_lowers_and_takes_away_what_is_gone() -> None:
    assert raised(PINNED, run({"nDCG": 0.5}), lower=True).of("full") == {"nDCG": 0.5}
    some = raised(PINNED, run({"nDCG": 0.5}, whole=False), lower=True)
    assert some.of("full") == {"nDCG": 0.5, "MRR": 0.9}


def test_other_data_fail_whatever_the_scores() -> None:
    changed = run({"nDCG": 0.99, "MRR": 0.99}, DATA | {"eval/queries": "ccc"})
    (line,) = failures(PINNED, changed)
    assert "the data changed" in line
    assert "eval/queries" in line
    with pytest.raises(ValueError, match="eval/queries"):
        raised(PINNED, changed)


def test_floors_are_set_anew_on_other_data_only_when_told_to_and_as_a_whole() -> None:
    digests = DATA | {"eval/queries": "ccc"}
    anew = raised(PINNED, run({"nDCG": 0.4, "MRR": 0.4}, digests), lower=True)
    assert anew.corpus == digests
    assert anew.floors == {"full": {"nDCG": 0.4, "MRR": 0.4}}  # the fast ones stood on the old data
    with pytest.raises(ValueError, match="over all evaluations"):
        raised(PINNED, run({"nDCG": 0.4}, digests, whole=False), lower=True)


@pytest.mark.parametrize(
    ("score", "pinned"), [(0.29, 0.29), (1.0, 1.0), (0.0, 0.0), (0.70769, 0.7076)]
)
def test_floors_are_never_above_the_score_they_come_from(score: float, pinned: float) -> None:
    assert raised(Floors(), run({"nDCG": score})).of("full") == {"nDCG": pinned}


def test_the_file_gives_back_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert Floors.load(path) == Floors()
    PINNED.save(path)
    assert Floors.load(path) == PINNED
