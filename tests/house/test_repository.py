"""What the repository says about itself is true, and says nothing about where it was written."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

import vatra

ROOT = Path(__file__).parents[2]

# Put together from pieces, so that this file does not hold what it looks for.
REGISTRY_HOSTS = [
    "pypi" + r"\.org",
    "python" + r"hosted\.org",
    "registry" + r"\.npmjs",
    "registry" + r"\.yarnpkg",
    "deb" + r"\.debian\.org",
]
# Not the addresses of the pages under which people work: "/cities/cluj/work/history/".
MACHINE_PATHS = [
    r"(?<![\w}>.])/" + r"work/(?!versions|tables|compare)[\w.]",
    "/" + "opt/pypi",
    "/" + "tmp/vatra/",
    "file:" + "///",
]


def tracked_texts() -> dict[str, str]:
    """Path -> text of every tracked file that is text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            texts[name] = content.decode("utf-8", errors="replace")
    return texts


@pytest.mark.parametrize("words", [REGISTRY_HOSTS, MACHINE_PATHS], ids=["hosts", "paths"])
def test_no_file_names_a_registry_or_a_machine(words: list[str]) -> None:
    texts = tracked_texts()
    assert "pyproject.toml" in texts
    found = [
        f"{name}: {word}" for name, text in texts.items() for word in words if re.search(word, text)
    ]
    assert found == []


def targets() -> dict[str, str]:
    """Name -> explanation of what a person may ask make for."""
    lines = (ROOT / "Makefile").read_text().splitlines()
    matches = (re.match(r"^([a-z-]+):(?:.*## (.+))?", line) for line in lines)
    return {match[1]: match[2] or "" for match in matches if match}


def test_every_command_of_make_explains_itself() -> None:
    assert set(targets()) == {"help", "setup", "demo", "test", "lint", "docs", "bench", "clean"}
    assert [name for name, text in targets().items() if not text] == []


def test_every_command_of_make_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    assert [name for name in targets() if f"make {name}" not in readme] == []


def test_make_help_lists_every_command() -> None:
    # A make above this test would have this one announce its folder.
    command = ["make", "--no-print-directory", "help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in said.splitlines()] == list(targets())


def publiccode() -> dict[str, object]:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text())


def test_publiccode_has_what_its_standard_requires() -> None:
    required = {
        "publiccodeYmlVersion",
        "name",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert required <= publiccode().keys()


@pytest.mark.parametrize("language", ["en", "ro"])
def test_publiccode_describes_in_both_languages(language: str) -> None:
    description = publiccode()["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
    # Cedilla letters are another alphabet's; Romanian has the comma below.
    assert not set("şţŞŢ") & set(str(description))


def test_publiccode_and_package_agree() -> None:
    assert publiccode()["softwareVersion"] == vatra.__version__
    assert publiccode()["legal"] == {"license": "Apache-2.0"}
    assert "Apache License" in (ROOT / "LICENSE").read_text()


def test_changelog_knows_this_version() -> None:
    assert f"## {vatra.__version__}" in (ROOT / "CHANGELOG.md").read_text()
