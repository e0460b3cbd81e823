"""What a person typed → Query: a tree of terms, filters, and what to mark in the results."""

from newsearch.query.filters import make_filters
from newsearch.query.grammar import parse
from newsearch.query.outline import ParsedQuery, outline
from newsearch.query.plan import Highlight, Plan, plan

__all__ = ["Highlight", "ParsedQuery", "Plan", "make_filters", "outline", "parse", "plan"]
