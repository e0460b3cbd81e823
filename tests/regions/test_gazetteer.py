"""The table of regions: counts, hierarchy, old codes."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from newsearch.errors import UnknownRegionError
from newsearch.regions import ancestors, children, coordinates, gazetteer, local_names, parents
from newsearch.regions.names import name_key
from newsearch.regions.villages import villages_named


def test_counts_of_every_kind() -> None:
    kinds = Counter(region.kind for region in gazetteer.regions())

    assert kinds == {
        "provinsi": 38, "kabupaten": 416, "kota": 98, "kecamatan": 7285, "desa": 75266,
        "kelurahan": 8496,
    }  # fmt: skip
    assert len(gazetteer.regions(level=4)) == 83_762
    assert len(gazetteer.regions(level=2)) == 514


def test_every_parent_exists_and_is_one_level_up() -> None:
    regions = {region.code: region for region in gazetteer.regions()}
    assert list(regions) == sorted(regions)
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
    assert [region.parent for region in children("16.02.05")] == ["16.02.05"] * 25
    assert children("16.02.05.1001") == ()
    assert gazetteer.regions(level=4, parent="16.02.05") == list(children("16.02.05"))
    assert gazetteer.regions(level=4, parent="16.02.05.1001") == []
    assert gazetteer.regions(level=2, parent="18") == list(children("18"))
    assert len(gazetteer.regions(parent="18")) > 200


def test_a_village() -> None:
    jua_jua = gazetteer.known("16.02.05.1001")

    assert (jua_jua.name, jua_jua.label, jua_jua.kind) == (
        "Jua-jua",
        "Kelurahan Jua-jua",
        "kelurahan",
    )
    assert (jua_jua.level, jua_jua.parent) == (4, "16.02.05")
    assert ancestors("16.02.05.1001") == ("16", "16.02", "16.02.05")
    with pytest.raises(UnknownRegionError):
        gazetteer.known("16.02.05.9999")


def test_every_village_is_found_by_each_of_its_names() -> None:
    """The folded table must fold as `name_key` does, or names would be there and not found."""
    for region in gazetteer.regions(level=4)[::7]:
        for name in (region.name, *region.aliases):
            assert region in villages_named(name_key(name), region.parent)
            assert region not in villages_named(name_key(name), "99")


def test_local_names_are_whole_names_of_one_word() -> None:
    names = local_names()

    assert {"pesanggaran", "wudi", "sambeng"} <= names
    assert not {"jua", "kayu", "agung ", "oki"} & names
    assert all(len(name) > 3 and name.isascii() and name.isalpha() for name in names)


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


def test_every_region_lies_in_indonesia() -> None:
    for region in gazetteer.by_code().values():
        north, east = coordinates(region.code)
        assert -11.1 < north < 6.1
        assert 95.0 < east < 141.1


@pytest.mark.parametrize(
    ("code", "north", "east"),
    [
        ("16.02", -3.4, 104.8),  # Kayu Agung
        ("16.02.05", -3.4, 104.8),
        ("16.02.05.1001", -3.4, 104.8),
        ("91.01", -8.5, 140.4),  # Merauke, by its code before 2022
        ("51", -8.5, 115.2),
    ],
)
def test_coordinates(code: str, north: float, east: float) -> None:
    assert coordinates(code) == pytest.approx((north, east), abs=0.15)


def test_coordinates_of_no_region() -> None:
    with pytest.raises(UnknownRegionError):
        coordinates("99.99")
