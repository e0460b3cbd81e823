"""The bytes of a page → its text, whatever encoding it claims."""

from __future__ import annotations

import codecs
import re

from newsearch.errors import ArticleError

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r\x1b")
_LEAST_TEXT = 0.98
"""Share of the bytes of a page that are no control characters."""
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})"
)
_CHARSET_LOOK = 4096


def decode_page(data: bytes, charset: str | None = None) -> str:
    """The text of a page.

    What is UTF-8 is read as UTF-8 whatever the page claims, also with a few broken bytes; then
    counts the charset of the HTTP answer or of the page, and at last Windows-1252.

    Args:
        data: the page.
        charset: what the HTTP answer said, if anybody kept it.

    Raises:
        ArticleError: the bytes are no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if len(data.translate(None, _CONTROLS)) < len(data) * _LEAST_TEXT:
        raise ArticleError("it is a binary file, not a page of text")
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    if not broken:
        return text
    told = _CHARSET.search(data[:_CHARSET_LOOK])
    # In Latin-1 hardly any letter beyond ASCII is also UTF-8; in damaged UTF-8 most are.
    if sum(not character.isascii() for character in text) > 2 * broken:
        return text
    for name in (charset, told[1].decode("ascii") if told else None):
        if name and (decoded := _decode(data, name)) is not None:
            return decoded
    return data.decode("cp1252", errors="replace")


def _decode(data: bytes, name: str) -> str | None:
    """The text in an encoding, or None where it is not one, or not for text."""
    try:
        found = codecs.lookup(name)
        # Browsers read Latin-1 as Windows-1252: the quotes of old newsrooms stand there.
        codec = "cp1252" if found.name in ("iso8859-1", "ascii", "utf-8") else found.name
        return data.decode(codec, errors="replace")
    except (LookupError, ValueError):
        return None
