"""Evaluations of ranking: queries, questions, summaries, headlines, related articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ir_measures import RR, Qrel, R, nDCG
from ir_measures.measures import Measure

from benchmarks.bench import Bench, Evaluation, Row, articles, asking, plain_search
from benchmarks.plain import Layout, PlainIndex
from benchmarks.sets import CORPUS, RankingSet, Search, headlines

NDCG, RECALL, MRR = nDCG @ 10, R @ 50, RR @ 10
QUERY_MEASURES: Mapping[str, Measure] = {"queries nDCG@10": NDCG, "queries R@50": RECALL}
RELATED_STEMMER = "PySastrawi"
_VARIANTS: Mapping[Layout, str] = {
    "words": "words beside stems, title twice",
    "one field": "the same in one field",
}


def queries(bench: Bench) -> Iterator[Row]:
    """Judged queries over the corpus, as typed and with any of their words."""
    judged = bench.shared.ranking("eval/queries")
    newsearch = asking(bench.index, "all")
    yield from compare(bench, QUERY_MEASURES, judged, newsearch, lambda: bench.plain, 50)
    any_word = {f"{name}, any word": one for name, one in QUERY_MEASURES.items()}
    yield from compare(bench, any_word, judged, asking(bench.index, "any"), None, 50)
    yield from variants(bench, QUERY_MEASURES, judged, 50)


def facqa(bench: Bench) -> Iterator[Row]:
    """Questions over passages; the passages have no titles."""
    judged = bench.shared.ranking("eval/facqa")
    passages = bench.shared.passages("eval/facqa/passages.jsonl").values()
    search = asking(bench.build("passages", articles(passages)), "any")
    measures = {"facqa MRR@10": MRR}
    yield from compare(bench, measures, judged, search, lambda: bench.build_plain(passages))


def summaries(bench: Bench) -> Iterator[Row]:
    """Summaries that people wrote, each for one article of the corpus."""
    judged = bench.sample(bench.shared.ranking("eval/summaries"))
    measures = {"summaries MRR@10": MRR}
    yield from compare(bench, measures, judged, asking(bench.index, "any"), lambda: bench.plain)
    yield from variants(bench, measures, judged)


def titles(bench: Bench) -> Iterator[Row]:
    """Headlines as queries for their own articles over an index of bodies alone."""
    documents = bench.shared.documents.values()
    judged = bench.sample(headlines(documents, *bench.headlines))
    index = bench.build("bodies", articles(one._replace(title="") for one in documents if one.text))
    measures = {"title → body MRR@10": MRR}
    search = asking(index, "any")
    yield from compare(bench, measures, judged, search, lambda: bench.plain, layout="body")


def related(bench: Bench) -> Iterator[Row]:
    """Editors' links from an article to another."""
    links = bench.shared.rows("eval/related/links.tsv")
    qrels = [Qrel(row["source_id"], row["related_id"], 1) for row in links]
    judged = RankingSet({one.query_id: one.query_id for one in qrels}, qrels)
    documents, measures = bench.shared.documents, (R @ 10, MRR)

    def ours(query: str, limit: int) -> list[str]:
        return [hit.article.id for hit in bench.index.related(query, limit=limit)]

    def plain(query: str, limit: int) -> list[str]:
        return bench.plain.related(documents[query], limit, stemmer=RELATED_STEMMER)

    scores = judged.score(ours, measures, 10)
    others = [] if bench.fast else judged.score(plain, measures, 10)
    for place, name in enumerate(("related R@10", "related MRR@10")):
        yield Row(name, scores[place], {RELATED_STEMMER: others[place]} if others else {})


def compare(
    bench: Bench,
    measures: Mapping[str, Measure],
    judged: RankingSet,
    search: Search | None,
    plain: Callable[[], PlainIndex] | None,
    limit: int = 10,
    layout: Layout = "fields",
) -> Iterator[Row]:
    """A row for each measure: newsearch, and the plain build of each stemmer in one layout.

    Args:
        bench: a fast one asks no plain builds.
        measures: name of the row → measure.
        judged: what to ask and what is right.
        search: newsearch's; None leaves its column empty.
        plain: gives the plain builds; None leaves their columns empty.
        limit: hits asked for.
        layout: of the plain builds.
    """
    asked = list(measures.values())
    ours = judged.score(search, asked, limit) if search else [None] * len(asked)
    columns = {}
    if plain and not bench.fast:
        index = plain()
        columns = {
            name: judged.score(plain_search(index, name, layout), asked, limit)
            for name in bench.stems
        }
    for place, name in enumerate(measures):
        yield Row(name, ours[place], {column: scores[place] for column, scores in columns.items()})


def variants(
    bench: Bench, measures: Mapping[str, Measure], judged: RankingSet, limit: int = 10
) -> Iterator[Row]:
    """The better layouts of the plain builds, in lines of their own."""
    if bench.fast:
        return
    for layout, label in _VARIANTS.items():
        named = {f"{name}: {label}": one for name, one in measures.items()}
        yield from compare(bench, named, judged, None, lambda: bench.plain, limit, layout)


EVALUATIONS = (
    Evaluation("queries", (CORPUS, "eval/queries"), queries),
    Evaluation("facqa", ("eval/facqa",), facqa),
    Evaluation("summaries", (CORPUS, "eval/summaries"), summaries),
    Evaluation("titles", (CORPUS,), titles),
    Evaluation("related", (CORPUS, "eval/related"), related),
)
