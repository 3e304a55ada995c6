# make serve   set up .venv, build the feeds from seeds/ and serve them on http://127.0.0.1:8000
# make build   write the same site to public/
# make demo    serve the sample newsroom of examples/musterstadt/
# make test    all that CI runs: format, lint, types, tests
# make bench   measure beside the alternatives; make soak: the long runs; make fuzz: ten minutes of any bytes

PY   ?= python3
BIN  := .venv/bin
# pip installs into .venv from outside: stock Debian has no ensurepip, and its own pip is locked (PEP 668).
PIP  := $(PY) -m pip --disable-pip-version-check --python $(BIN)/python

.PHONY: serve build demo test bench soak fuzz lock clean

serve: .venv/user.ok
	$(BIN)/feeds serve

build: .venv/user.ok
	$(BIN)/feeds build

demo: .venv/user.ok
	$(BIN)/feeds serve --config examples/musterstadt/config.toml

test: .venv/dev.ok
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

bench: .venv/dev.ok
	$(BIN)/python -m benchmarks

soak: .venv/dev.ok
	$(BIN)/python -m benchmarks.soak
	$(BIN)/python -m benchmarks.soak_builds
	$(BIN)/python -m benchmarks.histories

# atheris is in no lock file: it has no wheels for all platforms, and only this run needs it.
fuzz: .venv/dev.ok
	test -d .fuzz/lib || $(PIP) install -q --target .fuzz/lib atheris
	PYTHONPATH=.fuzz/lib $(BIN)/python -m benchmarks.fuzz

# What a user needs, the extra for HTML pages too, with hashes; then this checkout itself, editable, without asking any index.
.venv/user.ok: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PY) -m venv --without-pip .venv
	$(PIP) install -q --require-hashes -r requirements.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	# Where Python is told to write no bytecode (as in many containers), each start would compile the package again.
	$(BIN)/python -m compileall -q feeds
	touch $@

.venv/dev.ok: requirements-dev.lock .venv/user.ok
	$(PIP) install -q --require-hashes -r requirements-dev.lock
	touch $@

# Lock files hold names and hashes only, no registry host. Needs uv.
lock:
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --extra html --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv public .feeds .fuzz
