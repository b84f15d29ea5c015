"""Names that attack are text on every page of every app, and no formula in any file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.web.pages import Page
from tests.web.people.rights import CAST
from tests.web.site.collected import RIGHTS
from tests.web.site.walking import Walk, taken_back
from vatra.web.cities.models import City
from vatra.web.people.models import Organisation, User

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7919*7907}}${7919*7907}"
FORMULA = '=HYPERLINK("https://elsewhere.example")'
STARTS = ("=", "+", "-", "@", "\t", "\r")


def faults(response: Any) -> list[str]:
    kind = response.headers.get("Content-Type", "")
    if response.streaming or response.status_code >= 300:
        return []
    text = response.content.decode("utf-8", errors="replace")
    if kind.startswith("text/html") or "svg" in kind:
        return _in_page(text)
    return _in_csv(text) if kind.startswith("text/csv") else []


def _in_page(text: str) -> list[str]:
    found = ["a script of the name"] if "<script>alert" in text else []
    found += ["a template of the name was run"] if "62615533" in text else []
    for tag, attrs in Page(text).tags:
        found += [f"<{tag} {each}>" for each in attrs if each.startswith("on")]
        if tag == "img" and attrs.get("src") == "x":
            found.append("an image of the name")
    return found


def _in_csv(text: str) -> list[str]:
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    numbers = (cell for cell in cells if cell.startswith(STARTS))
    return [f"formula: {cell}" for cell in numbers if not _is_number(cell)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("name", [n for n, right in RIGHTS.items() if "GET" in right.methods])
@pytest.mark.parametrize("attack", [SCRIPT, FORMULA], ids=["script", "formula"])
def test_a_name_is_text(walk: Walk, name: str, attack: str) -> None:
    readers = RIGHTS[name].readers
    who = next((each for each in ("administrator", "runner") if each in readers), None)
    if who is None:
        who = next(each for each in CAST if each in readers) if readers else "runner"
    with taken_back():
        City.objects.update(name=attack)
        User.objects.update(name=attack[:120])
        Organisation.objects.update(name=attack)
        _, response = walk.ask(name, who, "GET")
    assert not faults(response), (name, faults(response))


def test_a_fault_would_be_found() -> None:
    assert _in_page(f"<p>{SCRIPT}</p>")
    assert _in_page("<a onclick='x'>")
    assert _in_csv("name,number\n=1+1,-3.5\n") == ["formula: =1+1"]
