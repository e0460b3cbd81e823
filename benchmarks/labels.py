"""Evaluations of labels: lemmas, main regions, near-duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import newsearch
from benchmarks.bench import Bench, Evaluation, Row
from benchmarks.sets import CORPUS
from newsearch.language import analyse
from newsearch.results import are_copies

PLACELESS = ("national", "foreign")
COPIES_FROM, APART_BELOW = 0.5, 0.2
"""Shares of common 4-word shingles: pairs from the first on are copies, below the second not."""


def lemmas(bench: Bench) -> Iterator[Row]:
    """Words whose stem is their lemma, of all words and of those that have another lemma."""
    rows = [(row["word"], row["lemma"]) for row in bench.shared.rows("eval/lemmas/lemmas.tsv")]
    changed = [(word, lemma) for word, lemma in rows if word.lower() != lemma.lower()]
    plain = {} if bench.fast else bench.stems
    for name, pairs in (("lemmas, all words", rows), ("lemmas, inflected words", changed)):
        others = {column: share_right(stems.__getitem__, pairs) for column, stems in plain.items()}
        yield Row(name, share_right(newsearch.stem, pairs), others)


def share_right(stem: Callable[[str], str], pairs: Sequence[tuple[str, str]]) -> float:
    """The share of words whose stem is the lemma, whatever their case."""
    return share([stem(word.lower()) == lemma.lower() for word, lemma in pairs])


def regions(bench: Bench) -> Iterator[Row]:
    """The main region of labelled articles; another right one (`also`) counts a half."""
    exact: list[float] = []
    province: list[float] = []
    spared: list[float] = []
    for row in bench.shared.rows("eval/regions/gold.tsv"):
        if row["confidence"] == "low":
            continue
        article = bench.shared.documents[row["id"]]
        found = newsearch.detect_regions(article.title, article.text)
        main = found[0].code if found else ""
        if row["primary"] in PLACELESS:
            spared.append(not main)
            continue
        also = row["also"].split(",") if row["also"] else []
        exact.append(_right(main, row["primary"], also))
        province.append(_right(main[:2], row["primary"][:2], [code[:2] for code in also]))
    yield Row("regions, main one exact", share(exact))
    yield Row("regions, its province", share(province))
    yield Row("regions, none where none is", share(spared))


def near_duplicates(bench: Bench) -> Iterator[Row]:
    """Pairs of one text that the signatures join, and pairs of two texts that they part."""
    documents = bench.shared.documents
    signatures: dict[str, bytes] = {}

    def signature(article_id: str) -> bytes:
        if article_id not in signatures:
            article = documents[article_id]
            signatures[article_id] = analyse(article.title, article.text).signature
        return signatures[article_id]

    joined, parted = [], []
    for row in bench.shared.rows("eval/related/near_duplicates.tsv"):
        common = float(row["jaccard_4word_shingles"])
        if APART_BELOW <= common < COPIES_FROM:
            continue
        copies = are_copies(signature(row["id_a"]), signature(row["id_b"]))
        if common >= COPIES_FROM:
            joined.append(copies)
        else:
            parted.append(not copies)
    yield Row("near-duplicates found", share(joined))
    yield Row("other pairs left apart", share(parted))


def share(rights: Sequence[float]) -> float:
    """The mean; 0.0 of none."""
    return sum(rights) / len(rights) if rights else 0.0


def _right(main: str, primary: str, also: Sequence[str]) -> float:
    return 1.0 if main == primary else 0.5 * (main in also)


EVALUATIONS = (
    Evaluation("lemmas", ("eval/lemmas",), lemmas),
    Evaluation("regions", (CORPUS, "eval/regions"), regions),
    Evaluation("near-duplicates", (CORPUS, "eval/related"), near_duplicates),
)
