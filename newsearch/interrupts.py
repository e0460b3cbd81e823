"""Ctrl-C and commits: one that is under way is not torn, and what became of it can be told."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import Enum
from types import FrameType, TracebackType
from typing import Generic, TypeVar

T = TypeVar("T", covariant=True)


class _Stage(Enum):
    """How far this process came, as it is said of an interrupted command."""

    BEFORE = "nothing of this command was committed"
    WITHIN = "a commit was under way: run the command again to complete it"
    BEHIND = "what this command wrote was committed before"


_stage = _Stage.BEFORE


def what_is_in() -> str:
    """What became of the transactions of this process, for whoever interrupts it."""
    return _stage.value


def committed() -> None:
    """Note that this process has written something for good."""
    global _stage
    _stage = _Stage.BEHIND


class Whole(AbstractContextManager[T], Generic[T]):
    """A transaction whose commit is not torn by Ctrl-C.

    An interrupt before the commit rolls back. One that comes during it is held back until it is
    done, and raised then; a second one is raised at once.

    Args:
        transaction: what commits on a clean exit and rolls back on an error.
        short: False for a commit that may take hours, as of a cluster: it can be interrupted.
        after: done behind the commit, before an interrupt that came is raised.
    """

    def __init__(
        self,
        transaction: AbstractContextManager[T],
        *,
        short: bool = True,
        after: Callable[[], None] | None = None,
    ) -> None:
        self._transaction = transaction
        self._short = short
        self._after = after

    def __enter__(self) -> T:
        return self._transaction.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        if kind is not None:
            return self._transaction.__exit__(kind, error, trace)
        with held_back(self._short):
            result = _commit(self._transaction)
            if self._after is not None:
                self._after()
            return result


def _commit(transaction: AbstractContextManager[T]) -> bool | None:
    global _stage
    before, _stage = _stage, _Stage.WITHIN
    try:
        result = transaction.__exit__(None, None, None)
    except Exception:  # a commit that failed says so itself; an interrupt leaves it open
        _stage = before
        raise
    committed()
    return result


@contextmanager
def held_back(wanted: bool = True) -> Iterator[None]:
    """Raise the first Ctrl-C only at the end."""
    handler = signal.getsignal(signal.SIGINT)
    # Only the main thread may set handlers, and only Ctrl-C as Python knows it is held back.
    main = threading.current_thread() is threading.main_thread()
    if not (wanted and main and handler is signal.default_int_handler):
        yield
        return
    came = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal came
        came = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if came:
        raise KeyboardInterrupt
