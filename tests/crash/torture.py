"""Kill writers at random moments, again and again, and see what they leave behind.

    python -m tests.crash.torture [--engine tantivy] [--rounds 200] [--seed 1]

Each round forks a process that adds, updates, deletes, makes many small commits, rebuilds or
copies, and kills it with SIGKILL at a random moment of that. Then the index must open, hold exactly
the last acknowledged commit or the next one whole, take the next write, and keep no file of the
dead.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import orjson

import newsearch
from newsearch import NewsIndex
from newsearch.engines.whoosh.guard import GuardedStorage, read_contents
from tests.crash import work
from tests.crash.work import KINDS, State, Step

MAX_ARTICLES = 300
"""An index with more begins anew from a part of them: the rounds stay short."""
_KEPT = re.compile(
    r"newsearch\.(json|lock)|data-\d+|sums\.txt|meta\.json|commit\.json|\..*lock|\.managed\.json"
    r"|MAIN_WRITELOCK|_MAIN_\d+\.toc"
)


class Torture:
    """One index, and what it must hold."""

    def __init__(self, folder: Path, engine: str, seed: int) -> None:
        self.counts: Counter[str] = Counter()
        self._folder = folder
        self._engine = engine
        self._random = Random(seed)
        self._location = folder / "index"
        self._state: State = {}
        # How long each kind takes, so that the kill falls inside of it.
        self._lasts = dict.fromkeys(KINDS, 0.3)
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload([work.__name__])
        newsearch.create(self._location, engine=engine).close()
        self._reader = newsearch.open(self._location)

    def round(self, number: int) -> None:
        """Kill once, and look."""
        kind = KINDS[number % len(KINDS)]
        target = self._folder / "copy"
        shutil.rmtree(target, ignore_errors=True)
        step = work.plan(self._random, kind, str(self._location), self._state, str(target))
        done, ended = self._kill(step)
        outcomes = step.outcomes(self._state)
        with newsearch.open(self._location) as index:
            found = held(index)
            assert found in outcomes[done : done + 2], f"{kind}: {len(found)} articles"
            assert held(self._reader) == found
            self._count(kind, ended, outcomes.index(found) > done)
            if kind == "copy":
                self._look_at_copy(target, found, ended)
            self._state = self._write_on(index, found)
        assert not leftovers(self._location), leftovers(self._location)
        with newsearch.open(self._location) as index:
            assert index.check() == []
            assert held(index) == self._state

    def _kill(self, step: Step) -> tuple[int, bool]:
        """How many transactions were acknowledged before the process died, and whether it ended."""
        ours, theirs = self._forks.Pipe()
        process = self._forks.Process(target=work.run, args=(step, theirs))
        process.start()
        theirs.close()
        assert ours.recv() == "begin"
        started = time.perf_counter()
        wait = self._random.uniform(0, 1.1 * self._lasts[step.kind])
        done, ended = 0, False
        while not ended and (left := started + wait - time.perf_counter()) > 0:
            if ours.poll(left):
                told = ours.recv()
                done += told == "done"
                ended = told == "end"
        if ended:
            self._lasts[step.kind] = 0.5 * (self._lasts[step.kind] + time.perf_counter() - started)
        else:
            self._lasts[step.kind] = max(self._lasts[step.kind], 1.02 * wait)
        assert process.pid is not None
        with suppress(ProcessLookupError):  # it ended by itself
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        while not ended and ours.poll(0):
            try:
                told = ours.recv()
            except EOFError:
                break
            done += told == "done"
            ended = told == "end"
        return done, ended

    def _count(self, kind: str, ended: bool, ahead: bool) -> None:
        self.counts["rounds"] += 1
        self.counts[kind] += 1
        when = "after its end" if ended else "between commit and answer" if ahead else "before"
        self.counts[f"killed {when}"] += 1

    def _look_at_copy(self, target: Path, state: State, ended: bool) -> None:
        """A copy holds nothing or all, and goes on where it was."""
        try:
            other = newsearch.open(target)
        except newsearch.IndexNotFoundError:
            assert not ended
            other = newsearch.create(target, engine=self._engine)
        with other, newsearch.open(self._location) as index:
            assert held(other) in ([state] if ended else [{}, state])
            for _ in index.copy_to(other):
                pass
            assert held(other) == state
            assert other.check() == []
        assert not leftovers(target)

    def _write_on(self, index: NewsIndex, state: State) -> State:
        after = dict(state)
        with index.writer() as writer:
            for article_id in list(state)[MAX_ARTICLES // 2 :] if len(state) > MAX_ARTICLES else ():
                writer.delete(article_id)
                del after[article_id]
            one = f"n{self._random.randrange(10**9)}"
            writer.add(work.made(one, "berikutnya"))
            after[one] = "berikutnya"
        assert held(index) == after
        return after


def held(index: NewsIndex) -> State:
    """What an index holds, as its articles and as a search tell it."""
    state = {one.id: one.title for one in index.articles()}
    assert index.search("").total == len(index) == len(state)
    return state


def leftovers(location: Path) -> list[str]:
    """Files that are no part of an index."""
    data = next(location.glob("data-*"))
    names = [path.name for path in location.iterdir()] + [path.name for path in data.iterdir()]
    segments = _segments(data)
    return [
        name for name in names if not _KEPT.fullmatch(name) and name.split(".")[0] not in segments
    ] + [path.name for path in location.glob("data-*") if path != data]


def _segments(data: Path) -> set[str]:
    if (data / "meta.json").exists():
        meta = orjson.loads((data / "meta.json").read_bytes())
        return {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
    (contents,) = data.glob("*.toc")
    number = int(contents.stem.rpartition("_")[2])
    return {one.segment_id() for one in read_contents(GuardedStorage(data), number).segments}


def main() -> None:
    """Run, and print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", action="append", choices=("tantivy", "whoosh"))
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for engine in options.engine or ("tantivy", "whoosh"):
        with tempfile.TemporaryDirectory(prefix="newsearch-") as folder:
            torture = Torture(Path(folder), engine, options.seed)
            for number in range(options.rounds):
                try:
                    torture.round(number)
                except BaseException:
                    print(f"{engine}: round {number} of seed {options.seed}", file=sys.stderr)
                    raise
        print(f"{engine}: {', '.join(f'{name} {n}' for name, n in torture.counts.items())}")


if __name__ == "__main__":
    main()
