"""A real OpenSearch cluster on loopback ports, each node a process that can be killed.

`python -m tests.opensearch.cluster` starts one and prints its URL until it is interrupted.
"""

from __future__ import annotations

import argparse
import atexit
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.opensearch.server import ServerError, prepare

HOST = "127.0.0.1"
START_TIMEOUT = 120.0
"""Seconds for nodes to come up and find each other; three took 11 on two cores."""
JVM = (
    "-XX:+UseSerialGC",
    "-XX:MaxDirectMemorySize=128m",
    "-XX:-UsePerfData",
    "-Dio.netty.noUnsafe=true",
    "--enable-native-access=ALL-UNNAMED",
    "--add-modules=jdk.incubator.vector",
)
SETTINGS: dict[str, Any] = {
    "cluster.name": "newsearch-test",
    "network.host": HOST,
    # A machine whose disk is nearly full runs the tests all the same: bytes that must stay free.
    # Tests of a full disk raise them on the running cluster.
    "cluster.routing.allocation.disk.watermark.low": "3b",
    "cluster.routing.allocation.disk.watermark.high": "2b",
    "cluster.routing.allocation.disk.watermark.flood_stage": "1b",
    "cluster.info.update.interval": "10s",
    # Short, so that back-pressure is met with little load.
    "thread_pool.write.queue_size": 20,
}


class Node:
    """One node: a JVM, its ports, its directory."""

    def __init__(self, home: Path, name: str, http: int, transport: int) -> None:
        self.home = home
        self.name = name
        self.http = http
        self.transport = transport
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What it prints."""
        return self.home / "log"

    @property
    def runs(self) -> bool:
        """Whether its process lives."""
        return self.process is not None and self.process.poll() is None


class Cluster:
    """Some nodes that form one cluster; a context manager that stops them however it ends.

    Args:
        size: how many nodes.
        heap: MiB of heap of each.
        fast: compile for a quick start; without it for a high rate, as benchmarks want.
        settings: of the nodes, in place of those of this module.
    """

    def __init__(
        self,
        size: int = 3,
        heap: int = 256,
        *,
        fast: bool = True,
        settings: dict[str, Any] | None = None,
    ) -> None:
        self._heap = heap
        self._fast = fast
        self._settings = {**SETTINGS, **(settings or {})}
        self.directory = Path(tempfile.mkdtemp(prefix="newsearch-cluster-"))
        ports = _free_ports(2 * size)
        self.nodes = [
            Node(self.directory / f"node-{place}", f"node-{place}", *ports[2 * place :][:2])
            for place in range(size)
        ]

    def __enter__(self) -> Cluster:
        atexit.register(self.stop)
        try:
            self._java, self._classpath = prepare()
            for node in self.nodes:
                self._launch(node)
            self.wait()
            self._wait_for_quorum()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def url(self, name: str) -> str:
        """The location of an index on this cluster, by way of every node."""
        return f"opensearch://{','.join(f'{HOST}:{node.http}' for node in self.nodes)}/{name}"

    def kill(self, place: int) -> None:
        """End a node at once, as a power cut would (`kill -9`)."""
        process = self.nodes[place].process
        assert process is not None
        process.kill()
        process.wait()

    def restart(self, place: int) -> None:
        """Start a node that was killed, with the data it had."""
        self._launch(self.nodes[place])

    def pause(self, place: int) -> None:
        """Stop a node from answering, its connections open (`kill -STOP`)."""
        self._signal(place, signal.SIGSTOP)

    def resume(self, place: int) -> None:
        """Let a paused node go on."""
        self._signal(place, signal.SIGCONT)

    def wait(self, status: str = "green", timeout: float = START_TIMEOUT) -> None:
        """Wait until every running node has joined and the shards have a status.

        Raises:
            ServerError: a node died, or the time is over.
        """
        until = time.monotonic() + timeout
        running = sum(node.runs for node in self.nodes)
        path = f"/_cluster/health?wait_for_nodes={running}&wait_for_status={status}&timeout=5s"
        while time.monotonic() < until:
            # A cluster that is not there yet answers with nothing or with a 408 or 503.
            with suppress(OSError):
                if not self.ask("GET", path, timeout=10.0)["timed_out"]:
                    return
            if sum(node.runs for node in self.nodes) < running:
                break
            time.sleep(0.2)
        logs = "\n".join(f"{node.name}: {_tail(node.log)}" for node in self.nodes)
        raise ServerError(f"the test cluster did not become {status}:\n{logs}")

    def _wait_for_quorum(self) -> None:
        """Wait until every node has a vote: before that the first to die may take the quorum."""
        wanted = "metadata.cluster_coordination.last_committed_config"
        until = time.monotonic() + START_TIMEOUT
        while time.monotonic() < until:
            found = self.ask("GET", f"/_cluster/state?filter_path={wanted}")
            votes = found["metadata"]["cluster_coordination"]["last_committed_config"]
            if len(votes) == len(self.nodes) and not any("placeholder" in one for one in votes):
                return
            time.sleep(0.2)
        raise ServerError("the nodes of the test cluster did not all get a vote")

    def ask(self, method: str, path: str, body: object = None, timeout: float = 30.0) -> Any:
        """What the first node that answers says to a request, past the client under test."""
        data = None if body is None else json.dumps(body).encode()
        failure: OSError = ConnectionError("no node runs")
        for node in (node for node in self.nodes if node.runs):
            request = urllib.request.Request(
                f"http://{HOST}:{node.http}{path}",
                data,
                {"Content-Type": "application/json"},
                method=method,
            )
            try:
                with urllib.request.urlopen(request, timeout=timeout) as answer:
                    return json.loads(answer.read())
            except OSError as error:
                failure = error
        raise failure

    def stop(self) -> None:
        """End every node and delete what they wrote."""
        atexit.unregister(self.stop)
        for node in self.nodes:
            if node.process is not None:
                node.process.kill()  # also one that is paused
                node.process.wait()
                assert node.process.stdin is not None
                node.process.stdin.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _launch(self, node: Node) -> None:
        config = node.home / "config"
        config.mkdir(parents=True, exist_ok=True)
        settings = {
            **self._settings,
            "node.name": node.name,
            "http.port": node.http,
            "transport.port": node.transport,
            "discovery.seed_hosts": [f"{HOST}:{other.transport}" for other in self.nodes],
            "cluster.initial_cluster_manager_nodes": [other.name for other in self.nodes],
        }
        # JSON is YAML.
        (config / "opensearch.yml").write_text(json.dumps(settings, indent=1))
        heap = (f"-Xms{self._heap}m", f"-Xmx{self._heap}m")
        tiers = ("-XX:TieredStopAtLevel=1",) if self._fast else ()
        command = [str(self._java), *heap, *tiers, *JVM, "-cp", self._classpath, "TestNode"]
        with open(node.log, "ab") as log:
            # A node ends when its standard input does: with this process, even if that is killed.
            node.process = subprocess.Popen(
                [*command, str(node.home)], stdin=subprocess.PIPE, stdout=log, stderr=log
            )

    def _signal(self, place: int, number: signal.Signals) -> None:
        process = self.nodes[place].process
        assert process is not None
        process.send_signal(number)


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        # All at once, so that none is given twice.
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind((HOST, 0))
        return [one.getsockname()[1] for one in sockets]


def _tail(log: Path) -> str:
    try:
        return log.read_text(errors="replace")[-2000:]
    except OSError:
        return "(no log)"


def main() -> None:
    """Start a cluster by hand, or see that one can be started."""
    parser = argparse.ArgumentParser(description="A real OpenSearch cluster on loopback ports.")
    parser.add_argument("--prepare", action="store_true", help="only fetch and compile it")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--heap", type=int, default=512, help="MiB of each node")
    arguments = parser.parse_args()
    try:
        if arguments.prepare:
            prepare()
            return
        with Cluster(arguments.nodes, arguments.heap, fast=False) as cluster:
            print(cluster.url("berita"), flush=True)
            with suppress(KeyboardInterrupt):
                signal.pause()
    except ServerError as error:
        sys.exit(f"test cluster: {error}")


if __name__ == "__main__":
    main()
