"""Every address of the pages is in the reference, and nothing else is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.docs.pages import DOCS

pytest.importorskip("django")

if find_spec("vatra.web.site") is None:
    pytest.skip("the web wing is not here", allow_module_level=True)

pytestmark = pytest.mark.web

_GROUP = re.compile(r"\(\?P<(\w+)>([^)]*)\)")
_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")

# In a process of its own: the pages as they are served, whatever settings the tests have.
PATTERNS = """
import json
import django
django.setup()
from django.urls import get_resolver
def walk(resolver, before):
    for each in resolver.url_patterns:
        here = [*before, str(each.pattern)]
        yield from walk(each, here) if hasattr(each, "url_patterns") else [here]
print(json.dumps(list(walk(get_resolver(), []))))
"""


def addresses(data: Path) -> list[str]:
    """Every address as a person writes it: ``/{lang}/cities/{slug}/``."""
    own = {"DJANGO_SETTINGS_MODULE": "vatra.web.site.settings", "VATRA_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-c", PATTERNS],
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return ["/" + "".join(map(readable, parts)) for parts in json.loads(done.stdout)]


def readable(pattern: str) -> str:
    """A route or a regular expression without what only a machine needs."""
    plain = pattern.removeprefix("^").removesuffix("$").replace("\\.", ".")
    plain = _GROUP.sub(lambda found: f"{{{choices(found[1], found[2])}}}", plain)
    return _CONVERTER.sub(r"{\1}", plain)


def choices(name: str, expression: str) -> str:
    """``csv|json`` stays as it is, an expression becomes its name."""
    return expression if re.fullmatch(r"\w+(\|\w+)+", expression) else name


def documented() -> list[str]:
    text = (DOCS / "reference" / "addresses.md").read_text("utf-8")
    return [
        each.replace("\\|", "|") for each in re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    ]


def test_the_reference_names_every_address_and_no_other(tmp_path: Path):
    assert sorted(documented()) == sorted(set(addresses(tmp_path)))


def test_patterns_are_written_as_people_read_them():
    assert (
        readable(r"^cities/(?P<slug>[-\w]+)/t/(?P<form>csv|json)$") == "cities/{slug}/t/{csv|json}"
    )
    assert readable("<lang:lang>/n/<str:number>/") == "{lang}/n/{number}/"
