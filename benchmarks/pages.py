"""Evaluations of reading: pages scraped as text (invented, and stripped from HTML), HTML pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import newsearch
from benchmarks.bench import Bench, Evaluation, Row
from benchmarks.labels import share
from benchmarks.stems import words_of

ReadPage = Callable[[str, str], newsearch.Article | None]
FIELDS = ("title", "date", "authors", "region", "body_has", "body_lacks", "body F1")
TRUTH_KEYS = {"body F1": "text"}
"""Where the truth of a field stands under another name."""


def scrapes(bench: Bench) -> Iterator[Row]:
    """Invented pages in the layouts of regional sites."""
    folder = "eval/scrapes"
    truths = bench.shared.records(f"{folder}/truth.jsonl")
    texts = {truth["id"]: bench.shared.root / folder / f"{truth['id']}.txt" for truth in truths}
    yield from measure("scrapes", truths, texts)


def pages_as_text(bench: Bench) -> Iterator[Row]:
    """Real pages, all tags stripped."""
    yield from _saved_pages(bench, "txt")


def pages_as_html(bench: Bench) -> Iterator[Row]:
    """The same pages as HTML, in the full run beside what trafilatura makes of them."""
    yield from _saved_pages(bench, "html", {} if bench.fast else {"trafilatura": trafilatura_page})


def trafilatura_page(page: str, url: str) -> newsearch.Article | None:
    """What trafilatura finds in an HTML page, or None for nothing."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        page, url=url, include_comments=False, with_metadata=True
    )
    if found is None:
        return None
    day = newsearch.parse_date(found.date) if found.date else None
    return newsearch.Article(title=found.title or "", text=found.text or "", published=day)


def _saved_pages(
    bench: Bench, kind: str, others: Mapping[str, ReadPage] | None = None
) -> Iterator[Row]:
    truths = bench.shared.records("eval/pages/truth.jsonl")
    files = {truth["id"]: bench.shared.root / "eval" / "pages" / truth[kind] for truth in truths}
    plain = {
        column: {
            row.measure: row.newsearch for row in measure(f"pages as {kind}", truths, files, read)
        }
        for column, read in (others or {}).items()
    }
    for row in measure(f"pages as {kind}", truths, files):
        beside = {column: rows.get(row.measure) for column, rows in plain.items()}
        kept = {column: score for column, score in beside.items() if score is not None}
        yield Row(row.measure, row.newsearch, kept)


def measure(
    name: str,
    truths: list[dict[str, Any]],
    files: Mapping[str, Path],
    read: ReadPage = newsearch.read_page,
) -> Iterator[Row]:
    """A row for each field that the truth knows: the mean over all pages that are scored in it."""
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for truth in truths:
        page = files[truth["id"]].read_text("utf-8", errors="replace")
        try:
            found = read(page, truth["url"])
        except newsearch.ArticleError:
            found = None
        for field, score in judge(found, truth).items():
            scores[field].append(score)
    for field in FIELDS:
        if field in scores:
            yield Row(f"{name}: {field}", share(scores[field]))


def judge(found: newsearch.Article | None, truth: Mapping[str, Any]) -> dict[str, float]:
    """Field → how right it is, 0.0 to 1.0; a page that was refused is wrong in every field."""
    right = dict.fromkeys(FIELDS, 0.0) if found is None else _scores(found, truth)
    # A page with nothing that its body must lack says nothing about that.
    said = {name for name in truth if truth[name] or not name.startswith("body_")}
    said -= set(truth.get("ambiguous", ()))
    return {name: right[name] for name in FIELDS if TRUTH_KEYS.get(name, name) in said}


def _scores(found: newsearch.Article, truth: Mapping[str, Any]) -> dict[str, float]:
    text = _plain(found.text)
    authors = {_plain(one) for one in found.authors}
    return {
        "title": _plain(found.title) == _plain(truth["title"]),
        "date": _day(found) == (truth["date"] or "")[:10],
        "authors": authors == {_plain(one) for one in truth.get("authors", ())},
        "region": _region(found) == truth.get("region"),
        "body_has": share([_plain(one) in text for one in truth.get("body_has", ())]),
        "body_lacks": share([_plain(one) not in text for one in truth.get("body_lacks", ())]),
        "body F1": f1(text, _plain(truth.get("text", ""))),
    }


def f1(found: str, right: str) -> float:
    """The harmonic mean of precision and recall over the words of two texts."""
    ours, theirs = Counter(words_of(found)), Counter(words_of(right))
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def _plain(text: str) -> str:
    """A text as it is compared: one blank between words, lower case, quotes straight."""
    for curly, straight in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'")):
        text = text.replace(curly, straight)
    return " ".join(text.lower().split())


def _day(found: newsearch.Article) -> str:
    return found.published.date().isoformat() if found.published else ""


def _region(found: newsearch.Article) -> str:
    matches = newsearch.detect_regions(found.title, found.text, dateline=found.dateline)
    return matches[0].code if matches else ""


EVALUATIONS = (
    Evaluation("scrapes", ("eval/scrapes",), scrapes),
    Evaluation("pages", ("eval/pages",), pages_as_text),
    Evaluation("html", ("eval/pages",), pages_as_html),
)
