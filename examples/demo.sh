#!/bin/sh
# What newsearch does, on 50 invented articles: run by `make demo`.
set -eu

NEWSEARCH_INDEX=indexes/demo
export NEWSEARCH_INDEX

show() {
    printf '\n\033[1;36m$ newsearch'
    for word in "$@"; do
        case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\033[0m\n'
    newsearch "$@"
}

# An index of an older newsearch is brought up to date first; nothing is thrown away.
newsearch stats >/dev/null 2>&1 || [ ! -e "$NEWSEARCH_INDEX" ] || newsearch rebuild

show index examples/articles
show search "banjir bandar lampung" --limit 3
show facets banjir --facet region --facet month
show search nelayan --region Lampung --collapse
# The best hit of the first search, and what an editor would link below it.
first=$(newsearch search "banjir bandar lampung" --sort oldest --limit 1 --json |
    sed 's/.*"hits":\[{"id":"\([^"]*\)".*/\1/')
show related "$first" --limit 4
printf '\nMore: %s --index %s search --help\n' "$(command -v newsearch)" "$NEWSEARCH_INDEX"
