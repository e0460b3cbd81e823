"""The way to a cluster: its address, the credentials, errors that say what is wrong."""

from __future__ import annotations

import base64
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from newsearch.engines.opensearch import SCHEME
from newsearch.errors import IndexNotFoundError, NewsIndexError, QueryTooLargeError

DEFAULT_PORT = 9200
TIMEOUT = 20.0
"""Seconds for a cluster to answer a request, after which another of its hosts is asked."""
RETRIES = 2
"""Times a request goes to another host before it has failed."""
ENVIRONMENT = "NEWSEARCH_OPENSEARCH_"
"""What the variables begin with: USER, PASSWORD, TLS (1), CA (a file), TIMEOUT (seconds)."""
_LEAVING = (
    "node_disconnected_exception",
    "node_not_connected_exception",
    "node_closed_exception",
    "connect_transport_exception",
    "disconnected",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is: `opensearch://host:port,host:port/name?shards=3&replicas=1`.

    Attributes:
        hosts: pairs of name and port.
        name: of the index, to which an alias points.
        shards, replicas: of an index that is made.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str
    shards: int = 1
    replicas: int = 1

    def __str__(self) -> str:
        hosts = ",".join(f"{host}:{port}" for host, port in self.hosts)
        return f"{SCHEME}{hosts}/{self.name}"


def parse_address(location: str) -> Address:
    """Read the location of an index.

    Raises:
        NewsIndexError: it is none; credentials in it are refused, as it is shown and logged.
    """
    # Anywhere: a password with a slash ends the host, and no name of an index has this sign.
    if "@" in location:
        raise NewsIndexError(
            "credentials do not belong into the location of an index, which is shown and logged: "
            f"set {ENVIRONMENT}USER and {ENVIRONMENT}PASSWORD"
        )
    parts = urlsplit(location)
    name = parts.path.strip("/")
    if not name or name != name.lower() or not all(c.isalnum() or c in "_-" for c in name):
        raise NewsIndexError(
            f"{location!r} names no index: write {SCHEME}HOST:{DEFAULT_PORT}/NAME, the name in "
            "small letters, digits, '-' and '_'"
        )
    options = parse_qs(parts.query)
    unknown = options.keys() - {"shards", "replicas"}
    try:
        if unknown:
            raise ValueError(f"unknown {', '.join(sorted(unknown))}")
        hosts = tuple(_host(one) for one in parts.netloc.split(","))
        shards, replicas = (int(options.get(name, ["1"])[0]) for name in ("shards", "replicas"))
        if shards < 1 or replicas < 0:
            raise ValueError("shards are 1 or more, replicas 0 or more")
    except ValueError as error:
        raise NewsIndexError(f"{location!r} is no location of an index: {error}") from error
    return Address(hosts, name, shards, replicas)


def _host(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":") if ":" in text else (text, "", "")
    if not host:
        raise ValueError("a host is missing")
    return host, int(port or DEFAULT_PORT)


def connect(address: Address) -> Any:
    """A client of a cluster; asks it nothing yet.

    Raises:
        NewsIndexError: opensearch-py is not installed, or a variable makes no sense.
    """
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise NewsIndexError(
            "an index on OpenSearch needs the extra: pip install 'newsearch[opensearch]'"
        ) from error
    user, password = os.environ.get(f"{ENVIRONMENT}USER"), os.environ.get(f"{ENVIRONMENT}PASSWORD")
    authority = os.environ.get(f"{ENVIRONMENT}CA")
    try:
        timeout = float(os.environ.get(f"{ENVIRONMENT}TIMEOUT", TIMEOUT))
    except ValueError as error:
        raise NewsIndexError(f"{ENVIRONMENT}TIMEOUT is no number of seconds") from error
    if authority and not os.path.isfile(authority):
        raise NewsIndexError(f"{ENVIRONMENT}CA: there is no file {authority}")
    for name in ("opensearch", "opensearchpy.trace"):
        logging.getLogger(name).addFilter(_FILTER)  # one that is there is not added again
    return OpenSearch(
        hosts=[{"host": host, "port": port} for host, port in address.hosts],
        http_auth=(user, password or "") if user else None,
        use_ssl=bool(authority) or os.environ.get(f"{ENVIRONMENT}TLS", "") not in ("", "0"),
        ca_certs=authority,
        timeout=timeout,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=(),  # `patiently` waits between tries
    )


class _WithoutSecrets(logging.Filter):
    """What the client logs of requests and answers, without the credentials."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        clean = _without_secrets(told)
        if clean != told:
            record.msg, record.args = clean, ()
        return True


_FILTER = _WithoutSecrets()


def patiently(ask: Callable[[], Any]) -> Any:
    """Ask again, for at most `TIMEOUT` seconds, what a cluster has no copy of a shard for just now.

    So a search goes on where a machine dies: another copy is made the primary within a second.
    """
    from opensearchpy.exceptions import TransportError

    until, pause = time.monotonic() + TIMEOUT, 0.1
    while True:
        try:
            return ask()
        except TransportError as error:
            unready = error.status_code in (429, 502, 503, 504)
            if not (unready or _left(error)) or time.monotonic() + pause > until:
                raise
        time.sleep(pause)
        pause = min(2 * pause, 2.0)


def _left(error: Any) -> bool:
    """Whether a node went away between being asked and answering: the answer is then a plain 500.

    The names are those of the exceptions of OpenSearch's `transport` and `node` packages.
    """
    told = str(error.info)
    return error.status_code == 500 and any(name in told for name in _LEAVING)


@contextmanager
def failure_named(address: Address) -> Iterator[None]:
    """Name what went wrong between here and the cluster, by its cause and the next step.

    Raises:
        IndexNotFoundError, NewsIndexError, QueryTooLargeError
    """
    from opensearchpy import exceptions

    try:
        yield
    except exceptions.ConnectionTimeout as error:
        raise NewsIndexError(
            f"{address} does not answer in time: see whether the cluster is overloaded, or raise "
            f"{ENVIRONMENT}TIMEOUT"
        ) from error
    except exceptions.SSLError as error:
        raise NewsIndexError(
            f"{address}: TLS failed ({_cause(error)}); set {ENVIRONMENT}CA to the file of the "
            "cluster's authority"
        ) from error
    except exceptions.ConnectionError as error:
        raise NewsIndexError(
            f"{address} cannot be reached ({_cause(error)}): see whether the cluster runs and "
            "whether the hosts and ports are right"
        ) from error
    except exceptions.TransportError as error:
        raise named(address, error) from error


def named(address: Address, error: Any) -> Exception:
    """The error of ours for an answer that is one."""
    status, kind, reason = error.status_code, str(error.error), _reason(error)
    if status == 401 or kind == "security_exception":
        return NewsIndexError(
            f"{address} refuses these credentials: set {ENVIRONMENT}USER and {ENVIRONMENT}PASSWORD"
        )
    if kind in ("index_not_found_exception", "alias_not_found_exception"):
        return IndexNotFoundError(no_index(address))
    if kind == "cluster_block_exception" or "blocked by" in reason:
        return NewsIndexError(blocked(address, reason))
    if "too_many_clauses" in reason or "maxClauseCount" in reason or "nested depth" in reason:
        return QueryTooLargeError(f"the query is too large for {address}: shorten it")
    return NewsIndexError(f"{address} answers with an error ({status} {kind}): {reason}")


def no_index(address: Address) -> str:
    """What is said where there is no index."""
    return (
        f"no index at {address}: make one with `newsearch --index {address} index FILES…` or "
        "newsearch.create()"
    )


def blocked(address: Address, reason: str) -> str:
    """What is said where a cluster takes no writes."""
    if "flood" in reason or "allow delete" in reason:
        return (
            f"{address} takes no writes ({reason}): the disks of the cluster are too full; free "
            "some and lift index.blocks.read_only_allow_delete"
        )
    return f"{address} takes no writes ({reason}): lift the block of the index"


def _cause(error: Any) -> str:
    cause = str(error.info).splitlines()[0] if error.info else str(error.error)
    return _without_secrets(cause)[:200]


def _reason(error: Any) -> str:
    return _without_secrets(_told(error))[:500]


def _without_secrets(text: str) -> str:
    """What an answer says, without the credentials that a proxy may have quoted in it."""
    user, password = os.environ.get(f"{ENVIRONMENT}USER"), os.environ.get(f"{ENVIRONMENT}PASSWORD")
    if not (user and password):
        return text
    basic = base64.b64encode(f"{user}:{password}".encode()).decode()
    return text.replace(basic, "***").replace(password, "***")


def _told(error: Any) -> str:
    info = error.info
    if isinstance(info, dict):
        told = info.get("error", info)
        if isinstance(told, dict):
            causes = told.get("root_cause") or [told]
            return "; ".join(str(cause.get("reason", cause)) for cause in causes)
        return str(told)
    return str(info)
