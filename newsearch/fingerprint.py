"""Which analysis made the terms of an index; apart, so that opening one loads no analysis."""

from __future__ import annotations

import os
import sys
from functools import cache

ANALYSIS_VERSION = 9
"""Raise it with every change to tokens, stems, stop words, names or signatures that makes the
terms of an older index disagree with those of a query: such indexes then ask to be rebuilt."""


@cache
def fingerprint() -> str:
    """Names the analysis: two indexes of one fingerprint hold the same terms for the same text."""
    return f"{ANALYSIS_VERSION}-sastrawi{_version('PySastrawi')}"


def _version(package: str) -> str:
    """The installed version of a package: what the name of its folder of metadata says.

    `importlib.metadata` says the same, and takes 12 ms to import.
    """
    start, end = f"{package.lower()}-", ".dist-info"
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:  # a zip file, or nothing
            continue
        for name in names:
            if name.endswith(end) and name.lower().startswith(start):
                return name[len(start) : -len(end)]
    from importlib.metadata import version

    return version(package)
