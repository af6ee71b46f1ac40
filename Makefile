# This repository is itself a small review: `make` runs its chain, from the exports to the figure.
# The rules of the chain are those of every review; here stand only the rules of development.

PYTHON ?= python3
BIN := .venv/bin
SCOPINGREVIEW := $(BIN)/scopingreview
TOOL := .venv/installed

.DEFAULT_GOAL := all
include src/scopingreview/templates/review.mk

.PHONY: test install-test lowest-test compiled compiled-test docs lint format example man

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "scopingreview needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

test: $(TOOL)  ## Every test
	$(BIN)/pytest -n auto

install-test: $(TOOL)  ## Build the wheel twice and install it with pip, pipx and uv; needs the index
	$(BIN)/pytest -m install tests/install

lowest-test: .lowest/installed  ## Every test, with the oldest versions allowed of what is installed
	.lowest/bin/pytest -n auto

.lowest/installed: pyproject.toml
	$(PYTHON) -m venv .lowest
	.lowest/bin/python -m pip install --quiet uv
	.lowest/bin/uv pip install --quiet --python .lowest/bin/python --resolution lowest-direct --editable '.[dev]'
	touch $@

compiled: build/compiled/made  ## Build the wheel for this platform, whose reading of exports is compiled; needs a C compiler

compiled-test: build/compiled/made  ## What reads and writes exports, tested as that wheel has it
	SCOPINGREVIEW_COMPILED=1 PYTHONPATH=$(CURDIR)/build/compiled/package $(BIN)/pytest -n auto \
		tests/scan tests/formats tests/store tests/exchange tests/stages tests/test_golden.py tests/test_five_sources.py

build/compiled/made: $(TOOL) hatch_build.py $(shell find src -name '*.py' -o -name '*.pyx' -o -name '*.pxd')
	rm -rf build/compiled
	HATCH_BUILD_HOOKS_ENABLE=1 $(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir build/compiled .
	$(BIN)/python -m zipfile --extract build/compiled/*.whl build/compiled/package
	touch $@

docs: $(TOOL) .venv/docs  ## Build the site of the documentation, build/site, and open it; a broken link is an error
	$(BIN)/python website/build_site.py
	$(BIN)/pytest -m site tests/browser/test_site.py

.venv/docs: pyproject.toml $(TOOL)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --group docs
	touch $@

man: $(TOOL)  ## Write docs/scopingreview.1 again, the page of man, from the help of every command
	$(BIN)/python -m scopingreview.cli.manual > docs/scopingreview.1.new
	mv docs/scopingreview.1.new docs/scopingreview.1

lint: $(TOOL)  ## Style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(TOOL)  ## Put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

example: $(TOOL)  ## Write the bundled review's exports and decisions again, the same bytes
	$(BIN)/python examples/make_review.py
