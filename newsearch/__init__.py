"""newsearch: search for Indonesian regional news.

An index reads articles (scraped pages, JSON Lines, CSV), stems their Indonesian, finds the
regions and dates they are about, and answers with ranked results, facets and related articles.

    import newsearch

    index = newsearch.create("indexes/berita")
    index.add(newsearch.read("pages/", "news.jsonl.gz"))
    results = index.search("banjir bandar lampung", region="18", facets=("region", "month"))
"""

import typing

from newsearch.lazy import lazily

if typing.TYPE_CHECKING:
    from newsearch.article import Article
    from newsearch.errors import (
        AmbiguousRegionError,
        ArticleError,
        ArticleNotFoundError,
        IndexCorruptError,
        IndexExistsError,
        IndexLockedError,
        IndexNotFoundError,
        IndexVersionError,
        InvalidDateError,
        NewsearchError,
        NewsIndexError,
        QueryError,
        QueryTooLargeError,
        ReadError,
        SavedSearchError,
        UnknownRegionError,
    )
    from newsearch.index import NewsIndex, create, open
    from newsearch.indexing.entries import ArticleWriter
    from newsearch.language import stem
    from newsearch.moving import CopyReport
    from newsearch.query import ParsedQuery
    from newsearch.reading import (
        Reader,
        Rejection,
        format_date,
        format_datetime,
        parse_date,
        read,
        read_page,
    )
    from newsearch.regions import Region, RegionMatch, detect_regions, region
    from newsearch.reports import AddReport, Stats
    from newsearch.results import (
        Contribution,
        DuplicateGroup,
        FacetCount,
        Hit,
        RegionCount,
        SearchResults,
        Snippet,
        Story,
        Suggestion,
    )
    from newsearch.salvage import Salvage
    from newsearch.searching.saved import Arrivals, SavedSearch

__version__ = "0.1.0"

__all__ = [
    "AddReport",
    "AmbiguousRegionError",
    "Arrivals",
    "Article",
    "ArticleError",
    "ArticleNotFoundError",
    "ArticleWriter",
    "Contribution",
    "CopyReport",
    "DuplicateGroup",
    "FacetCount",
    "Hit",
    "IndexCorruptError",
    "IndexExistsError",
    "IndexLockedError",
    "IndexNotFoundError",
    "IndexVersionError",
    "InvalidDateError",
    "NewsIndex",
    "NewsIndexError",
    "NewsearchError",
    "ParsedQuery",
    "QueryError",
    "QueryTooLargeError",
    "ReadError",
    "Reader",
    "Region",
    "RegionCount",
    "RegionMatch",
    "Rejection",
    "Salvage",
    "SavedSearch",
    "SavedSearchError",
    "SearchResults",
    "Snippet",
    "Stats",
    "Story",
    "Suggestion",
    "UnknownRegionError",
    "create",
    "detect_regions",
    "format_date",
    "format_datetime",
    "open",
    "parse_date",
    "read",
    "read_page",
    "region",
    "stem",
]

if not typing.TYPE_CHECKING:  # with it, mypy would take every name for one
    __getattr__ = lazily(
        __name__,
        {
            "article": ("Article",),
            "errors": (
                "AmbiguousRegionError",
                "ArticleError",
                "ArticleNotFoundError",
                "IndexCorruptError",
                "IndexExistsError",
                "IndexLockedError",
                "IndexNotFoundError",
                "IndexVersionError",
                "InvalidDateError",
                "NewsearchError",
                "NewsIndexError",
                "QueryError",
                "QueryTooLargeError",
                "ReadError",
                "SavedSearchError",
                "UnknownRegionError",
            ),
            "index": ("NewsIndex", "create", "open"),
            "indexing.entries": ("ArticleWriter",),
            "language": ("stem",),
            "moving": ("CopyReport",),
            "query": ("ParsedQuery",),
            "reading": (
                "Reader",
                "Rejection",
                "format_date",
                "format_datetime",
                "parse_date",
                "read",
                "read_page",
            ),
            "regions": ("Region", "RegionMatch", "detect_regions", "region"),
            "reports": ("AddReport", "Stats"),
            "results": (
                "Contribution",
                "DuplicateGroup",
                "FacetCount",
                "Hit",
                "RegionCount",
                "SearchResults",
                "Snippet",
                "Story",
                "Suggestion",
            ),
            "salvage": ("Salvage",),
            "searching.saved": ("Arrivals", "SavedSearch"),
            "engines": (),
            "indexing": (),
            "searching": (),
            "neighbours": (),
        },
    )
