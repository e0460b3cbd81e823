"""What people have (pages, JSON Lines, CSV) → Article, and Indonesian dates."""

import typing

from newsearch.lazy import lazily

if typing.TYPE_CHECKING:
    from newsearch.reading.dateline import split_dateline
    from newsearch.reading.dates import MONTHS, format_date, format_datetime, parse_date
    from newsearch.reading.page import read_page
    from newsearch.reading.reader import Reader, Rejection, read

__all__ = [
    "MONTHS",
    "Reader",
    "Rejection",
    "format_date",
    "format_datetime",
    "parse_date",
    "read",
    "read_page",
    "split_dateline",
]

# A search reads dates, and nothing else: the patterns of files take 50 ms to compile, those of
# pages 60.
if not typing.TYPE_CHECKING:  # with it, mypy would take every name for one
    __getattr__ = lazily(
        __name__,
        {
            "dateline": ("split_dateline",),
            "dates": ("MONTHS", "format_date", "format_datetime", "parse_date"),
            "page": ("read_page",),
            "reader": ("Reader", "Rejection", "read"),
        },
    )
