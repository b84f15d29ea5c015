"""docs/security.md names tests that exist, and leaves no test of this folder unnamed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

WEB = Path(__file__).resolve().parents[1]
DOCUMENT = WEB.parents[1] / "docs" / "security.md"
NAMED = re.compile(r"`([a-z]+/test_[a-z_]+\.py)(?:::(test_[a-z0-9_]+))?`")
ITEM = re.compile(r"^\| (\d+\.\d+\.\d+)", re.MULTILINE)


def named() -> set[tuple[str, str]]:
    return set(NAMED.findall(DOCUMENT.read_text("utf-8")))


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {
        each.name
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }


def test_every_test_that_is_named_exists() -> None:
    found = named()
    assert len(found) > 70
    missing = []
    for file, name in sorted(found):
        path = next((p for p in (WEB / file, WEB.parent / file) if p.is_file()), None)
        if path is None or (name and name not in names_in(path)):
            missing.append(f"{file}::{name}")
    assert not missing


def test_every_line_of_a_table_names_a_test() -> None:
    lines = DOCUMENT.read_text("utf-8").splitlines()
    rows = [each for each in lines if each.startswith("| ") and not each.startswith("| item")]
    assert len(rows) > 55
    assert [each for each in rows if not NAMED.search(each)] == []


def test_every_file_of_this_folder_is_named() -> None:
    known = {file for file, _ in named()}
    own = {f"security/{path.name}" for path in WEB.glob("security/test_*.py")}
    assert own - known == {"security/test_document.py"}


def test_items_are_those_of_the_standard_in_order() -> None:
    found = [tuple(map(int, each.split("."))) for each in ITEM.findall(DOCUMENT.read_text("utf-8"))]
    assert found == sorted(found)
