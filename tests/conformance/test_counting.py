"""What is counted is what a count over the articles themselves gives, in every engine."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from newsearch import NewsIndex
from newsearch.engines.tantivy import counting
from newsearch.engines.whoosh import core
from newsearch.language import stop_words, tokens
from newsearch.query.vocabulary import Vocabulary
from newsearch.regions import ancestors, regions
from newsearch.results.completion import GOING_ON
from tests.support import article, found

VILLAGES = ("16.02.03.2001", "11.01.01.2001", "31.71.01.1001")
WORDS = "banjir bandar di dan yang api hutan hutan-hutan covid-19 2.500 jum'at ab ſapu İz ½".split()
# Names as articles write them, and words that a stemmer takes the same roots from.
NAMES = (
    "Lukaku lukaku LUKAKU Lukakunya Seminyak seminyak Seminyak-Kuta KUHAP kuhap Menteng menteng"
    " Pemukulan memukul Serang serang anak-anak covid-19 3.016 jum’at warga ½ di"
).split()


def test_regions(empty: NewsIndex) -> None:
    draw = Random(7)
    codes = [*(region.code for level in (1, 2, 3) for region in regions(level)), *VILLAGES]
    given = {f"a{n}": tuple(draw.choices(codes, k=draw.randint(1, 4))) for n in range(120)}
    empty.add([article(name, "Banjir", regions=codes) for name, codes in given.items()])
    counts = Counter(
        code
        for codes in given.values()
        for code in {wider for code in codes for wider in (code, *ancestors(code))}
    )
    expected = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    facet = empty.search("banjir", facets=["region"]).facets["region"]
    assert [(one.value, one.count) for one in facet] == expected


def test_of_more_regions_than_are_counted_the_first_stay(
    empty: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    if empty._engine.name == "opensearch":
        pytest.skip("each shard of a cluster cuts its list before they are put together")
    for module in (counting, core):
        monkeypatch.setattr(module, "MAX_FACET_VALUES", 40)
    codes = [region.code for region in regions(2)]
    Random(3).shuffle(codes)
    empty.add([article(f"a{n}", "Banjir", regions=[code]) for n, code in enumerate(codes[:200])])
    counts = Counter(part for code in codes[:200] for part in (code, code[:2]))
    expected = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:40]
    facet = empty.search("banjir", facets=["region"]).facets["region"]
    assert [(one.value, one.count) for one in facet] == expected


def test_phrases_of_headlines(empty: NewsIndex) -> None:
    draw = Random(11)
    titles = [" ".join(draw.choices(WORDS, k=draw.randint(1, 6))) for _ in range(300)]
    empty.add([article(f"a{n}", title) for n, title in enumerate(titles)])
    for typed in (
        "hutan",
        "huta",
        "hutan ",
        "bandar",
        "covid",
        "hutan api ",
        "hutan di ",
        "hutan di ap",
        "api ab hut",
        "ab hut",
        "ab h",
    ):
        said = empty.suggest(typed, 1_000)
        phrases = {one.text: one.count for one in said if one.kind == "phrase"}
        assert phrases == _completed(typed, [tokens(title) for title in titles])
        if " " not in typed:
            for limit in (1, 3, 5):
                assert empty.suggest(typed, limit) == said[:limit]


def _completed(typed: str, titles: list[list[str]]) -> dict[str, int]:
    """The phrases that a text goes on with, and how many titles have them."""
    expected: dict[str, int] = {}
    longest = True
    for at in (0, *(at + 1 for at, sign in enumerate(typed[:-1]) if sign == " ")):
        if len(typed) - at < 4 and " " not in typed[at:]:
            continue
        before = {*typed[:at].split()} - stop_words()
        beside = [title for title in titles if before.issubset(title)]
        found = _frequent(typed[at:], beside)
        for phrase in sorted(found, key=lambda one: (-found[one], one))[: GOING_ON * longest]:
            first, *between, last = phrase.split()
            if not between:
                both = [title for title in beside if phrase in _phrases(title)]
                for longer, count in _frequent(f"{last} ", both).items():
                    found[f"{first} {longer}"] = count
        longest = longest and not found
        for phrase, count in found.items():
            expected.setdefault(typed[:at] + phrase, count)
    return expected


def _frequent(prefix: str, titles: list[list[str]]) -> dict[str, int]:
    counts = Counter(phrase for title in titles for phrase in _phrases(title))
    return {one: count for one, count in counts.items() if count > 1 and one.startswith(prefix)}


def _phrases(words: list[str]) -> set[str]:
    stop = stop_words()
    runs = [words[at : at + size] for size in (2, 3) for at in range(len(words) - size + 1)]
    return {
        " ".join(run)
        for run in runs
        if not {run[0], run[-1]} & stop and (len(run) == 2 or run[1] in stop)
    }


def test_a_word_as_typed_adds_articles_only_where_it_is_kept_as_a_name(
    empty: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = Random(13)

    def said() -> str:
        return " ".join(draw.choices(NAMES, k=draw.randint(1, 6)))

    empty.add([article(f"a{n}", said(), f"Kata {said()}. Warga {said()}") for n in range(80)])
    with empty.writer() as writer:
        for n in range(0, 80, 3):
            writer.delete(f"a{n}")
    asked = sorted({*map(str.lower, NAMES)})
    asked += [f"{draw.choice(NAMES)} -{draw.choice(NAMES)}" for _ in range(20)]
    answers = [found(empty, query) for query in asked]
    # As if every word might be a name.
    monkeypatch.setattr(Vocabulary, "is_kept", lambda *_: True)
    assert answers == [found(empty, query) for query in asked]
