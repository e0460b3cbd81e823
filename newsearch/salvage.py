"""What can still be read of an index that is damaged."""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.article import Article
from newsearch.engines import Engine, RawHit, Unreadable, decode
from newsearch.errors import ArticleError, IndexCorruptError


class Salvage:
    """The articles of an index that can be read: iterate over it.

    Attributes:
        lost: filled meanwhile: damaged files, and articles that cannot be read.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.lost: list[Unreadable] = []

    def __iter__(self) -> Iterator[Article]:
        return (Article.from_dict(decode(hit.stored)) for hit in self.hits())

    @property
    def unreadable(self) -> int:
        """How many articles could not be read."""
        return sum(one.count for one in self.lost)

    def hits(self) -> Iterator[RawHit]:
        """The articles as the engine keeps them."""
        for one in self._engine.salvage():
            if isinstance(one, Unreadable):
                self.lost.append(one)
                continue
            try:
                Article.from_dict(decode(one.stored))
            except (IndexCorruptError, ArticleError) as error:
                self.lost.append(Unreadable(1, str(error)))
            else:
                yield one
