# The daily verbs. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PORT ?= 8000
WORKERS ?= auto
ARGS ?=
PY := .venv/bin/python
PYTEST := $(PY) -m pytest

export UV_PYTHON_DOWNLOADS := never

.PHONY: screenshots help setup run test test-services services services-stop e2e bench mutation check format messages diagrams clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

# ── set up, once and again when a lock changes ──────────────────────────────
setup: .venv/.locked node_modules/.locked locale/.compiled ## everything that the other verbs need

.venv/.locked: uv.lock pyproject.toml scripts/install.sh
	@scripts/install.sh python
	@touch $@

node_modules/.locked: package-lock.json package.json scripts/install.sh | .venv/.locked
	@scripts/install.sh browser
	@touch $@

locale/.compiled: $(wildcard locale/*/LC_MESSAGES/*.po locale/*.json) | .venv/.locked
	@$(PY) -m config.messages compile
	@touch $@

# ── run ─────────────────────────────────────────────────────────────────────
run: setup ## the whole platform in demo mode, one foreground command (PORT=8000)
	@exec $(PY) -m scripts.run --port $(PORT)

services: .venv/.locked ## PostgreSQL and Redis of our own on free ports, for test-services
	@scripts/services.sh start

services-stop: ## stop them
	@scripts/services.sh stop

# ── prove ───────────────────────────────────────────────────────────────────
test: setup ## the suite on the embedded defaults, in parallel (ARGS="-k loans")
	@$(PYTEST) -n $(WORKERS) $(ARGS)

test-services: setup .venv/.bucket ## the same suite, and what only servers show, on PostgreSQL and Redis
	@scripts/services.sh with $(PYTEST) -n $(WORKERS) -m "not e2e" $(ARGS)

e2e: setup ## the journeys in Chromium
	@$(PYTEST) -m e2e tests/e2e $(ARGS)

SHOWN := home application-status review-score loan-detail-paid office-finance office-ranking

screenshots: export E2E_SCREENSHOTS := var/screenshots
screenshots: e2e ## the README's pictures, from the journey in Chromium
	@mkdir -p docs/screenshots
	@for name in $(SHOWN); do cp var/screenshots/$${name}_1280.png docs/screenshots/; done

bench: setup .venv/.bench ## how fast the engine is, beside others (ARGS=--smoke)
	@$(PY) -m tests.benchmarks.engine $(ARGS)

mutation: setup .venv/.mutation ## whether the engine's tests notice a change of one thing (ARGS="plan ledger": these modules)
	@$(PY) -m tests.loans.engine.mutation $(ARGS)

.venv/.bench .venv/.mutation .venv/.bucket: .venv/.%: .venv/.locked
	@scripts/install.sh group $*
	@touch $@

check: export DEMO := true
check: export VAR_DIR := var/check
check: setup ## style, types, layers, templates, migrations, messages, dependencies, diagrams
	@scripts/check.sh

# ── keep ────────────────────────────────────────────────────────────────────
format: .venv/.locked ## ruff's format and safe fixes
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .

messages: .venv/.locked ## collect the strings of the source and list what is untranslated
	@$(PY) -m config.messages extract --prune
	@$(PY) -m config.messages missing

diagrams: .venv/.locked ## draw every lifecycle into docs/states/
	@DEMO=true VAR_DIR=var/check $(PY) manage.py state_diagrams

clean: ## everything that was made here, the demo's data too
	@scripts/services.sh stop
	@rm -rf .venv node_modules var staticfiles locale/.compiled locale/*/LC_MESSAGES/*.mo
