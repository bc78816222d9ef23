# Every target sets itself up: a bare clone with Python 3.11 or newer and make is enough.
# PYTHON=python3.12 make test    uses another interpreter.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
BIN := $(VENV)/bin
JOBS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint types contracts unit docs real desk bench test-long test-faults mutation fuzz schema clean

help: ## Say what there is to make
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.cli: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[cli]"
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@ $(VENV)/.cli

demo: $(VENV)/.cli ## Tell one worked case, from detection to review
	@$(BIN)/workflow demo

$(VENV)/.desk: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[desk]"
	@touch $@

desk: $(VENV)/.desk ## Start the example application, with people and cases to try it with
	$(BIN)/python -m examples.desk

test: lint types contracts unit docs ## Everything that must hold: lint, types, floors, tests, docs

lint: $(VENV)/.dev ## Style and banned names
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## Static types
	$(BIN)/mypy

contracts: $(VENV)/.dev ## Each floor imports only from floors below it
	$(BIN)/lint-imports --no-cache

unit: $(VENV)/.dev ## The tests, with branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(JOBS) --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

test-long: $(VENV)/.dev ## The properties with at least 5,000 examples each (hours)
	$(BIN)/python -m pytest -n $(JOBS) --hypothesis-profile=nightly tests/properties tests/cases

test-faults: $(VENV)/.dev ## Kill workers and servers, fill disks, cut connections: thousands of rounds
	$(BIN)/python tests/faults/rounds.py --rounds 1000 --store sqlite
	$(BIN)/python tests/faults/rounds.py --rounds 1000 --store postgres
	$(BIN)/python tests/faults/server_rounds.py --rounds 200
	$(BIN)/python tests/faults/disk_rounds.py --rounds 400
	$(BIN)/python tests/faults/workers.py --cases 10000

mutation: $(VENV)/.dev ## Change the code one thing at a time; does a test notice? (SAMPLE=0: all, some hours)
	$(BIN)/python -m pip install --quiet "mutmut>=3.8"
	$(BIN)/python tests/strength/mutation.py --sample $(or $(SAMPLE),60)

fuzz: $(VENV)/.dev ## Ten minutes each of edited plans and durations; guided if atheris is installed
	$(BIN)/python tests/strength/fuzz.py --minutes 10 --target plans
	$(BIN)/python tests/strength/fuzz.py --minutes 10 --target durations

docs: $(VENV)/.dev ## The documentation, warnings being errors
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -b html docs docs/_build/html

real: $(VENV)/.dev ## Run the real event logs in $WORKFLOW_DATA, if it is set
	@$(BIN)/python examples/real/run.py

bench: $(VENV)/.dev ## Benchmarks: ratios against peers and plain-Python floors
	$(BIN)/python tests/benchmarks/bench_calendar.py --markdown
	$(BIN)/python tests/benchmarks/bench_cases.py --markdown docs/benchmarks-cases.md
	$(BIN)/python tests/benchmarks/bench_engine.py --open 1000000 --markdown docs/figures/engine.md
	$(BIN)/python tests/faults/workers.py --cases 10000 --markdown docs/figures/workers.md
	$(BIN)/python tests/benchmarks/bench_reports.py --markdown docs/benchmarks-reports.md

schema: $(VENV)/.dev ## Write the JSON Schema of plan documents anew
	$(BIN)/python -m workflow.plans.schema > src/workflow/plans/plan.schema.json

clean: ## Remove what was built
	rm -rf $(VENV) build dist docs/_build .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
