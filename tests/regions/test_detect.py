"""Finding regions in invented reports, one trap a test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.regions import RegionMatch, detect_codes, detect_regions, region


def codes(title: str, text: str, dateline: str | None = None) -> list[str]:
    return [match.code for match in detect_regions(title, text, dateline)]


def main(title: str, text: str, dateline: str | None = None) -> str | None:
    found = codes(title, text, dateline)
    return found[0] if found else None


def test_an_abbreviation_counts_in_capitals_only() -> None:
    text = "Bupati OKI membuka pasar murah. Warga OKI menyambut baik kegiatan itu."

    assert main("Pemkab OKI Gelar Pasar Murah", text) == "16.02"
    assert main("Resep kue", "Ibu itu berkata oki dan Oki datang membawa kue bolu.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Petani membawa batu dan pasir. Batu itu berat sekali.",
        "Nasibnya malang. Malang benar nasib anak itu.",
        "Hakim mengetuk palu. Palu itu pecah.",
        "Mereka saling serang. Serang balik terjadi.",
        "Ini puncak acara. Puncak kemeriahan terjadi malam hari.",
        "Harga solo karier naik. Solo karier itu sukses.",
        "Polda mengimbau warga, kata Metro TV dalam siarannya.",
    ],
)
def test_common_words_are_not_regions(text: str) -> None:
    assert codes("Cerita Batu dan Palu", text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wali Kota Batu meninjau taman. Warga Batu senang.", "35.79"),
        ("Banjir merendam rumah warga di Malang, kata petugas.", "35.73"),
        ("Gempa terasa sampai Palu, Sulawesi Tengah, pada malam hari.", "72.71"),
        ("Kebakaran melanda pasar di Batu, Jawa Timur, kemarin.", "35.79"),
        ("Kebakaran melanda Pasar Batu, Jawa Timur, kemarin.", "35.79"),
        ("Bupati Pati menerima tamu. Di Pati hujan turun.", "33.18"),
        ("Pemkab Puncak membangun jembatan baru.", "94.05"),
    ],
)
def test_common_words_with_a_cue_are(text: str, code: str) -> None:
    assert main("Laporan petang", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Pemerintah Kota Bekasi menutup jalan. Warga Bekasi memutar.", "32.75"),
        ("Pemkab Bekasi menutup jalan. Warga Bekasi memutar.", "32.16"),
        ("Bupati Bekasi menutup jalan. Warga Bekasi memutar.", "32.16"),
        ("Wali Kota Bekasi menutup jalan. Warga Bekasi memutar.", "32.75"),
        ("Polres Bogor menangkap pencuri itu.", "32.01"),
        ("Polresta Bogor Kota menangkap pencuri itu.", "32.71"),
        ("Jalan di Bekasi rusak. Lubang terbanyak di Cikarang Utara dan Tambun Utara.", "32.16"),
        ("Jalan di Bekasi rusak di banyak tempat, kata warga.", "32.75"),
        ("Wali Kota Gorontalo melantik pejabat. Gorontalo berbenah.", "75.71"),
    ],
)
def test_kota_or_kabupaten(text: str, code: str) -> None:
    assert main("Kabar hari ini", text) == code


@pytest.mark.parametrize(
    "opening",
    [
        "KENDARI, KABARFIKTIF.com - ",
        "Kendari (ANTARA) - ",
        "KABARFIKTIF.CO.ID, KENDARI -- ",
        "Kabarfiktif.com, Kendari - ",
        "Kota Kendari – kabarfiktif.com – ",
    ],
)
def test_datelines_in_the_text(opening: str) -> None:
    text = opening + "Sebuah kapal karam, dan nelayan Kendari menolong awaknya. Jakarta memantau."
    match = detect_regions("Kapal Karam", text)[0]

    assert match.code == "74.71"
    assert any(phrase.startswith("dateline") for phrase in match.evidence)


def test_a_dateline_that_the_reader_took_off() -> None:
    text = "Rapat berlangsung lancar. Sekda OKI hadir."
    match = detect_regions("Rapat Persiapan Panen", text, dateline="Kabupaten OKI")[0]

    assert match.code == "16.02"
    assert match.evidence[0] == "dateline 'OKI'"


def test_a_dateline_alone_is_too_little() -> None:
    assert codes("Ramalan Bintang Besok", "MEDAN, KABARFIKTIF.com - Hari baik untuk belanja.") == []


def test_a_national_story_from_jakarta_has_no_region() -> None:
    text = (
        "JAKARTA, KABARFIKTIF.com - Menteri Keuangan menyampaikan rancangan APBN kepada DPR RI. "
        "Presiden hadir dalam sidang. Hal itu disampaikan di Jakarta, Rabu (3/4/2024)."
    )
    assert codes("Menteri Sampaikan Rancangan APBN", text) == []


def test_a_foreign_story_has_no_region() -> None:
    text = (
        "London - Klub asal Inggris itu menang di Liga Champions. Pelatih asal Spanyol senang. "
        "Laga berikut di Madrid, lalu tur ke Jakarta."
    )
    assert codes("Menang di London", text) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bandarlampung", "18.71"),
        ("Tulangbawang Barat", "18.12"),
        ("TulangBawang", "18.05"),
        ("BANDAR LAMPUNG", "18.71"),
        ("Padanglawas Utara", "12.20"),
        ("Toli-Toli", "72.04"),
        ("Tolitoli", "72.04"),
        ("Ogan Komering Ulu Timur", "16.08"),
        ("Ogan Komering Ulu", "16.01"),
        ("Lampung Utara", "18.03"),
        ("Wamena", "95.01"),
    ],
)
def test_longest_and_glued_names(name: str, code: str) -> None:
    assert codes("Jalan rusak", f"Jalan di {name} rusak. Warga {name} mengeluh.") == [code]


def test_a_province_qualifies_its_kabupaten() -> None:
    text = "Kereta tertemper truk di Klaten, Jawa Tengah. Polisi datang ke lokasi."
    assert main("Kereta Tertemper Truk", text) == "33.10"


def test_a_province_when_several_kabupaten_share_the_story() -> None:
    text = (
        "Gubernur Lampung menetapkan status siaga. Siaga berlaku di Kabupaten Pesawaran, "
        "Kabupaten Pringsewu dan Kabupaten Tanggamus. Lampung menyiapkan bantuan."
    )
    found = codes("Lampung Siaga Banjir", text)

    assert found[0] == "18"
    assert {"18.09", "18.10", "18.06"} <= set(found)


def test_a_kabupaten_of_papua_with_the_province_it_had() -> None:
    text = (
        "Unjuk rasa terjadi di Deiyai, Papua. Polda Papua mengirim pasukan. Bupati Deiyai pulang."
    )
    assert main("Unjuk Rasa", text) == "94.08"


def test_a_kecamatan_leads_to_its_kabupaten() -> None:
    text = "Warga Desa Wudi, Kecamatan Sambeng, menemukan benda kuno di ladang."
    found = detect_regions("Benda Kuno di Ladang", text)

    assert found[0].code == "35.24"
    assert found[0].evidence == ("kecamatan 'Sambeng'", "desa 'Wudi'")
    assert found[1].name == "Sambeng"


def test_a_kecamatan_of_many_places_needs_its_surroundings() -> None:
    assert codes("Angin", "Rumah di Kecamatan Sukajadi rusak.") == []
    assert "32.73.07" in codes("Angin", "Rumah di Kecamatan Sukajadi, Kota Bandung, rusak.")


@pytest.mark.parametrize(
    "text",
    [
        "Toko itu terletak di Jalan Surabaya dan Jalan Medan Merdeka.",
        "Kapal melintasi Selat Bali dan Selat Malaka.",
        "Ia makan nasi Padang di kantin.",
        'Kita harus sabar," kata Kudus kepada wartawan.',
        "Tim Bali United menang lawan Madura United.",
    ],
)
def test_streets_seas_food_people_and_clubs(text: str) -> None:
    assert codes("Kabar", text) == []


def test_where_somebody_comes_from_is_not_where_it_happened() -> None:
    text = (
        "Seorang pemuda asal Kediri ditemukan selamat di hutan. Polres Kotawaringin Barat "
        "membawanya pulang. Warga Kotawaringin Barat bersyukur."
    )
    assert main("Pemuda Asal Kediri Ditemukan", text) == "62.01"


@pytest.mark.parametrize("sign", ["Baca juga", "baca juga", "Baca Juga", "BACA JUGA"])
def test_promotions_do_not_count(sign: str) -> None:
    text = (
        f"Bupati Way Kanan membuka lomba.\n{sign}: Polres Pidie Jaya Tangkap Bandar di Bekasi\n"
        "Lomba di Way Kanan itu meriah."
    )
    assert codes("Lomba Panjat Pinang", text) == ["18.08"]


def test_text_without_capitals() -> None:
    assert main("banjir di pesawaran", "air merendam sawah di pesawaran.") == "18.09"
    assert codes("batu besar", "batu jatuh di jalan.") == []


def test_matches_are_bounded_and_ordered() -> None:
    text = " ".join(f"Kabupaten {name} siaga." for name in ("Blora", "Demak", "Jepara", "Klaten"))
    found = detect_regions("", text, limit=2)

    assert len(found) == 2
    assert detect_regions("", text, limit=0) == []
    assert isinstance(found[0], RegionMatch)


def test_a_list_of_the_whole_country_has_no_region() -> None:
    towns = ("Medan", "Padang", "Pekanbaru", "Denpasar", "Manado", "Ambon", "Kupang", "Kendari")
    text = " ".join(f"Harga di {town} naik. Stok di {town} cukup." for town in towns)
    assert codes("Daftar Harga Cabai", text) == []


def test_only_the_opening_of_a_huge_text_is_read() -> None:
    text = "Bupati Blora hadir. " + "x " * 3_000_000 + "Kota Bandung " * 1000
    assert codes("", text) == ["33.16"]
    assert codes("Kota Bekasi " * 100_000, "Kecamatan " * 100_000)[0] == "32.75"


_WORDS = (
    "Kota Kabupaten Kecamatan Bekasi OKI Lampung Utara - , . ( Polres Metro Jaya Papua Batu Baca"
    " juga Jawa Timur Sukajadi Jakarta Presiden London -- (ANTARA) di Desa desa kelurahan Cipedes"
    " Kel. KotaBekasi Lampungdan JakartaDua"
)
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])


def test_a_village_needs_a_word_for_it_and_a_place_around_it() -> None:
    assert codes("Panen", "Warga Wudi di Kabupaten Lamongan memanen padi.") == ["35.24"]
    assert codes("Panen", "Warga Desa Wudi memanen padi.") == []
    found = detect_regions("Panen", "Warga Desa Wudi di Kabupaten Lamongan memanen padi.")

    assert [match.code for match in found] == ["35.24", "35.24.11.2017"]
    assert "desa 'Wudi'" in found[0].evidence
    # Four kecamatan of Kabupaten Kediri have a Wonorejo: which one is not said.
    text = "Warga Desa Wonorejo di Kabupaten Kediri memanen padi."
    assert codes("Panen", text) == ["35.06"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Jalan di Kelurahan Jatiasih, Kecamatan Jatiasih, Bekasi, rusak.", "32.75.09.1002"),
        ("Jalan di kelurahan Jatiasih, kecamatan Jatiasih, Bekasi, rusak.", "32.75.09.1002"),
        ("Jembatan Pekon Way Mengaku Ilir, Kabupaten Lampung Barat, putus.", "18.04.04.1003"),
        ("Lurah Jatiasih hadir, kata Pemkot Bekasi.", "32.75.09.1002"),
        ("Rumah di Kel. Jatiasih, Kota Bekasi, terbakar.", "32.75.09.1002"),
    ],
)
def test_villages_by_what_they_are_called(text: str, code: str) -> None:
    assert code in codes("Kabar sore", text)


def test_a_village_tells_which_kecamatan_of_a_name_is_meant() -> None:
    assert codes("Angin", "Rumah di Kecamatan Sukajadi rusak.") == []
    text = "Rumah di Kelurahan Cipedes, Kecamatan Sukajadi, rusak."
    assert codes("Angin", text) == ["32.73", "32.73.07", "32.73.07.1002"]


def test_a_village_tells_kabupaten_from_kota() -> None:
    text = "Jalan di Bekasi rusak. Lubang terbanyak di Desa Sriamur, kata warga Bekasi."
    assert main("Jalan Rusak", text) == "32.16"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hujan turun di Lampungpagi tadi. Petani senang.", "18"),
        ("Hujan turun di Surabayadan sekitarnya sampai sore.", "35.78"),
        ("Gempa terasa di Kota SurabayaPemerintah meminta warga tenang.", "35.78"),
        ("PolresSukabumi menangkap seorang pencuri motor.", "32.02"),
        ("Banjir merendam KabupatenBandungBarat sejak pagi.", "32.17"),
        ("Jalan di KotaBekasi rusak berat.", "32.75"),
    ],
)
def test_names_that_lost_a_blank(text: str, code: str) -> None:
    assert main("Kabar", text) == code


@pytest.mark.parametrize(
    "word", ["Baliho", "Padangan", "BaliUnited", "Surabayaan", "Lampungan", "Kendalikan"]
)
def test_words_that_start_like_a_name_are_no_names(word: str) -> None:
    assert codes(word, f"{word} itu besar. Kata orang, {word} laku keras.") == []


@given(
    st.text(max_size=80) | st.lists(_PIECES, max_size=12).map(" ".join),
    st.text(max_size=300) | st.lists(_PIECES, max_size=60).map(" ".join),
    st.none() | st.text(max_size=40),
    st.integers(min_value=-1, max_value=8),
)
def test_any_text_gives_known_regions_within_the_limit(
    title: str, text: str, dateline: str | None, limit: int
) -> None:
    found = detect_regions(title, text, dateline, limit)

    assert len(found) <= max(limit, 0)
    assert len({match.code for match in found}) == len(found)
    if limit > 0:
        alone = tuple(match.code for match in found)
        assert detect_codes([(title, text, dateline), ("", "", None)], limit) == [alone, ()]
    for match in found:
        assert region(match.code).name == match.name
        assert match.evidence


def test_a_kecamatan_named_like_a_far_kota_is_no_news_from_there() -> None:
    matches = detect_regions(
        "Banjir Rendam Bandar Lampung",
        "Air naik di Kota Bandar Lampung. Rumah terendam di Panjang, Bumi Waras, dan Sukabumi.",
    )
    assert [match.code for match in matches] == ["18.71"]
    # Named in the title, the kota is meant.
    matches = detect_regions("Bandar Lampung dan Kota Sukabumi Bekerja Sama", "Di Bandar Lampung.")
    assert {match.code for match in matches} == {"18.71", "32.72"}
