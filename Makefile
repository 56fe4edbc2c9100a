# Everything a developer types. The same for Windows, in two plain commands, stands in README.md.
# Another Python in an environment of its own: make PYTHON=/usr/bin/python3 VENV=build/venv-debian test
PYTHON ?= python3
VENV ?= .venv
# What the installers are frozen with (installer/freeze.py): another one with make FREEZER=/path/to/python3.13 ...
FREEZER ?= $(firstword $(wildcard $(HOME)/.pyenv/versions/3.13*/bin/python3.13) python3.13)
FREEZING := build/venv-freezer
# How many tests at a time: make JOBS=1 test
JOBS ?= 2
BIN := $(VENV)/bin
# Without a window; tests of more than about 0.3 s are marked as slow and left out.
FAST := tests/domain tests/interchange tests/packaging tests/reports tests/services tests/storage tests/sync
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH

.PHONY: help run test test-fast test-long test-clean-root smoke soak soak-gc check format tour bench \
  verapdf golden catalogue schema lock clean \
  installer-deb test-installer-deb trial-session installer-windows test-installer-windows

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ \t/' | expand -t 14

run: ready  ## prepare everything and start; without a display: pictures of every screen
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  $(BIN)/python installer/pictures.py; \
	else $(BIN)/samenleven; fi

test: ready-tests  ## all tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n $(JOBS) -m "not long and not desktop"

test-fast: ready  ## the quick tests without a window, in less than 45 seconds
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n $(JOBS) -m "not slow and not long and not desktop" $(FAST)

smoke: ready-tests  ## the real program on a screen without a monitor, with window manager and D-Bus
	@SAMENLEVEN_SMOKE=1 $(BIN)/python -m pytest -q -n0 -m desktop tests/desktop

soak: ready-tests  ## ten minutes of random actions; fails on a fault or on growing memory, handles or windows
	@$(BIN)/python -m tests.tools.soak

soak-gc: ready-tests  ## ten runs of three minutes that collect garbage all the time (long); fails on a native crash
	@$(BIN)/python -m tests.tools.soak --crash-loop

test-clean-root: ready  ## both commands of the README in a clean Debian 12 (as root; long); log in build/clean-root
	@$(BIN)/python installer/debian/clean_root.py

test-long: ready  ## the long searches, and every property test with new examples
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n $(JOBS) -m "long or hypothesis" --hypothesis-profile new

check: ready  ## format, lint, types, layers, import circles, dependencies, dead code, catalogue, Qt names
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo --config pyproject.toml
	@$(BIN)/python tests/tools/import_circles.py
	@$(BIN)/deptry samenleven_desktop
	@$(BIN)/vulture samenleven_desktop db installer tests/tools --min-confidence 60
	@$(BIN)/python tests/tools/catalogue.py check
	@QT_QPA_PLATFORM=offscreen $(BIN)/python tests/tools/qt_names.py

format: ready  ## put the code in shape
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

tour: ready  ## a picture of every screen, light and dark, and the report, in build/tour
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/samenleven tour --out build/tour

bench: ready  ## speed and memory as ratios against a yardstick in the same run
	@QT_QPA_PLATFORM=offscreen $(BIN)/python tests/tools/bench.py
	@PYTHONPATH=. $(BIN)/python tests/tools/bench_import.py
	@$(BIN)/python tests/tools/bench_start.py
	@QT_QPA_PLATFORM=offscreen PYTHONPATH=. $(BIN)/python tests/tools/bench_widgets.py
	@QT_QPA_PLATFORM=offscreen PYTHONPATH=. $(BIN)/python tests/tools/bench_window.py
	@PYTHONPATH=. $(BIN)/python tests/tools/bench_exchange.py
	@PYTHONPATH=. $(BIN)/python tests/tools/bench_reports.py
	@PYTHONPATH=. $(BIN)/python tests/tools/bench_any_text.py

verapdf: ready  ## the checker of accessible PDF in build/verapdf (needs Java); the tests then use it
	@$(BIN)/python tests/tools/verapdf.py install

golden: ready  ## what each kind of report says, written anew after a change that was meant (tests/data/reports)
	@GOLDEN=1 $(BIN)/python -m pytest -q -n0 tests/reports/test_golden.py

catalogue: ready  ## take new sentences into the catalogue and compile it
	@$(BIN)/python tests/tools/catalogue.py update

schema: ready  ## write db/schema.sql anew after a migration
	@$(BIN)/python -m tests.tools.schema

lock: ready  ## renew requirements.lock (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links --extra dev --upgrade -o requirements.lock pyproject.toml

installer-deb: ready-freezer  ## dist/*.deb for Debian 12
	@$(FREEZING)/bin/python installer/debian/build.py

test-installer-deb: ready-freezer  ## install it in a clean Debian, prove, upgrade, break, remove (as root)
	@$(FREEZING)/bin/python installer/debian/test.py

trial-session: ready  ## the installed .deb on a whole XFCE desktop: keys, printer, keyring, dialogs (as root)
	@$(BIN)/python installer/debian/session/run.py

installer-windows: ready-freezer  ## dist/*-setup.exe; outside Windows under wine, as a proof
	@$(FREEZING)/bin/python installer/windows/build.py

test-installer-windows: ready-freezer  ## install it under wine, prove, upgrade, break, remove
	@$(FREEZING)/bin/python installer/windows/test.py

clean:  ## away with everything that can be made anew
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

ready:
	@$(PYTHON) installer/bootstrap.py --venv $(VENV)

ready-tests:
	@$(PYTHON) installer/bootstrap.py --venv $(VENV) --tests

ready-freezer:
	@command -v $(FREEZER) > /dev/null || { echo "Python 3.13 is not here: make FREEZER=/path/to/python3.13 ..."; exit 1; }
	@$(FREEZER) installer/bootstrap.py --venv $(FREEZING)
.PHONY: ready ready-tests ready-freezer
