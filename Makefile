# `make run` and `make test` set up everything they need by themselves.
PY := .venv/bin/python
# How much of the unit tests runs: `make test` runs all of it (tests/conftest.py).
EXAMPLES := quick
# The tests that need a trained model.
WITH_MODEL := tests/understanding tests/dialogue tests/browser

.PHONY: help run test check bench setup train lock clean

help:           ## these targets
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/  /'

run: setup      ## start Vigie and print the address to open
	@./vigie run

test: EXAMPLES := full
test: check train ## everything: lint, types, knowledge, unit, understanding, dialogue and browser tests
	@$(PY) -m pytest -q $(WITH_MODEL)

check: setup    ## fast feedback: lint, types, knowledge and unit tests, no model
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@./vigie knowledge check
	@$(PY) -m pytest -q -n auto --hypothesis-profile $(EXAMPLES) tests $(WITH_MODEL:%=--ignore %)

bench: setup    ## how well and how fast Vigie understands, beside stock Rasa: an hour or more
	@$(PY) -W ignore -m bench

train: setup    ## train the model when its data have changed
	@./vigie train

setup:
	@./vigie setup

lock:           ## renew requirements.lock from pyproject.toml
	@./vigie lock

clean:          ## remove the environment and the models, never the practice's file
	@rm -rf .venv .uv models/*.tar.gz
