"""The promise that the library and its command line need no web framework, kept the hard way."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import vatra
from vatra.cli.verbs import VERBS

ROOT = Path(__file__).parents[2]
UV = Path(sysconfig.get_path("scripts")) / "uv"
# The extra "buildings": hourly physics and footprints are for those who installed it.
BUILDINGS = ("numba", "pvlib", "pyproj", "shapely")
# What the tests themselves need, in the versions of the lock of everything.
TEST_TOOLS = ("hypothesis", "pypdf", "pytest", "pytest-xdist")


def run(*command: str | Path, **environment: str) -> str:
    """Run it; its output, which is also what a failure shows."""
    kept = {name: value for name, value in os.environ.items() if name not in DJANGO_SWITCHES}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=kept | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


# Set by this run's own conftest; the run below must find its own way.
DJANGO_SWITCHES = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTHONPATH"}


@pytest.fixture(scope="module")
def science(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that holds the science lock and the built package."""
    folder = tmp_path_factory.mktemp("science")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (wheel,) = folder.glob("vatra-*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    python = folder / "venv" / "bin" / "python"
    install = (UV, "pip", "install", "--quiet", "--python", python, "--only-binary", ":all:")
    run(*install, "--require-hashes", "-r", ROOT / "requirements/science.txt")
    run(*install, "--no-index", "--no-deps", wheel)
    run(*install, "--constraint", ROOT / "requirements/dev.txt", *TEST_TOOLS)
    return python


IMPORT_ALL = f"""
import importlib, pkgutil, vatra
for each in pkgutil.walk_packages(vatra.__path__, "vatra.", onerror=lambda name: None):
    if each.name.startswith("vatra.web") or each.name.endswith("__main__"):
        continue
    try:
        importlib.import_module(each.name)
    except ModuleNotFoundError as error:
        if error.name not in {BUILDINGS}:
            raise
    print(each.name)
"""
# Every verb once, in an order in which one finds what another wrote, with its exit code.
CALLS = {
    "check examples/cluj": 0,
    "inventory examples/cluj": 0,
    "gpc examples/valea-lupului-de-sus": 0,
    "doubt examples/cluj": 0,
    "gap examples/cluj": 0,
    "change examples/cluj --from 2021 --to 2030": 0,
    "years examples/valea-lupului-de-sus": 0,
    "catalogue": 0,
    "plan examples/cluj": 0,
    "optimise examples/cluj --budget 500m --time-limit 1": 0,
    "uncertainty examples/cluj": 0,
    "monitor examples/iasi": 0,
    "finance examples/cluj": 0,
    "blocks stock examples/quarters/iasi-like --engine seasonal --reference": 0,
    "lint examples/cluj": 1,
    "contract examples/cluj --out {out}/sealed": 0,
    "verify {out}/sealed/contract.json": 0,
    "recalculate examples/cluj --against {out}/sealed/contract.json --reason error --note Again": 0,
    "explain examples/cluj buildings.2021": 0,
    "factors diff examples/cluj --gwp-to AR6": 0,
    "export examples/cluj --face ecrf --to {out}/ecrf.csv": 0,
    "import {out}/ecrf.csv --mapping ecrf --preview": 0,
    "template {out}/empty": 0,
    "demo {out}/bare --no-serve --out {out}/demo": 0,
    # Without the web wing there are no pages and no people, and that is said.
    "admin check": 1,
    "serve {out}/sealed": 1,
}
CALL_ALL = """
import json, sys
from typer.testing import CliRunner
from vatra.cli import app
told = []
for words in json.loads(sys.argv[1]):
    done = CliRunner().invoke(app, words)
    plain = done.exception is None or isinstance(done.exception, SystemExit)
    told.append([" ".join(words), done.exit_code if plain else repr(done.exception)])
print(done.output)
print(json.dumps(told))
"""
PASSED = re.compile(r"(?P<count>\d+) passed")

# All on one worker: the environment is made once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("science")]


def test_django_is_not_there(science: Path) -> None:
    ask = "from importlib.util import find_spec as f; print(f('django'), f('vatra') is not None)"
    assert run(science, "-c", ask).split() == ["None", "True"]


def test_the_installed_package_says_its_version(science: Path) -> None:
    assert vatra.__version__ in run(science.parent / "vatra", "--version")


def test_every_module_of_the_wing_can_be_imported(science: Path) -> None:
    told = run(science, "-W", "error", "-c", IMPORT_ALL).split()
    assert "vatra.runs.contract" in told and "vatra.plans.blocks.simulate" in told
    assert len(told) == len(set(told)) > 300


def test_every_verb_answers_on_an_example(science: Path, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    for name in ("city.yaml", "energy.csv", "factors.csv"):  # no plan: quickly written
        shutil.copy(ROOT / "examples" / "cluj" / name, tmp_path / "bare")
    calls = [[word.format(out=tmp_path) for word in line.split()] for line in CALLS]
    assert {words[0] for words in calls} == {each.rstrip("_") for each in VERBS}
    said = run(science, "-c", CALL_ALL, json.dumps(calls))
    told = json.loads(said.splitlines()[-1])
    asked = [[" ".join(words), code] for words, code in zip(calls, CALLS.values(), strict=True)]
    assert told == asked
    assert "vatra[web]" in said


def test_each_room_works_without_django(science: Path) -> None:
    """The first test of every file; the rest are the same functions with other numbers."""
    out = run(
        *(science, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--brief"),
        *(f"--ignore=tests/{each}" for each in ("web", "house", "docs", "benchmarks", "notebooks")),
        *("-m", "not slow and not web and not browser", "tests"),
        CI="",
    )
    assert int(PASSED.search(out)["count"]) > 250, out
