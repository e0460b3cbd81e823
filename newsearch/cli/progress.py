"""Progress bars on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import newsearch
from newsearch.cli import output

if TYPE_CHECKING:
    from rich.progress import Progress

STEP = 64
"""Articles between two looks at the progress."""


@contextmanager
def watched(reader: newsearch.Reader) -> Iterator[Iterable[newsearch.Article]]:
    """The articles of a reader, with a bar of the bytes read."""
    if not sys.stderr.isatty():
        yield iter(reader)
        return
    with _bar() as progress:
        bar = progress.add_task("0 artikel", total=reader.bytes_total)

        def read() -> Iterator[newsearch.Article]:
            for count, article in enumerate(reader, 1):
                if count % STEP == 0:
                    text = f"{output.number(count)} artikel"
                    progress.update(bar, completed=reader.bytes_read, description=text)
                yield article
            progress.update(bar, description="menyimpan …", completed=reader.bytes_total or 0)

        yield read()


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
