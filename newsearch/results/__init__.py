"""What a person sees: hits, facets, snippets, related articles, spelling help."""

from newsearch.results.facets import FACETS, make_facet, stored_fields
from newsearch.results.hits import are_copies, article_id, fold_copies, make_hit
from newsearch.results.records import Contribution, FacetCount, Hit, SearchResults, Suggestion
from newsearch.results.related import related_query
from newsearch.results.snippets import Snippet, best_passage, mark
from newsearch.results.spelling import respell

__all__ = [
    "FACETS",
    "Contribution",
    "FacetCount",
    "Hit",
    "SearchResults",
    "Snippet",
    "Suggestion",
    "are_copies",
    "article_id",
    "best_passage",
    "fold_copies",
    "make_facet",
    "make_hit",
    "mark",
    "related_query",
    "respell",
    "stored_fields",
]
