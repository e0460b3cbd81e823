"""Count how likely roots and affixes are, from the words of the corpus beside the project.

    python tools/build_stem_costs.py [../shared/corpus/news.jsonl.gz]

Writes root-costs.txt, affix-costs.txt and inflected.txt to newsearch/language/data/. No text of
the corpus is kept, only costs in bits and words. The same corpus gives the same bytes.

Each word is a draw of affixes and, apart from them, a root. Which root it was is hidden where a
word has several analyses; expectation maximisation (Dempster, Laird & Rubin 1977) finds the
probabilities under which the words are likeliest: *merusak*, *rusaknya*, *perusak* make 'rusak'
likely, so that *kerusakan* is a form of it too, and not of 'rusa'. A word counts by the logarithm
of its frequency: a root with many forms outweighs one with a single frequent form.

The inflected words are those that would pass for names by their costs (`newsearch.language.names`)
but are written in lower case inside sentences.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import orjson

from newsearch.language.lexicon import costs, exceptions, roots
from newsearch.language.morphology import affixes_of, analyses
from newsearch.language.names import looks_like_name
from newsearch.language.stemmer import likeliest, stem_token
from newsearch.language.tokens import tokens
from newsearch.regions import protected_names

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "news.jsonl.gz"
DATA = ROOT / "newsearch" / "language" / "data"
ROUNDS = 12
RAREST = 2  # a word seen once is more often misspelt than not
LONGEST = 30
UNSEEN = 0.5  # the weight of a root or an affix before any word is counted

ATTESTED = 3  # times a word is written small before it is believed
MISTAKES = 20  # capitals for each time that are still a matter of headlines, not of names
INSIDE = re.compile(r"(?<=[a-z0-9,;)] )[A-Za-z][a-z]{3,}(?![A-Za-z-])")

Parts = tuple[str, tuple[str, ...]]
"""Root, affixes."""


def main() -> None:
    """Write the two files."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    words = words_of(corpus)
    root_weights, affix_weights = learn(words)
    total = sum(root_weights.values())
    by_cost: dict[float, list[str]] = defaultdict(list)
    for root, weight in root_weights.items():
        if weight >= 1:
            by_cost[round(2 * -math.log2(weight / total)) / 2].append(root)
    lines = [f"{cost:g} {' '.join(sorted(by_cost[cost]))}" for cost in sorted(by_cost)]
    write("root-costs.txt", "cost in bits, roots", lines)
    write("affix-costs.txt", "affix, cost in bits", affix_lines(affix_weights))
    costs.cache_clear()
    write("inflected.txt", "words that are no names", inflected_lines(corpus))


def texts(corpus: Path) -> Iterator[str]:
    """Title and text of each article."""
    with gzip.open(corpus) as lines:
        for line in lines:
            record = orjson.loads(line)
            yield f"{record.get('title') or ''} {record.get('text') or ''}"


def words_of(corpus: Path) -> list[tuple[float, list[Parts]]]:
    """The weight of each word of the corpus, and its analyses."""
    counts: Counter[str] = Counter()
    for text in texts(corpus):
        counts.update(tokens(text))
    names = protected_names()
    return [
        (math.log2(1 + count), parts)
        for word, count in sorted(counts.items())
        if count >= RAREST and word.isalpha() and len(word) <= LONGEST and word not in names
        if (parts := parts_of(word))
    ]


def inflected_lines(corpus: Path) -> Iterable[str]:
    """The words that case tells from names, a line for each letter they begin with."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts(corpus):
        for word in INSIDE.findall(text):
            (small if word[0].islower() else capital)[word.lower()] += 1
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word, count in sorted(small.items()):
        if count >= ATTESTED and count * MISTAKES > capital[word] and could_be_name(word):
            by_letter[word[0]].append(word)
    return (" ".join(words) for words in by_letter.values())


def could_be_name(word: str) -> bool:
    """Whether the stemmer changes a word whose analysis is as unlikely as that of a name."""
    found = None if stem_token(word) == word else likeliest(word)
    return found is not None and looks_like_name(*found)


def parts_of(word: str) -> list[Parts]:
    """The analyses of a word; roots and exceptions have one."""
    if word in roots():
        return [(exceptions().get(word, word), ("",))]
    if word in exceptions():
        return [(exceptions()[word], ("",))]
    return sorted({(found.root, affixes_of(found)) for found in analyses(word, roots()).within})


def learn(
    words: list[tuple[float, list[Parts]]],
) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The expected weights of roots and affixes."""
    root_weights = {parts[0][0]: UNSEEN for _, parts in words}
    root_weights |= {root: UNSEEN for _, parts in words for root, _ in parts}
    for weight, parts in words:
        if len(parts) == 1:
            root_weights[parts[0][0]] += weight
    affix_weights: Mapping[str, float] = defaultdict(lambda: 1.0)
    for _ in range(ROUNDS):
        root_weights, affix_weights = expect(words, root_weights, affix_weights)
    return root_weights, affix_weights


def expect(
    words: list[tuple[float, list[Parts]]],
    root_weights: Mapping[str, float],
    affix_weights: Mapping[str, float],
) -> tuple[dict[str, float], dict[str, float]]:
    """One round: share each word out among its analyses by their probability, and count."""
    shares_of_affix = probabilities(affix_weights)
    new_roots = dict.fromkeys(root_weights, UNSEEN)
    new_affixes: dict[str, float] = defaultdict(lambda: UNSEEN)
    for weight, parts in words:
        chances = [
            root_weights[root] * math.prod(shares_of_affix[affix] for affix in affixes)
            for root, affixes in parts
        ]
        whole = sum(chances)
        for (root, affixes), chance in zip(parts, chances, strict=True):
            share = weight * chance / whole
            new_roots[root] += share
            for affix in affixes:
                new_affixes[affix] += share
    return new_roots, new_affixes


def probabilities(weights: Mapping[str, float]) -> dict[str, float]:
    """Affix → probability: of a confix among words, of an inner prefix within its outer one."""
    confixes = {affix: weight for affix, weight in weights.items() if "…" in affix}
    total = sum(confixes.values()) or 1.0
    outer = prefix_totals(weights)
    shares: dict[str, float] = defaultdict(lambda: 1e-4)
    for affix, weight in weights.items():
        shares[affix] = weight / (outer[affix.split(">")[0]] if ">" in affix else total)
    shares[""] = 1.0
    return shares


def prefix_totals(weights: Mapping[str, float]) -> dict[str, float]:
    """Prefix → the weight of the words that have it, in whatever place."""
    totals: dict[str, float] = defaultdict(float)
    for affix, weight in weights.items():
        if "…" in affix:
            totals[affix.split("…")[0]] += weight
        elif ">" in affix:
            totals[affix.split(">")[1]] += weight
    return totals


def affix_lines(weights: Mapping[str, float]) -> Iterable[str]:
    """The affixes from the likeliest."""
    costs = {
        affix: round(-math.log2(share), 1)
        for affix, share in probabilities(weights).items()
        if affix and weights[affix] >= 1
    }
    return (f"{affix} {cost}" for affix, cost in sorted(costs.items(), key=lambda at: at[::-1]))


def write(name: str, holds: str, lines: Iterable[str]) -> None:
    """A file of data, with a head that says where it comes from."""
    head = f"# {holds}; written by tools/build_stem_costs.py"
    (DATA / name).write_text("\n".join((head, *lines)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
