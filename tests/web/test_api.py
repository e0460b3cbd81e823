"""The JSON API of examples/web: its OpenAPI document, held against its answers; its errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

import newsearch
from examples.web import create_app
from newsearch import NewsIndex
from tests.support import ARTICLES, article, story


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The OpenAPI document as the app gives it."""
    with newsearch.create(tmp_path_factory.mktemp("api") / "index") as index:
        index.add(newsearch.read(ARTICLES))
        index.add(story())
        yield schemathesis.openapi.from_wsgi("/api/openapi.json", create_app(index))


PATHS = (
    "/api/search",
    "/api/article/{article_id}",
    "/api/related/{article_id}",
    "/api/latest",
    "/api/suggest",
    "/api/regions",
)


MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
KNOWN = {"article_id": "surut"}
CASES = [
    *((path, mode, None) for path in PATHS if "{" not in path for mode in MODES),
    ("/api/article/{article_id}", GenerationMode.POSITIVE, None),
    ("/api/article/{article_id}", GenerationMode.POSITIVE, KNOWN),
    ("/api/related/{article_id}", GenerationMode.POSITIVE, None),
    ("/api/related/{article_id}", GenerationMode.POSITIVE, KNOWN),
    ("/api/related/{article_id}", GenerationMode.NEGATIVE, KNOWN),
]


@pytest.mark.parametrize(("path", "mode", "parts"), CASES)
def test_answers_are_as_the_document_says(
    served: schemathesis.BaseSchema, path: str, mode: GenerationMode, parts: dict[str, str] | None
) -> None:
    # Not by its pytest plugin, which does not know pytest 9.
    @given(case=served[path]["GET"].as_strategy(mode, path_parameters=parts))
    @settings(max_examples=50, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case[Any]) -> None:
        # A text can be a well-formed parameter and still no region or date: that is a 400 too.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()


def test_the_document_has_every_route(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    assert set(document["paths"]) == set(PATHS)
    assert document["servers"] == [{"url": "http://localhost"}]


def test_a_search_is_that_of_the_library(client: FlaskClient, samples: NewsIndex) -> None:
    answer = client.get(
        "/api/search?q=banjir&region=Lampung&since=2024&sort=newest&limit=3&offset=1"
        "&facet=region&facet=month&collapse=true"
    ).get_json()
    expected = samples.search(
        "banjir",
        region="18",
        since="2024",
        sort="newest",
        limit=3,
        offset=1,
        facets=("region", "month"),
        collapse=True,
    ).to_dict()
    answer["took_ms"] = expected["took_ms"]
    assert answer == expected


def test_articles_and_neighbours(client: FlaskClient, samples: NewsIndex) -> None:
    hit = samples.search("banjir bandar lampung").hits[0]
    found = client.get(f"/api/article/{hit.article.id}").get_json()
    assert found == hit.article.to_dict()
    related = client.get(f"/api/related/{hit.article.id}?limit=2").get_json()
    assert related["total"] == 2
    assert related["hits"] == [one.to_dict() for one in samples.related(hit.article.id, limit=2)]
    latest = client.get("/api/latest?region=18&limit=2").get_json()
    assert [one["id"] for one in latest["hits"]] == [
        one.article.id for one in samples.latest(region="18", limit=2)
    ]
    suggested = client.get("/api/suggest?q=banj").get_json()["suggestions"]
    assert suggested[0]["text"] == "banjir"


def test_an_address_as_id(index: NewsIndex) -> None:
    name = "https://kabar.example/a//b?c=d&e=%2F"
    index.add([article(name, "Panen raya"), article("b", "Panen raya di Ambon")])
    client = create_app(index).test_client()
    for path in (quote(name, safe=""), quote(name)):
        assert client.get(f"/api/article/{path}").get_json()["id"] == name
        assert client.get(f"/api/related/{path}").status_code == 200
    index.add([article("/depan/", "Panen di depan")])
    assert client.get("/api/article/%2Fdepan%2F").get_json()["title"] == "Panen di depan"


def test_an_answer_is_the_same_however_long_it_took(client: FlaskClient) -> None:
    first = client.get("/api/search?q=banjir").headers["ETag"]
    again = client.get("/api/search?q=banjir", headers={"If-None-Match": first})
    assert again.status_code == 304
    assert client.get("/api/search?q=sekolah").headers["ETag"] != first


def test_regions(client: FlaskClient) -> None:
    provinces = client.get("/api/regions").get_json()["regions"]
    assert len(provinces) == 38
    lampung = next(one for one in provinces if one["code"] == "18")
    inside = client.get("/api/regions?parent=lampung").get_json()["regions"]
    assert sum(one["count"] for one in inside) >= lampung["count"] > 5
    oki = client.get("/api/regions?q=oki").get_json()["regions"]
    assert [(one["code"], one["kind"]) for one in oki] == [("16.02", "kabupaten")]
    assert (oki[0]["latitude"], oki[0]["longitude"]) == newsearch.regions.coordinates("16.02")


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("search?limit=101", 400, "limit: must be from 0 to 100"),
        ("search?limit=-1", 400, "limit: must be from 0 to 100"),
        ("search?limit=10.5", 400, "limit: must be a whole number"),
        ("search?offset=10000", 400, "offset: must be from 0 to 9900"),
        ("search?regions=18", 400, "regions: unknown; the parameters are q, region"),
        ("search?facet=kota", 400, "facet: must be one of region, year"),
        ("search?collapse=1", 400, "collapse: must be true or false"),
        ("search?collapse=true&offset=2000", 400, "copies are folded down to the 1,000th hit"),
        ("search?region=Atlantis", 400, "unknown region 'Atlantis'"),
        ("search?since=lusa", 400, "cannot read the date 'lusa'"),
        ("suggest", 400, "q: is missing"),
        ("suggest?q=" + "a" * 501, 400, "q: must have 0 to 500 characters"),
        ("regions?q=oki&q=pali", 400, "q: given more than once"),
        ("article/none", 404, "no article with id 'none' in this index"),
        ("related/none", 404, "no article with id 'none' in this index"),
        ("none", 404, "not found"),
    ],
)
def test_problems(client: FlaskClient, path: str, status: int, detail: str) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json(force=True)
    assert problem["status"] == status
    assert detail in problem["detail"]


def test_errors_of_the_server_keep_its_inside(
    samples: NewsIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("geheim /var/lib")

    app = create_app(samples)
    monkeypatch.setattr(NewsIndex, "search", broken)
    for path in ("/api/search", "/"):
        answer = app.test_client().get(path)
        assert answer.status_code == 500
        assert "geheim" not in answer.get_data(as_text=True)
