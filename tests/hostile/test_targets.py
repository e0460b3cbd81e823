"""Any bytes at any target: an answer or an error of newsearch, whatever they are.

What the fuzzer finds comes here as an example, so that it stays found.
"""

from __future__ import annotations

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsearch import NewsearchError
from tests.hostile.targets import TARGETS, WORDS

EXAMPLES = 5_000 if os.environ.get("NEWSEARCH_TORTURE") else 60

PIECES = (
    st.sampled_from(WORDS)
    | st.text(st.characters(exclude_categories=()), max_size=20)
    | st.sampled_from([" ", "\n", "a", "1", "(", ")", '"', "[", "]", "{", "}", ",", ";", ":", "&"])
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
DATA = st.binary(max_size=400) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", TARGETS)
def test_anything(name: str) -> None:
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(data=DATA)
    def hold(data: bytes) -> None:
        with suppress(NewsearchError):
            TARGETS[name](data)

    hold()


FOUND = [
    # The reason quoted a header of any length.
    ("crawl", b"\x28\xb5\x2f\xfd" + b"\x03" * 6_000),
    ("crawl", b"x" * 6_000),
    # warcio takes for granted that a response has an address.
    ("crawl", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"),
]


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found(name: str, data: bytes) -> None:
    with suppress(NewsearchError):
        TARGETS[name](data)
