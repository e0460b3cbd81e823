"""From what a person typed to a region: codes, names, aliases, near misses.

When one name means several regions the choice is fixed. A province beats what lies in it of the
same name ('Jambi', 'Gorontalo', 'Yogyakarta'). A kota beats the kabupaten of the same name
('Bekasi', 'Bandung'): people and datelines say 'Bekasi' for the city and add 'Kabupaten' for the
other. A kabupaten or kota beats a kecamatan. A name of several kecamatan or villages is an error
with the candidates, to be written 'Sukajadi, Bandung'.

A desa or kelurahan needs its code, a word for its kind ('Desa Wudi') or a region around it ('Wudi,
Sambeng'): their 64,000 names hold too many words for a bare one to mean a village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from newsearch.errors import AmbiguousRegionError, UnknownRegionError
from newsearch.regions import lexicon
from newsearch.regions.gazetteer import by_code, current_code, known, parents
from newsearch.regions.names import name_key, split_kind
from newsearch.regions.records import Region
from newsearch.regions.villages import village_keys, villages_named, villages_starting

MAX_NAME_LENGTH = 200  # characters; the longest name has 45, with its parents it stays under 110
_MAX_SUGGESTIONS = 5
_MIN_SIMILARITY = 70.0  # of 100, rapidfuzz ratio: 'ogan komring' is 79 from Ogan Komering Ilir
_MAX_DISTANCE = 20.0  # points under the best name; farther ones are noise beside it
_RANK = {"provinsi": 0, "kota": 1, "kabupaten": 2, "kecamatan": 3, "kelurahan": 4, "desa": 5}
_VILLAGE_KINDS = ("desa", "kelurahan")
_MAX_KNOWN = 10_000  # names that a query may have, remembered: each run of its words is looked up
_FEW = 3  # villages of one name, few enough to be suggested


@cache
def main_index() -> Mapping[str, tuple[Region, ...]]:
    """Return the provinces, kabupaten and kota of each name key, the preferred one first.

    Keys (see `names.name_key`) are made of short names, full names and aliases.
    """
    return _index(1, 2)


@cache
def kecamatan_index() -> Mapping[str, tuple[Region, ...]]:
    """Return the kecamatan of each name key, in code order."""
    return _index(3)


def _index(*levels: int) -> Mapping[str, tuple[Region, ...]]:
    index: dict[str, dict[str, Region]] = {}
    for region in by_code().values():
        if region.level in levels:
            for name in {region.short_name, region.name, *region.aliases}:
                index.setdefault(name_key(name), {})[region.code] = region
    return {key: _preferred(found.values()) for key, found in index.items()}


def _preferred(found: Iterable[Region]) -> tuple[Region, ...]:
    return tuple(sorted(found, key=lambda region: (_RANK[region.kind], region.code)))


def _named(key: str, kind: str | None = None) -> tuple[Region, ...]:
    """Return the regions of a name key, all of them or those of one kind."""
    # Kecamatan are looked up last: their index takes 30 ms to build and is seldom asked for.
    found = main_index().get(key, ())
    if kind is not None:
        found = tuple(region for region in found if region.kind == kind)
    return found if found or kind not in (None, "kecamatan") else kecamatan_index().get(key, ())


def _candidates(text: str) -> tuple[Region, ...]:
    """Return the regions that a name means, without asking which was meant."""
    kind, rest = split_kind(text)
    if kind in _VILLAGE_KINDS:
        return _villages(text)
    exact = _named(name_key(rest), kind) if kind is not None else ()
    # 'Kota Baru' and 'Kota Agung' are names in themselves, whatever their first word says.
    return exact or _named(name_key(text))


def _villages(text: str, within: str | None = None) -> tuple[Region, ...]:
    """Return the villages of a typed name; 'Kampung Baru' is one as it stands, and a Baru."""
    kind, rest = split_kind(text)
    keys = dict.fromkeys(name_key(name) for name in (text, rest))
    found = {v.code: v for key in keys for v in villages_named(key, within)}
    fitting = [v for v in found.values() if v.kind == kind]
    return tuple(fitting or found.values())


def _within(name: str, around: str) -> tuple[Region, ...]:
    """Return the regions of a name that lie inside any region of the name `around`."""
    wider = _resolve(around) or _resolve(around.partition(",")[0])
    codes = tuple(region.code for region in wider)
    prefixes = tuple(code + "." for code in codes)
    kind, rest = split_kind(name)
    both: tuple[Region, ...] = ()
    if kind not in _VILLAGE_KINDS:
        key = name_key(rest)
        both = (*main_index().get(key, ()), *kecamatan_index().get(key, ()))
    inside = tuple(region for region in both if region.code.startswith(prefixes))
    return inside or tuple(village for code in codes for village in _villages(name, code))


def _resolve(text: str) -> tuple[Region, ...]:
    code = current_code(text)
    if code is not None:
        return (known(code),)
    name, comma, around = text.partition(",")
    # 'Sukajadi, Bandung, Jawa Barat': what does not fit around the nearest is passed over.
    return _within(name, around) if comma else _candidates(text)


def qualified_name(region: Region) -> str:
    """Return a name that `region` reads without doubt: 'Sukajadi, Kota Bandung'."""
    if region.level < 3:
        return region.name
    around = [wider.name for wider in reversed(parents(region.code)[1:])]
    return ", ".join((region.name, *around))


def region(name_or_code: str) -> Region:
    """Return the region of a code, a name or an alias.

    Case, blanks, hyphens and dots do not matter: '16.02', 'oki', 'Kab. OKI', 'Tulangbawang',
    'Prov. Lampung', 'Jogja', 'Sukajadi, Bandung' and 'Desa Wudi' are all understood, and so are
    the codes that regions of Papua had before 2022. The module says which region a shared name
    means.

    Raises:
        UnknownRegionError: nothing has that name; with suggestions.
        AmbiguousRegionError: several kecamatan or villages have it.
    """
    text = name_or_code[:MAX_NAME_LENGTH].strip()
    found = _resolve(text)
    if not found:
        raise UnknownRegionError(text, _suggest(text)[:_MAX_SUGGESTIONS])
    if len(found) > 1 and found[0].level > 2:
        names = [qualified_name(region) for region in found]
        raise AmbiguousRegionError(text, names[:_MAX_SUGGESTIONS])
    return found[0]


def regions_named(name: str) -> tuple[Region, ...]:
    """Return the provinces, kabupaten and kota of exactly this name or alias, preferred first.

    Nothing is guessed and nothing raised: 'Bekasi' gives the kota and the kabupaten, 'entah' ().
    """
    return _exactly_named(name[:MAX_NAME_LENGTH])


@lru_cache(_MAX_KNOWN)
def _exactly_named(name: str) -> tuple[Region, ...]:
    return main_index().get(name_key(name), ())


def is_common_word(name: str) -> bool:
    """Whether a name or alias, typed by itself, more likely is the word: 'serang', 'batu'."""
    return name_key(name) in lexicon.WORDS_FIRST


def search_regions(text: str, limit: int = 10) -> list[Region]:
    """Return up to `limit` regions whose name fits a text, the best first.

    Exact names come first, then names that start with the text, then names close in spelling;
    within each, provinces before kota before kabupaten before kecamatan before villages.
    """
    text = text[:MAX_NAME_LENGTH].strip()
    if not text or limit < 1:
        return []
    found = dict.fromkeys(_resolve(text))
    if "," not in text:
        found.update(dict.fromkeys(villages_named(name_key(text))))
    if len(found) < limit:
        found.update(dict.fromkeys(_starting_with(text)))
        found.update(dict.fromkeys(villages_starting(name_key(split_kind(text)[1]), limit)))
    if len(found) < limit:
        found.update(dict.fromkeys(_similar(text, limit)))
    return list(found)[:limit]


def _all_indexes() -> tuple[Mapping[str, tuple[Region, ...]], ...]:
    return main_index(), kecamatan_index()


def _starting_with(text: str) -> tuple[Region, ...]:
    kind, rest = split_kind(text)
    key = name_key(rest)
    if not key:
        return ()
    found = {
        region.code: region
        for index in _all_indexes()
        for name, regions in index.items()
        if name.startswith(key)
        for region in regions
        if kind in (None, region.kind)
    }
    return _preferred(found.values())


def _similar(text: str, limit: int) -> list[Region]:
    """Return regions whose names are spelt almost like a text, the closest first."""
    from rapidfuzz import fuzz, process  # 20 ms to import, needed only for misspelt names

    name, _, around = text.partition(",")
    kind, rest = split_kind(name)
    if kind in _VILLAGE_KINDS or (kind is None and _resolve(around)):
        return _similar_villages(rest, around, limit)
    index = kecamatan_index() if kind == "kecamatan" else main_index()
    keys = [key for key in index if len(key) > 3]  # abbreviations resemble everything
    close = process.extract(
        name_key(rest), keys, scorer=fuzz.ratio, limit=3 * limit, score_cutoff=_MIN_SIMILARITY
    )
    least = close[0][1] - _MAX_DISTANCE if close else 0.0
    # Of names equally close, those of the kind that was asked for come first.
    ranked = sorted(
        (-score, kind not in (None, region.kind), place, region.code)
        for place, (name, score, _) in enumerate(close)
        if score >= least
        for region in index[name]
    )
    return [by_code()[code] for code in dict.fromkeys(code for *_, code in ranked)][:limit]


def _similar_villages(name: str, around: str, limit: int) -> list[Region]:
    """Return villages whose names are spelt almost like one, of those around it if any is known."""
    from rapidfuzz import fuzz, process

    wider = [region.code for region in _resolve(around)] if around.strip() else []
    places: list[str | None] = [*wider] or [None]
    found: dict[str, Region] = {}
    for code in places:
        close = process.extract(
            name_key(name),
            village_keys(code),
            scorer=fuzz.ratio,
            limit=limit,
            score_cutoff=_MIN_SIMILARITY,
        )
        found.update((v.code, v) for key, *_ in close for v in villages_named(key, code))
    return list(found.values())[:limit]


def _suggest(text: str) -> list[str]:
    """Return names to offer instead of one that is unknown."""
    if not name_key(text):
        return []
    wide = (region for region in _starting_with(text) if region.level < 3)
    villages = villages_named(name_key(text))
    few = villages if len(villages) <= _FEW else ()
    found = dict.fromkeys((*wide, *few, *_similar(text, _MAX_SUGGESTIONS)))
    return [qualified_name(region) for region in found]
