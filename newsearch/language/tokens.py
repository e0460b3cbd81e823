"""Text → tokens: the words of a text as people would search them.

A regular expression finds them; those of many articles are found together by
`newsearch.language.parting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

MAX_TOKEN = 64
"""Characters of the longest token that is indexed; longer ones are encoded data, not words."""

# Marks that stand inside a word or at its edge and are no part of how it is searched; a soft
# hyphen or a zero-width space would part a word in two.
_INSIDE = "'’ʼ`‘\u00ad\u200b\u200c\u200d\u2060\ufeff"

# A run of letters and digits. A hyphen joins (anak-anak, covid-19); a point or comma joins only
# digits (3.016, 17,5, 08.00), so that a sentence without a blank after its full stop still parts.
_TOKEN = re.compile(r"\w+(?:[-.,](?:(?<=-)|(?<=\d.)(?=\d))\w+)*")
# The same over text as written, where those marks may stand inside a word (Jum'at, Qur’an) and an
# underscore parts two.
_GAP = f"[{_INSIDE}]*"
_SPAN = re.compile(
    rf"[^\W_]+(?:(?:{_GAP}-{_GAP}|[{_INSIDE}]+|(?<=\d){_GAP}[.,]{_GAP}(?=\d))[^\W_]+)*"
)

# Signs of all news texts beyond ASCII that part words.
_PARTING = "“”–—…•\xa0"


def _folding_table() -> bytes:
    """What each byte of a text in ASCII becomes: a small letter, a figure, a joint or a blank."""
    table = bytearray(b" " * 256)
    for kept in b"abcdefghijklmnopqrstuvwxyz0123456789-.,":
        table[kept] = kept
        table[ord(chr(kept).upper())] = kept
    return bytes(table)


_FOLDED = _folding_table()


def tokens(text: str) -> list[str]:
    """The tokens of a text in order: lower-case, apostrophes gone, compounds kept whole.

    ``"Anak-anak Jum’at, Rp2.500"`` → ``["anak-anak", "jumat", "rp2.500"]``. Tokens longer than
    `MAX_TOKEN` are left out.
    """
    found: list[str] = _TOKEN.findall(_fold(text))
    return [token for token in found if len(token) <= MAX_TOKEN]


def fold_bytes(text: str) -> bytes:
    """A text in UTF-8 in which blanks part the tokens, also too long ones.

    Of text that is plain (ASCII, and the typographic signs of news) commas, hyphens and points are
    left as they are, between words and in them; the few others are parted already.
    """
    plain = text if text.isascii() else _without_signs(text)
    if plain.isascii():
        return plain.encode("ascii").translate(_FOLDED, b"'`")
    return " ".join(_TOKEN.findall(_fold(text))).encode()


def _without_signs(text: str) -> str:
    """A text without the signs beyond ASCII whose part in it is known: those of all news texts."""
    for sign in _PARTING:
        if sign in text:
            text = text.replace(sign, " ")
    for mark in _INSIDE:
        if mark in text:
            text = text.replace(mark, "")
    return text


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each token stands in the text as written: start, end (in characters), token."""
    for match in _SPAN.finditer(text):
        token = _fold(match.group())
        # A sign such as ¼ folds into two tokens.
        for part in (token,) if token.isascii() else _TOKEN.findall(token):
            # The apostrophe ʼ counts as a letter, and alone it is nothing.
            if 0 < len(part) <= MAX_TOKEN:
                yield match.start(), match.end(), part


def _fold(text: str) -> str:
    # A blank parts as well, and \w is quicker than \w without the underscore.
    text = text.replace("_", " ")
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    if not is_normalized("NFKC", text):
        text = normalize("NFKC", text)
    text = text.lower()
    # One search a mark is 20 times faster than str.translate on text beyond ASCII.
    for mark in _INSIDE:
        if mark in text:
            text = text.replace(mark, "")
    return text
