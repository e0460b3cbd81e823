"""Article → Entry: where language and regions meet, on the way into an index."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

import orjson

from newsearch.article import Article, is_text, present
from newsearch.engines import EngineWriter, Entry, decode, fold
from newsearch.errors import ArticleError, UnknownRegionError
from newsearch.language import Terms, analyse_all
from newsearch.regions import ancestors, detect_codes
from newsearch.regions import region as look_up

_DETECTED = "regions_detected"
"""Key in the stored JSON: the regions came from the text, and a rebuild detects them anew."""


class ArticleWriter:
    """One transaction: see `NewsIndex.writer`."""

    def __init__(self, writer: EngineWriter) -> None:
        self._writer = writer

    def add(self, article: Article) -> bool:
        """Add an article, or replace the one of the same id; True if there was one.

        Raises:
            ArticleError: it is something else.
        """
        check_article(article)
        return self._writer.add(make_entry(article))

    def delete(self, article_id: str) -> bool:
        """Delete an article; False if there is none of that id."""
        return is_text(article_id) and self._writer.delete(article_id)


def check_article(value: object) -> None:
    """Refuse what is no Article.

    Raises:
        ArticleError: it is none.
    """
    if not isinstance(value, Article):
        raise ArticleError(
            f"what is added is an Article, not {type(value).__name__}: make one with Article(…) or "
            "Article.from_dict, or read files with newsearch.read"
        )


def make_entry(article: Article, *, detect: bool = True) -> Entry:
    """What an engine stores for an article.

    Regions that the article brings are kept as codes; where it brings none that the gazetteer
    knows, they are detected in its dateline, title and text; not so without `detect`, for an
    article out of an index, where that was done.
    """
    return make_entries([article], detect=detect)[0]


def make_entries(articles: Sequence[Article], *, detect: bool = True) -> list[Entry]:
    """What an engine stores for each of several articles: see `make_entry`.

    A hundred together take 180 µs each, ten 250 and one alone 900: see
    `newsearch.language.analyse_all`. Add many with `NewsIndex.add`, which takes them together.
    """
    with suppress(MemoryError):
        return _made(articles, detect)
    # Outside of the handler, and without the traceback that holds all that was in the making: so
    # there is memory again to undo the transaction and to say why.
    raise MemoryError("too little memory to analyse articles")


def _made(articles: Sequence[Article], detect: bool) -> list[Entry]:
    terms = analyse_all([(article.title, article.text) for article in articles])
    given = [_known_codes(article.regions) if article.regions else () for article in articles]
    codes = _detected_codes(articles, given) if detect else given
    return list(map(_entry, articles, terms, given, codes))


def _entry(article: Article, terms: Terms, given: tuple[str, ...], codes: tuple[str, ...]) -> Entry:
    published = article.published
    return Entry(
        id=article.id,
        title=terms.title,
        body=terms.body,
        title_words=terms.title_words,
        words=terms.words,
        title_phrases=terms.title_phrases,
        regions=_with_ancestors(codes),
        source=_folded(article.source),
        category=_folded(article.category),
        authors=tuple(dict.fromkeys(filter(None, map(_folded, article.authors)))),
        published=int(published.timestamp()) if published else None,
        month=published.year * 100 + published.month if published else None,
        day=published.year * 10_000 + published.month * 100 + published.day if published else None,
        views=article.views or 0,
        signature=terms.signature,
        stored=_stored(article, codes, detected=not given),
    )


def _folded(value: str | None) -> str | None:
    return _fold(value) or None if value else None


_fold = lru_cache(10_000)(fold)


def restore(stored: bytes) -> Article:
    """The article as it was given, without the regions that were detected in it."""
    record = decode(stored)
    article = Article.from_dict(record)
    return replace(article, regions=()) if record.get(_DETECTED) else article


def _stored(article: Article, codes: tuple[str, ...], detected: bool) -> bytes:
    # What an article lacks is not written: "views": null and the like are 0.3 % of an index.
    record = present(article)
    record["regions"] = codes
    if detected:
        record[_DETECTED] = True
    return orjson.dumps(record)


def _known_codes(names: tuple[str, ...]) -> tuple[str, ...]:
    codes = []
    for name in names:
        try:
            codes.append(look_up(name).code)
        except UnknownRegionError:
            continue
    return tuple(dict.fromkeys(codes))


def _detected_codes(
    articles: Sequence[Article], given: Sequence[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """The codes of each: those given, else those detected."""
    unplaced = (
        (article.title, article.text, article.dateline)
        for article, codes in zip(articles, given, strict=True)
        if not codes
    )
    detected = iter(detect_codes(unplaced))
    return [codes or next(detected) for codes in given]


@lru_cache(10_000)
def _with_ancestors(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(wider for code in codes for wider in (code, *ancestors(code))))
