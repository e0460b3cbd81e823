"""The OpenSearch server that the tests start: its jars from Maven, a JDK to run it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE / ".build"
"""Where the class path and the compiled `TestNode` are kept between runs; not committed."""
JAVA = 21
"""The oldest Java that the server of `pom.xml` runs on."""
MAVEN_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"
MAVEN_TIMEOUT = 240.0
"""Seconds for the jars to come; 74 MB took 16 with an empty repository."""


class ServerError(RuntimeError):
    """Raised when the machine cannot run the server; says what is missing."""


def prepare() -> tuple[Path, str]:
    """The `java` to run and the class path of `TestNode`; fetches and compiles what is missing.

    Raises:
        ServerError: there is no Maven or no JDK, or Maven cannot get the jars.
    """
    java = find_java()
    sources = (HERE / "pom.xml").read_bytes() + (HERE / "TestNode.java").read_bytes()
    build = BUILD / blake2b(sources + str(java).encode(), digest_size=8).hexdigest()
    listed = build / "classpath"
    if not (listed.exists() and all(map(os.path.exists, listed.read_text().split(os.pathsep)))):
        shutil.rmtree(BUILD, ignore_errors=True)
        build.mkdir(parents=True)
        jars = _fetch_jars(build / "jars")
        compiler = [str(java.with_name("javac")), "-cp", jars, "-d", str(build)]
        _run([*compiler, str(HERE / "TestNode.java")], 120.0)
        listed.write_text(os.pathsep.join((str(build), jars)))
    return java, listed.read_text()


def find_java() -> Path:
    """The `java` of the oldest JDK here that is new enough; that of JAVA_HOME goes first.

    Raises:
        ServerError: there is none.
    """
    found = [(version, java) for java in _candidates() if (version := _version(java)) >= JAVA]
    if not found:
        raise ServerError(
            f"the test cluster needs a JDK of Java {JAVA} or later: install one, or set JAVA_HOME"
        )
    home = os.environ.get("JAVA_HOME")
    given = [java for _, java in found if home and java == Path(home) / "bin" / "java"]
    return given[0] if given else min(found)[1]


def _candidates() -> Iterator[Path]:
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    on_path = shutil.which("javac")
    if on_path:
        homes.append(Path(on_path).resolve().parents[1])
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    for home in homes:
        if (home / "bin" / "javac").exists():
            yield home / "bin" / "java"


def _version(java: Path) -> int:
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    match = re.search(r'version "(\d+)', said.stderr)
    return int(match[1]) if match else 0


def _fetch_jars(listed: Path) -> str:
    maven = shutil.which("mvn")
    if maven is None:
        raise ServerError("the test cluster needs Maven (mvn): on Debian, apt-get install maven")
    command = [maven, "--quiet", "--batch-mode", "--file", str(HERE / "pom.xml"), MAVEN_GOAL]
    _run([*command, "-Dmdep.includeScope=runtime", f"-Dmdep.outputFile={listed}"], MAVEN_TIMEOUT)
    return listed.read_text().strip()


def _run(command: list[str], timeout: float) -> None:
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout
        )
    except subprocess.TimeoutExpired as error:
        raise ServerError(f"{name} took more than {timeout:g} seconds") from error
    if done.returncode:
        raise ServerError(f"{name} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
