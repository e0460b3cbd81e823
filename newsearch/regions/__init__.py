"""Regions of Indonesia: the gazetteer, looking names up, finding regions in articles."""

from newsearch.regions.detect import RegionMatch, detect_regions
from newsearch.regions.gazetteer import Region, ancestors, children, parents
from newsearch.regions.lookup import is_common_word, region, regions_named, search_regions
from newsearch.regions.protected import local_names, protected_names

__all__ = [
    "Region",
    "RegionMatch",
    "ancestors",
    "children",
    "detect_regions",
    "is_common_word",
    "local_names",
    "parents",
    "protected_names",
    "region",
    "regions_named",
    "search_regions",
]
