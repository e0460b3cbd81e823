"""One transaction of an index on a cluster: kept here until it ends, then sent in bulk.

OpenSearch has no transactions. What is written to it cannot be taken back, so nothing is sent
before the transaction is whole; the order of what is sent does not matter, since of each id only
the last word goes. A cluster that fails while it is sent keeps what it acknowledged; sent again,
the same articles end in the same state.
"""

from __future__ import annotations

import base64
import random
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import orjson

from newsearch.engines.base import Entry
from newsearch.engines.opensearch.client import Address, blocked, failure_named
from newsearch.engines.opensearch.query import clean
from newsearch.errors import NewsIndexError

MEMORY = 64 << 20
"""Bytes of a transaction that are held in memory; more go to a temporary file."""
BULK_BYTES = 4 << 20
BULK_ARTICLES = 500
"""What one request carries at most."""
SENDERS = 2
"""Requests under way at once: the cluster works on one while another is on its way."""
PATIENCE = 60.0
"""Seconds without any progress that an overloaded cluster is given."""
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
"""Seconds between two tries of articles that a full queue turned away, doubled each time."""
MAX_ID = 512
"""Bytes that OpenSearch allows an id."""
BUSY = (429, 503)
"""Statuses of an article that can be sent again: a full queue, a shard without its primary."""


@dataclass(slots=True)
class _Operation:
    """Where an operation stands in the spool, and what it is."""

    offset: int
    length: int
    stamp: int | None
    deletes: bool = False


@dataclass(slots=True)
class _Batch:
    """What one request carries: each document's id and its lines."""

    items: list[tuple[str, bytes]] = field(default_factory=list)
    size: int = 0


def document_id(article_id: str) -> str:
    """The id of an article as OpenSearch takes it; a digest of one that is too long."""
    if len(article_id.encode("utf-8", "replace")) <= MAX_ID:
        return clean(article_id)
    return "b2:" + blake2b(article_id.encode("utf-8", "replace"), digest_size=32).hexdigest()


class OpenSearchWriter:
    """See `newsearch.engines.base.EngineWriter`.

    Args:
        look_up: ids → the stamp of each article that is there.
    """

    def __init__(self, look_up: Callable[[Sequence[str]], dict[str, int]]) -> None:
        self._look_up = look_up
        self._spool = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 - closed by `close`
        self._operations: dict[str, _Operation] = {}
        self._known: dict[str, int | None] = {}
        self._open = True
        self.rejected: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self._operations)

    def close(self) -> None:
        """End the transaction, and forget what was not sent."""
        self._open = False
        self._spool.close()

    def expect(self, ids: Iterable[str]) -> None:
        """See `newsearch.engines.base.EngineWriter.expect`."""
        unknown = [one for one in dict.fromkeys(ids) if one not in self._operations]
        if unknown:
            self._known = dict.fromkeys(unknown)
            self._known.update(self._look_up(unknown))

    def add(self, entry: Entry) -> bool:
        """See `newsearch.engines.base.EngineWriter.add`."""
        there, stamp = self._before(entry.id)
        data = orjson.dumps(_document(entry))
        offset = self._spool.seek(0, 2)
        self._spool.write(data)
        self._operations[entry.id] = _Operation(offset, len(data), entry.indexed or stamp)
        return there

    def delete(self, article_id: str) -> bool:
        """See `newsearch.engines.base.EngineWriter.delete`."""
        there, _ = self._before(article_id)
        if there:
            self._operations[article_id] = _Operation(0, 0, None, deletes=True)
        return there

    def _before(self, article_id: str) -> tuple[bool, int | None]:
        """Whether an article is there at this point of the transaction, and its stamp if known."""
        if not self._open:
            raise NewsIndexError("this writer's transaction has ended: open another")
        done = self._operations.get(article_id)
        if done is not None:
            return not done.deletes, done.stamp
        if article_id not in self._known:
            self.expect([article_id])
        stamp = self._known[article_id]
        return stamp is not None, stamp

    def batches(self, index: str, stamp: int) -> Iterator[_Batch]:
        """What is to be sent, with the stamp of those that have none yet."""
        batch = _Batch()
        for article_id, done in self._operations.items():
            action = {"_index": index, "_id": document_id(article_id)}
            if done.deletes:
                lines = orjson.dumps({"delete": action}) + b"\n"
            else:
                self._spool.seek(done.offset)
                data = self._spool.read(done.length)
                indexed = b',"indexed":%d}\n' % (done.stamp or stamp)
                lines = orjson.dumps({"index": action}) + b"\n" + data[:-1] + indexed
            full = len(batch.items) >= BULK_ARTICLES or batch.size + len(lines) > BULK_BYTES
            if batch.items and full:
                yield batch
                batch = _Batch()
            batch.items.append((article_id, lines))
            batch.size += len(lines)
        if batch.items:
            yield batch


class Sender:
    """Sends batches, and again what the cluster was too busy for.

    Attributes:
        acknowledged: operations that the cluster has done.
        rejected: the id and the reason of each article that it will never take.
    """

    def __init__(self, client: Any, address: Address, still_ours: Callable[[], None]) -> None:
        self._client = client
        self._address = address
        self._still_ours = still_ours
        self.acknowledged = 0
        self.rejected: list[tuple[str, str]] = []

    def send(self, batches: Iterable[_Batch]) -> None:
        """Send all.

        Raises:
            NewsIndexError: the cluster went away, takes no writes, or was busy for too long.
        """
        waiting: deque[_Batch] = deque()
        source = iter(batches)
        under_way: dict[Future[_Batch], int] = {}
        pause, progress = FIRST_PAUSE, time.monotonic()
        with ThreadPoolExecutor(SENDERS) as pool:
            while True:
                while len(under_way) < SENDERS:
                    batch = waiting.popleft() if waiting else next(source, None)
                    if batch is None:
                        break
                    under_way[pool.submit(self._send_one, batch)] = len(batch.items)
                if not under_way:
                    return
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for one in done:
                    sent = under_way.pop(one)
                    busy = one.result()
                    if len(busy.items) < sent:
                        pause, progress = FIRST_PAUSE, time.monotonic()
                    if busy.items:
                        if time.monotonic() - progress > PATIENCE:
                            raise NewsIndexError(
                                f"{self._address} was too busy for {PATIENCE:g} seconds"
                            )
                        # Not all clients at once again.
                        time.sleep(pause * random.uniform(0.5, 1.0))
                        pause = min(2 * pause, LONGEST_PAUSE)
                        waiting.append(busy)
                self._still_ours()

    def _send_one(self, batch: _Batch) -> _Batch:
        """Send a batch; what of it the cluster was too busy for."""
        from opensearchpy.exceptions import TransportError

        with failure_named(self._address):
            try:
                answer = self._client.bulk(body=b"".join(lines for _, lines in batch.items))
            except TransportError as error:
                if error.status_code in BUSY:
                    return batch
                raise
        busy = _Batch()
        for (article_id, lines), item in zip(batch.items, answer["items"], strict=True):
            result = next(iter(item.values()))
            status = result["status"]
            if status < 300 or (status == 404 and "delete" in item):
                self.acknowledged += 1
            elif status in BUSY:
                busy.items.append((article_id, lines))
                busy.size += len(lines)
            elif status == 403:
                raise NewsIndexError(blocked(self._address, result["error"]["reason"]))
            else:
                self.rejected.append((article_id, _why(result["error"])))
        return busy


def _why(error: Any) -> str:
    told = [str(error.get("reason", error))]
    cause = error.get("caused_by")
    if cause:
        told.append(str(cause.get("reason", cause)))
    return ": ".join(told)[:500]


def _document(entry: Entry) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": entry.id,
        "title": entry.title,
        "body": entry.body,
        "title_words": entry.title_words,
        "words": entry.words,
        "title_words_list": _distinct(entry.title_words),
        "words_list": _distinct(entry.words),
        "title_phrases": _distinct(entry.title_phrases),
        "region": entry.regions,
        "author": entry.authors,
        "views": entry.views,
        "signature": base64.b64encode(entry.signature).decode(),
        "stored": entry.stored.decode(),
    }
    for name in ("source", "category", "published", "month", "day"):
        value = getattr(entry, name)
        if value is not None:
            document[name] = value
    return document


def _distinct(terms: str) -> list[str]:
    return list(dict.fromkeys(terms.split()))
