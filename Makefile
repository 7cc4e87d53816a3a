# make run does the main job, make test proves it. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WAREHOUSE ?= data
PEERS := build/duplicates-peers
STORY_PEERS := build/stories-peers
# A file of tests stays together: what its tests share is made once.
PYTEST := -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run-ready ## Ingest the two stories of seeds/ through a tracked flow
	@$(BIN)/newsloom ingest seeds/ --tracked --warehouse $(WAREHOUSE)

up: $(VENV)/.run-ready ## Start server, worker and schedules; Ctrl-C ends them
	@$(BIN)/newsloom up --warehouse $(WAREHOUSE)

setup: $(VENV)/.run-ready ## Make .venv from the hash-pinned lock

test: $(VENV)/.test-ready ## Run all tests
	@$(BIN)/python $(PYTEST)

test-full: $(VENV)/.test-ready ## Run all tests, the long ones at full length
	@NEWSLOOM_FULL_TESTS=1 $(BIN)/python $(PYTEST) --timeout 7200

check: $(VENV)/.test-ready ## Check style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench-start: $(VENV)/.test-ready ## Measure start, repeat and streaming (BULK=FILE.jsonl.gz for real news)
	@$(BIN)/python -m benchmarks.start $(if $(BULK),--bulk $(BULK))

bench-duplicates: $(VENV)/.test-ready $(PEERS)/.ready ## Measure copies beside peers (NEWS=FOLDER of *.jsonl.gz)
	@test -n "$(NEWS)" || { echo "Name a folder of real news: make bench-duplicates NEWS=FOLDER"; exit 2; }
	@PYTHONPATH=$(PEERS) $(BIN)/python -m benchmarks.duplicates --bulk $(NEWS)

bench-stories: $(VENV)/.test-ready $(STORY_PEERS)/.ready ## Measure stories beside peers (DATA=FOLDER: the public research data)
	@PYTHONPATH=$(STORY_PEERS) $(BIN)/python -m benchmarks.stories $(DATA)

bench-events: $(VENV)/.test-ready ## Measure events across languages (DATA=DIR: the public research data)
	@$(BIN)/python -m benchmarks.events $(DATA)

bench-extraction: $(VENV)/.test-ready ## Measure what is read off pages, beside trafilatura (DATA=DIR: the public research data)
	@$(BIN)/python -m benchmarks.extraction $(DATA)

bench-dashboard: $(VENV)/.test-ready ## Measure the dashboard over 100,000 articles, made up
	@$(BIN)/python -m benchmarks.dashboard

bench-alarms: $(VENV)/.test-ready ## Measure false alarms, and how soon a silence is noticed
	@$(BIN)/python -m benchmarks.alarms

docs: $(VENV)/.test-ready ## Write the generated pages of docs/ anew
	@$(BIN)/python -m docs.generate

lock: ## Resolve the dependencies anew into both locks (needs uv)
	uv pip compile $(LOCK_OPTIONS) pyproject.toml -o requirements.lock
	uv pip compile $(LOCK_OPTIONS) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
LOCK_OPTIONS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

clean: ## Remove .venv and caches; the warehouse stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info build

# The resolver of pip stumbles over extras in hash mode, and the lock needs none: --no-deps.
INSTALL = $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Newsloom needs Python 3.11 or newer: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages into $(VENV) (about 1.2 GB, a minute or two) …"
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-ready: requirements-dev.lock $(VENV)/.run-ready
	@echo "Installing what the tests need …"
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

build/%-peers/.ready: benchmarks/requirements-%.lock | $(BIN)/python
	@rm -rf $(@D)
	@$(INSTALL) --require-hashes --target $(@D) -r $<
	@touch $@

.PHONY: help run up setup test test-full check bench-start bench-duplicates bench-stories bench-events bench-extraction bench-dashboard bench-alarms docs lock clean
