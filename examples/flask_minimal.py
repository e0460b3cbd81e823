"""A search page in one route: `flask --app examples/flask_minimal.py run`, after `make demo`.

examples/web is one that a newsroom could put online.
"""

import os
from functools import cache

from flask import Flask, render_template_string, request

import newsearch

PAGE = """<!doctype html>
<html lang="id"><meta charset="utf-8"><title>Cari berita</title>
<meta name="viewport" content="width=device-width">
<form role="search"><label for="q">Cari berita</label>
<input id="q" name="q" type="search" value="{{ q }}"> <button>Cari</button></form>
{% if error %}<p role="alert">{{ error }}</p>{% else %}
<p>{{ results.total }} artikel cocok
{% for count in results.facets.region[:10] %}·
<a href="?q={{ q | urlencode }}&amp;region={{ count.value }}">{{ count.label }}</a>
({{ count.count }}) {% endfor %}</p>
{% if results.suggestion %}<p>Mungkin maksud Anda:
<a href="?q={{ results.suggestion | urlencode }}">{{ results.suggestion }}</a></p>{% endif %}
<ol>{% for hit in results.hits %}<li><b>{{ hit.title }}</b><br>
<small>{{ hit.article.published | date }} · {{ hit.article.source }}</small><br>
{{ hit.snippet }}{% endfor %}</ol>{% endif %}</html>"""

app = Flask(__name__)
app.jinja_env.filters["date"] = lambda when: newsearch.format_date(when) if when else "–"


@cache
def open_index() -> newsearch.NewsIndex:
    """The index of this process; it sees later commits by itself."""
    return newsearch.open(os.environ.get("NEWSEARCH_INDEX", "indexes/demo"))


@app.get("/")
def search() -> tuple[str, int]:
    """Results of `q`, of a `region` where one is given."""
    query, region = request.args.get("q", ""), request.args.get("region")
    results, error = None, ""
    try:
        results = open_index().search(query, region=region, facets=("region",))
    except newsearch.QueryError as problem:
        error = str(problem)
    page = render_template_string(PAGE, q=query, results=results, error=error)
    return page, 400 if error else 200
