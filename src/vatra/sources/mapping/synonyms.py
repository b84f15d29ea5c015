"""What others call our columns and codes (``synonyms.toml``), folded once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from vatra.tables import fold

_BRACKETS = re.compile(r"[(\[].*?[)\]]")


@cache
def _synonyms() -> Mapping[str, Any]:
    text = (resources.files("vatra.sources.mapping") / "synonyms.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def names_of(column: str) -> frozenset[str]:
    """Folded names that others give a column of ours."""
    return frozenset(map(fold, _synonyms().get(column, ())))


@cache
def months() -> frozenset[str]:
    """Folded names of months, whole and short, in both languages."""
    return frozenset(map(fold, _synonyms()["months"]["names"]))


def hints(column: str) -> Mapping[str, list[str]]:
    """Code of a column -> words that tell it in a value of theirs, in the order to try."""
    found: Mapping[str, list[str]] = _synonyms()["values"].get(column, {})
    return found


def bare(heading: str) -> str:
    """A heading without what stands in brackets, such as its unit."""
    return _BRACKETS.sub("", heading).strip()
