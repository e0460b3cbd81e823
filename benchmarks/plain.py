"""The plain builds that newsearch is compared with: what an afternoon with tantivy gives.

Tokens are runs of letters and digits in lower case; each is stemmed (or not) into a field that is
parted at blanks; a query ORs its words under tantivy's own BM25. No stop words, no names, no
regions. Three layouts: title and body as two fields; the same with the title twice and the surface
words beside the stems; and the second in one field, which ranks best of the three.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import tantivy

from benchmarks.sets import Document
from benchmarks.stems import Stems, sastrawi, words_of

Layout = Literal["fields", "words", "one field", "body"]

HEAP_BYTES = 500_000_000
RELATED_TERMS = 40
"""Terms of an article that ask for its related ones."""


def stemmers() -> dict[str, Stems]:
    """The stemmers compared, by the name of their column."""
    from snowballstemmer.indonesian_stemmer import IndonesianStemmer

    return {
        "no stemming": Stems(str),
        "PySastrawi": sastrawi(),
        "Snowball": Stems(IndonesianStemmer().stemWord),
    }


class PlainIndex:
    """One tantivy index in memory that holds the documents once for each stemmer.

    BM25 counts each field for itself: this ranks as an index for each stemmer would.
    """

    def __init__(self, documents: Iterable[Document], stems: Mapping[str, Stems]) -> None:
        self._stems = dict(stems)
        # A field name has no blanks.
        self._keys = {name: name.replace(" ", "_") for name in stems}
        self._schema = self._make_schema()
        index = tantivy.Index(self._schema)
        writer = index.writer(HEAP_BYTES, 1)
        for document in documents:
            writer.add_document(self._fields(document))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def search(self, query: str, limit: int, *, stemmer: str, layout: Layout) -> list[str]:
        """The ids of the best documents, best first."""
        clauses = [
            self._term(field, term, boost)
            for word in dict.fromkeys(words_of(query))
            for field, term, boost in self._asked(word, stemmer, layout)
        ]
        return self._ids(clauses, limit)

    def related(self, document: Document, limit: int, *, stemmer: str) -> list[str]:
        """The ids of the documents that share its 40 best tf-idf terms, without itself."""
        stems = self._stems[stemmer]
        counts = Counter(stems.of(words_of(document.title) + words_of(document.text)))
        field = f"{self._keys[stemmer]}_all"
        total = self._searcher.num_docs
        weighted = [
            (count * math.log(total / holding), term)
            for term, count in counts.items()
            if (holding := self._searcher.doc_freq(field, term))
        ]
        best = sorted(weighted, reverse=True)[:RELATED_TERMS]
        found = self._ids([self._term(field, term, 1.0) for _, term in best], limit + 1)
        return [one for one in found if one != document.id][:limit]

    def _make_schema(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for key in self._keys.values():
            for part in ("title", "body", "all"):
                builder.add_text_field(
                    f"{key}_{part}", tokenizer_name="whitespace", index_option="freq"
                )
        return builder.build()

    def _fields(self, document: Document) -> tantivy.Document:
        made = tantivy.Document()
        made.add_text("id", document.id)
        title_words, body_words = words_of(document.title), words_of(document.text)
        for name, key in self._keys.items():
            title = " ".join(self._stems[name].of(title_words))
            body = " ".join(self._stems[name].of(body_words))
            made.add_text(f"{key}_title", title)
            made.add_text(f"{key}_body", body)
            made.add_text(f"{key}_all", f"{title} {title} {body}")
        return made

    def _asked(self, word: str, stemmer: str, layout: Layout) -> Iterator[tuple[str, str, float]]:
        """The fields and terms by which a word is asked for, each with its weight."""
        key, stem = self._keys[stemmer], self._stems[stemmer][word]
        surface = self._keys["no stemming"]
        if not stem:
            return
        if layout == "one field":
            yield f"{key}_all", stem, 1.0
        else:
            yield f"{key}_body", stem, 1.0
        if layout in ("fields", "words"):
            yield f"{key}_title", stem, 2.0 if layout == "words" else 1.0
        if layout in ("words", "one field"):
            yield f"{surface}_all", word, 1.0

    def _term(self, field: str, term: str, boost: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, term, index_option="freq")
        return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)

    def _ids(self, clauses: list[tantivy.Query], limit: int) -> list[str]:
        asked = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in clauses])
        found = self._searcher.search(asked, limit=limit, count=False)
        return [str(self._searcher.doc(address).get_first("id")) for _, address in found.hits]
