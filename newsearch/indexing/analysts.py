"""Articles → Entries on every core: processes that analyse while this one reads and writes.

Python runs one thread at a time, so threads would not do. A process is started by running this
module in a new interpreter, which neither copies the threads of this one (a fork would) nor runs
the program's main module once more (`multiprocessing` would). What it is sent and sends back are
pickles in its standard input and output, numbered, with their length before them; it ends when its
input does, also when this process is killed. A process that fails, or says anything but what it was
asked, costs nothing but its help: its articles are analysed here.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, cast

from newsearch.article import Article
from newsearch.engines import Entry
from newsearch.errors import ArticleError
from newsearch.indexing.entries import check_article, make_entries

TOGETHER = 100
"""Articles that are taken from a source before they are analysed; their entries fill half of a
pipe, so that a process need not wait until they are taken."""
TOGETHER_TEXT = 4_000_000
"""Characters of them from which on fewer are taken; usual ones have half a million."""
FEW = 300
"""Articles for which no process is started; those of an earlier addition help from the second
lot on."""
ALONE = 1_000
"""Articles that are analysed here first: a process takes as long to start (0.3 s)."""
MOST = 3
"""Processes; reading and the engine's thread keep up with no more."""
AHEAD = 4
"""Lots that are sent to a process before one comes back, so that it never waits."""
NICE = 5
"""How far the engine's thread goes before a process where there are fewer cores than both: what it
has left to do at the end is done on one core, while the others have nothing more to do."""
PIPE_BYTES = 1 << 20
"""A lot with its entries, so that no side waits for the other; where pipes can be so large."""
_START = (
    "import sys; sys.path[:] = sys.argv[1:]; from newsearch.indexing.analysts import work; work()"
)

_FRAME = struct.Struct("<QQ")
"""What stands before a lot, and before its entries: its number, and the bytes that follow."""
_COLLECTED = 100
"""Lots after which a process looks for garbage in cycles; articles leave none."""

KEPT = 60.0
"""Seconds that idle processes are kept for the next addition, with the stems they know."""


def analysed(
    articles: Iterable[Article], *, many: bool = False
) -> Generator[list[Entry], None, None]:
    """The entries of articles, in their order, some at a time; of `many` helped from the start."""
    lots = iter_lots(articles)
    alone = 0 if many else 1 if _office.has_ready else FEW // TOGETHER
    for lot in islice(lots, alone):
        yield make_entries(lot)
    if not many:
        following = next(lots, None)
        if following is None:
            return
        lots = chain([following], lots)
    with _office.lent(_processes()) as analysts:
        if not all(analyst.has_answered for analyst in analysts):
            for lot in islice(lots, ALONE // TOGETHER - alone):
                yield make_entries(lot)
        yield from _shared(lots, analysts) if analysts else map(make_entries, lots)


def iter_lots(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles in lists of `TOGETHER`, of long ones in shorter lists."""
    if isinstance(articles, Article):
        raise ArticleError("add takes several articles: give a list of the one")
    lot: list[Article] = []
    size = 0
    for article in articles:
        check_article(article)
        lot.append(article)
        size += len(article.text)
        if len(lot) >= TOGETHER or size >= TOGETHER_TEXT:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def _shared(lots: Iterator[list[Article]], analysts: list[Analyst]) -> Iterator[list[Entry]]:
    """Lots dealt to the processes in turn and taken back in the same order."""
    waiting: deque[tuple[Analyst, list[Article]]] = deque()
    turn = deque(analysts)
    lot = next(lots, None)
    while lot is not None or waiting:
        if lot is None or len(waiting) >= AHEAD * len(analysts):
            analyst, sent = waiting.popleft()
            yield analyst.take() or make_entries(sent)
        if lot is not None:
            turn[0].send(lot)
            waiting.append((turn[0], lot))
            turn.rotate(-1)
            lot = next(lots, None)


def _processes() -> int:
    """How many processes may help; none on one core, or where there is no interpreter to run."""
    if getattr(sys, "frozen", False) or "py" not in Path(sys.executable or "").name.lower():
        return 0
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS, not on Windows
        cores = os.cpu_count() or 1
    return min(cores, MOST) if cores > 1 else 0


class Analyst:
    """A process that analyses; a thread feeds it, so that nobody waits for a full pipe."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._sent = self._taken = 0
        self._to_send: SimpleQueue[bytes | None] = SimpleQueue()
        self._started = threading.Event()
        # No memory, no more threads or processes: then without it.
        with suppress(OSError, MemoryError, RuntimeError):
            threading.Thread(target=self._feed, daemon=True).start()
            self.process = subprocess.Popen(
                [sys.executable, "-c", _START, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pipesize=PIPE_BYTES,
            )
        self._started.set()

    @property
    def is_ready(self) -> bool:
        """Whether it runs and has given back all that it was sent."""
        running = self.process is not None and self.process.poll() is None
        return running and self._taken == self._sent

    @property
    def has_answered(self) -> bool:
        """Whether it has given something back, so that it need not be waited for to start."""
        return self._taken > 0

    def send(self, lot: list[Article]) -> None:
        """Give it articles to analyse."""
        if self.process is not None:
            sent = pickle.dumps(lot, pickle.HIGHEST_PROTOCOL)
            self._to_send.put(_FRAME.pack(self._sent, len(sent)) + sent)
        self._sent += 1

    def take(self) -> list[Entry] | None:
        """The entries of the earliest lot that was not taken yet; None if the process failed."""
        if self.process is None:
            return None
        source = _stream(self.process.stdout)
        try:
            number, size = _FRAME.unpack(source.read(_FRAME.size))
            if number != self._taken:
                raise ValueError(f"lot {number} instead of {self._taken}")
            entries = list(map(Entry._make, pickle.loads(source.read(size))))
        except Exception:  # it has ended, or writes what nobody asked for
            self.stop()
            return None
        self._taken += 1
        return entries

    def stop(self) -> None:
        """End the process."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            self._to_send.put(None)
            process.wait()
            _stream(process.stdout).close()

    def _feed(self) -> None:
        self._started.wait()
        process = self.process
        if process is None:
            return
        target = _stream(process.stdin)
        # It has failed: `take` notices.
        with suppress(OSError), target:
            while (lot := self._to_send.get()) is not None:
                target.write(lot)
                target.flush()


class Office:
    """The processes of this one, kept a while when they are idle."""

    def __init__(self) -> None:
        self._idle: list[Analyst] = []
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        atexit.register(self.close)
        # A fork shares the pipes and not the threads that feed them.
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    @property
    def has_ready(self) -> bool:
        """Whether a process of an earlier addition waits."""
        with self._lock:
            return any(analyst.is_ready for analyst in self._idle)

    @contextmanager
    def lent(self, count: int) -> Iterator[list[Analyst]]:
        """So many processes for one addition; those that have not given all back are ended."""
        with self._lock:
            self._cancel()
            analysts = [one for one in self._idle if one.is_ready][:count]
            self._idle = [one for one in self._idle if one not in analysts]
        analysts += [Analyst() for _ in range(count - len(analysts))]
        try:
            yield analysts
        finally:
            self._take_back(analysts)

    def close(self) -> None:
        """End the idle processes."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._cancel()
        for analyst in idle:
            analyst.stop()

    def _take_back(self, analysts: list[Analyst]) -> None:
        for analyst in analysts:
            if not analyst.is_ready:
                analyst.stop()
        with self._lock:
            self._idle += [analyst for analyst in analysts if analyst.is_ready]
            self._cancel()
            self._timer = threading.Timer(KEPT, self.close)
            self._timer.daemon = True
            # Without another thread they stay until this process ends.
            with suppress(RuntimeError):
                self._timer.start()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _forget(self) -> None:
        self._idle, self._timer, self._lock = [], None, threading.Lock()


_office = Office()
close = _office.close


def work() -> None:
    """Analyse what comes in until there is no more: what a process does."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICE)
    gc.disable()
    with suppress(KeyboardInterrupt):
        while header := source.read(_FRAME.size):
            number, size = _FRAME.unpack(header)
            # A plain tuple is pickled in 3 µs, an Entry in 8.
            entries = list(map(tuple, make_entries(pickle.loads(source.read(size)))))
            made = pickle.dumps(entries, pickle.HIGHEST_PROTOCOL)
            target.write(_FRAME.pack(number, len(made)))
            target.write(made)
            target.flush()
            if number % _COLLECTED == _COLLECTED - 1:
                gc.collect()


def _stream(stream: object) -> BinaryIO:
    """A pipe of a process that was started with pipes."""
    return cast(BinaryIO, stream)
