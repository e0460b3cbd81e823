"""Evaluations of labels: lemmas, main regions, near-duplicates."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import newsearch
from benchmarks.bench import Bench, Evaluation, Row
from benchmarks.sets import CORPUS

PLACELESS = ("national", "foreign")
COPIES_FROM, APART_BELOW = 0.5, 0.2
"""Shares of common 4-word shingles: pairs from the first on are copies, below the second not."""
RANDOM_PAIRS = 100_000
"""One in about 900,000 is of two copies: 1,977 of 49,549 articles stand in 918 sets."""


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
    """Pairs of one text and pairs of two, over an index of all articles.

    Found is what the copies of the first article of a pair hold; apart is a pair of which neither
    is a copy of the other and which no set of copies of the whole index joins, not even through
    others.
    """
    index = bench.index
    sets = {
        article_id: number
        for number, group in enumerate(index.duplicate_groups())
        for article_id in group.ids
    }

    def joined(one: str, other: str) -> bool:
        return one in sets and sets[one] == sets.get(other)

    def found(one: str, other: str) -> bool:
        return other in {hit.article.id for hit in index.duplicates(one)}

    alike, unlike = [], []
    for row in bench.shared.rows("eval/related/near_duplicates.tsv"):
        common = float(row["jaccard_4word_shingles"])
        if common >= COPIES_FROM:
            alike.append((row["id_a"], row["id_b"]))
        elif common < APART_BELOW:
            unlike.append((row["id_a"], row["id_b"]))
    yield Row("near-duplicates found", share([found(*pair) for pair in alike]))
    yield Row("near-duplicates in one set", share([joined(*pair) for pair in alike]))
    apart = [not (joined(*pair) or found(*pair) or found(*pair[::-1])) for pair in unlike]
    yield Row("other pairs left apart", share(apart))
    chosen, ids = random.Random(2026), sorted(bench.shared.documents)
    drawn = [chosen.sample(ids, 2) for _ in range(RANDOM_PAIRS)]
    yield Row("random pairs left apart", share([not joined(*pair) for pair in drawn]))


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
