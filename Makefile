# `make run` starts Evenhand with its demo; `make test` runs the tests; `make help` names the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export EVENHAND_HOME ?= $(CURDIR)/.evenhand
PORT ?= 8000

.PHONY: help run test check bench assets messages docs lock wheel clean

help:
	@echo "make run       start Evenhand with its demo on http://localhost:$(PORT) (PORT=8100 for another port)"
	@echo "make test      run the tests on SQLite (DATABASE_URL=postgresql://... for PostgreSQL)"
	@echo "make check     lint, format, types, layers, migrations, messages, documentation"
	@echo "make bench     measure the budgets"
	@echo "make wheel     build the wheel"
	@echo "make clean     remove what was made, but never a home"
	@echo "make lock      renew the lock files"
	@echo "make messages  collect the texts for translators; make docs renews the generated pages"

run: $(VENV)/.run assets
	@$(PY) -m evenhand demo --if-empty > /dev/null
	@exec $(PY) -m evenhand up --port $(PORT)

test: $(VENV)/.dev assets
	@home=$$(mktemp -d); EVENHAND_HOME=$$home $(PY) -m pytest $(PYTEST); status=$$?; rm -rf $$home; exit $$status

check: $(VENV)/.dev assets
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	home=$$(mktemp -d); EVENHAND_HOME=$$home $(PY) manage.py makemigrations --check --dry-run; \
	  status=$$?; rm -rf $$home; exit $$status
	$(PY) tools/messages.py --check
	$(PY) tools/docs.py --check
	$(PY) tools/rooms.py

bench: $(VENV)/.dev assets
	$(PY) -m bench $(BENCH)

assets: src/evenhand/site/static/evenhand/vega/vega-bundle.js
src/evenhand/site/static/evenhand/vega/vega-bundle.js: | $(VENV)/.run
	@$(PY) -m evenhand.site.build

messages: $(VENV)/.dev
	$(PY) tools/messages.py

docs: $(VENV)/.dev
	$(PY) tools/docs.py

wheel: $(VENV)/.dev
	rm -rf dist
	$(PY) -m build --no-isolation --wheel
	$(PY) tools/wheel.py dist/*.whl

$(VENV)/bin/python:
	@command -v $(PYTHON) > /dev/null || { echo "There is no $(PYTHON) here. Evenhand needs Python 3.11 or newer." \
	  "Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Evenhand needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv support is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@# uv installs the lock in seconds; without it pip does the same, slower.
	@$(PY) -m pip install --quiet --disable-pip-version-check uv || true

# The locks with their hashes, then Evenhand itself from this folder. Where uv cannot reach the packages (it knows
# nothing of pip's own settings), pip does it.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
UV := $(VENV)/bin/uv pip install --quiet --python $(PY)
define install
	@echo "Installing what Evenhand needs into $(VENV)…"
	@cert="$${SSL_CERT_FILE:-$$PIP_CERT}"; { [ -x $(VENV)/bin/uv ] && \
	   env $${cert:+SSL_CERT_FILE="$$cert"} $(UV) --require-hashes $(foreach lock,$(1),-r $(lock)); } || \
	 { echo "pip does it; this takes a minute or two."; $(PIP) --require-hashes $(foreach lock,$(1),-r $(lock)); }
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
endef

$(VENV)/.run: requirements.txt requirements-build.txt pyproject.toml | $(VENV)/bin/python
	$(call install,requirements.txt requirements-build.txt)

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(call install,requirements-dev.txt)
	@touch $(VENV)/.run

COMPILE = $(VENV)/bin/uv pip compile --quiet --upgrade --python-version 3.11 --universal --generate-hashes \
          --no-emit-index-url --no-emit-find-links --no-header
lock: $(VENV)/.dev
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --group build -c requirements.txt -o requirements-build.txt
	$(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf $(VENV) build dist src/evenhand/site/static/evenhand/vega
