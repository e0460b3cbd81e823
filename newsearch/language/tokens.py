"""Text → tokens: the words of a text as people would search them.

A regular expression finds them. Of text that is plain (ASCII, and the typographic signs of news) a
table makes blanks of all that parts words, and `str.split` finds them: 20 µs an article where the
expression takes 52. A few articles of a hundred are left for the expression.
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

# The same for text in ASCII, in steps. Patterns that open with a letter take a third
# of the time of those that open with a class of letters.
_PARTING = "“”–—…•\xa0"
_POINT = re.compile(r"\.(?=[0-9])(?<=[0-9].)")
_COMMA = re.compile(r",(?=[0-9])(?<=[0-9].)")
_KEPT_POINT, _KEPT_COMMA = "\xb7", "\xb8"  # no text in ASCII holds them
_LOOSE_HYPHEN = re.compile(r"-(?:(?![a-z0-9])|(?<![a-z0-9].))")


def _plain_table() -> bytes:
    """What each byte of a text in ASCII becomes: a small letter, a figure, a joint or a blank."""
    table = bytearray(b" " * 256)
    for kept in b"abcdefghijklmnopqrstuvwxyz0123456789-":
        table[kept] = kept
        table[ord(chr(kept).upper())] = kept
    table[ord(_KEPT_POINT)], table[ord(_KEPT_COMMA)] = b".,"
    return bytes(table)


_PLAIN = _plain_table()


def tokens(text: str) -> list[str]:
    """The tokens of a text in order: lower-case, apostrophes gone, compounds kept whole.

    ``"Anak-anak Jum’at, Rp2.500"`` → ``["anak-anak", "jumat", "rp2.500"]``. Tokens longer than
    `MAX_TOKEN` are left out.
    """
    return [token for token in runs(text) if len(token) <= MAX_TOKEN]


def runs(text: str) -> list[str]:
    """What is `tokens` if it is not too long."""
    plain = text if text.isascii() else _without_signs(text)
    if plain.isascii():
        return _split(plain)
    found: list[str] = _TOKEN.findall(_fold(text))
    return found


def _without_signs(text: str) -> str:
    """A text without the signs beyond ASCII whose part in it is known: those of all news texts."""
    for sign in _PARTING:
        if sign in text:
            text = text.replace(sign, " ")
    for mark in _INSIDE:
        if mark in text:
            text = text.replace(mark, "")
    return text


def _split(text: str) -> list[str]:
    """The tokens of a text in ASCII."""
    text = text.replace("'", "").replace("`", "")
    # A point or comma that joins is the exception: one in thirty.
    text = _POINT.sub(_KEPT_POINT, text)
    text = _COMMA.sub(_KEPT_COMMA, text)
    text = text.encode("latin-1").translate(_PLAIN).decode("ascii")
    return _LOOSE_HYPHEN.sub(" ", text).split()


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
