"""The pages that readers see."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

import newsearch
from examples.web import charts
from examples.web import parameters as ask
from examples.web.api import open_index
from examples.web.criteria import MAX_PAGE, PAGE, Criteria
from examples.web.feed import write_feed
from examples.web.parameters import Match, Parameter
from examples.web.wording import region_label

blueprint = Blueprint("pages", __name__)

FACETS = ("region", "year", "month", "source", "category")
SHOWN = 8
"""Values of a facet that are shown at once; the others can be unfolded."""
MAX_SHOWN = 60
FEED_ENTRIES = 50
_ID = Parameter("id", "Id of an article.", required=True, most=1_000)


@blueprint.get("/")
def search() -> str:
    """Results of a search with their facets; the newest articles without one."""
    asked = Criteria.read(request.args)
    index = open_index()
    facets = (*FACETS, "day") if asked.one_month else FACETS
    results = index.search(
        asked.q,
        **asked.filters(),
        sort=asked.sort,
        match=asked.match,
        limit=PAGE,
        offset=(asked.page - 1) * PAGE,
        facets=facets,
        fill=True,
        collapse=True,
    )
    last = min(-(-results.total // PAGE), MAX_PAGE)
    return render_template(
        "search.html",
        asked=asked,
        results=results,
        chart=charts.histogram(results.facets, asked),
        regions=_region_tree(results, asked),
        sources=_choices(index, results, asked, "source"),
        categories=_choices(index, results, asked, "category"),
        shown=SHOWN,
        last_page=last,
        terms=asked.arguments(),
    )


@blueprint.get("/artikel")
def article() -> str:
    """An article, what is related to it, its story, and what else is new there."""
    article_id = _ID.read(request.args)
    index = open_index()
    found = index.get(article_id)
    story = index.story(article_id)
    region = found.regions[0] if found.regions else None
    latest = index.latest(region=region, limit=6) if region and ask.region_of(region) else []
    return render_template(
        "article.html",
        article=found,
        address=found.url if found.url and _is_web(found.url) else None,
        paragraphs=[line for line in found.text.splitlines() if line.strip()],
        related=index.related(found, limit=5),
        story=story if len(story.hits) > 1 else None,
        region=region,
        latest=[hit for hit in latest if hit.article.id != found.id][:5],
    )


@blueprint.get("/daerah", defaults={"code": None})
@blueprint.get("/daerah/<code>")
def region(code: str | None) -> str:
    """What is written about the country or a region: on a map, over time, by what is inside."""
    shown = ask.region_of(code) if code else None
    if code and (shown is None or shown.code != code):
        abort(404)
    asked = Criteria(region=(code,) if code else ())
    index = open_index()
    results = index.search(
        "", region=code, sort="newest", limit=8, facets=FACETS, fill=True, collapse=True
    )
    counts = results.facets["region"]
    if shown:  # its neighbours stand on the map too
        province = code.split(".")[0] if code else None
        around = index.search("", region=province, limit=0, facets=("region",)).facets["region"]
    else:
        around = counts
    return render_template(
        "region.html",
        region=shown,
        parents=newsearch.regions.parents(shown.code) if shown else (),
        asked=asked,
        results=results,
        inside=results.region_tree(code),
        shown=20,
        map=charts.draw_map(around, code, lambda one: url_for("pages.region", code=one)),
        chart=charts.histogram(results.facets, asked),
    )


@blueprint.get("/atom.xml")
def feed() -> Response:
    """The newest hits of a search, as Atom."""
    asked = Criteria.read(request.args)
    found = open_index().search(
        asked.q,
        **asked.filters(),
        match=asked.match,
        sort="newest",
        limit=FEED_ENTRIES,
        collapse=True,
    )
    urls = [url_for(".article", id=hit.article.id, _external=True) for hit in found.hits]
    own = url_for(".feed", **asked.arguments(), _external=True)
    page = url_for(".search", **asked.arguments(), _external=True)
    body = write_feed(heading(asked), own, page, found.hits, urls)
    return Response(body, mimetype="application/atom+xml")


@blueprint.app_template_filter("judul")
def heading(asked: Criteria) -> str:
    """What is asked for, in a few words: 'banjir · Lampung'."""
    parts = [asked.q, *map(region_label, asked.region), *asked.source, *asked.category]
    if asked.since or asked.until:
        parts.append(asked.time_label())
    return " · ".join(filter(None, parts)) or "Berita terbaru"


@blueprint.app_template_filter("hari")
def day(when: date) -> str:
    """A day without its name: '14 Juni 2023'."""
    return newsearch.format_date(when).partition(", ")[2]


def _region_tree(results: newsearch.SearchResults, asked: Criteria) -> dict[str, Any]:
    """What is inside the one region chosen, or else the provinces, and what is around it."""
    within = asked.region[0] if len(asked.region) == 1 else None
    around = [*newsearch.regions.parents(within), newsearch.region(within)] if within else []
    return {"around": around, "inside": results.region_tree(within)}


def _choices(
    index: newsearch.NewsIndex, results: newsearch.SearchResults, asked: Criteria, name: str
) -> list[newsearch.FacetCount]:
    """The values of a facet; where some are chosen also those that could be, besides."""
    counts = results.facets[name]
    if getattr(asked, name):
        others = {**asked.filters(), name: None}
        match: Match = "any" if results.relaxed else asked.match
        found = index.search(asked.q, **others, match=match, limit=0, facets=(name,))
        counts = found.facets[name]
        counts.sort(key=lambda one: (not asked.chose(name, one.label), -one.count))
    return counts[:MAX_SHOWN]


def _is_web(address: str) -> bool:
    # Anything else, as javascript:, would run where a reader clicks on it.
    return re.match(r"https?://", address, re.IGNORECASE) is not None
