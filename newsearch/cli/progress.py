"""Progress bars on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import newsearch
from newsearch.cli import output

if TYPE_CHECKING:
    from rich.progress import Progress

STEP = 64
"""Articles between two looks at the progress."""


class Watched:
    """The articles of a reader, with a bar of the bytes read.

    Attributes:
        unpacked_total: that of the reader, by which an addition is planned.
    """

    def __init__(self, reader: newsearch.Reader, progress: Progress) -> None:
        self.unpacked_total = reader.unpacked_total
        self._reader = reader
        self._progress = progress
        self._bar = progress.add_task("0 artikel", total=reader.bytes_total)

    def __iter__(self) -> Iterator[newsearch.Article]:
        """Yield each article, and show how far it is every `STEP` of them."""
        show, reader = partial(self._progress.update, self._bar), self._reader
        for count, article in enumerate(reader, 1):
            if count % STEP == 0:
                text = f"{output.number(count)} artikel"
                show(completed=reader.bytes_read, description=text)
            yield article
        show(description="menyimpan …", completed=reader.bytes_total or 0)


@contextmanager
def watched(reader: newsearch.Reader) -> Iterator[newsearch.Reader | Watched]:
    """The reader, or where errors are seen on a terminal its articles with a bar."""
    if not sys.stderr.isatty():
        yield reader
        return
    with _bar() as progress:
        yield Watched(reader, progress)


@contextmanager
def task(total: int | None) -> Iterator[Callable[..., None]]:
    """A bar; what is given is called with how many articles are done, and of the total how much.

    Without the second, the total is of articles.
    """
    if not sys.stderr.isatty():
        yield lambda articles, done=None: None
        return
    with _bar() as progress:
        bar = progress.add_task("0 artikel", total=total)

        def show(articles: int, done: int | None = None) -> None:
            text = f"{output.number(articles)} artikel"
            progress.update(bar, completed=articles if done is None else done, description=text)

        yield show


def _bar() -> Progress:
    # Imported here: no pipe and no script needs it.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
