"""Relevance blended with age: what `fresh="30d"` adds to a query.

The bonus of an article is `BONUS` for each part of the query, halved with every half-life of its
age: BONUS · 2^(-age / fresh). It is asked for in steps, as constant scores of ranges of time, so
that every engine gives the same and pages stay exact. Exponential decay after Li & Croft
(Time-based language models, 2003); added, not multiplied: an old article that has all the words
is not lost.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import pairwise

import whoosh.query as wq

from newsearch.errors import QueryError

BONUS = 10.0
"""What a new article gets for each part of the query: half of what a telling word gives."""
LEAST, MOST = timedelta(hours=1), timedelta(days=3_650)
Fresh = str | timedelta | None
"""A half-life: a `timedelta`, or hours, days or weeks as `12h`, `30d`, `2w`."""

_STEPS = (0.125, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Ages, in half-lives, up to which the bonus is the one of that age; none beyond the last."""
_WRITTEN = re.compile(r"(\d{1,4})\s*([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def half_life(fresh: Fresh) -> timedelta | None:
    """What an argument means.

    Raises:
        QueryError: it cannot be read, or is not between an hour and ten years.
    """
    if fresh is None:
        return None
    written = _WRITTEN.fullmatch(fresh.strip().lower()) if isinstance(fresh, str) else None
    if written:
        fresh = timedelta(**{_UNITS[written[2]]: int(written[1])})
    if not isinstance(fresh, timedelta) or not LEAST <= fresh <= MOST:
        raise QueryError(
            f"fresh is {fresh!r}: give hours, days or weeks from 1h to 3650d, as '30d'"
        )
    return fresh


def freshened(query: wq.Query, fresh: timedelta, now: datetime, parts: int) -> wq.Query:
    """The query with the bonus for what is new.

    Args:
        query: the scored question.
        fresh: the half-life.
        now: what ages are counted from; later articles have none.
        parts: how many parts the query has.
    """
    values = [2.0**-step for step in _STEPS] + [0.0]
    seconds = now.timestamp()
    bonus = [
        wq.ConstantScoreQuery(
            wq.NumericRange("published", int(seconds - step * fresh.total_seconds()), None),
            BONUS * parts * (value - after),
        )
        for step, (value, after) in zip(_STEPS, pairwise(values), strict=True)
    ]
    return wq.AndMaybe(query, wq.Or(bonus))
