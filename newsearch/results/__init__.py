"""What a person sees: hits, facets, snippets, related articles, spelling help."""

from newsearch.results.completion import complete
from newsearch.results.copies import (
    DuplicateGroup,
    are_copies,
    article_id,
    find_copies,
    fold_copies,
    group_copies,
)
from newsearch.results.facets import (
    FACETS,
    KnownCounts,
    make_facet,
    stored_fields,
    without_own,
)
from newsearch.results.hits import make_hit, make_hits
from newsearch.results.reasons import reasons, surface_words
from newsearch.results.records import (
    Contribution,
    FacetCount,
    Hit,
    RegionCount,
    SearchResults,
    Suggestion,
)
from newsearch.results.related import find_related
from newsearch.results.snippets import Highlighter, Snippet
from newsearch.results.spelling import Kept, respellings
from newsearch.results.story import Story, follow
from newsearch.results.terms import telling_terms

__all__ = [
    "FACETS",
    "Contribution",
    "DuplicateGroup",
    "FacetCount",
    "Highlighter",
    "Hit",
    "Kept",
    "KnownCounts",
    "RegionCount",
    "SearchResults",
    "Snippet",
    "Story",
    "Suggestion",
    "are_copies",
    "article_id",
    "complete",
    "find_copies",
    "find_related",
    "fold_copies",
    "follow",
    "group_copies",
    "make_facet",
    "make_hit",
    "make_hits",
    "reasons",
    "respellings",
    "stored_fields",
    "surface_words",
    "telling_terms",
    "without_own",
]
