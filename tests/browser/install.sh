#!/bin/sh
# Chromium from Debian, for the tests of the web page: run by `make test` where there is none.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "the tests in a browser are skipped: Chromium is missing (on Debian: apt-get install chromium)" >&2
