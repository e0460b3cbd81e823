"""The evaluation sets of ../shared as they lie on disk; each is absent where its files are."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, NamedTuple

import ir_measures
import orjson
from ir_measures import Qrel, ScoredDoc
from ir_measures.measures import Measure

CORPUS = "corpus/news.jsonl.gz"

Search = Callable[[str, int], Sequence[str]]
"""A query and a limit → ids of articles, best first."""


class Document(NamedTuple):
    """An article of the corpus as a plain build sees it."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RankingSet:
    """Queries and which documents answer them.

    Attributes:
        queries: id → what is typed.
        qrels: judged pairs; a pair that nobody judged counts as not relevant.
    """

    queries: dict[str, str]
    qrels: list[Qrel]

    def score(self, search: Search, measures: Sequence[Measure], limit: int) -> list[float]:
        """The measures of a search over all queries, in their order."""
        # ir-measures orders by score: falling whole numbers keep the order that a person sees,
        # also among hits of one score.
        run = [
            ScoredDoc(query_id, found, float(limit - place))
            for query_id, query in self.queries.items()
            for place, found in enumerate(search(query, limit))
        ]
        scores = ir_measures.calc_aggregate(list(measures), self.qrels, run)
        return [float(scores[measure]) for measure in measures]

    def every(self, step: int) -> RankingSet:
        """Every `step`-th query with its judgements."""
        kept = dict(list(self.queries.items())[::step])
        return RankingSet(kept, [qrel for qrel in self.qrels if qrel.query_id in kept])


class Shared:
    """The folder of the data: `corpus/` and `eval/`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def has(self, *names: str) -> bool:
        """Whether all these files or folders are there."""
        return all((self.root / name).exists() for name in names)

    def digest(self, name: str) -> str:
        """SHA-256 of a file, or of the names and contents of all files of a folder."""
        path = self.root / name
        if path.is_file():
            return sha256(path.read_bytes()).hexdigest()
        whole = sha256()
        for file in sorted(one for one in path.rglob("*") if one.is_file()):
            content = sha256(file.read_bytes()).hexdigest()
            whole.update(f"{file.relative_to(path).as_posix()} {content}\n".encode())
        return whole.hexdigest()

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The corpus by id, as its records have it."""
        with gzip.open(self.root / CORPUS) as file:
            return _documents(file)

    def passages(self, name: str) -> dict[str, Document]:
        """The documents of an uncompressed JSON Lines file by id."""
        with (self.root / name).open("rb") as file:
            return _documents(file)

    def ranking(self, folder: str) -> RankingSet:
        """`queries.tsv` and `qrels.tsv` of a folder."""
        path = self.root / folder
        lines = (path / "queries.tsv").read_text("utf-8").splitlines()
        queries = dict(line.split("\t")[:2] for line in lines)
        judged = (line.split() for line in (path / "qrels.tsv").read_text("utf-8").splitlines())
        return RankingSet(
            queries, [Qrel(query, found, int(grade)) for query, _, found, grade in judged]
        )

    def rows(self, name: str) -> list[dict[str, str]]:
        """A table of tab-separated values with a header."""
        with (self.root / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def records(self, name: str) -> list[dict[str, Any]]:
        """A file of JSON Lines."""
        return [orjson.loads(line) for line in (self.root / name).read_bytes().splitlines()]


def headlines(documents: Iterable[Document], count: int, prefix: str = "") -> RankingSet:
    """Titles as queries for their own articles, of `count` articles chosen by a hash of their id.

    Args:
        documents: to choose from; those without a title or a text are passed over.
        count: how many at most.
        prefix: what the ids of the chosen begin with.
    """
    able = [one for one in documents if one.title and one.text and one.id.startswith(prefix)]
    able.sort(key=lambda one: blake2b(one.id.encode()).digest())
    chosen = able[:count]
    return RankingSet(
        {one.id: one.title for one in chosen}, [Qrel(one.id, one.id, 1) for one in chosen]
    )


def _documents(lines: Iterable[bytes]) -> dict[str, Document]:
    found = {}
    for line in lines:
        record = orjson.loads(line)
        found[record["id"]] = Document(
            record["id"], record.get("title") or "", record.get("text") or ""
        )
    return found
