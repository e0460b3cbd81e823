"""What people have (pages, JSON Lines, CSV) → Article, and Indonesian dates."""

import typing

from newsearch.lazy import lazily
from newsearch.reading.dateline import split_dateline
from newsearch.reading.dates import MONTHS, format_date, format_datetime, parse_date
from newsearch.reading.read import Reader, Rejection, read

if typing.TYPE_CHECKING:
    from newsearch.reading.page import read_page

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

# Most programs read no pages, whose patterns take 60 ms to compile.
if not typing.TYPE_CHECKING:  # with it, mypy would take every name for one
    __getattr__ = lazily(__name__, {"page": ("read_page",)})
