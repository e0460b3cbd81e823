"""Which analysis made the terms of an index; apart, so that opening one loads no analysis."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

ANALYSIS_VERSION = 7
"""Raise it with every change to tokens, stems, stop words, names or signatures that makes the
terms of an older index disagree with those of a query: such indexes then ask to be rebuilt."""


@cache
def fingerprint() -> str:
    """Names the analysis: two indexes of one fingerprint hold the same terms for the same text."""
    return f"{ANALYSIS_VERSION}-sastrawi{version('PySastrawi')}-rensa{version('rensa')}"
