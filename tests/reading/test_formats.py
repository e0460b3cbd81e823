"""JSON Lines and CSV: what is broken is rejected with its line, and the rest is read."""

import gzip
import io
import json
import tempfile
import tracemalloc
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsearch.article import Article
from newsearch.reading import Reader, read
from newsearch.reading.arrays import array_items
from newsearch.reading.streams import MAX_LINE, Stream

GOOD = b'{"title": "Berita", "text": "Isi."}\n'


def reader_of(tmp_path: Path, name: str, data: bytes) -> tuple[list[Article], Reader]:
    path = tmp_path / name
    path.write_bytes(data)
    reader = read(path)
    return list(reader), reader


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken\n", "not JSON"),
        (b'{"title": "\xff"}\n', "not valid UTF-8"),
        (b'{"title": "\\ud800"}\n', "not JSON"),
        (b'{"url": "https://a.example", "x": 1}\n', "no title and no text: the record has url, x"),
        (b"{}\n", "the record is empty"),
        (b"[1]\n", "a list"),
        (b'"text"\n', "a text"),
        (b"12\n", "a number"),
        (b"null\n", "null"),
        (b"[" * 5000 + b"]" * 5000 + b"\n", "not JSON"),
        (b'{"title": ' + b"[" * 2000 + b"]" * 2000 + b"}\n", "not JSON"),
        (b'{"title": "A", "url": "' + b"x" * 1001 + b'"}\n', "url has 1,001 characters"),
        (b'{"title": "' + b"x" * MAX_LINE + b'"}\n', "a line of more than 16,777,216 bytes"),
        (b"\x00\x00\n", "not JSON"),
    ],
)
def test_a_bad_line_is_rejected_with_its_number(tmp_path: Path, line: bytes, reason: str) -> None:
    articles, reader = reader_of(tmp_path, "a.jsonl", GOOD + line + b"\n" + GOOD)

    assert [article.title for article in articles] == ["Berita", "Berita"]
    [rejection] = reader.rejected
    assert rejection.line == 2
    assert reason in rejection.reason


def test_lists_nested_less_deeply_are_no_title_either(tmp_path: Path) -> None:
    line = b'{"title": ' + b"[" * 900 + b"]" * 900 + b"}\n"
    articles, reader = reader_of(tmp_path, "a.jsonl", line)

    assert articles == []
    assert "no title" in reader.rejected[0].reason


def test_byte_order_mark_blank_lines_and_a_last_line_without_end(tmp_path: Path) -> None:
    articles, reader = reader_of(
        tmp_path, "a.jsonl", b"\xef\xbb\xbf" + GOOD + b"\r\n  \n" + GOOD.rstrip()
    )

    assert len(articles) == 2
    assert reader.rejected == []


def test_a_json_array_rejects_items(tmp_path: Path) -> None:
    articles, reader = reader_of(tmp_path, "a.json", b'[{"title": "A"}, 3, {"x": 1}]')

    assert [article.title for article in articles] == ["A"]
    assert "item 2" in reader.rejected[0].reason
    assert "item 3: no title" in reader.rejected[1].reason


def test_a_broken_item_of_an_array_costs_no_other(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf [\n{"title": "A, [\\"} {"},\n{broken},\n\n'
    data += b'{"title": "\\\\"}, {"title": "B"}\n]\n'
    articles, reader = reader_of(tmp_path, "a.json", data)

    assert [article.title for article in articles] == ['A, ["} {', "\\", "B"]
    [rejection] = reader.rejected
    assert rejection.line == 3
    assert rejection.reason.startswith("item 2: not JSON")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'[{"title": "A"}, {"title": "B"', "does not end"),
        (b'[{"title": "A"}] {"title": "B"}', "behind the end"),
        (b'[{"title": "A"}, {"title": "B" ]', "does not end"),
        (b'[{"title": "A"},,]', "item 2: not JSON"),
    ],
)
def test_an_array_that_is_not_whole_gives_what_it_has(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    articles, reader = reader_of(tmp_path, "a.json", data)

    assert [article.title for article in articles] == ["A"]
    assert reason in reader.rejected[0].reason


def test_an_array_is_read_in_constant_memory(tmp_path: Path) -> None:
    record = b'{"title": "A", "text": "' + b"kata \\n" * 2000 + b'"},\n'
    data = b"[" + record * 4000 + b'{"title": "' + b"x" * (MAX_LINE + 1) + b'"},\n{"title": "Z"}]'
    path = tmp_path / "a.json"
    path.write_bytes(data)
    size = len(data)
    del data

    tracemalloc.start()
    reader = read(path)
    titles = [article.title for article in reader]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert titles == ["A"] * 4000 + ["Z"]
    assert [(r.line, r.reason[:10]) for r in reader.rejected] == [(4001, "item 4001:")]
    # The item that is too long has 16 MB, twice while it grows.
    assert peak < 40_000_000 < size


@settings(max_examples=100)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=20,
    ).map(lambda value: [value, {"title": str(value)}]),
    st.integers(1, 40),
    st.sampled_from([None, 2]),
)
def test_an_array_is_cut_as_json_says_wherever_blocks_end(
    value: list[object], size: int, indent: int | None
) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=False).encode("utf-8", "replace")

    class Blocks(io.BytesIO):
        def read1(self, _: int | None = -1, /) -> bytes:
            return self.read(size)

    rejected: list[object] = []
    stream = Stream(Blocks(data))
    stream.buffer = Blocks(data)  # type: ignore[assignment]
    items = [*array_items(stream, lambda *args: rejected.append(args))]

    assert [json.loads(item.data) for item in items] == json.loads(data)
    assert rejected == []


@pytest.mark.parametrize("data", [b"[1", b"{\n  broken\n}\n", b"broken", b"3"])
def test_a_json_file_that_is_none(tmp_path: Path, data: bytes) -> None:
    articles, reader = reader_of(tmp_path, "a.json", data)

    assert articles == []
    assert len(reader.rejected) == 1


def test_a_json_file_of_lines_whose_first_is_broken(tmp_path: Path) -> None:
    articles, reader = reader_of(tmp_path, "a.json", b"{broken\n" + GOOD)

    assert len(articles) == 1
    assert reader.rejected[0].line == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters_quotes_and_lines_inside_quotes(tmp_path: Path, delimiter: str) -> None:
    row = delimiter.join(['"Panen, raya; ""besar"" | kini"', '"satu\ndua"', "1.234"])
    data = delimiter.join(["Judul", "isi", "dibaca"]) + "\r\n" + row + "\r\n\r\n" + row
    articles, reader = reader_of(tmp_path, "a.csv", data.encode("utf-8-sig"))

    assert reader.rejected == []
    assert [(a.title, a.text, a.views) for a in articles] == [
        ('Panen, raya; "besar" | kini', "satu\ndua", 1234)
    ] * 2


def test_csv_in_windows_1252_and_utf8_mixed(tmp_path: Path) -> None:
    data = b"title,text\nKaf\xe9,\x93a\x94\n" + "Kafé,“a”\n".encode()
    articles, _ = reader_of(tmp_path, "a.csv", data)

    assert {(a.title, a.text) for a in articles} == {("Kafé", "“a”")}


def test_csv_rows_that_do_not_fit(tmp_path: Path) -> None:
    data = b'title,text\na,b,c\n"x\ny",z\nd\n,\ne,f,\n\n,,g\n'
    articles, reader = reader_of(tmp_path, "a.csv", data)

    assert [article.title for article in articles] == ["x y", "d", "e"]
    assert [(r.line, r.reason.partition(";")[0]) for r in reader.rejected] == [
        (2, "not CSV: 3 values for 2 columns"),
        (9, "not CSV: 3 values for 2 columns"),
    ]


def test_csv_without_a_known_column_is_rejected_once(tmp_path: Path) -> None:
    articles, reader = reader_of(tmp_path, "a.csv", b"foo,bar\n1,2\n3,4\n")

    assert articles == []
    [rejection] = reader.rejected
    assert rejection.line == 1
    assert "foo, bar" in rejection.reason
    assert "field_map" in rejection.reason


def test_csv_header_by_field_map(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("berkas;kepala\n1;Panen\n")

    assert [article.title for article in read(path, field_map={"title": "kepala"})] == ["Panen"]


def test_csv_with_a_long_text_and_a_line_that_is_too_long(tmp_path: Path) -> None:
    long = "kata " * 60_000
    data = f"title,text\nA,{long}\nB,".encode() + b"x" * (MAX_LINE + 1) + b"\nC,c\n"
    articles, reader = reader_of(tmp_path, "a.csv", data)

    assert [article.title for article in articles] == ["A", "C"]
    assert articles[0].text == long.strip()
    assert [rejection.line for rejection in reader.rejected] == [3]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", "title\ttext\r\nKafé 😀\tb\r\n"),
        ("a.json", '[\n{"title": "Kafé 😀", "text": "b"}]'),
        ("a.jsonl", '{"title": "Kafé 😀", "text": "b"}\n'),
        ("a.jsonl.gz", '{"title": "Kafé 😀", "text": "b"}\n'),
    ],
)
def test_utf16_is_found(tmp_path: Path, name: str, data: str, encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    packed = (mark + data).encode(encoding)
    packed = gzip.compress(packed) if name.endswith(".gz") else packed
    articles, reader = reader_of(tmp_path, name, packed)

    assert [(article.title, article.text) for article in articles] == [("Kafé 😀", "b")]
    assert reader.rejected == []


def test_a_quote_that_is_never_closed_costs_its_line_only(tmp_path: Path) -> None:
    data = b'title,text\na,"b\nc"\nd,"e\nf,g\nh,"i, ""j"""\n"k\nl,m\n'
    articles, reader = reader_of(tmp_path, "a.csv", data)

    assert [article.title for article in articles] == ["a", "f", "h", "l"]
    assert [(rejection.line, rejection.reason) for rejection in reader.rejected] == [
        (4, "not CSV: ',' expected after '\"'"),
        (7, "not CSV: unexpected end of data"),
    ]


def test_many_open_quotes_are_bounded_work(tmp_path: Path) -> None:
    data = b"title,text\n" + b'"' + b'a"b\n' * 101
    articles, reader = reader_of(tmp_path, "a.csv", data)

    assert articles or reader.rejected
    assert len(reader.rejected) <= 101


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    articles, reader = reader_of(tmp_path, "a.csv", b"title,text,title\na,b,c\n")

    assert articles == []
    assert "two columns are called 'title'" in reader.rejected[0].reason


JSON_BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.one_of(
            st.just(GOOD),
            st.sampled_from([b"{\n", b"}\n", b"[\n", b"]", b",", b"\xef\xbb\xbf", b"null\n"]),
            st.dictionaries(
                st.sampled_from(["title", "text", "date", "views", "authors", "regions", "id"]),
                st.recursive(
                    st.none()
                    | st.booleans()
                    | st.integers(-(2**63), 2**64 - 1)
                    | st.floats(allow_nan=False)
                    | st.text(max_size=20).filter(lambda t: t.isprintable()),
                    lambda inner: (
                        st.lists(inner, max_size=3)
                        | st.dictionaries(st.just("name"), inner, max_size=1)
                    ),
                    max_leaves=5,
                ),
            ).map(orjson.dumps),
        ),
        max_size=6,
    ).map(b"\n".join),
)
CSV_BYTES = st.one_of(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from(
            [
                b"title",
                b"text",
                b",",
                b";",
                b"\n",
                b"\r",
                b"\r\n",
                b'"',
                b"a",
                b"\0",
                b"\xe9",
                b"\t",
            ]
        ),
        max_size=40,
    ).map(b"".join),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["a.jsonl", "a.json", "a.dat"]), JSON_BYTES)
def test_any_bytes_of_json_are_read_without_an_exception(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        articles, reader = reader_of(Path(folder), name, data)

    assert all(article.title or article.text for article in articles)
    assert all(rejection.reason for rejection in reader.rejected)
    assert reader.bytes_read == len(data)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["a.csv", "a.tsv", "a.txt"]), CSV_BYTES)
def test_any_bytes_of_csv_are_read_without_an_exception(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        articles, reader = reader_of(Path(folder), name, data)

    assert all(article.title or article.text for article in articles)
    assert all(rejection.reason for rejection in reader.rejected)
