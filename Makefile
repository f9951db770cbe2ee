# Viva: `make run` to try it, `make test` and `make check` before a change lands. `make help` tells the rest.
PYTHON ?= python3
VENV ?= .venv
export VENV
PY := $(VENV)/bin/python
# Tests that touch the database or the channel layer run again on Postgres and Redis. e2e/ is not among them:
# its faults bring Postgres and Redis of their own, and the pages in a browser are the same. Tests in a browser
# mostly wait, so CI runs them beside others.
STATEFUL := accounts hiring interviews messaging consumers web server rest
ifdef PORT
export PORT
endif

.DEFAULT_GOAL := help
.PHONY: help run run-https test test-embedded test-services test-browser check format bench install install-dev constraints clean fuzz eval-interviewer

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

run: install  ## try it: a demo interview on http://localhost:8000 (PORT=… for another port)
	@LOCAL=true exec $(PY) manage.py run_local

run-https: install  ## the same over HTTPS with a certificate made here, for a microphone on another device
	@LOCAL=true exec $(PY) manage.py run_local --https

test: test-embedded test-browser test-services  ## every test: on SQLite and in memory, on Postgres and Redis where they answer, in Chromium where there is one

test-embedded: install-dev
	@env -u DATABASE_URL -u REDIS_URL ENV_FILE=/dev/null $(PY) -m pytest -m "not browser" $(PYTEST)

test-browser: install-dev
	@env -u DATABASE_URL -u REDIS_URL ENV_FILE=/dev/null $(PY) -m pytest -m browser $(PYTEST) e2e server

test-services: install-dev
	@deploy/test-services.sh $(PY) -m pytest --stateful $(PYTEST) $(STATEFUL)

check: install-dev  ## format, lint, types, import contract, migrations, deployment settings
	@VENV=$(VENV) deploy/check.sh

format: install-dev  ## put every file into the one format
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

bench: install-dev  ## measure every figure the README shows, on this machine (PART=… for one of them)
	@$(PY) -m bench $(PART)

fuzz: install-dev  ## have Schemathesis try every operation of the REST interface (FUZZ_EXAMPLES=400 for longer)
	@deploy/fuzz.sh

eval-interviewer: install  ## hold the test dialogues with the interviewer of .env (INTERVIEWER, OPENAI_…) and check every reply
	@$(PY) manage.py eval_interviewer $(DIALOGUES)

install:
	@$(PYTHON) deploy/install.py run

install-dev:
	@$(PYTHON) deploy/install.py dev

constraints: install-dev  # write constraints.txt anew from what is installed; look at markers (;) by hand
	@$(PY) -m pip list --format=freeze --exclude-editable | grep -viE '^(pip|setuptools|wheel|viva)==' > constraints.txt

clean:  ## remove caches (the environment and var/ stay)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
