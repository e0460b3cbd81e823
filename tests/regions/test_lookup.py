"""From what a person typed to a region."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.errors import AmbiguousRegionError, UnknownRegionError
from newsearch.regions import Region, region, regions, search_regions
from newsearch.regions.lookup import qualified_name

BIG = [*regions(level=1), *regions(level=2)]


@pytest.mark.parametrize("expected", BIG, ids=lambda r: r.code)
def test_every_full_name_and_code_round_trips(expected: Region) -> None:
    assert region(expected.code) == expected
    assert region(expected.name) == expected
    assert region(expected.name.upper().replace(" ", "-")) == expected


def test_every_alias_finds_a_region_that_has_it() -> None:
    for known in BIG:
        for alias in known.aliases:
            assert alias.casefold() in {a.casefold() for a in region(alias).aliases} | {
                region(alias).short_name.casefold()
            }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("oki", "16.02"),
        ("Kab. OKI", "16.02"),
        ("Kabupaten OKI", "16.02"),
        ("  kab oki ", "16.02"),
        ("Tulangbawang", "18.05"),
        ("tulang bawang", "18.05"),
        ("tulang-bawang", "18.05"),
        ("bandarlampung", "18.71"),
        ("Prov. Lampung", "18"),
        ("Provinsi Lampung", "18"),
        ("Propinsi Lampung", "18"),
        ("DKI", "31"),
        ("Jakarta", "31"),
        ("jaksel", "31.74"),
        ("Jogja", "34"),
        ("Kota Jogja", "34.71"),
        ("NTB", "52"),
        ("Sumatra Utara", "12"),
        ("Kep. Anambas", "21.05"),
        ("Kepahiang", "17.08"),
        ("Palangka Raya", "62.71"),
        ("Pematang Siantar", "12.72"),
        ("50 Kota", "13.07"),
        ("Kotabaru", "63.02"),
        ("Kota Baru", "63.02"),
        ("Kotamadya Solo", "33.72"),
        ("Ujung Pandang", "73.71"),
        ("Mamuju Utara", "76.01"),
        ("Kecamatan Kayu Agung", "16.02.05"),
        ("Kayuagung", "16.02.05"),
        ("91.01", "93.01"),
        ("16.02.05", "16.02.05"),
    ],
)
def test_lookups(typed: str, code: str) -> None:
    assert region(typed).code == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Bekasi", "32.75"),
        ("Kota Bekasi", "32.75"),
        ("Kabupaten Bekasi", "32.16"),
        ("Kab. Bekasi", "32.16"),
        ("Gorontalo", "75"),
        ("Kota Gorontalo", "75.71"),
        ("Kabupaten Gorontalo", "75.01"),
        ("Jambi", "15"),
        ("Kota Jambi", "15.71"),
        ("Tebing Tinggi", "12.76"),
        ("Kecamatan Wonosobo, Tanggamus", "18.06.03"),
    ],
)
def test_shared_names_have_a_fixed_meaning(typed: str, code: str) -> None:
    assert region(typed).code == code


def test_a_kecamatan_of_several_places_asks_which() -> None:
    with pytest.raises(UnknownRegionError) as caught:
        region("Sukajadi")

    assert "Sukajadi, Kota Bandung" in caught.value.suggestions
    for suggestion in caught.value.suggestions:
        assert qualified_name(region(suggestion)) == suggestion
    assert region("Sukajadi, Bandung").parent == "32.73"
    assert region("Sukajadi, Kota Bandung, Jawa Barat").parent == "32.73"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("35.24.11.2017", "35.24.11.2017"),
        ("Desa Wudi, Kecamatan Sambeng", "35.24.11.2017"),
        ("wudi, sambeng, jawa timur", "35.24.11.2017"),
        ("Kelurahan Jatiasih", "32.75.09.1002"),
        ("Kel. Jatiasih", "32.75.09.1002"),
        ("Jatiasih", "32.75.09"),  # the kecamatan
        ("91.01.01.2001", "93.01.01.2001"),  # Papua before 2022
    ],
)
def test_villages(typed: str, code: str) -> None:
    assert region(typed).code == code


def test_a_bare_name_of_a_village_is_no_region() -> None:
    """Their names hold too many words: a record's region 'Pemerintahan' must not be a village."""
    with pytest.raises(UnknownRegionError):
        region("Wudi")
    assert search_regions("Wudi")[0].label == "Desa Wudi"


def test_a_village_of_several_places_asks_which() -> None:
    with pytest.raises(AmbiguousRegionError) as caught:
        region("Desa Sukamaju")
    for suggestion in caught.value.suggestions:
        assert qualified_name(region(suggestion)) == suggestion


@pytest.mark.parametrize("village", regions(level=4)[::997], ids=lambda r: r.code)
def test_qualified_names_of_villages_are_understood(village: Region) -> None:
    assert region(qualified_name(village)) == village


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("ogan komring", "Kabupaten Ogan Komering Ilir"),
        ("lampng tengah", "Kabupaten Lampung Tengah"),
        ("surbaya", "Kota Surabaya"),
        ("Kabupaten Surabaya", "Kota Surabaya"),
        ("Jawa", "Jawa Tengah"),
        ("kutai", "Kabupaten Kutai Timur"),
        ("Wudi", "Wudi, Sambeng, Kabupaten Lamongan"),
        ("Desa Wuddi", "Wudi, Sambeng, Kabupaten Lamongan"),
        ("Wuddi, Sambeng", "Wudi, Sambeng, Kabupaten Lamongan"),
    ],
)
def test_misspelt_names_get_suggestions(typed: str, suggestion: str) -> None:
    with pytest.raises(UnknownRegionError) as caught:
        region(typed)

    assert caught.value.name == typed
    assert suggestion in caught.value.suggestions
    assert len(caught.value.suggestions) <= 5


@pytest.mark.parametrize("typed", ["", "  ", "???", "xyzzy", "Sukajadi, Mars", ",", "z" * 10_000])
def test_nothing_like_it(typed: str) -> None:
    with pytest.raises(UnknownRegionError):
        region(typed)


def test_search_puts_exact_names_first_then_openings() -> None:
    names = [r.name for r in search_regions("lampung")]

    assert names[0] == "Lampung"
    assert "Kabupaten Lampung Barat" in names[1:6]
    assert [r.name for r in search_regions("bekasi", limit=2)] == [
        "Kota Bekasi",
        "Kabupaten Bekasi",
    ]
    assert search_regions("ogan komring")[0].code.startswith("16.")
    assert len(search_regions("a", limit=7)) == 7
    assert search_regions("") == []
    assert search_regions("bekasi", limit=0) == []


@given(st.text(max_size=60))
def test_any_text_is_a_region_or_the_documented_error(text: str) -> None:
    with suppress(UnknownRegionError):
        assert region(region(text).code) == region(text)
    assert len(search_regions(text, limit=3)) <= 3
