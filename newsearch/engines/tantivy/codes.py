"""Codes of regions as numbers, a column of which tantivy counts in less time than one of texts.

'16.02.03.2001' is 1602032001; how many digits there are tells a kecamatan from a kabupaten.
"""

from __future__ import annotations

import re
from functools import lru_cache

MAX_KNOWN = 32_768
"""Codes that are remembered, of 91,000."""

_CODE = re.compile(r"[1-9]\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?")


@lru_cache(MAX_KNOWN)
def to_number(code: str) -> int:
    """The number of a Kemendagri code.

    Raises:
        ValueError: it is none.
    """
    if _CODE.fullmatch(code) is None:
        raise ValueError(f"{code!r} is no code of a region")
    return int(code.replace(".", ""))


class Codes(dict[float, str]):
    """Number, as tantivy gives it, → code. A large index counts thousands of them in a search."""

    def __missing__(self, number: float) -> str:
        if len(self) >= MAX_KNOWN:
            self.clear()
        digits = str(int(number))
        parts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
        code = self[number] = ".".join(filter(None, parts))
        return code


to_code = Codes().__getitem__
