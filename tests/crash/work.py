"""What is done to an index by a process that is going to be killed."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection
from random import Random
from typing import Literal

import newsearch
from newsearch import Article
from tests.support import article

Kind = Literal["add", "update", "delete", "many", "rebuild", "copy"]
KINDS: tuple[Kind, ...] = ("add", "update", "delete", "many", "rebuild", "copy")
State = dict[str, str]
"""Title by id."""
_WORDS = "banjir warga polisi beras jalan sekolah hujan sungai pasar panen gempa listrik".split()

# What is slow the first time is done before a process is forked from this module.
newsearch.detect_regions("Banjir di Lampung", "Warga Bandar Lampung mengungsi.")
newsearch.stem("pembakaran")


@dataclass(frozen=True)
class Step:
    """One thing that is done, in transactions whose outcomes are known beforehand."""

    kind: Kind
    location: str
    batches: tuple[tuple[tuple[str, str | None], ...], ...]
    """Of each transaction id and new title, or None to delete it."""
    target: str = ""

    def outcomes(self, before: State) -> list[State]:
        """The states after none, one, two… of the transactions."""
        states = [before]
        for batch in self.batches:
            state = dict(states[-1])
            for article_id, title in batch:
                if title is None:
                    state.pop(article_id, None)
                else:
                    state[article_id] = title
            states.append(state)
        return states


def plan(random: Random, kind: Kind, location: str, state: State, target: str) -> Step:
    """Something of a kind that can be done to an index in a state."""
    ids = sorted(state)
    numbers = iter(range(random.randrange(10**9), 10**10))

    def fresh(count: int) -> tuple[tuple[str, str | None], ...]:
        return tuple((f"a{next(numbers)}", _title(random)) for _ in range(count))

    def some(count: int) -> list[str]:
        return random.sample(ids, min(count, len(ids)))

    batches: tuple[tuple[tuple[str, str | None], ...], ...] = ()
    if kind == "add":
        batches = (fresh(random.randrange(1, 60)),)
    elif kind == "update":
        batches = (tuple((one, _title(random)) for one in some(30)) + fresh(3),)
    elif kind == "delete":
        batches = (tuple((one, None) for one in some(random.randrange(1, 40))),)
    elif kind == "many":  # small ones, which the engines merge
        batches = tuple(fresh(1) for _ in range(12))
    return Step(kind, location, batches, target)


def _title(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=5))


def run(step: Step, pipe: Connection) -> None:
    """Do it, and say when it begins and when each transaction is acknowledged."""
    with newsearch.open(step.location) as index:
        pipe.send("begin")
        for batch in step.batches:
            with index.writer() as writer:
                for article_id, title in batch:
                    if title is None:
                        writer.delete(article_id)
                    else:
                        writer.add(made(article_id, title))
            pipe.send("done")
        if step.kind == "rebuild":
            index.rebuild()
        elif step.kind == "copy":
            with newsearch.create(step.target, engine=index.stats().engine) as other:
                for _ in index.copy_to(other):
                    pass
    pipe.send("end")


def made(article_id: str, title: str) -> Article:
    """An article that is large enough to be written for a while."""
    return article(article_id, title, f"{title} di Bandar Lampung. " * 40)
