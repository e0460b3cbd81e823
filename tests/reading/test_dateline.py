"""split_dateline(): place and source off the top of a report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsearch.reading import split_dateline


@pytest.mark.parametrize(
    ("text", "place", "source"),
    [
        ("Kabupaten OKI – kabarladang.example – ", "Kabupaten OKI", "kabarladang.example"),
        ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA"),
        ("Mataram, NTB (ANTARA News) - ", "Mataram", "ANTARA News"),
        ("KENDARI, KOMPAS.com - ", "KENDARI", "KOMPAS.com"),
        ("TRIBUNLAMPUNG.CO.ID, BANDAR LAMPUNG - ", "BANDAR LAMPUNG", "TRIBUNLAMPUNG.CO.ID"),
        ("Liputan6.com, Jakarta - ", "Jakarta", "Liputan6.com"),
        ("Ladang.example, (Gorontalo) – ", "Gorontalo", "Ladang.example"),
        ("ladang.example | Gianyar  - ", "Gianyar", "ladang.example"),
        ("Bandar Lampung (Ladang.example) — ", "Bandar Lampung", "Ladang.example"),
        ("GARUT, (KL).- ", "GARUT", "KL"),
        ("Jakarta, CNN Indonesia -- ", "Jakarta", "CNN Indonesia"),
        ("RADARLADANG, KOTABUMI – ", "KOTABUMI", "RADARLADANG"),
        ("Jakarta, 14/6 (ANTARA) - ", "Jakarta", "ANTARA"),
        ("Bogor, Rabu (14/6/2023) - ", "Bogor", None),
        ("BOGOR (14/6) – ", "BOGOR", None),
        ("Jakarta (15 Juni 2023) -- ", "Jakarta", None),
        ("Ladang.example - ", None, "Ladang.example"),
        ("KUALA PEMBUANG - ", "KUALA PEMBUANG", None),
        ("WAMENA | ", "WAMENA", None),
        ("MAKASSAR -- ", "MAKASSAR", None),
        ("Jakarta\n-\n", "Jakarta", None),
        ("POHUWATO, LADANG.EXAMPLE-", "POHUWATO", "LADANG.EXAMPLE"),
    ],
)
def test_datelines(text: str, place: str | None, source: str | None) -> None:
    rest = "Pemerintah daerah menggelar rapat."

    assert split_dateline(text + rest) == (place, source, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Pemerintah daerah menggelar rapat.",
        "Jalan Jakarta-Bandung ditutup sementara.",
        "Jakarta-Bandung ditempuh dua jam.",
        "Polisi menangkap pelaku – yang sempat kabur – di terminal.",
        "Persib menang 2-1 atas tamunya.",
    ],
)
def test_a_report_without_dateline_is_left_whole(text: str) -> None:
    assert split_dateline(text) == (None, None, text)


@given(st.text())
def test_the_rest_is_always_an_end_of_the_text(text: str) -> None:
    _, _, rest = split_dateline(text)

    assert text.endswith(rest)
