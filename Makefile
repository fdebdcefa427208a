# `make run` sets up and runs the main job; `make test` sets up and runs the tests. Nothing else is needed.
# PYTHON=/path/to/python3.13 chooses the interpreter; ARGS='...' is handed on to the command.

# Where Python may not keep bytecode, every process compiles a thousand modules anew: five seconds each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run test docs coverage lint format lock clean

help:
	@echo "make run     set up, then answer: which strategy helps these leaders cooperate?"
	@echo "make test    set up, then run the tests"
	@echo "make docs    set up, then build the documentation: site/index.html"
	@echo "make coverage  how much of sim/ the tests reach (slow)"
	@echo "make lint    style, types and import layers"
	@echo "make format  put the code in the agreed style"
	@echo "make lock    renew requirements.lock from pyproject.toml"
	@echo "make clean   remove .venv, caches and built packages (results stay)"

# Costs a few milliseconds when .venv is up to date (.venv/.ready tells).
setup:
	@PYTHON='$(PYTHON)' .ci/set-up

run: setup
	.venv/bin/commonweal run experiment=which_strategy $(ARGS)

# Each process has a stretch of the tests, so that what tests of a file share is made once, and takes of another's at the
# end.
test: setup
	.venv/bin/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

# The theme's notice of its successor is not about these pages.
docs: setup
	rm -rf build/pages
	.venv/bin/python docs/generate.py build/pages
	NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --quiet $(ARGS)

# Lines that a compiled kernel runs are not seen, so the compiler is off, but for whole simulations, which would take
# hours.
SIMULATIONS = tests/validation tests/theory tests/laws tests/browser tests/benchmarks
coverage: export COVERAGE_CORE = sysmon
coverage: setup
	NUMBA_DISABLE_JIT=1 .venv/bin/python -m pytest -n 2 --cov --cov-report= $(or $(ARGS),$(SIMULATIONS:%=--ignore=%))
	$(if $(ARGS),,.venv/bin/python -m pytest -n 2 --cov --cov-append --cov-report= tests/validation tests/theory)
	.venv/bin/coverage report --skip-covered

lint: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/pyright
	.venv/bin/lint-imports --no-logo

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: setup
	.venv/bin/uv pip compile pyproject.toml --quiet --upgrade --all-extras --group dev --universal --python-version 3.12 \
		--constraints .ci/lock-constraints.txt --generate-hashes --no-emit-index-url --no-header --output-file requirements.lock

clean:
	rm -rf .venv build dist site .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov \
		outputs multirun
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
