"""Keep an index up to date with a folder of pages: new, changed and deleted files.

    python examples/watch_folder.py pages/ indexes/pages    # --once: look once and end

What was read is remembered beside the index, so that it goes on after a restart.
"""

import argparse
import json
import time
from pathlib import Path

import newsearch

READ = (".txt", ".html", ".jsonl", ".csv")


def update(folder: Path, index: newsearch.NewsIndex, notes: Path) -> tuple[int, int]:
    """Bring the index up to date; how many articles were read, and how many are gone."""
    known = json.loads(notes.read_text()) if notes.exists() else {}
    files = {str(path): path.stat().st_mtime for path in folder.rglob("*.*") if path.suffix in READ}
    gone = {one for path in known.keys() - files.keys() for one in known[path]["ids"]}
    seen, read = {path: known[path] for path in known.keys() & files.keys()}, 0
    with index.writer() as writer:
        for path, changed in files.items():
            if path in known and known[path]["changed"] == changed:
                continue
            articles = list(newsearch.read(path))
            for article in articles:
                writer.add(article)
            gone |= set(known.get(path, {}).get("ids", ()))
            seen[path] = {"changed": changed, "ids": [article.id for article in articles]}
            read += len(articles)
        gone -= {one for note in seen.values() for one in note["ids"]}
        deleted = sum(writer.delete(one) for one in gone)
    notes.write_text(json.dumps(seen))
    return read, deleted


def main() -> None:
    """Look at the folder every two seconds."""
    parser = argparse.ArgumentParser(description="Keep an index up to date with a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--once", action="store_true")
    options = parser.parse_args()
    make = newsearch.open if options.index.exists() else newsearch.create
    index = make(options.index)
    while True:
        read, deleted = update(options.folder, index, options.index.with_suffix(".watched"))
        if read or deleted:
            print(f"{read} articles read, {deleted} deleted, {len(index)} in the index", flush=True)
        if options.once:
            break
        time.sleep(2)


if __name__ == "__main__":
    main()
