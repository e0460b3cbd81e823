"""What the machine refused: no fault of an index."""

from __future__ import annotations

import errno
import re

_TOLD = {
    errno.EMFILE: "too many open files: allow this process more (ulimit -n)",
    errno.ENFILE: "too many open files on this machine",
    errno.ENOMEM: "not enough memory",
    errno.EACCES: "this user may not read its files",
    errno.EPERM: "this user may not read its files",
}
_CODE = re.compile(r"\bcode: (\d+)")
"""How tantivy tells the number of an error."""


def refusal(error: BaseException) -> str | None:
    """What the machine refused, for a person; None where an error has another cause."""
    if isinstance(error, MemoryError):
        return _TOLD[errno.ENOMEM]
    number = error.errno if isinstance(error, OSError) else None
    if number is None:
        found = _CODE.search(str(error))
        number = int(found[1]) if found else 0
    return _TOLD.get(number)
