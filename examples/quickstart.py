"""newsearch as a library: index the sample articles, search them, find related ones."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import newsearch

ARTICLES = Path(__file__).parent / "articles"


def main(place: Path) -> None:
    """Index the sample articles in a new index at `place` and ask it."""
    index = newsearch.create(place)
    report = index.add(newsearch.read(ARTICLES))
    print(f"{report.added} articles indexed, {len(report.rejected)} rejected")

    results = index.search("banjir bandar lampung", facets=("region", "month"), limit=3)
    print(f"\n{results.total} articles on the flood in Bandar Lampung:")
    for hit in results.hits:
        print(f"  {hit.article.published:%d-%m-%Y}  {hit.title}\n    {hit.snippet}")
    for count in results.facets["region"]:
        print(f"  {count.label}: {count.count}")

    print("\nIn Kalimantan Timur since 2023:")
    for hit in index.search("jembatan", region="Kaltim", since="2023").hits:
        print(f"  {hit.title}")

    print(f"\nRelated to {results.hits[0].title}:")
    for hit in index.related(results.hits[0].article.id, limit=3):
        print(f"  {hit.title}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with TemporaryDirectory() as folder:
            main(Path(folder) / "quickstart")
