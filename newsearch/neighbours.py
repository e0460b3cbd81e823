"""What stands near an article: related ones, its copies, its story."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from newsearch.article import Article
from newsearch.engines import Engine

if TYPE_CHECKING:
    from newsearch.query.filters import Many
    from newsearch.results import DuplicateGroup, Hit, Story
    from newsearch.searching.relating import Relater


class Neighbours:
    """The verbs of `newsearch.NewsIndex` that begin with an article; the index inherits them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @cached_property
    def _relater(self) -> Relater:
        # Imported here, so that an index is opened without all that searches and writes it.
        from newsearch.searching.relating import Relater

        return Relater(self._engine)

    def related(
        self,
        article: Article | str,
        limit: int = 5,
        *,
        region: Many = None,
        same_source: bool | None = None,
    ) -> list[Hit]:
        """Articles related to one: the same story, names, place, time and source.

        None of them is a copy of the article, and no two are copies of each other. What gave how
        much of a score is in `Hit.explanation`, named in Indonesian.

        Args:
            article: an id, or an Article, which need not be in the index.
            limit: how many at most.
            region: only articles of a region (code, name or alias), or of one of several.
            same_source: True for articles of the same source only, False for other sources only;
                by default both, those of the same source raised.

        Raises:
            ArticleNotFoundError: there is no article of that id.
            UnknownRegionError: there is no such region.
        """
        return self._relater.related(article, limit, region, same_source)

    def duplicates(self, article: Article | str, limit: int = 100) -> list[Hit]:
        """The copies of an article, the most similar first.

        Copies share the greater part of their first 250 words, or one is a part of the other:
        with boilerplate around it, another lead or a cut tail a text stays a copy. Texts of less
        than four words have none. The score of a hit is the estimated share, 0.0 to 1.0.

        Args:
            article: an id, or an Article, which need not be in the index.
            limit: how many at most.

        Raises:
            ArticleNotFoundError: there is no article of that id.
        """
        return self._relater.duplicates(article, limit)

    def duplicate_groups(self) -> Iterator[DuplicateGroup]:
        """Every set of copies in the index, the largest first.

        Holds the id, the date and the signature of each article while it runs.
        """
        return self._relater.duplicate_groups()

    def story(self, article_id: str, *, days: int = 14, limit: int = 20) -> Story:
        """The articles of one developing story in the order of their dates.

        Links of an article to others of the same story are followed, and once more theirs.

        Args:
            article_id: an article of the story.
            days: how long before and after it the story may run; an article without a date sets
                no bound.
            limit: how many articles at most, the most closely linked ones.

        Raises:
            ArticleNotFoundError: there is no article of that id.
            QueryError: `days` is negative.
        """
        return self._relater.story(article_id, days, limit)
