"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from newsearch.article import Article
from newsearch.results.snippets import Snippet


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part of a query gave to the score of a hit; `label` is the part as typed."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found.

    Attributes:
        article: as it was indexed, its regions as codes.
        score: higher is better; 0.0 where the order is not by relevance. Scores of two searches
            cannot be compared.
        snippet: the passage that matches best.
        title: the headline with its matches marked.
        duplicates: ids of the copies folded under this hit (``collapse=True``).
        duplicate_sources: where each of them stands, empty where that is unknown.
        explanation: what each part of the query gave to the score (``explain=True``).
    """

    article: Article
    score: float
    snippet: Snippet
    title: Snippet
    duplicates: tuple[str, ...] = ()
    explanation: tuple[Contribution, ...] = ()
    duplicate_sources: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The hit as JSON types; the snippet as HTML."""
        article = self.article.to_dict()
        hit: dict[str, Any] = {
            "id": article["id"],
            "title": article["title"],
            "score": round(self.score, 6),
            "published": article["published"],
            "source": article["source"],
            "category": article["category"],
            "regions": article["regions"],
            "url": article["url"],
            "snippet": self.snippet.html(),
            "duplicates": list(self.duplicates),
        }
        if self.duplicates:
            hit["duplicate_sources"] = list(self.duplicate_sources)
        if self.explanation:
            hit["explanation"] = {part.label: round(part.score, 6) for part in self.explanation}
        return hit


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many of the articles found have a value: `value` filters by it, `label` is for people."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion: the whole text with its last word completed, and how many articles have it."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of what a search found.

    Attributes:
        total: how many articles match.
        hits: this page of them, best first.
        facets: for each facet asked for, its values over all matches.
        suggestion: another spelling of the query that would find more, or None.
        relaxed: True where no article has all the words and those with any of them are shown.
        took_ms: milliseconds the search took.
    """

    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    suggestion: str | None = None
    relaxed: bool = False
    took_ms: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The results as JSON types."""
        return {
            "total": self.total,
            "took_ms": round(self.took_ms, 3),
            "relaxed": self.relaxed,
            "suggestion": self.suggestion,
            "hits": [hit.to_dict() for hit in self.hits],
            "facets": {
                name: [
                    {"value": count.value, "label": count.label, "count": count.count}
                    for count in counts
                ]
                for name, counts in self.facets.items()
            },
        }
