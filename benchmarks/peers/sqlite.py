"""SQLite's FTS5: stems as text, bm25(), counts by GROUP BY."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from benchmarks.peers.base import COMPLETIONS, PAGE, Record, Verb, records
from benchmarks.stems import sastrawi, words_of

# Without content: the text is kept once, in the article.
SCHEMA = """
    CREATE TABLE articles (
        number INTEGER PRIMARY KEY, id TEXT UNIQUE, source TEXT, month INTEGER,
        published INTEGER, stored BLOB
    );
    CREATE TABLE regions (number INTEGER, code TEXT, PRIMARY KEY (number, code)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE stems USING fts5 (title, body, content='', tokenize='unicode61');
    CREATE VIRTUAL TABLE words USING fts5vocab (stems, row);
"""
SEARCH = """
    SELECT stored FROM stems JOIN articles ON number = stems.rowid
    WHERE stems MATCH ? ORDER BY bm25(stems) LIMIT ?
"""
COUNT = """
    SELECT {value}, count(*) FROM {table}
    WHERE number IN (SELECT rowid FROM stems WHERE stems MATCH ?) GROUP BY 1 ORDER BY 2 DESC
"""
REGIONS = COUNT.format(value="code", table="regions")
MONTHS = COUNT.format(value="month", table="articles")
SOURCES = COUNT.format(value="source", table="articles")


class Sqlite:
    """See `benchmarks.peers.base.Contender`."""

    title = "SQLite FTS5"
    packages: tuple[str, ...] = ("PySastrawi",)
    lacks = (
        "regions (given), names, stop words, dates in queries, snippets, spelling, copies; "
        "suggest completes a stem"
    )
    verbs: tuple[Verb, ...] = ("search", "suggest", "latest")
    slow = False

    def __init__(self) -> None:
        self._stems = sastrawi()

    def index(self, articles: Path, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.index`."""
        connection = sqlite3.connect(folder / "articles.db")
        connection.executescript(SCHEMA)
        with connection:
            for number, record in enumerate(records(articles)):
                self._insert(connection, number, record)
            connection.execute("CREATE INDEX by_date ON articles (published)")
            connection.execute("INSERT INTO stems (stems) VALUES ('optimize')")
        connection.close()

    def open(self, folder: Path) -> None:
        """See `benchmarks.peers.base.Contender.open`."""
        self._connection = sqlite3.connect(folder / "articles.db")

    def search(self, query: str) -> int:
        """See `benchmarks.peers.base.Contender.search`."""
        stems = [f'"{stem}"' for stem in self._stems.of(dict.fromkeys(words_of(query)))]
        return self._search(" AND ".join(stems)) or self._search(" OR ".join(stems))

    def suggest(self, prefix: str) -> int:
        """See `benchmarks.peers.base.Contender.suggest`: the last word."""
        last = (words_of(prefix) or [""])[-1]
        asked = "SELECT term FROM words WHERE term >= ? AND term < ? ORDER BY doc DESC LIMIT ?"
        values = (last, f"{last}\U0010ffff", COMPLETIONS)
        return len(self._connection.execute(asked, values).fetchall())

    def latest(self) -> int:
        """See `benchmarks.peers.base.Contender.latest`."""
        asked = "SELECT stored FROM articles ORDER BY published DESC LIMIT ?"
        return len(self._connection.execute(asked, (PAGE,)).fetchall())

    def _search(self, asked: str) -> int:
        if not self._connection.execute(SEARCH, (asked, PAGE)).fetchall():
            return 0
        _, _, months = [
            self._connection.execute(count, (asked,)).fetchall()
            for count in (REGIONS, SOURCES, MONTHS)
        ]
        # Each article has one, so that they add up to all that match.
        return sum(count for _, count in months)

    def _insert(self, connection: sqlite3.Connection, number: int, record: Record) -> None:
        fields = (number, record.id, record.source, record.month, record.published, record.stored)
        connection.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)", fields)
        connection.executemany(
            "INSERT INTO regions VALUES (?, ?)", [(number, code) for code in record.regions]
        )
        stems = [" ".join(self._stems.of(words_of(part))) for part in (record.title, record.text)]
        connection.execute(
            "INSERT INTO stems (rowid, title, body) VALUES (?, ?, ?)", (number, *stems)
        )
