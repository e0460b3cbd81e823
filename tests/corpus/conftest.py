"""One index of all of ../shared/corpus for every test here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import newsearch
from newsearch import AddReport, NewsIndex


@pytest.fixture(scope="session")
def corpus(
    shared: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[NewsIndex, list[AddReport]]]:
    """All articles, indexed twice, and the two reports."""
    with newsearch.create(tmp_path_factory.mktemp("corpus") / "index") as index:
        paths = [f"{shared}/corpus/news.jsonl.gz", f"{shared}/seeds"]
        yield index, [index.add(newsearch.read(*paths)) for _ in range(2)]
