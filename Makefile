# All set-up and all checks of this repository. It needs make, git and Python 3.11 or newer;
# the rest is installed into .venv. `make help` lists the targets.

# Chooses the interpreter of a new .venv: make PYTHON=python3.13
PYTHON ?= python3
# Handed on to the target's program: make test ARGS='-k feeds'
ARGS ?=

UV_VERSION := 0.13.9

# What is installed belongs to this folder: a copied or moved checkout is set up anew.
HERE := $(shell pwd -P | cksum | cut -d ' ' -f 1)
UV_READY := .venv/.uv-$(UV_VERSION)-$(HERE)
SITE_READY := .venv/.site-$(HERE)
DEV_READY := .venv/.dev-$(HERE)
VALIDATORS_READY := qa/node_modules/.ready
BENCH_READY := .venv/.bench-$(HERE)

# An interpreter that was upgraded away leaves a .venv that cannot run.
ifneq ($(wildcard .venv),)
ifneq ($(shell .venv/bin/python -c 'print(1)' 2>/dev/null),1)
$(shell rm -f $(UV_READY))
endif
endif

export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV
# Without a home that can be written to, packages are cached here.
ifneq ($(shell test -w "$${UV_CACHE_DIR:-$${XDG_CACHE_HOME:-$$HOME}}" && echo yes),yes)
export UV_CACHE_DIR := .venv/.cache
endif

.DEFAULT_GOAL := site
.PHONY: site preview test test-long score validators check shots bench clean help
.DELETE_ON_ERROR:

site: $(SITE_READY) ## set everything up and build the sample site into output/
	@.venv/bin/ssg build $(ARGS)
	@echo 'The site is in output/. To look at it: make preview'

preview: $(SITE_READY) ## serve the sample site on this machine, until Ctrl-C
	@.venv/bin/ssg serve $(ARGS)

test: $(DEV_READY) ## run the tests
	@.venv/bin/python -m pytest -n auto $(ARGS)

test-long: $(DEV_READY) ## run the counts that take minutes
	@.venv/bin/python -m pytest -n auto -m long $(ARGS) || test $$? -eq 5

score: $(DEV_READY) ## how well raw texts are read, by field, language and pattern
	@.venv/bin/python -m tests.ingest.score $(ARGS)

validators: $(VALIDATORS_READY) ## install what tests of pages need beside Python (npm, 290 MB)

check: $(DEV_READY) ## lint, formatting, types, and the imports between rooms
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/python -m mypy
	.venv/bin/lint-imports --no-logo

shots: $(DEV_READY) ## take pictures of the sample site's pages into shots/
	@.venv/bin/python -m qa.shots $(ARGS)

bench: $(BENCH_READY) ## measure beside Hugo and others: docs/benchmarks/ (20 minutes; ARGS=--serve: the servers)
	@.venv/bin/python -m benchmarks --out docs/benchmarks $(ARGS)

clean: ## remove all that was made: the site, caches, packages, .venv
	find output -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +
	rm -rf .ssg .venv build dist htmlcov shots qa/node_modules benchmarks/node_modules .coverage .coverage.* .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

$(UV_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'This needs Python 3.11 or newer. Name one: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { \
	  echo '$(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv' >&2; exit 1; }
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv==$(UV_VERSION)'
	@touch $@

# Installs what a reader needs and leaves alone what `make test` has added.
$(SITE_READY): $(UV_READY) pyproject.toml uv.lock
	.venv/bin/uv sync --frozen --no-dev --inexact
	@touch $@

$(DEV_READY): $(UV_READY) pyproject.toml uv.lock
	.venv/bin/uv sync --frozen
	@rm -f $(BENCH_READY)
	@touch $@ $(SITE_READY)

# What is not to be had is left out, and the measuring says so. Not `npm ci`: it wants packages
# for systems that Zola is not published for.
$(BENCH_READY): $(UV_READY) pyproject.toml uv.lock benchmarks/package.json benchmarks/package-lock.json
	.venv/bin/uv sync --frozen --no-dev --inexact --group bench
	@cd benchmarks && npm install --no-save --ignore-scripts --no-audit --no-fund || \
	  echo 'npm could not install Eleventy and Zola: they are left out'
	@touch $@ $(SITE_READY)

$(VALIDATORS_READY): qa/package.json qa/package-lock.json
	cd qa && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@
