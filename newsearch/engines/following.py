"""Questions that are passed on to what an engine has at the last commit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newsearch.engines.base import (
    FacetField,
    Filters,
    Memory,
    RawHit,
    RawResults,
    Reader,
    Shortlists,
    Sort,
    WordField,
)

if TYPE_CHECKING:
    import whoosh.query as wq


class Following(ABC):
    """A `Reader` that asks another, which is looked up for each question."""

    @abstractmethod
    def _fresh(self) -> Reader:
        """The one to ask."""

    def current(self) -> Reader:
        """See `newsearch.engines.base.Engine`."""
        return self._fresh()

    def search(
        self,
        query: wq.Query,
        filters: Filters,
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[FacetField] = (),
    ) -> RawResults:
        """See `Reader`."""
        return self._fresh().search(
            query, filters, sort=sort, limit=limit, offset=offset, facets=facets
        )

    def shortlists(self, query: wq.Query, filters: Sequence[Filters], limit: int) -> Shortlists:
        """See `Reader`."""
        return self._fresh().shortlists(query, filters, limit)

    def get(self, article_id: str) -> bytes | None:
        """See `Reader`."""
        return self._fresh().get(article_id)

    def doc_freq(self, field: str, term: str) -> int:
        """See `Reader`."""
        return self._fresh().doc_freq(field, term)

    def doc_freqs(self, field: str, terms: Iterable[str]) -> list[int]:
        """See `Reader`."""
        return self._fresh().doc_freqs(field, terms)

    def terms(
        self,
        prefix: str,
        limit: int,
        within: wq.Query | None = None,
        field: WordField = "words",
    ) -> list[tuple[str, int]]:
        """See `Reader`."""
        return self._fresh().terms(prefix, limit, within, field)

    def stored(self) -> Iterator[bytes]:
        """See `Reader`."""
        return self._fresh().stored()

    def every(self) -> Iterator[RawHit]:
        """See `Reader`."""
        return self._fresh().every()

    def matches(self, query: wq.Query, filters: Filters) -> Iterator[RawHit]:
        """See `Reader`."""
        return self._fresh().matches(query, filters)

    @property
    def last_stamp(self) -> int:
        """See `Reader`."""
        return self._fresh().last_stamp

    @property
    def count(self) -> int:
        """See `Reader`."""
        return self._fresh().count

    @property
    def memory(self) -> Memory:
        """See `Reader`."""
        return self._fresh().memory
