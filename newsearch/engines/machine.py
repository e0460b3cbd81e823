"""What the machine refused, which is no fault of an index, and what it gets back."""

from __future__ import annotations

import errno
import re
from contextlib import suppress

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


def give_back_memory() -> None:
    """Give the system what was freed.

    glibc keeps it where the thread that asked for it had it, and another thread asks elsewhere:
    a process that indexes 50,000 articles three times held 230, 270 and then 400 MB, and so 60 to
    80 after each. It takes 20 to 50 ms. Other systems give it back by themselves, or never.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
