"""Many articles analysed together, against the analysis of one by its definition."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsearch.language import analyse, analyse_all, content_stems, tokens
from newsearch.language import columns as columns_module
from newsearch.language.analysis import _TOGETHER, BREAKS
from newsearch.language.names import may_be_name, names_among
from newsearch.language.parting import Parted
from newsearch.language.tokens import MAX_TOKEN
from tests.support import ARTICLES

_PIECES = (
    "Lukaku lukaku Seminyak SEMINYAK Kecamatan Kec. Desa Sukamaju sukamaju banjir BANJIR kebanjiran"
    " dan di anak-anak Anak-anak COVID-19 Rp2.500 17,5 Jum’at Jum'at memasak. Pertanian, é ² ٣.٤ ¼"
    " - -- . , ¶ _ \0"
).split(" ")
_LONG = [
    "x" * (MAX_TOKEN + 1),
    "y" * MAX_TOKEN,
    "é" * MAX_TOKEN,
    "é" * (MAX_TOKEN + 1),
    "abcdefgh" * 4,
]
TEXT = st.lists(st.sampled_from([*_PIECES, *_LONG]), max_size=25).map(" ".join) | st.text(
    max_size=30
)


def _stems(text: str, names: frozenset[str]) -> str:
    written = (token if token in names else content_stems()[token] for token in tokens(text))
    return " ".join(filter(None, written))


def _by_definition(title: str, text: str) -> tuple[str, str, str, str]:
    every = {*tokens(title), *tokens(text)}
    doubtful = {token for token in every if content_stems()[token] not in ("", token)}
    candidates = {(token, kind) for token in doubtful if (kind := may_be_name(token))}
    names = names_among(candidates, text)
    title_words = " ".join(tokens(title))
    return (
        _stems(title, names),
        _stems(text, names),
        title_words,
        f"{title_words} {BREAKS} {' '.join(tokens(text))}",
    )


def _analysed(articles: list[tuple[str, str]]) -> list[tuple[str, str, str, str]]:
    return [
        (terms.title, terms.body, terms.title_words, terms.words) for terms in analyse_all(articles)
    ]


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
@example([("", "")])
@example([("", "Kata Lukaku di sana."), ("", "Katanya lukaku di sana.")])
@example([("Banjir", "é"), ("", ""), ("a", "b")])
def test_many_are_analysed_as_each_by_definition(articles: list[tuple[str, str]]) -> None:
    assert _analysed(articles) == [_by_definition(*article) for article in articles]


def test_the_sample_articles_are_analysed_by_definition() -> None:
    articles = [
        (text.partition("\n")[0], text)
        for text in (path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.txt")))
    ]
    assert len(articles) > 30
    assert _analysed(articles) == [_by_definition(*article) for article in articles]


@given(st.lists(TEXT, max_size=6))
def test_the_words_of_many_texts_are_their_tokens(texts: list[str]) -> None:
    parted = Parted(texts)
    every = [token for text in texts for token in tokens(text)]
    assert [parted.word(place) for place in range(len(parted.starts))] == every
    bounds = parted.bounds.tolist()
    assert [every[start:end] for start, end in pairwise(bounds)] == list(map(tokens, texts))


def test_long_texts_are_analysed_a_few_at_a_time() -> None:
    texts = [("Judul", f"banjir nomor {number} " * (_TOGETHER // 60)) for number in range(5)]
    assert _analysed(texts) == [_by_definition(*text) for text in texts]


def test_stems_are_put_together_some_tokens_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("Judul", "warga kebanjiran di kota"), ("", ""), ("", "anak-anak")]
    for together in (1, 2, 3):
        monkeypatch.setattr(columns_module, "_TOGETHER", together)
        assert _analysed(texts) == [_by_definition(*text) for text in texts]


def test_when_too_many_words_are_known_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns_module, "CACHE_SIZE", 50)
    for number in range(200):
        words = f"kata{number} kebanjiran lain{number}"
        assert analyse("", words).body == f"kata{number} banjir lain{number}"
    assert columns_module._kept.get()._table.count < 60


def test_threads_may_analyse_at_once() -> None:
    made = random.Random(7)
    vocabulary = [f"{head}{number}" for number in range(2_000) for head in ("kata", "lain")]
    lots = [[("", " ".join(made.choices(vocabulary, k=300))) for _ in range(5)] for _ in range(40)]
    with ThreadPoolExecutor(8) as pool:
        analysed = list(pool.map(_analysed, lots))
    assert analysed == [[_by_definition(*article) for article in lot] for lot in lots]
