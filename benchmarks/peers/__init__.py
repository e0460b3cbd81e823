"""newsearch and what a user would pick instead, each as its documentation recommends.

Every peer is given the regions that newsearch found, and stems of the same PySastrawi.
"""

from __future__ import annotations

from importlib.util import find_spec

from benchmarks.peers.base import Contender, Verb

__all__ = ["BASELINE", "LOOP", "NAMES", "Contender", "Verb", "installed", "make"]

BASELINE = "newsearch"
LOOP = "loop"
NAMES = (BASELINE, LOOP, "tantivy", "sqlite", "bm25s", "newsearch-whoosh", "whoosh")


def installed(name: str) -> bool:
    """Whether a contender can run here."""
    return name != "bm25s" or find_spec("bm25s") is not None


def make(name: str) -> Contender:
    """A contender by its name; imports what it needs and nothing else."""
    if name in (BASELINE, "newsearch-whoosh"):
        from benchmarks.peers.ours import Newsearch

        return Newsearch("whoosh" if name == "newsearch-whoosh" else "tantivy")
    if name in (LOOP, "tantivy"):
        from benchmarks.peers.tantivy import Tantivy

        return Tantivy(whole=name == "tantivy")
    if name == "sqlite":
        from benchmarks.peers.sqlite import Sqlite

        return Sqlite()
    if name == "bm25s":
        from benchmarks.peers.bm25s import Bm25s

        return Bm25s()
    if name == "whoosh":
        from benchmarks.peers.whoosh import Whoosh

        return Whoosh()
    raise ValueError(f"there is no contender {name!r}; there are {', '.join(NAMES)}")
