"""The promise that the library and its command line need no web framework, kept the hard way."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import vatra

ROOT = Path(__file__).parents[2]
UV = Path(sysconfig.get_path("scripts")) / "uv"
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


# All on one worker: the environment is made once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("science")]


def test_django_is_not_there(science: Path) -> None:
    ask = "from importlib.util import find_spec as f; print(f('django'), f('vatra') is not None)"
    assert run(science, "-c", ask).split() == ["None", "True"]


def test_the_installed_package_says_its_version(science: Path) -> None:
    assert vatra.__version__ in run(science.parent / "vatra", "--version")


def test_science_tests_pass_without_django(science: Path) -> None:
    out = run(
        *(science, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("--ignore", "tests/web", "--ignore", "tests/house"),
        *("-m", "not slow and not web and not browser", "tests"),
        CI="",
    )
    assert " passed" in out
