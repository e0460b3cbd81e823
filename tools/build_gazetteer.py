"""Build the gazetteer that newsearch ships from the full one beside the project.

    python tools/build_gazetteer.py [../shared/gazetteer]

Reads gazetteer.tsv.gz (cahyadsn/wilayah, MIT), abbreviations.tsv, capitals.tsv and
code_crosswalk_2022_2025.tsv, and writes gazetteer.tsv (provinces to kecamatan), villages.tsv (desa
and kelurahan), crosswalk.tsv and the licence to newsearch/regions/data/. The same input gives the
same bytes; nothing is downloaded.
"""

from __future__ import annotations

import csv
import gzip
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "newsearch" / "regions" / "data"
HEADER = "code\ttype\tname\taliases\tformer_names\tseat"

# Spellings of news text that the sources lack; each is the same name cut or joined otherwise.
SPELLINGS = {
    "11": "Daerah Istimewa Aceh",
    "12.10": "Labuhan Batu",
    "12.19": "Batubara",
    "12.22": "Labuhan Batu Selatan",
    "12.23": "Labuhan Batu Utara",
    "12.72": "Pematang Siantar",
    "12.74": "Tanjung Balai",
    "12.77": "Padang Sidempuan|Padang Sidimpuan|Padangsidempuan",
    "12.78": "Gunung Sitoli",
    "13.03": "Sawahlunto Sijunjung",
    "13.73": "Sawah Lunto",
    "15.04": "Batang Hari",
    "15.05": "Muara Jambi",
    "17.06": "Muko Muko",
    "18.03": "Lampura|Lampung Utara",
    "31": "Daerah Khusus Jakarta|DKI Djakarta",
    "34": "Daerah Istimewa Jogjakarta|DI Jogjakarta|DI Jogja",
    "34.71": "Yogyakarta|Yogya|Jogja|Jogjakarta",
    "62.71": "Palangka Raya",
    "63.02": "Kota Baru",
    "63.72": "Banjar Baru",
    "71.09": "Sitaro|Siau Tagulandang Biaro|Kep. Siau Tagulandang Biaro",
    "71.74": "Kota Mobagu",
    "73.10": "Pangkajene Kepulauan",
    "74.72": "Bau-Bau",
    "81.07": "Aru",
    "82.05": "Sula",
    "92.03": "Fakfak",
}

# Aliases of the sources that mislead more than they help: two letters that mean many things.
DROPPED_ALIASES = {("71.74", "KK")}

# Seats of government, where the source is out of date, misspelt or misses the row.
SEATS = {
    "11.03": "Idi Rayeuk",
    "12.03": "Sipirok",
    "12.04": "Gido",
    "13.03": "Muaro Sijunjung",
    "13.05": "Parit Malintang",
    "14.06": "Pasir Pengaraian",
    "14.07": "Bagansiapiapi",
    "14.10": "Selatpanjang",
    "15.01": "Siulak",
    "16.08": "Martapura",
    "16.09": "Muaradua",
    "16.71": "Palembang",
    "18.12": "Panaragan",
    "31.01": "",
    "31.71": "",
    "31.72": "",
    "31.73": "",
    "31.74": "",
    "31.75": "",
    "32.02": "Palabuhanratu",
    "33.72": "Surakarta",
    "36.02": "Rangkasbitung",
    "36.04": "Ciruas",
    "51.03": "Mangupura",
    "61.11": "Sukadana",
    "65.01": "Tanjung Selor",
    "71.09": "Ondong Siau",
    "73.01": "Benteng",
    "73.10": "Pangkajene",
    "73.14": "Pangkajene Sidenreng",
    "81.02": "Langgur",
    "81.05": "Bula",
    "81.06": "Piru",
    "91.05": "Serui",
    "91.11": "Arso",
    "94.06": "Moanemani",
    "95.03": "Dekai",
    "96.05": "Kumurkek",
}


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a TSV file, gzipped or plain, as dictionaries."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def clean_former(text: str) -> str:
    """Return a former name without the table debris of the source ('T. Jambo Aye  47')."""
    name = re.sub(r"\s+\d+$", "", text.strip())
    name = re.sub(r"\s+", " ", name)
    if name.startswith("x "):
        return ""
    name = name.title() if name.isupper() and len(name) > 4 else name
    return re.sub(r"^Kep\. ", "Kepulauan ", name.replace("Dki ", "DKI "))


def unique(names: Iterator[str], taken: str) -> list[str]:
    """Return the names in order without repeats, empty ones and the name itself."""
    seen = {"", taken.casefold()}
    out = []
    for name in names:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            out.append(name)
    return out


def extra_aliases(source: Path) -> dict[str, list[str]]:
    """Return the newsroom abbreviations and spellings of each province, kabupaten and kota."""
    extra: dict[str, list[str]] = {}
    for row in rows(source / "abbreviations.tsv"):
        if row["kind"] in ("province", "kabupaten", "kota", "kabupaten/kota"):
            for code in row["kemendagri_code"].split(","):
                extra.setdefault(code, []).append(row["abbreviation"])
    for code, names in SPELLINGS.items():
        extra.setdefault(code, []).extend(names.split("|"))
    return extra


def base(name: str) -> str:
    """Return a name without the words for its kind."""
    return re.sub(r"^(Kabupaten|Kota)( Administrasi)? ", "", name)


def line(row: dict[str, str], extra: dict[str, list[str]], seats: dict[str, str]) -> str:
    """Return one line of the shipped table."""
    code = row["code"]
    name = row["name"].replace("Kep. ", "Kepulauan ")
    both = row["aliases"].split("|") + extra.get(code, [])
    aliases = unique((a for a in both if (code, a) not in DROPPED_ALIASES), base(name))
    former = unique((clean_former(f) for f in row["former_names"].split("|")), base(name))
    known = {alias.casefold() for alias in aliases}
    former = [f for f in former if f.casefold() not in known | {"daerah istimewa"}]
    seat = seats.get(code, "")
    if seat.casefold().replace(" ", "") == base(name).casefold().replace(" ", ""):
        seat = ""
    return "\t".join([code, row["type"], name, "|".join(aliases), "|".join(former), seat])


def village_lines(villages: list[dict[str, str]]) -> Iterator[str]:
    """Yield a line for each kecamatan: its code, and the number and names of each village.

    A village is 'number:name=other name=former name', the villages are parted by '|'. That is a
    quarter of the table of the source, and a kecamatan can be read without the others.
    """
    cells: dict[str, list[str]] = {}
    for row in sorted(villages, key=lambda row: row["code"]):
        kecamatan, _, number = row["code"].rpartition(".")
        former = (clean_former(name) for name in row["former_names"].split("|"))
        others = unique(iter([*row["aliases"].split("|"), *former]), row["name"])
        names = [re.sub(r"[|=:\s]+", " ", name).strip() for name in (row["name"], *others)]
        cells.setdefault(kecamatan, []).append(f"{number}:{'='.join(names)}")
    for kecamatan, inside in cells.items():
        yield f"{kecamatan}\t{'|'.join(inside)}"


def write(name: str, lines: list[str]) -> None:
    """Write lines to a file of the data folder."""
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main(source: Path) -> None:
    """Write the four files."""
    DATA.mkdir(parents=True, exist_ok=True)
    extra = extra_aliases(source)
    seats = {r["kemendagri_code"]: r["capital"] for r in rows(source / "capitals.tsv")} | SEATS
    everything = list(rows(source / "gazetteer.tsv.gz"))
    kept = sorted((r for r in everything if int(r["level"]) <= 3), key=lambda r: r["code"])
    villages = [r for r in everything if int(r["level"]) == 4]
    changed = [f"{r['old_code']}\t{r['new_code']}" for r in rows(source / CROSSWALK)]
    write("gazetteer.tsv", [HEADER, *(line(row, extra, seats) for row in kept)])
    write("villages.tsv", ["kecamatan\tvillages", *village_lines(villages)])
    write("crosswalk.tsv", ["old_code\tnew_code", *changed])
    shutil.copyfile(source / "LICENSE-gazetteer.txt", DATA / "LICENSE-gazetteer.txt")
    print(f"{len(kept)} regions, {len(villages)} villages, {len(changed)} changed codes",
          file=sys.stderr)  # fmt: skip


CROSSWALK = "code_crosswalk_2022_2025.tsv"

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gazetteer")
