# Two commands do everything on a machine that has only Python (3.11 or newer) and make:
#   make demo    set up, run the headline scenario, say where the results are
#   make test    set up, run the tests
# A third opens the lab, where scenarios are explored and classes are taught:
#   make lab     set up, serve the lab at http://127.0.0.1:8421
# For those who work on it: make check, format, pages, docs, validate, archive, bench, calibrate, fuzz, clean (CONTRIBUTING.md)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# uv installs in half the time; where it cannot be had or cannot reach the packages, pip does the same work.
UV := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt

.PHONY: help demo lab test check format pages docs validate archive bench fuzz calibrate clean
help:
	@sed -n 's/^#   //p' Makefile

# One stamp for running, one more for developing; each is made once and again only when its inputs change.
$(VENV)/.run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "First Mover needs Python 3.11 or newer; name one with make PYTHON=..."; exit 2; }
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --no-compile uv 2>/dev/null || true
	@$(UV) --editable . 2>/dev/null || $(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "Adding what tests and checks need ..."
	@$(UV) --editable '.[dev]' 2>/dev/null || $(PIP) --editable '.[dev]'
	@touch $@

demo: $(VENV)/.run
	@$(BIN)/firstmover run japan_first

$(VENV)/.lab: $(VENV)/.run
	@$(UV) --editable '.[lab]' 2>/dev/null || $(PIP) --editable '.[lab]'
	@touch $@

lab: $(VENV)/.lab
	@$(BIN)/firstmover lab --open

test: $(VENV)/.dev
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Writes what a program fills into the pages; docs builds them for a browser, without a network.
pages: $(VENV)/.dev
	@$(BIN)/python -m docs.tools

docs: $(VENV)/.dev
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "The documentation is in docs/_build/html/index.html"

validate: $(VENV)/.dev
	@$(BIN)/python -m docs.tools --validate $(if $(TRADE),--trade $(TRADE)) $(if $(DOMAINS),--domains $(DOMAINS))

archive: $(VENV)/.dev
	@$(BIN)/python -m docs.tools.archive

calibrate: $(VENV)/.run
	@$(UV) --editable '.[calibration]' 2>/dev/null || $(PIP) --editable '.[calibration]'
	@$(BIN)/python -m sim.study.calibration

bench: $(VENV)/.dev
	@$(BIN)/python -m benchmarks --million --write benchmarks/RESULTS.md

fuzz: $(VENV)/.dev
	@nice -n 10 $(BIN)/python -m benchmarks.fuzz

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
