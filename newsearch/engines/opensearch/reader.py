"""What is asked of an index on a cluster."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

import orjson
import whoosh.query as wq

from newsearch.engines.base import (
    MAX_FACET_VALUES,
    FacetField,
    Filters,
    Memory,
    RawHit,
    RawResults,
    Shortlists,
    Sort,
    Unreadable,
    WordField,
)
from newsearch.engines.opensearch.client import Address, failure_named, patiently
from newsearch.engines.opensearch.query import Json, clean, filtered, list_field, translate
from newsearch.engines.opensearch.writer import document_id

PAGE = 500
"""Articles that are read at once when all are."""
KEEP_ALIVE = "5m"
"""How long the cluster keeps a state for a reader that asks for nothing."""
MAX_TERMS = 50_000
"""Words of a dictionary that are counted at once; a cluster allows 65,535 buckets."""
FRESH = 5.0
"""Seconds for which the frequency of a term is not asked for again."""
MAX_FREQUENCIES = 100_000
_ORDERS: dict[str, list[Json]] = {
    "relevance": [{"_score": "desc"}, {"id": "asc"}],
    "newest": [{"published": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    "oldest": [{"published": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
    "popular": [{"views": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
}
WHOLE = {"allow_partial_search_results": "false"}
"""Some of the articles are no answer; OpenSearch would give them without an error."""
_EVERY: Json = {"match_all": {}}
_SPECIAL = re.compile(r'([.?+*|{}\[\]()"\\#@&<>~^$-])')


class OpenSearchReader:
    """See `newsearch.engines.base.Reader`."""

    def __init__(self, address: Address, client: Any) -> None:
        self._address = address
        self._client = client
        self._frequencies: dict[tuple[str, str], tuple[float, int]] = {}

    def stamps(self, ids: Sequence[str]) -> dict[str, int]:
        """The stamp of each of some articles that are there."""
        known = {document_id(one): one for one in ids}
        found = {}
        names = list(known)
        for start in range(0, len(names), PAGE):
            part = names[start : start + PAGE]
            body = {
                "query": {"ids": {"values": part}},
                "size": len(part),
                "_source": False,
                "docvalue_fields": ["indexed"],
            }
            for hit in self._ask(body)["hits"]["hits"]:
                found[known[hit["_id"]]] = int(hit["fields"]["indexed"][0])
        return found

    def _ask(self, body: Json, **parameters: Any) -> Any:
        asked = {**WHOLE, **parameters}
        with failure_named(self._address):
            return patiently(
                lambda: self._client.search(index=self._address.name, body=body, params=asked)
            )

    def search(
        self,
        query: wq.Query,
        filters: Filters,
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: Sequence[FacetField] = (),
    ) -> RawResults:
        """See `newsearch.engines.base.Reader`."""
        asked = filtered(query, filters)
        body = {
            "query": asked,
            "from": offset,
            "size": limit,
            "sort": _ORDERS[sort],
            "track_total_hits": True,
            "aggs": {name: _counted(name) for name in facets},
        }
        # Copies of a shard differ a little in their statistics until they are merged alike: all
        # pages of a query go to the same.
        found = self._ask(body, search_type="dfs_query_then_fetch", preference=_digest(asked))
        hits = [
            _raw_hit(hit, hit["_score"] if sort == "relevance" else 0.0)
            for hit in found["hits"]["hits"]
        ]
        counts = {name: _ordered(found["aggregations"][name]["buckets"]) for name in facets}
        return RawResults(found["hits"]["total"]["value"], hits, lambda: counts)

    def shortlists(self, query: wq.Query, filters: Sequence[Filters], limit: int) -> Shortlists:
        """See `newsearch.engines.base.Reader`.

        The articles come along: another question for them would take longer.
        """
        keys: dict[str, int] = {}
        articles: dict[int, RawHit] = {}
        published: dict[int, int | None] = {}
        lists = []
        for one in filters:
            body = {
                "query": filtered(query, one),
                "size": max(limit, 1),
                "sort": _ORDERS["relevance"],
                "docvalue_fields": ["published"],
            }
            scores = {}
            hits = self._ask(body, search_type="dfs_query_then_fetch")["hits"]["hits"]
            for hit in hits[:limit]:
                key = keys.setdefault(hit["_id"], len(keys))
                scores[key] = float(hit["_score"])
                articles[key] = _raw_hit(hit, 0.0)
                when = hit.get("fields", {}).get("published")
                published[key] = int(when[0]) if when else None
            lists.append(scores)
        return Shortlists(lists, published, articles.__getitem__)

    def get(self, article_id: str) -> bytes | None:
        """See `newsearch.engines.base.Reader`."""
        body = {"query": {"ids": {"values": [document_id(article_id)]}}, "size": 1}
        hits = self._ask(body)["hits"]["hits"]
        return _raw_hit(hits[0], 0.0).stored if hits else None

    def doc_freq(self, field: str, term: str) -> int:
        """See `newsearch.engines.base.Reader`; as it was at most `FRESH` seconds ago."""
        return self.doc_freqs(field, [term])[0]

    def doc_freqs(self, field: str, terms: Iterable[str]) -> list[int]:
        """See `newsearch.engines.base.Reader`; as they were at most `FRESH` seconds ago."""
        asked = list(terms)
        now = time.monotonic()
        known = self._frequencies
        if len(known) > MAX_FREQUENCIES:
            known.clear()
        counted: dict[str, int] = {}
        missing = []
        for term in dict.fromkeys(asked):
            # Another thread may clear what is known.
            when, count = known.get((field, term), (now - FRESH, 0))
            if now - when < FRESH:
                counted[term] = count
            else:
                missing.append(term)
        for term, count in zip(missing, self._counts(field, missing), strict=True):
            counted[term] = count
            known[field, term] = now, count
        return [counted[term] for term in asked]

    def _counts(self, field: str, terms: list[str]) -> list[int]:
        from opensearchpy.exceptions import TransportError

        if not terms:
            return []
        lines: list[Json] = []
        for term in terms:
            query = {"term": {field: {"value": clean(term)}}}
            whole = {"allow_partial_search_results": False}
            lines += [whole, {"query": query, "size": 0, "track_total_hits": True}]

        def ask() -> Any:
            answer = self._client.msearch(index=self._address.name, body=lines)
            for one in answer["responses"]:
                if "error" in one:
                    raise TransportError(one["status"], one["error"]["type"], one)
            return answer

        with failure_named(self._address):
            answer = patiently(ask)
        return [int(one["hits"]["total"]["value"]) for one in answer["responses"]]

    def terms(
        self,
        prefix: str,
        limit: int,
        within: wq.Query | None = None,
        field: WordField = "words",
    ) -> list[tuple[str, int]]:
        """See `newsearch.engines.base.Reader`; at most `MAX_TERMS`."""
        column = list_field(field)
        begins = clean(prefix)
        asked: Json = {"prefix": {column: begins}} if begins else _EVERY
        if within is not None:
            asked = {"bool": {"filter": [asked, translate(within)]}}
        counted: Json = {"field": column, "size": min(limit, MAX_TERMS), "shard_size": MAX_TERMS}
        counted["order"] = [{"_count": "desc"}, {"_key": "asc"}]
        if begins:
            counted["include"] = _SPECIAL.sub(r"\\\1", begins) + ".*"
        if limit < 1:
            return []
        found = self._ask({"query": asked, "size": 0, "aggs": {"terms": {"terms": counted}}})
        # The terms of these fields are text, not numbers.
        return _ordered(found["aggregations"]["terms"]["buckets"])  # type: ignore[return-value]

    def stored(self) -> Iterator[bytes]:
        """See `newsearch.engines.base.Reader`."""
        return (hit.stored for hit in self.every())

    def every(self) -> Iterator[RawHit]:
        """See `newsearch.engines.base.Reader`."""
        return self._scan(_EVERY, [{"_shard_doc": "asc"}])

    def salvage(self) -> Iterator[RawHit | Unreadable]:
        """See `newsearch.engines.base.Engine`: what is damaged is for the cluster to repair."""
        return self.every()

    def matches(self, query: wq.Query, filters: Filters) -> Iterator[RawHit]:
        """See `newsearch.engines.base.Reader`."""
        return self._scan(filtered(query, filters), [*_ORDERS["newest"][:1], {"_shard_doc": "asc"}])

    def _scan(self, asked: Json, order: list[Json]) -> Iterator[RawHit]:
        """All that match, of one state of the index, a page at a time."""
        with failure_named(self._address):
            made = self._client.create_pit(
                index=self._address.name, params={"keep_alive": KEEP_ALIVE}
            )
        state = made["pit_id"]
        body: Json = {
            "query": asked,
            "size": PAGE,
            "sort": order,
            "docvalue_fields": ["indexed"],
            "track_total_hits": False,
        }
        try:
            while True:
                body["pit"] = {"id": state, "keep_alive": KEEP_ALIVE}
                with failure_named(self._address):
                    found = patiently(lambda: self._client.search(body=body, params=WHOLE))
                state = found["pit_id"]
                hits = found["hits"]["hits"]
                for hit in hits:
                    yield _raw_hit(hit, 0.0, int(hit["fields"]["indexed"][0]))
                if len(hits) < PAGE:
                    return
                body["search_after"] = hits[-1]["sort"]
        finally:
            self._release(state)

    def _release(self, state: str) -> None:
        from opensearchpy.exceptions import OpenSearchException

        try:
            self._client.delete_pit(body={"pit_id": [state]})
        except OpenSearchException:
            return  # it runs out by itself

    @property
    def last_stamp(self) -> int:
        """See `newsearch.engines.base.Reader`."""
        found = self._ask({"size": 0, "aggs": {"last": {"max": {"field": "indexed"}}}})
        # A double holds microseconds exactly until the year 2255.
        return int(found["aggregations"]["last"]["value"] or 0)

    @property
    def count(self) -> int:
        """See `newsearch.engines.base.Reader`."""
        found = self._ask({"size": 0, "track_total_hits": True, "query": _EVERY})
        return int(found["hits"]["total"]["value"])

    @property
    def memory(self) -> Memory:
        """See `newsearch.engines.base.Reader`; others commit without a word, so an empty one."""
        return Memory()


def _counted(name: FacetField) -> Json:
    return {"terms": {"field": name, "size": MAX_FACET_VALUES, "shard_size": 2 * MAX_FACET_VALUES}}


def _ordered(buckets: list[Json]) -> list[tuple[str | int, int]]:
    pairs = [(bucket["key"], bucket["doc_count"]) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _digest(asked: Json) -> str:
    return blake2b(orjson.dumps(asked), digest_size=8).hexdigest()


def _raw_hit(hit: Json, score: float, stamp: int | None = None) -> RawHit:
    kept = hit["_source"]
    return RawHit(float(score), kept["stored"].encode(), base64.b64decode(kept["signature"]), stamp)
