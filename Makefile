.DEFAULT_GOAL := help
PYTEST_WORKERS ?= 2
BIN := .venv/bin

.PHONY: help install run test check fmt bench openapi lock clean

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

install: .venv/.installed  ## build .venv from uv.lock (the others do it by themselves)

.venv/.installed: pyproject.toml uv.lock scripts/install
	@scripts/install
	@touch $@

run: install  ## the whole shop on this machine, until Ctrl-C
	@exec $(BIN)/shoes up

test: install  ## every test and feature
	@$(BIN)/pytest -n $(PYTEST_WORKERS) --dist loadfile

check: install  ## format, lint, types, import contracts, HTTP contract, lock
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m adapters.http.openapi | cmp - docs/openapi.json
	.uv/bin/uv lock --check

fmt: install  ## format, and mend what can be mended
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: install  ## measure, against limits measured in the same run
	@$(BIN)/python -m benchmarks

openapi: install  ## write the committed copy of the HTTP contract
	$(BIN)/python -m adapters.http.openapi > docs/openapi.json

lock: install  ## resolve again after a change of dependencies in pyproject.toml
	.uv/bin/uv lock
	$(BIN)/python scripts/strip_lock.py

clean:  ## remove what was built, never the data in var/
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests features benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
