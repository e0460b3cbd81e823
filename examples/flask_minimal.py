"""A search page in one file: results, facets and related articles over an index.

pip install 'newsearch[web]' && make demo && flask --app examples/flask_minimal.py run
"""

import os

from flask import Flask, abort, render_template_string, request

import newsearch

PAGE = """<!doctype html>
<html lang="id"><meta charset="utf-8"><title>{{ title or "Cari berita" }}</title>
<meta name="viewport" content="width=device-width">
<style>body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
.daerah{float:right;width:16rem}small{color:#555}</style>
<form action="{{ url_for('search') }}" role="search">
<label for="q">Cari berita</label> <input id="q" name="q" type="search" value="{{ q }}">
<input type="hidden" name="region" value="{{ region }}"><button>Cari</button></form>
{% if error %}<p role="alert">{{ error }}</p>{% endif %}
{% if article %}<h1>{{ article.title }}</h1>
<p><small>{{ about(article) }}</small></p>
{% for paragraph in article.text.splitlines() %}<p>{{ paragraph }}</p>{% endfor %}
<h2>Berita Terkait</h2>{% endif %}
{% if results %}<aside class="daerah"><h2>Daerah</h2><ul>
{% for count in results.facets.region %}<li>
<a href="{{ url_for('search', q=q, region=count.value) }}">{{ count.label }}</a> ({{ count.count }})
{% endfor %}</ul></aside>
<p>{{ results.total }} artikel cocok
{% if results.relaxed %}; tidak ada yang memuat semua kata{% endif %}
{% if results.suggestion %}<br>Mungkin maksud Anda:
<a href="{{ url_for('search', q=results.suggestion, region=region) }}">{{ results.suggestion }}</a>
{% endif %}</p>{% endif %}
<ol>{% for hit in hits %}<li>
<a href="{{ url_for('show', article_id=hit.article.id) }}">{{ hit.title }}</a><br>
<small>{{ about(hit.article) }}</small><br>{{ hit.snippet }}{% endfor %}</ol></html>"""

app = Flask(__name__)


def open_index() -> newsearch.NewsIndex:
    """The index of this process; it sees later commits by itself."""
    if "index" not in app.extensions:
        app.extensions["index"] = newsearch.open(os.environ.get("NEWSEARCH_INDEX", "indexes/demo"))
    index: newsearch.NewsIndex = app.extensions["index"]
    return index


def about(article: newsearch.Article) -> str:
    """Date, outlet and region of an article."""
    date = newsearch.format_date(article.published) if article.published else ""
    region = newsearch.region(article.regions[0]).name if article.regions else ""
    return " · ".join(part for part in (date, article.source, region) if part)


@app.get("/")
def search() -> tuple[str, int]:
    """The search page."""
    query, region = request.args.get("q", ""), request.args.get("region", "")
    results, error = None, ""
    try:
        results = open_index().search(query, region=region or None, facets=("region",))
    except newsearch.QueryError as problem:
        error = str(problem)
    hits = results.hits if results else []
    page = render_template_string(
        PAGE, q=query, region=region, results=results, hits=hits, error=error, about=about
    )
    return page, 400 if error else 200


@app.get("/artikel/<path:article_id>")
def show(article_id: str) -> str:
    """An article and those related to it."""
    try:
        article = open_index().get(article_id)
    except newsearch.ArticleNotFoundError:
        abort(404)
    return render_template_string(
        PAGE,
        q="",
        region="",
        title=article.title,
        article=article,
        hits=open_index().related(article, limit=5),
        about=about,
    )
