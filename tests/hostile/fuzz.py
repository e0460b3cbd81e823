"""Fuzz the targets with atheris, one after the other: `python -m tests.hostile.fuzz --seconds 60`.

Each target runs in a process of its own, with bounds on its memory and on the time of one input.
What was found interesting is kept in --corpus, so that the next run goes on from there. An input
that fails is kept there too, named crash-, timeout- or oom-, and the exit status is 1.

atheris is in the extra `fuzz`; it has wheels for Linux and Python 3.11 to 3.13.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

# Nothing of newsearch is imported here: atheris sees only what is imported under its eyes.
PROJECT = Path(__file__).resolve().parents[2]
SEEDS = (PROJECT / "examples" / "articles", PROJECT / "tests" / "reading" / "pages")
MEMORY = 2_000
"""MB that a target may use."""
PATIENCE = 20
"""Seconds that one input may take; they are slowed down by the measuring of what code runs."""
LENGTH = 8_192
"""Bytes of an input at most; tests/hostile/test_size.py has the long ones."""
SHORT = dict.fromkeys(("query", "suggest", "date", "region", "stem"), 400)
"""Bytes for what is typed."""
_DONE = re.compile(r"Done (\d+) runs? in (\d+) second")


def run(name: str) -> None:
    """Fuzz one target in this process; libFuzzer's arguments are in sys.argv. Never returns."""
    import atheris

    with atheris.instrument_imports(include=["newsearch"]):
        from newsearch import NewsearchError
        from tests.hostile.targets import TARGETS

    target = TARGETS[name]

    def one(data: bytes) -> None:
        with suppress(NewsearchError):
            target(data)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


def fuzz(name: str, seconds: int, corpus: Path) -> tuple[int, int, bool]:
    """Fuzz one target in another process: executions, seconds, whether nothing was found."""
    inputs = corpus / name
    inputs.mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "tests.hostile.fuzz", "--run", name),
        *(
            f"-max_total_time={seconds}",
            f"-max_len={SHORT.get(name, LENGTH)}",
            f"-timeout={PATIENCE}",
        ),
        *(f"-rss_limit_mb={MEMORY}", f"-dict={_dictionary(corpus)}", "-print_final_stats=1"),
        *(f"-artifact_prefix={inputs}/", str(inputs), *map(str, SEEDS)),
    ]
    log = corpus / f"{name}.log"
    started = time.monotonic()
    with log.open("w") as output:
        status = subprocess.call(command, cwd=PROJECT, stdout=output, stderr=output)
    told = log.read_text(errors="replace")
    done = _DONE.search(told)
    if status:
        print("\n".join(told.splitlines()[-40:]))
    return int(done[1]) if done else 0, round(time.monotonic() - started), not status


def _dictionary(corpus: Path) -> Path:
    """The words that a fuzzer needs, as libFuzzer reads them."""
    from tests.hostile.targets import WORDS

    path = corpus / "words.dict"
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in WORDS if word)
    path.write_text("".join(f'"{line}"\n' for line in lines))
    return path


def main() -> int:
    """Fuzz the targets named, or all; 1 where one failed."""
    from tests.hostile.targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("targets", nargs="*", default=[], help="names; all without one")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--minutes", type=int, help="for all of them, instead")
    parser.add_argument("--corpus", type=Path, default=Path("/tmp/newsearch-fuzz"))
    options = parser.parse_args()
    if unknown := set(options.targets) - TARGETS.keys():
        parser.error(f"no target {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    names = options.targets or list(TARGETS)
    each = options.minutes * 60 // len(names) if options.minutes else options.seconds
    failed = 0
    for name in names:
        executions, seconds, whole = fuzz(name, each, options.corpus)
        failed += not whole
        verdict = "ok" if whole else f"FAILED: see {options.corpus / name}"
        print(f"{name:<12}{executions:>10,} executions {seconds:>5} s  {verdict}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        del sys.argv[1]
        run(sys.argv.pop(1))
    else:
        sys.exit(main())
