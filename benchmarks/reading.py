"""How long reading a JSON record into an article takes, against parsing it in the same run."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

import newsearch
from benchmarks.places import ARTICLES, LENGTHS
from benchmarks.words import each, interleaved


def measure_reading(records: Iterable[bytes]) -> None:
    """Microseconds from a line of JSON to an `Article`, and that against `orjson.loads` alone.

    Args:
        records: JSON objects; those with a text of a usual length are measured.
    """
    fitting = (line for line in records if len(orjson.loads(line).get("text") or "") in LENGTHS)
    lines = list(islice(fitting, ARTICLES))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_bytes(b"".join(lines))
        read, parsed = interleaved(
            lambda: each(lambda _: None, newsearch.read(path)), lambda: each(orjson.loads, lines)
        )
    print(
        f"reading: {read / len(lines) * 1e6:.0f} µs a JSON record, "
        f"{read / parsed:.1f} times orjson.loads"
    )
