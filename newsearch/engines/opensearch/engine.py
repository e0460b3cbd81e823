"""An index on an OpenSearch cluster, for more articles than one machine holds.

```
berita            the alias that is searched
berita-000001     the index it points to; a rebuild writes berita-000002 and moves the alias
berita-lock       the lease of the one writer
```
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from newsearch.engines.base import Unreadable, decode
from newsearch.engines.opensearch.client import (
    Address,
    connect,
    failure_named,
    no_index,
    parse_address,
)
from newsearch.engines.opensearch.lease import Lease, lock_index
from newsearch.engines.opensearch.query import Json, mapping, settings
from newsearch.engines.opensearch.reader import OpenSearchReader
from newsearch.engines.opensearch.writer import OpenSearchWriter, Sender
from newsearch.errors import (
    IndexCorruptError,
    IndexExistsError,
    IndexNotFoundError,
    IndexVersionError,
    NewsIndexError,
)

NAME = "opensearch"
FORMAT = 1
"""Of the mapping; an index of another cannot be read."""


class OpenSearchEngine(OpenSearchReader):
    """See `newsearch.engines.base.Engine` for what each method promises."""

    name = NAME
    directory: Path | None = None

    def __init__(self, address: Address, client: Any) -> None:
        super().__init__(address, client)
        self.location = str(address)

    def current(self) -> OpenSearchReader:
        """See `newsearch.engines.base.Engine`: the cluster answers with its last refresh."""
        return self

    @classmethod
    def create(cls, location: str, fingerprint: str) -> OpenSearchEngine:
        """A new, empty index.

        Raises:
            IndexExistsError: there is an index or an alias of that name.
            NewsIndexError: the cluster cannot be reached or refuses.
        """
        address = parse_address(location)
        client = connect(address)
        engine = cls(address, client)
        with failure_named(address):
            if client.indices.exists(index=address.name):
                raise IndexExistsError(
                    f"{address} is there already and is not overwritten: open it, or choose "
                    "another name"
                )
            engine._make_lock()
            engine._make(
                engine._generation(1), fingerprint, address.shards, address.replicas, alias=True
            )
        return engine

    @classmethod
    def open(cls, location: str, fingerprint: str | None) -> OpenSearchEngine:
        """The index at a location; a fingerprint of None opens one of any analysis.

        Raises:
            IndexNotFoundError, IndexVersionError: see `newsearch.errors`.
            NewsIndexError: the cluster cannot be reached or refuses.
        """
        address = parse_address(location)
        engine = cls(address, connect(address))
        engine._check_version(fingerprint)
        return engine

    def _check_version(self, fingerprint: str | None) -> None:
        meta = self._meta(self._current())
        if meta.get("format") != FORMAT:
            raise IndexVersionError(
                f"{self._address} is of format {meta.get('format')}, this newsearch reads {FORMAT}"
            )
        found = meta.get("fingerprint")
        if fingerprint is not None and found != fingerprint:
            raise IndexVersionError(
                f"the index at {self._address} was made by another analysis ({found}, now "
                f"{fingerprint}): run `newsearch --index {self._address} rebuild`, which needs no "
                "sources"
            )

    # What there is

    def _current(self) -> str:
        """The index that the alias points to."""
        from opensearchpy.exceptions import NotFoundError

        with failure_named(self._address):
            try:
                found = self._client.indices.get_alias(name=self._address.name)
            except NotFoundError as error:
                raise IndexNotFoundError(no_index(self._address)) from error
        (index,) = found
        return str(index)

    def _meta(self, index: str) -> Json:
        with failure_named(self._address):
            found = self._client.indices.get_mapping(index=index)
        meta: Json = found[index]["mappings"].get("_meta", {})
        return meta

    def _generation(self, number: int) -> str:
        return f"{self._address.name}-{number:06}"

    def _make(
        self, index: str, fingerprint: str, shards: int, replicas: int, *, alias: bool
    ) -> None:
        from opensearchpy.exceptions import RequestError

        version = int(self._client.info()["version"]["number"].split(".")[0])
        # Since 3 the plain name leaves out the factor k1 + 1, which other engines have.
        similarity = "LegacyBM25" if version >= 3 else "BM25"
        body = {
            "settings": settings(similarity, shards, replicas),
            "mappings": mapping({"format": FORMAT, "fingerprint": fingerprint}),
            "aliases": {self._address.name: {}} if alias else {},
        }
        try:
            # Until its primary shards are up, or a search finds none.
            self._client.indices.create(index=index, body=body)
        except RequestError as error:
            if error.error == "resource_already_exists_exception":
                raise IndexExistsError(
                    f"{self._address} was made by another process just now: open it"
                ) from error
            raise

    def _make_lock(self) -> None:
        from opensearchpy.exceptions import RequestError

        body = {"settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}}
        try:
            self._client.indices.create(index=lock_index(self._address), body=body)
        except RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

    # Writing

    @contextmanager
    def writer(self, timeout: float, coming: int | None = None) -> Iterator[OpenSearchWriter]:
        """See `newsearch.engines.base.Engine`.

        Others are locked out only while it is sent, so that several processes can read and
        analyse articles at once.
        """
        transaction = OpenSearchWriter(self.stamps)
        try:
            yield transaction
            if len(transaction):
                with self._lease(timeout) as lease:
                    self._send(transaction, self._current(), lease)
        finally:
            transaction.close()
            self._frequencies.clear()

    @contextmanager
    def rebuilder(
        self, timeout: float, fingerprint: str, lost: Sequence[Unreadable] | None = None
    ) -> Iterator[OpenSearchWriter]:
        """See `newsearch.engines.base.Engine`; a cluster answers with all articles or none."""
        with self._lease(timeout) as lease:
            old = self._current()
            fresh = self._generation(int(old.rpartition("-")[2]) + 1)
            with failure_named(self._address):
                kept = self._client.indices.get_settings(index=old)[old]["settings"]["index"]
                # What a rebuild that died left behind; the alias never pointed there.
                self._client.indices.delete(index=fresh, ignore_unavailable=True)
                shards, replicas = kept["number_of_shards"], kept["number_of_replicas"]
                self._make(fresh, fingerprint, int(shards), int(replicas), alias=False)
            transaction = OpenSearchWriter(lambda ids: {})
            try:
                yield transaction
                self._send(transaction, fresh, lease)
                if transaction.rejected:
                    article_id, reason = transaction.rejected[0]
                    raise NewsIndexError(
                        f"{self._address} took all but {len(transaction.rejected):,} articles, as "
                        f"{article_id!r}: {reason}; the old index stays"
                    )
                lease.check()
                with failure_named(self._address):
                    self._client.indices.update_aliases(
                        body={
                            "actions": [
                                {"add": {"index": fresh, "alias": self._address.name}},
                                {"remove_index": {"index": old}},
                            ]
                        }
                    )
            except BaseException:
                self._client.indices.delete(index=fresh, ignore_unavailable=True)
                raise
            finally:
                transaction.close()
                self._frequencies.clear()

    @contextmanager
    def _lease(self, timeout: float) -> Iterator[Lease]:
        lease = Lease(self._client, self._address)
        with lease.held(timeout):
            yield lease

    def _send(self, transaction: OpenSearchWriter, index: str, lease: Lease) -> None:
        sender = Sender(self._client, self._address, lease.check)
        stamp = max(time.time_ns() // 1000, self.last_stamp + 1)
        try:
            sender.send(transaction.batches(index, stamp))
            with failure_named(self._address):
                self._client.indices.refresh(index=index)
        except NewsIndexError as error:
            if not sender.acknowledged:
                raise
            # What is in is shown, as far as that can be done.
            with suppress(NewsIndexError), failure_named(self._address):
                self._client.indices.refresh(index=index)
            raise NewsIndexError(
                f"{error}. {sender.acknowledged:,} of {len(transaction):,} articles are in and "
                "stay; index the same again for the others"
            ) from error
        finally:
            transaction.rejected = sender.rejected

    # Keeping

    def check(self) -> list[str]:
        """See `newsearch.engines.base.Engine`."""
        index = self._current()
        with failure_named(self._address):
            health = self._client.cluster.health(index=index, params={"level": "shards"})
        missing = health["unassigned_shards"]
        if health["status"] == "red":
            return [f"{self._address}: {missing} shards of {index} are on no machine"]
        wrong = []
        if missing:
            wrong.append(
                f"{self._address}: {missing} copies of shards of {index} are on no machine; "
                "nothing is lost yet"
            )
        try:
            readable = sum(1 for stored in self.stored() if decode(stored))
        except IndexCorruptError as error:
            return [*wrong, str(error)]
        if readable != self.count:
            wrong.append(f"{self.count - readable:,} of {self.count:,} articles are unreadable")
        return wrong

    def size(self) -> int:
        """See `newsearch.engines.base.Engine`; with all replicas."""
        with failure_named(self._address):
            found = self._client.indices.stats(index=self._address.name, metric="store")
        return int(found["_all"]["total"]["store"]["size_in_bytes"])

    def close(self) -> None:
        """See `newsearch.engines.base.Engine`."""
        self._client.close()
