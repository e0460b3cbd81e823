"""How fast the parts of newsearch are: `python -m benchmarks.parts`, or `speed --parts`.

Builds an index of ../shared/corpus and prints what `benchmarks.completion`, `.snippets`,
`.neighbours`, `.words`, `.places` and `.reading` measure, most of them beside a peer of their own.
"""

from __future__ import annotations

import gzip
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import newsearch
from benchmarks import completion, neighbours, places, reading, snippets, words
from benchmarks.multiplied import SHARED
from benchmarks.queries import make_queries
from benchmarks.sets import CORPUS
from newsearch.language import tokens


def measure_parts(shared: Path) -> None:
    """Measure and print."""
    corpus = shared / CORPUS
    queries = list(make_queries(shared))
    with TemporaryDirectory() as folder, newsearch.create(Path(folder) / "index") as index:
        index.add(newsearch.read(corpus))
        completion.measure_completion(index, queries)
        completion.measure_correction(index, sorted({*tokens(" ".join(queries))}))
        snippets.measure_snippets(index, queries)
        neighbours.measure_related(index)
    texts = [article.text for article in islice(newsearch.read(corpus), words.ARTICLES)]
    words.measure_analysis(texts)
    words.measure_stemming({token for text in texts for token in tokens(text)})
    places.measure_regions(newsearch.read(corpus))
    with gzip.open(corpus) as file:
        reading.measure_reading(file)


if __name__ == "__main__":
    measure_parts(SHARED)
