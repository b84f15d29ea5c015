"""Every address of the pages is in the reference, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from tests.docs.pages import DOCS

pytest.importorskip("django")

if find_spec("vatra.web.site") is None:
    pytest.skip("the web wing is not here", allow_module_level=True)

pytestmark = pytest.mark.web

_GROUP = re.compile(r"\(\?P<(\w+)>([^)]*)\)")
_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses() -> list[str]:
    """Every address as a person writes it: ``/{lang}/cities/{slug}/``."""
    from django.urls import get_resolver

    def walk(resolver: Any, before: str) -> Iterator[str]:
        for each in resolver.url_patterns:
            here = before + readable(str(each.pattern))
            yield from walk(each, here) if hasattr(each, "url_patterns") else [here]

    return list(walk(get_resolver(), "/"))


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


def test_the_reference_names_every_address_and_no_other():
    assert sorted(documented()) == sorted(set(addresses()))


def test_patterns_are_written_as_people_read_them():
    assert (
        readable(r"^cities/(?P<slug>[-\w]+)/t/(?P<form>csv|json)$") == "cities/{slug}/t/{csv|json}"
    )
    assert readable("<lang:lang>/n/<str:number>/") == "{lang}/n/{number}/"
