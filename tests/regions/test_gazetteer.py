"""The table of regions: counts, hierarchy, old codes."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from newsearch.errors import UnknownRegionError
from newsearch.regions import ancestors, children, gazetteer, parents


def test_counts_of_every_kind() -> None:
    kinds = Counter(region.kind for region in gazetteer.regions())

    assert kinds == {"provinsi": 38, "kabupaten": 416, "kota": 98, "kecamatan": 7285}
    assert len(gazetteer.regions(level=2)) == 514


def test_every_parent_exists_and_is_one_level_up() -> None:
    regions = gazetteer.by_code()
    for region in regions.values():
        if region.parent is None:
            assert region.level == 1
        else:
            assert regions[region.parent].level == region.level - 1


def test_region_fields() -> None:
    oki = gazetteer.by_code()["16.02"]

    assert (oki.name, oki.short_name) == ("Kabupaten Ogan Komering Ilir", "Ogan Komering Ilir")
    assert (oki.kind, oki.level, oki.parent, oki.aliases) == ("kabupaten", 2, "16", ("OKI",))
    assert str(oki) == oki.name


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("16", "Sumatera Selatan"),
        ("31", "Jakarta"),
        ("31.74", "Jakarta Selatan"),
        ("34", "Yogyakarta"),
        ("32.75", "Bekasi"),
        ("13.07", "Lima Puluh Kota"),
        ("71.74", "Kotamobagu"),
        ("16.02.05", "Kayu Agung"),
    ],
)
def test_short_name(code: str, short: str) -> None:
    assert gazetteer.by_code()[code].short_name == short


def test_ancestors_and_parents() -> None:
    assert ancestors("16.02.05") == ("16", "16.02")
    assert ancestors("16") == ()
    assert [region.name for region in parents("16.02.05")] == [
        "Sumatera Selatan",
        "Kabupaten Ogan Komering Ilir",
    ]


def test_children_and_regions_of_a_parent() -> None:
    assert len(children("18")) == 15
    assert children("16.02.05") == ()
    assert gazetteer.regions(level=2, parent="18") == list(children("18"))
    assert len(gazetteer.regions(parent="18")) > 200


@pytest.mark.parametrize("function", [ancestors, children, parents])
def test_unknown_codes(function: object) -> None:
    assert callable(function)
    with pytest.raises(UnknownRegionError):
        function("99.99")


def test_all_old_papua_codes_lead_to_regions_of_today() -> None:
    lines = (files("newsearch.regions") / "data" / "crosswalk.tsv").read_text("utf-8").split("\n")
    changed = [line.split("\t") for line in lines[1:] if line]

    assert len(changed) == 26
    for old, new in changed:
        assert gazetteer.current_code(old) == new
        assert gazetteer.former_province(new) == old[:2]


def test_code_of_a_kecamatan_under_an_old_code() -> None:
    assert gazetteer.current_code("91.01.01") == "93.01.01"
    assert ancestors("91.01.01") == ("93", "93.01")
    assert gazetteer.current_code("00") is None


def test_the_licence_is_shipped() -> None:
    licence = files("newsearch.regions") / "data" / "LICENSE-gazetteer.txt"
    assert "MIT License" in licence.read_text("utf-8")
