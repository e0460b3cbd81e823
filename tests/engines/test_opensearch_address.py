"""Locations of indexes on clusters, before any cluster is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsearch
from newsearch import NewsIndexError
from newsearch.engines.opensearch.client import parse_address
from newsearch.engines.opensearch.writer import MAX_ID, document_id


def test_a_location_names_hosts_index_and_options() -> None:
    address = parse_address("opensearch://satu,dua:9201/berita?shards=3&replicas=0")
    assert address.hosts == (("satu", 9200), ("dua", 9201))
    assert (address.name, address.shards, address.replicas) == ("berita", 3, 0)
    assert str(address) == "opensearch://satu:9200,dua:9201/berita"


@pytest.mark.parametrize(
    "location",
    [
        "opensearch://satu",
        "opensearch://satu/",
        "opensearch:///berita",
        "opensearch://satu/Berita",
        "opensearch://satu/a/b",
        "opensearch://satu/a*",
        "opensearch://satu:banyak/berita",
        "opensearch://satu/berita?shards=0",
        "opensearch://satu/berita?shards=tiga",
        "opensearch://satu/berita?pecahan=3",
    ],
)
def test_a_location_that_is_none_is_an_error(location: str) -> None:
    with pytest.raises(NewsIndexError):
        newsearch.open(location)


def test_credentials_do_not_belong_into_a_location() -> None:
    with pytest.raises(NewsIndexError, match="NEWSEARCH_OPENSEARCH_PASSWORD") as raised:
        newsearch.open("opensearch://admin:rahasia@satu/berita")
    assert "rahasia" not in str(raised.value)


def test_credentials_are_in_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSEARCH_OPENSEARCH_USER", "admin")
    monkeypatch.setenv("NEWSEARCH_OPENSEARCH_PASSWORD", "rahasia")
    with pytest.raises(NewsIndexError, match="cannot be reached") as raised:
        newsearch.open("opensearch://127.0.0.1:1/berita")
    assert "rahasia" not in f"{raised.value} {raised.value.__cause__}"


def test_a_missing_authority_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSEARCH_OPENSEARCH_CA", "/tidak/ada.pem")
    with pytest.raises(NewsIndexError, match="NEWSEARCH_OPENSEARCH_CA"):
        newsearch.open("opensearch://127.0.0.1:1/berita")


@given(st.text(min_size=1, max_size=900))
def test_every_id_is_one_for_opensearch(article_id: str) -> None:
    assert 0 < len(document_id(article_id).encode()) <= MAX_ID
