"""Finds what stands near an article, for `newsearch.neighbours`."""

from __future__ import annotations

from collections.abc import Iterator

from newsearch.article import Article, is_text
from newsearch.engines import Engine, Entry, decode
from newsearch.errors import ArticleNotFoundError, QueryError
from newsearch.indexing.entries import make_entry
from newsearch.query import make_filters
from newsearch.query.filters import Many
from newsearch.results import (
    DuplicateGroup,
    Hit,
    Story,
    find_copies,
    find_related,
    fold_copies,
    follow,
    group_copies,
    make_hit,
    make_hits,
    reasons,
    surface_words,
    telling_terms,
)
from newsearch.searching.searcher import check_page

MAX_DAYS = 36_500
"""How far a story may reach."""


class Relater:
    """Asks one engine; each method is described where `newsearch.NewsIndex` has it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def related(
        self,
        article: Article | str,
        limit: int,
        region: Many,
        same_source: bool | None,
    ) -> list[Hit]:
        """See `newsearch.NewsIndex.related`."""
        filters = make_filters(region=region)
        check_page(limit, 0)
        entry, terms = self._terms(article)
        if not (terms and limit):
            return []
        found = find_related(self._engine, entry, terms, filters, same_source, limit)
        words = surface_words(terms, entry)
        return [make_hit(one.hit, explanation=reasons(one, entry, words)) for one in found]

    def duplicates(self, article: Article | str, limit: int) -> list[Hit]:
        """See `newsearch.NewsIndex.duplicates`."""
        check_page(limit, 0)
        entry, terms = self._terms(article)
        if not (terms and limit):
            return []
        return [make_hit(hit) for hit in find_copies(self._engine, entry, terms, limit)]

    def duplicate_groups(self) -> Iterator[DuplicateGroup]:
        """See `newsearch.NewsIndex.duplicate_groups`."""
        return group_copies(self._engine.every())

    def story(self, article_id: str, days: int, limit: int) -> Story:
        """See `newsearch.NewsIndex.story`."""
        check_page(limit, 0)
        if days < 0:
            raise QueryError("days cannot be negative")
        entry = self._stored(article_id)
        found = follow(self._engine, entry, min(days, MAX_DAYS), limit, _entry_of)
        # Of articles of one moment the most closely linked stays first.
        found.sort(key=lambda pair: (pair[1] is None, pair[1] or 0))
        folded = fold_copies([hit for hit, _ in found])
        hits = make_hits(folded)
        dated = bool(found) and found[0][1] is not None
        return Story(hits, hits[0].article.id if dated else None)

    def _terms(self, article: Article | str) -> tuple[Entry, list[str]]:
        """An article as an engine has it, and its telling terms."""
        if isinstance(article, Article):
            entry = make_entry(article)
            indexed = self._engine.get(entry.id) is not None
        else:
            entry, indexed = self._stored(article), True
        return entry, telling_terms(self._engine, entry, indexed=indexed)

    def _stored(self, article_id: str) -> Entry:
        stored = self._engine.get(article_id) if is_text(article_id) else None
        if stored is None:
            raise ArticleNotFoundError(article_id)
        return _entry_of(stored)


def _entry_of(stored: bytes) -> Entry:
    return make_entry(Article.from_dict(decode(stored)), detect=False)
