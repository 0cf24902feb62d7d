# Tideline: `make run` starts the dashboard, `make test` runs every test. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8501
TEST_WORKERS ?= 2
# Say `make test PYTEST_ARGS="-k safety"` to run some tests only.
PYTEST_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
SOURCES := casework db pages streamlit_app.py
PIP_INSTALL := $(PY) -m pip install --require-hashes --quiet --disable-pip-version-check --no-input

# Installed once, and again only after a requirements file has changed.
RUN_STAMP := $(VENV)/installed-run
DEV_STAMP := $(VENV)/installed-dev
COMPONENTS_STAMP := $(VENV)/installed-components

# Measured first and one at a time: two workers would measure each other. Exit 5 says that none was selected.
BENCHMARKS = run() { $(PY) -m pytest -m benchmark -s $(PYTEST_ARGS) "$$@" || [ $$? -eq 5 ]; }; run

# For every platform and each Python from 3.11 on; the address of the index that it came from is nobody's business.
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command "make lock"

# Streamlit finds a component's scripts only in an installed distribution: this folder, built with what is installed already.
COMPONENTS := tideline_components
INSTALL_COMPONENTS = $(PY) -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-index \
	--no-build-isolation --force-reinstall ./$(COMPONENTS)

# A file's tests on one worker, so that what they share (a Chromium, a trial) is made once. Not loadgroup: with pytest 9.2
# pytest-xdist 3.8 puts no test into its group.

NO_PACKAGES = { echo "Tideline: the packages could not be installed. Is there a network, and does pip reach a package index from here? pip's own message is above." >&2; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run install install-dev browser test test-long bench check alembic-check format validate screenshots lock clean

help: ## List what make can do here
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN_STAMP) $(COMPONENTS_STAMP) ## Set up, load the demo clinic into an empty database, and serve on 127.0.0.1 (PORT=8501)
	@$(PY) -m casework.admin prepare --port $(PORT)
	@exec $(PY) -m streamlit run streamlit_app.py --server.port $(PORT)

install: $(RUN_STAMP) $(COMPONENTS_STAMP) ## Make .venv with what the dashboard needs

install-dev: $(DEV_STAMP) $(COMPONENTS_STAMP) ## Make .venv with what the tests and checks need too

test: install-dev browser ## Run every test, the long ones in a short form
	@$(BENCHMARKS)
	@$(PY) -m pytest -n $(TEST_WORKERS) --dist loadfile -m "not benchmark" $(PYTEST_ARGS)

test-long: export TIDELINE_LONG = 1
test-long: install-dev browser ## Run every test at full length: faults, benchmarks, the whole trial data
	@$(BENCHMARKS) --timeout 3600
	@$(PY) -m pytest -n $(TEST_WORKERS) --dist loadfile -m "not benchmark" --timeout 3600 $(PYTEST_ARGS)

check: install-dev ## Format, lint, types, layers, and migrations that match the models
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy $(SOURCES) tests
	@$(VENV)/bin/lint-imports --no-logo
	@$(MAKE) --no-print-directory alembic-check

alembic-check: $(DEV_STAMP)
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	export TIDELINE_DATABASE_URL="sqlite:///$$scratch/check.db" && \
	$(PY) -m alembic -c alembic.ini upgrade head && \
	$(PY) -m alembic -c alembic.ini check

format: $(DEV_STAMP) ## Format the code and fix what the linter can fix
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

validate: $(RUN_STAMP) ## Measure the scores anew on the trial data in CTN0094_DIR, for the Evidence page
	@$(PY) -m casework.validation report

screenshots: install-dev browser ## Take the README's screenshots anew
	@$(PY) -m tests.support.screenshots

lock: $(DEV_STAMP) ## Write the lock files anew, with the hashes of all packages that the requirements need
	@$(PY) -m uv pip compile $(LOCK) requirements.txt -o requirements.lock
	@$(PY) -m uv pip compile $(LOCK) requirements-dev.txt -o requirements-dev.lock

clean: ## Remove .venv and the tools' caches (var/, with the database, stays)
	rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

browser: $(DEV_STAMP)
	@$(PY) -m tests.support.chromium

$(PY):
	@command -v $(PYTHON) >/dev/null || \
		{ echo "Tideline: there is no $(PYTHON). Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Tideline: Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || \
		{ echo "Tideline: this Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Tideline: making $(VENV) …"
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN_STAMP): requirements.lock | $(PY)
	@echo "Tideline: installing packages (a minute or so, this once) …"
	@$(PIP_INSTALL) -r requirements.lock || $(NO_PACKAGES)
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP) | $(PY)
	@echo "Tideline: installing what the tests need …"
	@$(PIP_INSTALL) -r requirements-dev.lock || $(NO_PACKAGES)
	@touch $@

$(COMPONENTS_STAMP): $(COMPONENTS)/pyproject.toml $(wildcard $(COMPONENTS)/*.py $(COMPONENTS)/assets/*) $(RUN_STAMP)
	@$(INSTALL_COMPONENTS) || $(NO_PACKAGES)
	@touch $@
