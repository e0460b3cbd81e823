"""A corpus made larger: `python -m benchmarks.multiplied ARTICLES > articles.jsonl`.

Articles beyond those of ../shared/corpus are copies of them with another id, address, date and
order of words, the same ones every time. They have the corpus's vocabulary: its distinct words do
not grow with it, as those of a true archive slowly would, but every count, list and file does.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from benchmarks.sets import CORPUS

SHARED = Path(__file__).resolve().parents[2] / "shared"
RUN = (5, 11)
"""Words of the runs that change places: names stay whole, sentences and copies do not."""


def lines(corpus: Path, articles: int | None = None) -> Iterator[bytes]:
    """Articles of a corpus as JSON Lines.

    Args:
        corpus: JSON Lines, compressed with gzip.
        articles: how many; fewer than the corpus has are taken from all of it evenly, more are
            varied copies. None takes the corpus as it is.
    """
    total = sum(1 for _ in _read(corpus))
    wanted = total if articles is None else articles
    if wanted <= total:
        for place, line in enumerate(_read(corpus)):
            if place * wanted // total != (place + 1) * wanted // total:
                yield line
        return
    yield from _read(corpus)
    dates = [record["date"] for record in map(orjson.loads, _read(corpus)) if "date" in record]
    for number in range(total, wanted, total):
        for place, line in zip(range(wanted - number), _read(corpus), strict=False):
            chosen = random.Random(number + place)
            yield orjson.dumps(_varied(orjson.loads(line), number // total, dates, chosen)) + b"\n"


def write(articles: Iterable[bytes], path: Path) -> int:
    """Write JSON Lines to a file; the number of bytes."""
    with path.open("wb") as file:
        file.writelines(articles)
        return file.tell()


def _read(corpus: Path) -> Iterator[bytes]:
    with gzip.open(corpus) as file:
        yield from file


def _varied(
    record: dict[str, Any], copy: int, dates: list[str], chosen: random.Random
) -> dict[str, Any]:
    """A copy of an article: its words in other runs, the date of some other article."""
    record["id"] = f"{record['id']}~{copy}"
    if "url" in record:
        record["url"] = f"{record['url']}?salinan={copy}"
    if "date" in record:
        record["date"] = chosen.choice(dates)
    for part in ("title", "text"):
        if part in record:
            record[part] = _reordered(record[part], chosen)
    return record


def _reordered(text: str, chosen: random.Random) -> str:
    words = text.split(" ")
    # A headline is one run or two: one word at a time, so that it changes as well.
    length = chosen.randint(*RUN) if len(words) > 2 * RUN[1] else 1
    runs = [words[start : start + length] for start in range(0, len(words), length)]
    chosen.shuffle(runs)
    return " ".join([word for run in runs for word in run])


def main() -> None:
    """Write a corpus to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", type=int)
    parser.add_argument("--corpus", type=Path, default=SHARED / CORPUS)
    arguments = parser.parse_args()
    sys.stdout.buffer.writelines(lines(arguments.corpus, arguments.articles))


if __name__ == "__main__":
    main()
