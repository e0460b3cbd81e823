"""Regions of Indonesia: the gazetteer, looking names up, finding regions in articles.

The room stands alone: it imports nothing of newsearch but its errors.

    from newsearch import regions

    regions.region("oki")  # Kabupaten Ogan Komering Ilir, 16.02
    regions.children("16.02")  # its kecamatan; the children of a kecamatan are its villages
    regions.parents("16.02.05.1001")  # province, kabupaten, kecamatan
    regions.regions(level=4, parent="16.02")  # the desa and kelurahan inside it
    regions.coordinates("16.02")  # latitude and longitude of its seat of government
    regions.search_regions("ogan komring")  # names close in spelling, the best first
    regions.detect_regions("Pemkab OKI Gelar Rapat", "…")  # what a text is about, and why

Every region is a `Region` with its Kemendagri code of 2025; codes that Papua had before 2022 are
understood. A name that nothing has raises `UnknownRegionError` with near misses.
"""

from newsearch.regions.detect import RegionMatch, detect_codes, detect_regions
from newsearch.regions.gazetteer import (
    ancestors,
    children,
    coordinates,
    local_names,
    parents,
    regions,
)
from newsearch.regions.lookup import (
    is_common_word,
    region,
    regions_named,
    search_regions,
)
from newsearch.regions.protected import protected_names
from newsearch.regions.records import Region

__all__ = [
    "Region",
    "RegionMatch",
    "ancestors",
    "children",
    "coordinates",
    "detect_codes",
    "detect_regions",
    "is_common_word",
    "local_names",
    "parents",
    "protected_names",
    "region",
    "regions",
    "regions_named",
    "search_regions",
]
