# make demo   set up a fresh machine, index the sample articles, search them
# make test   set up a fresh machine and run the tests
# make test-opensearch  run the tests of the distributed engine on a real cluster of three nodes
# make web    serve the search page of examples/web over the sample articles; INDEX=PATH for others
# make lint   ruff and mypy
# make bench  speed over ../shared/corpus beside other engines; BENCH="--scale 500000", --parts, …
# make torture  writers killed 200 times on each local engine, readers during 1,000 commits, gigabytes of
#               each kind of record, MINUTES=60 of fuzzing
# make quality  scores over ../shared/eval against benchmarks/floors.json; QUALITY=--fast, --update, …

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo web test test-opensearch torture lint bench quality wheel clean

demo: $(VENV)/.installed
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

INDEX ?= indexes/demo
PORT ?= 8000

web: $(VENV)/.installed-web
	@[ -e "$(INDEX)" ] || $(BIN)/newsearch --index "$(INDEX)" index examples/articles
	@echo "http://127.0.0.1:$(PORT)/ (end it with Ctrl-C)"
	@NEWSEARCH_INDEX="$(INDEX)" $(BIN)/gunicorn --bind 127.0.0.1:$(PORT) --threads 8 --limit-request-line 8190 --log-level warning 'examples.web:create_app()'

test: $(VENV)/.installed-dev
	@tests/browser/install.sh
	@tests/crash/install.sh
	$(BIN)/python -m pytest

# Maven and a JDK of Java 21 or later come from Debian where they are missing.
test-opensearch: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.opensearch.cluster --prepare || \
	    { tests/opensearch/install.sh && $(BIN)/python -m tests.opensearch.cluster --prepare; }
	NEWSEARCH_TEST_CLUSTER=1 $(BIN)/python -m pytest tests/conformance -k opensearch
	NEWSEARCH_TEST_CLUSTER=1 $(BIN)/python -m pytest tests/opensearch

# Fuzzing needs Python 3.11 or later on Linux, for atheris; inputs that fail are kept in
# /tmp/newsearch-fuzz.
MINUTES ?= 60
torture: $(VENV)/.installed-dev
	$(BIN)/python -m tests.crash.torture
	$(BIN)/python -m tests.crash.readers
	$(BIN)/python -m pip install --quiet --editable '.[fuzz]'
	NEWSEARCH_TORTURE=1 $(BIN)/python -m pytest tests/hostile
	$(BIN)/python -m tests.hostile.fuzz --minutes $(MINUTES)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks.speed $(BENCH)

quality: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.quality $(QUALITY)

wheel: $(VENV)/.installed-dev
	$(BIN)/python -m build --wheel --outdir dist .

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
		|| { echo "newsearch needs Python 3.10 or later; choose one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "this Python cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }

# pip compiles what it installs, but no editable package: where PYTHONDONTWRITEBYTECODE is set, every
# process would compile what it imports, for 20 to 40 ms where an index is opened.
COMPILE := $(BIN)/python -m compileall -q newsearch

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@$(COMPILE)
	@touch $@

$(VENV)/.installed-web: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[web]'
	@$(COMPILE)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@$(COMPILE)
	@touch $@ $(VENV)/.installed $(VENV)/.installed-web

# What newsearch is measured beside.
$(VENV)/.installed-bench: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,bench]'
	@$(COMPILE)
	@touch $@ $(VENV)/.installed $(VENV)/.installed-web $(VENV)/.installed-dev

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
