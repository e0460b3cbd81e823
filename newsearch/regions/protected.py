"""Words of region names that a stemmer must leave alone.

The ECS stemmer takes 'maluku' for 'malu' with a suffix, 'bekasi' for 'bekas' and 'tarakan' for
'tara'; a search for Maluku would find shame. Of the 677 words in the names and aliases of the
provinces, kabupaten and kota it changes 41.
"""

from __future__ import annotations

from functools import cache

from newsearch.regions.gazetteer import by_code

_SHORTEST = 3  # letters

# Parts of names that text uses as words: 'kepulauan', 'labuhan' and 'seribu' should still meet
# 'pulau', 'pelabuhan' and 'ribu', and 'meriah' its own 'kemeriahan'. The stemmer leaves the
# others as they are today, but they name nothing and have no business in the list.
_DIRECTIONS = "barat timur utara selatan tengah tenggara pusat hulu hilir ulu kidul kulon bagian"
_KINDS = "daerah istimewa khusus ibukota kabupaten kota provinsi administrasi kep"
_LAND = (
    "kepulauan pulau pegunungan gunung tanah laut sungai muara kuala teluk tanjung ujung pesisir"
    " lubuk tebing labuhan nusa sawah hari alam pematang datar balai bandar"
)
_NUMBERS = "empat ampat lima limapuluh puluh seribu"
_OTHERS = (
    "baru besar raya daya jaya dan bara bawang bintang bumbu intan kanan lawang mas meriah murung"
    " natal pagar panjang penuh pisau pulang raja tinggi tulang pinang pandang pangkal jabung"
)
_GENERIC = frozenset(" ".join((_DIRECTIONS, _KINDS, _LAND, _NUMBERS, _OTHERS)).split())


@cache
def protected_names() -> frozenset[str]:
    """Return the words, in lower case, of the names and aliases of levels 1 and 2.

    Words of names of several words are left out where ordinary text uses them ('barat', 'pulau',
    'seribu'); a name of one word is always in ('batu', 'malang': their stems are themselves).
    """
    words: set[str] = set()
    for region in by_code().values():
        if region.level < 3:
            for name in (region.short_name, *region.aliases):
                words.update(_words_of(name.lower().replace(".", " ")))
    return frozenset(word for word in words if len(word) >= _SHORTEST and word.isascii())


def _words_of(name: str) -> set[str]:
    whole = name.split()
    if len(whole) == 1:  # 'toli-toli' as it stands, and its halves
        return {name, *name.split("-")}
    return {part for word in whole for part in (word, *word.split("-"))} - _GENERIC
