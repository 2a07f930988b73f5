# make demo | test | soak | lint | samples | clean. Debian and its relatives; Windows: see README.md.

PYTHON ?= $(shell sh scripts/find_python.sh)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input

# One thread a Tesseract process: more only waste CPU.
export OMP_THREAD_LIMIT := 1
export PYTHONUTF8 := 1
# Every process would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test soak lint samples clean system fonts browser

demo: system $(VENV)/.runtime
	$(BIN)/python scripts/demo.py

test: lint fonts browser
	$(BIN)/python -m pytest -n 2

# The long form of two tests: 1,000 broken files, and a run killed 100 times.
soak: lint fonts
	KEHOACH_MUTATIONS=1000 KEHOACH_KILLS=100 $(BIN)/python -m pytest tests/test_hostile_files.py \
		tests/test_archive_faults.py tests/test_dask.py

lint: system $(VENV)/.tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

samples: system fonts $(VENV)/.tools
	$(BIN)/python -m samples.build

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# System packages are looked for every time (it takes a moment) and installed only if missing.
system:
	@sh scripts/system_packages.sh tesseract venv

fonts:
	@sh scripts/system_packages.sh fonts

browser:
	@sh scripts/system_packages.sh browser

# A stamp is written last: an interrupted installation is begun again.
$(VENV)/.made: | system
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: constraints.txt pyproject.toml | $(VENV)/.made
	$(PIP) install --constraint constraints.txt --editable '.[web]'
	@touch $@

$(VENV)/.tools: constraints.txt pyproject.toml requirements-dev.txt $(VENV)/.runtime
	$(PIP) install --constraint constraints.txt --requirement requirements-dev.txt
	@touch $@
