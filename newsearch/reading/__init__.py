"""What people have (pages, JSON Lines, CSV) → Article, and Indonesian dates."""

from newsearch.reading.dateline import split_dateline
from newsearch.reading.dates import MONTHS, format_date, format_datetime, parse_date
from newsearch.reading.page import read_page
from newsearch.reading.read import Reader, Rejection, read

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
