"""The files of a local index: whether they are as they were written, and what is not theirs."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from newsearch.engines import manifest as manifests
from newsearch.engines import sums
from newsearch.engines.cores import Core, CoreClass
from newsearch.engines.machine import refusal
from newsearch.engines.manifest import Manifest
from newsearch.errors import IndexCorruptError, NewsIndexError

_MANIFEST = f"../{manifests.FILE_NAME}"
_DATA = re.compile(r"data-\d+")
_FORGOTTEN = 60.0
"""Seconds after which a file that a saved search was being written to is a leftover."""


def unreadable(directory: Path, problem: str) -> IndexCorruptError:
    """The error of who opens a damaged index."""
    return IndexCorruptError(
        f"the index at {directory} cannot be read: {problem}: {remedy(directory)}"
    )


def remedy(directory: Path) -> str:
    """What to do about damage."""
    return (
        f"restore a copy of the index, or save what can be read: `newsearch --index {directory} "
        "export > articles.jsonl`, or `… rebuild --salvage` in place"
    )


def note(directory: Path, manifest: Manifest, core_class: CoreClass, core: Core) -> None:
    """Write the sums and the manifest of what the engine has committed.

    Raises:
        OSError: they cannot be written.
    """
    manifest = replace(manifest, count=core.count)
    sums.save(
        manifest.data_directory(directory),
        segments=core.segments(),
        replaced=core_class.upkeep.replaced,
        copied=core_class.upkeep.copied,
        others={_MANIFEST: manifest.encode()},
        quick=core_class.checksum,
    )
    manifests.save(directory, manifest)


def verify(directory: Path, manifest: Manifest, core_class: CoreClass, *, behind: bool) -> None:
    """Compare what costs little: all sizes, and the checksums of files that an engine trusts.

    Args:
        directory, manifest, core_class, behind: as in `problems`.

    Raises:
        IndexCorruptError: a file is missing or damaged.
    """
    data = manifest.data_directory(directory)
    try:
        known = sums.load(data)
    except OSError as error:
        raise NewsIndexError(f"{data} cannot be read: {refusal(error) or error}") from error
    except IndexCorruptError:
        return  # says nothing of the articles; check tells, and a writer refuses
    known.pop(_MANIFEST, None)
    ignored = core_class.upkeep.replaced if behind else ()
    trusted = core_class.upkeep.verified
    whole = {name: one for name, one in known.items() if os.path.splitext(name)[1] in trusted}
    found = sums.misfits(data, known, ignored=ignored, some=behind)
    found = found or sums.damaged(data, whole, ignored=ignored, some=behind)
    if found:
        raise unreadable(directory, found[0])


def verify_all(directory: Path, manifest: Manifest, core_class: CoreClass) -> None:
    """Compare every byte with the sums, before what is read is taken for the truth.

    Raises:
        IndexCorruptError: a file is missing or damaged.
    """
    data = manifest.data_directory(directory)
    try:
        known = sums.load(data)
    except IndexCorruptError:
        return  # says nothing of the articles
    known.pop(_MANIFEST, None)
    found = sums.damaged(data, known, ignored=core_class.upkeep.replaced, some=False)
    if found:
        raise unreadable(directory, found[0])


def problems(
    directory: Path, manifest: Manifest, core_class: CoreClass, *, behind: bool
) -> list[str]:
    """What of the files is not as it was written, a sentence each; all bytes are read.

    Args:
        directory, manifest, core_class: of the index.
        behind: a commit may be there that is not summed yet.
    """
    data = manifest.data_directory(directory)
    if not data.is_dir():
        return [f"{data} is missing"]
    try:
        known = sums.load(data)
    except IndexCorruptError as error:
        return [str(error)]
    if not known:
        return [f"{data / sums.FILE_NAME} is missing: the next commit, or `rebuild`, writes it"]
    # What a writer that died has left is summed by the next.
    ignored = {*core_class.upkeep.replaced, _MANIFEST} if behind else ()
    return sums.damaged(data, known, ignored=ignored, some=behind)


def copies(directory: Path, manifest: Manifest) -> dict[str, bytes]:
    """The small files of an engine as its last commit wrote them, by their names."""
    try:
        known = sums.load(manifest.data_directory(directory))
    except (IndexCorruptError, OSError):
        return {}
    return {name: one.content() for name, one in known.items() if one.copy}


def clear_up(directory: Path, manifest: Manifest) -> None:
    """Delete what a writer that died has left behind; the caller holds the lock."""
    data = manifest.data_directory(directory)
    for path in directory.iterdir():
        if sums.is_leftover(path.name) or (_DATA.fullmatch(path.name) and path != data):
            _delete(path)
    for path in data.iterdir() if data.is_dir() else ():
        if sums.is_leftover(path.name):
            _delete(path)
    for path in (directory / "saved").glob("*.tmp"):
        # Written without the lock: perhaps at this moment.
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _FORGOTTEN:
                _delete(path)


def refuse_links(directory: Path) -> None:
    """Refuse to write where a link could lead to a file outside of the index.

    Raises:
        NewsIndexError: there is a symbolic link in the directory.
    """
    for path in _entries(directory):
        if path.is_symlink():
            raise NewsIndexError(
                f"{path} is a symbolic link, and newsearch writes through none: put what it points "
                "to in its place"
            )


def _entries(directory: Path) -> Iterator[Path]:
    with suppress(FileNotFoundError), os.scandir(directory) as entries:
        for entry in entries:
            yield Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(Path(entry.path))


def delete_tree(path: Path) -> None:
    """Delete a directory, if it is there, as far as may be."""
    import shutil  # a search never deletes

    shutil.rmtree(path, ignore_errors=True)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        delete_tree(path)
    else:
        with suppress(OSError):
            path.unlink()
