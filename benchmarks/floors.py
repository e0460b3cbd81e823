"""Floors: what each measure must reach, pinned with digests of the data they were measured on.

A score below its floor fails. `raised` lifts floors to what was reached; it lowers one, or sets
floors anew after the data changed, only where it is told to. `--fast` measures less and has floors
of its own, in the same file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import floor
from pathlib import Path
from typing import Any, Literal

import orjson

Mode = Literal["full", "fast"]

TOLERANCE = 0.0005
"""How far under its floor a score may be: equal scores may come in another order."""
DIGITS = 4
_STEPS = 10_000


@dataclass(slots=True)
class Floors:
    """What `floors.json` holds.

    Attributes:
        corpus: file or folder of ../shared → its SHA-256.
        floors: mode → measure → lowest score allowed.
    """

    corpus: dict[str, str] = field(default_factory=dict)
    floors: dict[str, dict[str, float]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Floors:
        """Read a file; a missing one holds nothing."""
        if not path.exists():
            return cls()
        record: dict[str, Any] = orjson.loads(path.read_bytes())
        return cls(record["corpus"], record["floors"])

    def save(self, path: Path) -> None:
        """Write the file, keys sorted."""
        record = {"corpus": self.corpus, "floors": self.floors}
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
        path.write_bytes(orjson.dumps(record, option=options))

    def of(self, mode: Mode) -> Mapping[str, float]:
        """The floors of one mode."""
        return self.floors.get(mode, {})


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of the gate measured.

    Attributes:
        mode: `full` or `fast`.
        digests: of all data that it read, as `Floors.corpus`.
        scores: measure → score, 0.0 to 1.0, higher is better.
        whole: False where only some evaluations were asked for.
    """

    mode: Mode
    digests: Mapping[str, str]
    scores: Mapping[str, float]
    whole: bool = True


def failures(floors: Floors, measured: Measured) -> Iterator[str]:
    """What is wrong with what was measured, a line each; nothing where the gate is passed."""
    changed = list(changed_data(floors, measured))
    if changed:
        yield (
            f"the data changed, so that floors do not apply: {', '.join(changed)}; "
            "--update --lower sets them anew"
        )
        return
    pinned = floors.of(measured.mode)
    for name, score in measured.scores.items():
        lowest = pinned.get(name)
        if lowest is None:
            yield f"{name} has no floor; --update sets it to {_rounded(score):.{DIGITS}f}"
        elif score < lowest - TOLERANCE:
            yield f"{name} fell to {score:.{DIGITS}f}, below its floor of {lowest:.{DIGITS}f}"
    if measured.whole:
        for name in pinned.keys() - measured.scores.keys():
            yield f"{name} has a floor but was not measured; --update --lower takes it away"


def changed_data(floors: Floors, measured: Measured) -> Iterator[str]:
    """The files and folders that are not those the floors were measured on."""
    for name, digest in measured.digests.items():
        if floors.corpus.get(name, digest) != digest:
            yield name


def raised(floors: Floors, measured: Measured, *, lower: bool = False) -> Floors:
    """The floors after a run: higher where it reached more, and new measures' own.

    Args:
        floors: as they stand; left as they are.
        measured: the run.
        lower: also lower floors to what was reached, take away those of measures that are gone,
            and take the data as they are now; where they changed, the floors of the other mode
            go too, since they stood on the old data.

    Raises:
        ValueError: the data changed, and `lower` was not given or not all was measured.
    """
    changed = list(changed_data(floors, measured))
    if changed and not (lower and measured.whole):
        raise ValueError(
            f"the data changed: {', '.join(changed)}; "
            "--update --lower over all evaluations sets the floors anew"
        )
    others = {} if changed else floors.floors
    kept = dict(floors.of(measured.mode))
    if lower and measured.whole:
        kept = {name: pinned for name, pinned in kept.items() if name in measured.scores}
    for name, score in measured.scores.items():
        reached = _rounded(score)
        kept[name] = reached if lower else max(reached, kept.get(name, 0.0))
    return Floors(
        corpus={**floors.corpus, **measured.digests},
        floors={**others, measured.mode: kept},
    )


def _rounded(score: float) -> float:
    """Rounded down, so that a floor is never above the score it comes from."""
    # 0.29 * 100 is 28.999…96: rounding first keeps such scores whole.
    return floor(round(score * _STEPS, 6)) / _STEPS
