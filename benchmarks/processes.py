"""Contenders in processes of their own, and what those cost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

PROC = Path("/proc")
SAMPLE_SECONDS = 0.2
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line that a contender printed, and its cost since the line before.

    Attributes:
        text: the line.
        memory: bytes at the peak, of all its processes, files that are mapped left out; 0 where
            the system does not tell (it is not Linux).
        cpu: seconds of all its processes.
    """

    text: str
    memory: int
    cpu: float


def run(name: str, *arguments: str | Path) -> Iterator[Line]:
    """Run `benchmarks.contender`; its lines as they come.

    Raises:
        RuntimeError: it failed; standard error has said why.
    """
    command = [sys.executable, "-m", "benchmarks.contender", name, *map(str, arguments)]
    with _fresh_home() as environment:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        watch = _Watch(process.pid)
        assert process.stdout is not None
        with process:
            for text in process.stdout:
                yield watch.line(text)
        watch.stop()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[2:])} ended with {process.returncode}")


def seconds(*command: str) -> float:
    """How long a command takes."""
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started


def printed(*command: str) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def _fresh_home() -> Iterator[dict[str, str]]:
    """An environment in which nothing that was cached on disk before is found."""
    with TemporaryDirectory() as home:
        yield os.environ | {"HOME": home, "XDG_CACHE_HOME": f"{home}/.cache"}


class _Watch:
    """Looks at a process and its children from time to time."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._cpu = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def line(self, text: str) -> Line:
        """What was printed now, and its cost since the last."""
        family = list(_family(self._pid))
        cpu = sum(map(_cpu_seconds, family))
        line = Line(text.strip(), self._peak, cpu - self._cpu)
        self._peak, self._cpu = 0, cpu
        return line

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            self._peak = max(self._peak, sum(map(_memory, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in (PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _memory(pid: int) -> int:
    """Bytes of a process, what it shares with others divided among them."""
    with suppress(OSError):
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        kilobytes = {name: value for name, _, value in (line.partition(":") for line in lines)}
        parts = (kilobytes.get(name, "0 kB") for name in ("Pss_Anon", "Pss_Shmem"))
        return sum(int(part.split()[0]) for part in parts) * 1024
    return 0


def _cpu_seconds(pid: int) -> float:
    """Seconds of a process and of its children that have ended."""
    with suppress(OSError):
        # The name in brackets may hold blanks.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICK
    return 0.0
