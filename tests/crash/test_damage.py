"""A disk that flips bits, cuts files short or loses them: found, named, and the rest is saved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import orjson
import pytest

import newsearch
from newsearch import NewsIndex
from newsearch.engines import sums
from newsearch.engines.tantivy import footer
from tests.support import article

COUNT = 60


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewsIndex:
    """An index of several segments with deletions; put back as it was after each damage."""
    made = newsearch.create(tmp_path_factory.mktemp("damage") / "index", engine=request.param)
    made.add([article(f"a{n}", f"Banjir {n}", "warga polisi air " * 9) for n in range(COUNT - 5)])
    made.add([article(f"b{n}", f"Gempa {n}", "hujan sungai " * 9) for n in range(5)])
    made.add([article("lain", "Lain"), article("b1", "Gempa 1", "hujan lagi")])
    made.delete("lain")
    assert made.check() == []
    return made


def files(index: NewsIndex) -> Iterator[Path]:
    """Every file of an index that is not empty, as locks are."""
    for path in sorted(Path(index._engine.location).rglob("*")):
        if path.is_file() and path.stat().st_size:
            yield path


def test_any_flipped_byte_is_found_and_its_file_named(sound: NewsIndex) -> None:
    random = Random(3)
    for path in files(sound):
        content = path.read_bytes()
        places = {0, len(content) - 1, *(random.randrange(len(content)) for _ in range(4))}
        for place in places:
            damaged = bytearray(content)
            damaged[place] ^= 1 << random.randrange(8)
            path.write_bytes(damaged)
            problems = sound.check()
            assert any(str(path) in one for one in problems), (path.name, place, problems)
        path.write_bytes(content)
    assert sound.check() == []


def test_a_file_cut_short_is_named_when_the_index_is_opened(sound: NewsIndex) -> None:
    for path in files(sound):
        content = path.read_bytes()
        for length in (0, len(content) // 2, len(content) - 1):
            path.write_bytes(content[:length])
            assert any(str(path) in one for one in sound.check()), (path.name, length)
            if path.name not in ("newsearch.json", "sums.txt"):
                with pytest.raises(newsearch.IndexCorruptError, match="export") as raised:
                    newsearch.open(sound._engine.location)
                assert str(path) in str(raised.value)
        path.write_bytes(content)
    assert sound.check() == []


def test_wrong_bytes_never_show_as_another_error_on_opening(
    sound: NewsIndex, tmp_path: Path
) -> None:
    # A copy, and always a new file: what tantivy has mapped must not change under it.
    copy = tmp_path / "copy"
    shutil.copytree(sound._engine.location, copy)
    random = Random(5)
    for path in [path for path in copy.rglob("*") if path.is_file() and path.stat().st_size]:
        content = path.read_bytes()
        for changes in (1, 1, 1, 30, 30, 30):
            damaged = bytearray(content)
            for _ in range(changes):
                # What tells where the rest is stands at the end.
                damaged[-1 - random.randrange(min(len(content), 300))] ^= 1 << random.randrange(8)
            path.unlink()
            path.write_bytes(damaged)
            with suppress(newsearch.NewsIndexError):
                newsearch.open(copy)
        path.unlink()
        path.write_bytes(content)
    assert newsearch.open(copy).check() == []


def test_a_missing_file_is_named(sound: NewsIndex) -> None:
    for path in files(sound):
        content = path.read_bytes()
        path.unlink()
        if path.name == "newsearch.json":
            with pytest.raises(newsearch.IndexNotFoundError):
                newsearch.open(sound._engine.location)
        else:
            assert any(str(path) in one for one in sound.check()), path.name
        path.write_bytes(content)
    assert sound.check() == []


def test_what_can_be_read_is_saved_whatever_is_damaged(sound: NewsIndex) -> None:
    everything = {one.id for one in sound.articles()}
    assert len(everything) == COUNT
    for path in files(sound):
        content = path.read_bytes()
        for damaged in (b"", content[: len(content) // 2], b"\xff" * len(content)):
            path.write_bytes(damaged)
            with newsearch.open(sound._engine.location, damaged=True) as index:
                salvage = index.salvage()
                saved = {one.id for one in salvage}
            assert salvage.lost, path.name
            assert any(str(path) in one.reason for one in salvage.lost)
            if path.suffix == ".del":
                # The list of what was deleted is gone: that comes back too.
                assert saved >= everything
            else:
                assert len(saved) + salvage.unreadable == COUNT, (path.name, salvage.lost)
                stored = path.suffix == ".store" or ".stored" in path.suffixes
                assert stored or saved == everything, path.name
        path.write_bytes(content)
    assert sound.check() == []


def test_a_rebuild_goes_on_with_what_can_be_read(sound: NewsIndex, tmp_path: Path) -> None:
    location = tmp_path / "index"
    with newsearch.create(location, engine=sound.stats().engine) as copy:
        for _ in sound.copy_to(copy):
            pass
        copy.add([article("c1", "Panen"), article("c2", "Panen")])
    data = location / "data-1"
    stored = sorted(
        (*data.glob("*.store"), *data.glob("*.stored.col")), key=lambda p: p.stat().st_size
    )
    stored[-1].write_bytes(stored[-1].read_bytes()[:20])
    with pytest.raises(newsearch.IndexCorruptError, match="rebuild --salvage"):
        newsearch.open(location)
    with newsearch.open(location, damaged=True) as index:
        salvage = index.salvage()
        count = index.rebuild(salvage=salvage)
    assert (count, salvage.unreadable) == (2, COUNT)
    with newsearch.open(location) as index:
        assert {one.id for one in index.articles()} == {"c1", "c2"}
        assert index.check() == []
        assert index.add([article("c3", "Panen")]).added == 1
    # What could not be read is still there, for whoever can.
    assert (location / "unreadable-1" / stored[-1].name).exists()


def test_a_rebuild_without_leave_to_lose_anything_changes_nothing(
    sound: NewsIndex, tmp_path: Path
) -> None:
    location = tmp_path / "index"
    with newsearch.create(location, engine=sound.stats().engine) as copy:
        for _ in sound.copy_to(copy):
            pass
    (stored,) = (
        *(location / "data-1").glob("*.store"),
        *(location / "data-1").glob("*.stored.col"),
    )
    content = bytearray(stored.read_bytes())
    content[len(content) // 3] ^= 1  # perhaps a letter of an article: nothing else would notice
    stored.write_bytes(content)
    before = {path: path.read_bytes() for path in (location / "data-1").iterdir()}
    with (
        newsearch.open(location) as index,
        pytest.raises(newsearch.IndexCorruptError, match="checksum"),
    ):
        index.rebuild()
    assert {path: path.read_bytes() for path in (location / "data-1").iterdir()} == before


def test_damaged_sums_keep_nobody_from_reading(sound: NewsIndex) -> None:
    path = Path(sound._engine.location) / "data-1" / "sums.txt"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"0", b"1", 1))
    with newsearch.open(sound._engine.location) as index:
        assert index.search("banjir").total == COUNT - 5
        with pytest.raises(newsearch.IndexCorruptError, match="sums"):
            index.add([article("baru", "Banjir")])
    path.write_bytes(content)
    assert sound.check() == []


def test_the_sums_of_a_copied_directory_hold(sound: NewsIndex, tmp_path: Path) -> None:
    for path in files(sound):
        target = tmp_path / path.relative_to(sound._engine.location)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    with newsearch.open(tmp_path) as index:
        assert index.check() == []


def test_manifests_of_the_wrong_types_are_damage(sound: NewsIndex) -> None:
    path = Path(sound._engine.location) / "newsearch.json"
    content = path.read_bytes()
    for key, value in (("count", "1"), ("engine", 5), ("generation", -1), ("fingerprint", None)):
        path.write_bytes(orjson.dumps({**orjson.loads(content), key: value}))
        with pytest.raises(newsearch.IndexCorruptError, match="is damaged"):
            newsearch.open(path.parent)
    path.write_bytes(content)


def test_a_commit_does_not_take_damage_for_the_truth(sound: NewsIndex, tmp_path: Path) -> None:
    location = tmp_path / "index"
    with newsearch.create(location, engine=sound.stats().engine) as index:
        for _ in sound.copy_to(index):
            pass
        (path,) = (*(location / "data-1").glob("*.pos"), *(location / "data-1").glob("*.words_l*"))
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        index.add([article("c1", "Panen")])
        assert [one for one in index.check() if str(path) in one]


def test_checksums_that_tantivy_keeps_are_those_of_the_files(tmp_path: Path) -> None:
    with newsearch.create(tmp_path / "index") as index:
        for number in range(12):  # some are merged, and some deleted in
            index.add([article(f"a{one}", "Banjir") for one in range(number, number + 5)])
        known = 0
        for path in files(index):
            told = footer.checksum(path)
            assert told in (None, sums.checksum(path)), path.name
            known += told is not None
    assert known >= 6
    for content in (b"", b"\x00" * 7, b"{}\x02\x00\x00\x00\x39\x05\x00\x00", b"x" * 5_000):
        (tmp_path / "other").write_bytes(content)
        assert footer.checksum(tmp_path / "other") is None


def test_a_lost_manifest_is_made_anew(sound: NewsIndex, tmp_path: Path) -> None:
    location = tmp_path / "index"
    with newsearch.create(location, engine=sound.stats().engine) as index:
        index.add([article("a", "Banjir"), article("b", "Banjir")])
    (location / "newsearch.json").write_bytes(b"\x00" * 9)
    with pytest.raises(newsearch.IndexCorruptError, match="rebuild --salvage"):
        newsearch.open(location)
    with newsearch.open(location, outdated=True, damaged=True) as index:
        assert index.rebuild(salvage=index.salvage()) == 2
    with newsearch.open(location) as index:
        assert index.search("banjir").total == 2
        assert index.check() == []
