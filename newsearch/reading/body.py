"""Which lines of a page are its body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsearch.reading.boilerplate import CLOSING_BYLINE
from newsearch.reading.byline import split_signature
from newsearch.reading.dateline import looks_like_site, split_dateline
from newsearch.reading.lines import Kind, Line, words

_GAP = 7
"""Lines without prose that end a run: promos inside a body have up to five headlines."""
_TABLE = 25
"""Lines of a table or list that a body may hold between two sentences."""
_LITTLE = 300
"""Characters of prose below which the captions of a page may be its body."""
_LIST_REACH = 3
"""Lines above a run in which the head of a list makes it a list."""
_LEADS = 6
"""Lines of a run among which the dateline is looked for."""
_PARAGRAPH = 350
"""Characters from which on a line is a paragraph and not an agency's long caption."""
_SHORT_LEAD = 6
"""Words behind a dateline that are no lead yet; it stands on the next line."""
# A promo inside a paragraph ends where a quote starts or at its own full stop.
_INLINE_PROMO = re.compile(r"\s*\b[Bb]aca [Jj]uga\s*:\s*[^“”\".!?]{5,150}(?:(?=[“\"])|[.!?])")
_INLINE_EDITOR = re.compile(r"\s*\(\*\)\s*(?:Editor|Penulis|Reporter)\s*:.{0,80}$")
_SLOGAN = re.compile(r"^[^|]{3,60}\|\s*")
_TEASER = re.compile(r"(?:…|\.\.\.)$")
_STOP = (Kind.END, Kind.DATE)


@dataclass(slots=True)
class Body:
    """The body of a page and what its edges told.

    Attributes:
        start, end: its first line and the line behind its last, as indexes.
        paragraphs: its text.
        place, source: from the dateline, as printed.
        signature: what stood in the brackets behind the last sentence.
    """

    start: int
    end: int
    paragraphs: list[str] = field(default_factory=list)
    place: str | None = None
    source: str | None = None
    signature: str | None = None


def find_run(lines: list[Line], first: int = 0) -> tuple[int, int]:
    """The run of lines with the most prose, as first index and index behind the last.

    It starts at the line `first` or below.

    A run ends at a date line, at what stands only below articles, and where several lines follow
    without prose. A page without prose has its body behind the first line of text.
    """
    best, size = _longest_run(lines, (Kind.PROSE,), first)
    if size < _LITTLE:
        # Photo pages have nothing but captions.
        captions, caption_size = _longest_run(lines, (Kind.PROSE, Kind.CAPTION), first)
        if caption_size > 2 * size:
            best, size = captions, caption_size
    return _extend(lines, best) if size else _short_run(lines, first)


def _extend(lines: list[Line], run: tuple[int, int]) -> tuple[int, int]:
    """The run with the prose below that only short lines (a table, a long list) part from it."""
    start, end = run
    index = end
    while index < len(lines) and index - end <= _TABLE:
        kind = lines[index].kind
        if kind is Kind.LIST_HEAD or _stops(lines, index, index + 1):
            break
        index += 1
        if kind is Kind.PROSE:
            end = index
    return start, end


def _longest_run(
    lines: list[Line], kinds: tuple[Kind, ...], first: int
) -> tuple[tuple[int, int], float]:
    """The run of these kinds with the most characters, weighted, and how many those are."""
    best, best_size = (0, 0), 0.0
    start, end, size, weight = 0, 0, 0.0, 1.0
    for index in range(first, len(lines)):
        line = lines[index]
        if line.kind in kinds:
            if not size or index - end >= _GAP or _stops(lines, end, index):
                start, size, weight = index, 0.0, _weight(lines, index)
            end = index + 1
            size += weight * len(line.text)
            if size > best_size:
                best, best_size = (start, end), size
    return best, best_size


def _weight(lines: list[Line], start: int) -> float:
    """What a character counts in a run that starts here.

    A dateline opens an article; below 'Berita Terkait' stand the teasers of others.
    """
    above = lines[max(0, start - _LIST_REACH) : start]
    if any(line.kind is Kind.LIST_HEAD for line in above):
        return 0.5
    place, source, _ = split_dateline(lines[start].text)
    return 1.5 if place or source else 1.0


def find_body(lines: list[Line], run: tuple[int, int], title_at: int) -> Body:
    """The paragraphs of a run, freed of dateline, promos, captions and signature."""
    start, end = max(run[0], title_at + 1), run[1]
    start, body = _open(lines, start, end)
    kinds = [Kind.PROSE, Kind.TEXT]
    if not any(line.kind is Kind.PROSE for line in lines[start:end]):
        kinds.append(Kind.CAPTION)
    listing = False
    for index in range(start, end):
        line = lines[index]
        text = body.paragraphs.pop() if index == start and body.paragraphs else line.text
        if line.kind is Kind.LIST_HEAD:
            listing = True
        elif line.kind is Kind.PROSE:
            listing = False
        if index > start and (listing or line.kind not in kinds):
            continue
        text, sign = split_signature(_without_inline_promos(text))
        if text:
            body.paragraphs.append(text)
        if sign and line.kind is Kind.PROSE:
            body.signature = sign
            body.end = index + 1
            return body
    body.end = _close(lines, end, body)
    return body


def _stops(lines: list[Line], end: int, index: int) -> bool:
    """Whether lines between two prose lines part two articles."""
    return any(
        line.kind in _STOP or (line.kind is Kind.BYLINE and CLOSING_BYLINE.match(line.text))
        for line in lines[end:index]
    )


def _short_run(lines: list[Line], first: int) -> tuple[int, int]:
    """For pages without a sentence: all that follows the first line of text."""
    texts = [index for index in range(first, len(lines)) if lines[index].kind is Kind.TEXT]
    # Where the headline is known it stands above them all.
    if len(texts) < (1 if first else 2):
        return len(lines), len(lines)
    end = start = texts[0] if first else texts[1]
    while end < len(lines) and lines[end].kind not in (Kind.END, Kind.LIST_HEAD):
        end += 1
    return start, end


def _open(lines: list[Line], start: int, end: int) -> tuple[int, Body]:
    """The first line of the body behind subtitles and captions, and the body with its opening."""
    best: tuple[int, int, Body] | None = None
    for index in _leads(lines, start, end):
        place, source, rest = _dateline(lines, index)
        if not (place or source):
            continue
        worth = 2 if source and (looks_like_site(source) or place) else 1
        if best is None or worth > best[0]:
            body = Body(index, end, [rest] if rest else [], place, source)
            best = worth, index, body
        if worth == 2:
            break
    if best is None:
        return start, Body(start, end)
    return best[1], best[2]


def _leads(lines: list[Line], start: int, end: int) -> list[int]:
    """Lines that may open the body: up to the first that is long enough to be a paragraph."""
    leads = []
    # A dateline on a line of its own ('Jakarta -') is no prose and stands right above the run.
    for index in range(max(0, start - 1), end):
        line = lines[index]
        if line.kind in (Kind.PROSE, Kind.TEXT):
            leads.append(index)
        if len(leads) > _LEADS or (line.kind is Kind.PROSE and len(line.text) >= _PARAGRAPH):
            break
    return leads


def _dateline(lines: list[Line], index: int) -> tuple[str | None, str | None, str]:
    text = lines[index].text
    if lines[index].kind is Kind.TEXT:
        place, source, rest = split_dateline(text)
        if len(words(rest)) > _SHORT_LEAD:
            return place, source, rest
        # On a line of its own the lead is the next line.
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        place, source, rest = split_dateline(f"{text}\n{following}")
        return (place, source, "") if rest == following else (None, None, "")
    found = split_dateline(text)
    slogan = _SLOGAN.match(text)
    if slogan and not found[1] and len(words(slogan[0])) > 2:
        behind = split_dateline(text[slogan.end() :])
        return behind if behind[0] or behind[1] else found
    return found


def _without_inline_promos(text: str) -> str:
    if "aca" in text and ":" in text:
        text = _INLINE_PROMO.sub("", text)
    return _INLINE_EDITOR.sub("", text).strip()


def _close(lines: list[Line], end: int, body: Body) -> int:
    """Drop teasers at the end; take in the list items that follow the last sentence."""
    while len(body.paragraphs) > 1 and _TEASER.search(body.paragraphs[-1]):
        body.paragraphs.pop()
    while end < len(lines) and lines[end].bulleted and lines[end].kind is Kind.TEXT:
        body.paragraphs.append(lines[end].text)
        end += 1
    return end
