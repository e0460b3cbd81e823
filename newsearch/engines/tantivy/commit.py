"""One commit held open, and what is kept of it so that it is looked up once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

import tantivy

from newsearch.engines.base import Memory
from newsearch.engines.tantivy.writer import last_stamp

MAX_FREQUENCIES = 100_000
"""Terms of a field whose frequencies are kept: about 10 MB."""
MAX_COMPLETION = 200
"""Terms of a list that is kept. Spelling and wildcards ask for thousands."""
MAX_COMPLETIONS = 500
"""Lists of terms that are kept: at most 14 MB."""
NEWEST = 1_000
"""Articles from the newest on that are remembered."""


class Commit:
    """A commit: its searcher, and what was asked of it."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self.searcher = searcher
        self.memory = Memory()
        self._completions = Memory(MAX_COMPLETIONS)
        self._frequencies: dict[str, DocFreqs] = {}

    def doc_freqs(self, field: str) -> DocFreqs:
        """Term of a field → how many articles hold it."""
        if field not in self._frequencies:
            self._frequencies[field] = DocFreqs(self.searcher, field)
        return self._frequencies[field]

    def completions(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The most frequent terms with a prefix.

        All who search type the same first letters: of 500,000 articles those of one take 4 ms.
        """
        look_up = partial(self.searcher.terms_with_prefix, field, prefix, None, limit)
        if limit > MAX_COMPLETION:
            return look_up()
        return list(self._completions.once((field, prefix, limit), look_up))

    @cached_property
    def last_stamp(self) -> int:
        """See `newsearch.engines.base.Reader.last_stamp`."""
        return last_stamp(self.searcher)

    @cached_property
    def newest(self) -> Sequence[tuple[Any, tantivy.DocAddress]]:
        """The `NEWEST` newest articles, as hits with their moments, looked for once.

        Of 500,000 articles to look for ten takes 5 ms each time.
        """
        every = tantivy.Query.all_query()
        found = self.searcher.search(every, limit=NEWEST, count=False, order_by_field="published")
        return found.hits


class DocFreqs(dict[str, int]):
    """Term → how many articles hold it, looked up once in a commit.

    The terms of 500 articles are looked up in a third of the time: most are in many of them.
    """

    def __init__(self, searcher: tantivy.Searcher, field: str) -> None:
        super().__init__()
        self._searcher = searcher
        self._field = field

    def __missing__(self, term: str) -> int:
        if len(self) >= MAX_FREQUENCIES:
            self.clear()
        count = self[term] = self._searcher.doc_freq(self._field, term)
        return count
