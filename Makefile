# Vatra: what a person types. Needs Python >= 3.11 (with venv), make and git; everything else
# is fetched into .venv and frontend/node_modules. "make help" lists the commands.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
DIST := src/vatra/web/static/dist
NODE_MODULES := frontend/node_modules/.package-lock.json
STAMP := .venv/.stamp

# The front end is built with the Node of the environment, never with the system's.
export PATH := $(CURDIR)/$(BIN):$(PATH)
# What is downloaded stays in the checkout: "make clean" leaves nothing behind.
export UV_CACHE_DIR ?= $(CURDIR)/.venv/.cache/uv
export PIP_CACHE_DIR ?= $(CURDIR)/.venv/.cache/pip
export npm_config_cache ?= $(CURDIR)/.venv/.cache/npm
export VIRTUAL_ENV := $(CURDIR)/.venv
unexport PYTHONPATH PYTHONHOME

# Passed on: make demo ARGS="--no-serve --out out", make test ARGS="tests/web -x".
ARGS ?=
# make test SLOW=1 runs the tests marked slow too, as CI does.
SLOW ?=

# The quick tests of a file share what they need, and are made by one worker; a file of long ones
# would keep one worker busy while the other has nothing left.
DIST_BY := $(if $(SLOW)$(CI),loadgroup,loadfile)

.PHONY: help setup demo test lint docs bench clean

help: ## say what each command does
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | awk -F '\t' '{ printf "  make %-8s %s\n", $$1, $$2 }'

setup: $(STAMP)/package $(DIST)/main.js ## make the environment in .venv and build the front end

demo: setup ## run the example city the whole way, then show it on a local page
	@$(BIN)/vatra demo examples/cluj $(ARGS)

test: setup ## run the tests, a real browser included (SLOW=1: the long ones too, as CI does)
	@$(BIN)/python scripts/browser.py --install
	@# Two workers with two threads each would wait for each other on two cores. A worker that is
	@# ended is a fault of its own and ends the run: another one in its place may wait for ever.
	@SLOW="$(SLOW)" POLARS_MAX_THREADS=1 RAYON_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist $(DIST_BY) --max-worker-restart 0 $(ARGS)

lint: setup $(NODE_MODULES) ## check style, types, import directions and templates
	@bash scripts/lint.sh

docs: setup ## build the documentation into site/
	@[ -e mkdocs.yml ] || { echo "no mkdocs.yml here: there is no documentation to build" >&2; exit 1; }
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict && echo "docs: site/index.html"

bench: setup ## measure the speeds we promise, into benchmarks/latest.json
	@$(BIN)/python -m benchmarks $(ARGS)

clean: ## delete everything that make made, the environment included
	@rm -rf .venv frontend/node_modules $(DIST) site dist .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis .import_linter_cache benchmarks/latest.json
	@find src tests scripts -type d -name __pycache__ -prune -exec rm -rf {} +

# --- the steps of setup: each runs again only when what it reads has changed ----------------

$(STAMP)/venv:
	@bash scripts/venv.sh
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/locked: requirements/dev.txt $(STAMP)/venv
	@bash scripts/install.sh $<
	@touch $@

$(STAMP)/package: pyproject.toml $(STAMP)/locked
	@echo "setup: vatra itself"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(NODE_MODULES): frontend/package-lock.json frontend/.npmrc | $(STAMP)/locked
	@echo "setup: front-end packages"
	@cd frontend && npm ci --loglevel error >/dev/null
	@touch $@

# A folder's own time changes when a file in it goes: hence no "-type f".
$(DIST)/main.js: $(NODE_MODULES) frontend/package.json frontend/vite.config.ts $(shell find frontend/src)
	@echo "setup: front end"
	@cd frontend && npm run --silent build -- --logLevel warn
