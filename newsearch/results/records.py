"""What a search gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from newsearch.article import Article
from newsearch.quickly import maker
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


make_count = maker(FacetCount)


@dataclass(frozen=True, slots=True)
class RegionCount(FacetCount):
    """A region with the counts of those directly inside it, the most frequent first."""

    children: tuple[RegionCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what is being typed.

    Attributes:
        text: the whole text, completed.
        count: for a word, how many headlines have it beside the words before it; for a phrase, how
            many headlines have it, and for a region, how many articles are about it, whatever
            stands before. A word of no headline counts its articles.
        kind: `word`, `phrase` (a run of words that several headlines have) or `region`.
    """

    text: str
    count: int
    kind: Literal["word", "phrase", "region"] = "word"

    def to_dict(self) -> dict[str, Any]:
        """The completion as JSON types."""
        return {"text": self.text, "count": self.count, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of what a search found.

    Attributes:
        total: how many articles match.
        hits: this page of them, best first.
        facets: for each facet asked for, its values over all matches.
        suggestion: another spelling of the query that has results, or None.
        relaxed: True where no article has all the words and those with any of them are shown.
        took_ms: milliseconds the search took.
    """

    total: int
    hits: list[Hit]
    facets: dict[str, list[FacetCount]] = field(default_factory=dict)
    suggestion: str | None = None
    relaxed: bool = False
    took_ms: float = 0.0

    def region_tree(self, within: str | None = None) -> list[RegionCount]:
        """The facet `region` as a tree: what is directly inside a region, and inside that.

        Args:
            within: code of a region; without one the provinces are at the top.
        """
        return _nest(self.facets.get("region", []), within)

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


def _nest(counts: Sequence[FacetCount], within: str | None) -> list[RegionCount]:
    level = 0 if within is None else within.count(".") + 1
    inside = [
        count
        for count in counts
        if count.value.count(".") in (level, level + 1)
        and (within is None or count.value.startswith(within + "."))
    ]
    under: dict[str, list[RegionCount]] = {}
    for count in inside:
        if count.value.count(".") == level + 1:
            parent = count.value.rpartition(".")[0]
            node = RegionCount(count.value, count.label, count.count)
            under.setdefault(parent, []).append(node)
    return [
        RegionCount(count.value, count.label, count.count, tuple(under.get(count.value, ())))
        for count in inside
        if count.value.count(".") == level
    ]
