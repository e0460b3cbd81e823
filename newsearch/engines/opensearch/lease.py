"""The right to write to an index on a cluster: a document that its holder keeps renewing."""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from newsearch.engines.opensearch.client import Address, failure_named
from newsearch.errors import IndexLockedError, NewsIndexError

LEASE = 30.0
"""Seconds after which a lease that was not renewed is anybody's: its holder has died.

Machines that write must agree about the time to within a part of this.
"""
RENEWED = LEASE / 6
POLL = 0.2
"""Seconds between two looks at a lease that another holds."""


def lock_index(address: Address) -> str:
    """The index that holds the lease of an index."""
    return f"{address.name}-lock"


class Lease:
    """Held while a transaction is sent and while an index is rebuilt."""

    def __init__(self, client: Any, address: Address) -> None:
        self._client = client
        self._address = address
        self._index = lock_index(address)
        self._token = uuid.uuid4().hex
        self._version: dict[str, int] = {}
        self._lost = False
        self._stop = threading.Event()

    @contextmanager
    def held(self, timeout: float) -> Iterator[None]:
        """Hold it.

        Raises:
            IndexLockedError: another held it for `timeout` seconds.
        """
        until = time.monotonic() + timeout
        while (holder := self._take()) is not None:
            if time.monotonic() >= until:
                raise IndexLockedError(
                    f"{self._address} is being written to by {holder}: try later, or wait longer"
                )
            time.sleep(min(POLL, max(until - time.monotonic(), 0.0)))
        renewing = threading.Thread(target=self._renew, daemon=True)
        renewing.start()
        try:
            yield
        finally:
            self._stop.set()
            renewing.join()
            self._let_go()

    def check(self) -> None:
        """See that it is still held.

        Raises:
            NewsIndexError: it could not be renewed in time, and another may write now.
        """
        if self._lost:
            raise NewsIndexError(
                f"{self._address}: the right to write was lost, because the cluster did not renew "
                f"it for {LEASE:g} seconds; index the same again"
            )

    def _take(self) -> str | None:
        """Take it; who holds it, if another does."""
        from opensearchpy.exceptions import ConflictError, NotFoundError

        with failure_named(self._address):
            try:
                found = self._client.get(index=self._index, id="lease")
            except NotFoundError:
                found = None
            try:
                if found is None:
                    self._write({"op_type": "create"})
                elif found["_source"]["until"] > time.time() and found["_source"]["token"]:
                    holder: str = found["_source"]["holder"]
                    return holder
                else:
                    self._write(_version(found))
            except ConflictError:
                return "another process"
        return None

    def _write(self, condition: dict[str, Any], token: str | None = None) -> None:
        answer = self._client.index(
            index=self._index,
            id="lease",
            body={
                "token": self._token if token is None else token,
                "holder": f"process {os.getpid()} on {socket.gethostname()}",
                "until": time.time() + LEASE,
            },
            params=condition,
        )
        self._version = _version(answer)

    def _renew(self) -> None:
        from opensearchpy.exceptions import ConflictError, OpenSearchException

        renewed = time.monotonic()
        while not self._lost and not self._stop.wait(RENEWED):
            try:
                self._write(self._version)
                renewed = time.monotonic()
            except ConflictError:  # taken by another
                self._lost = True
            except OpenSearchException:
                self._lost = time.monotonic() - renewed > LEASE - 2 * RENEWED

    def _let_go(self) -> None:
        from opensearchpy.exceptions import OpenSearchException

        try:
            self._write(self._version, token="")
        except OpenSearchException:
            return  # it runs out by itself


def _version(answer: dict[str, Any]) -> dict[str, int]:
    """What a write must find to go ahead."""
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
