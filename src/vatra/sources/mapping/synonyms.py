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


def told(column: str, text: str) -> frozenset[str]:
    """Codes of a column that the words of a value tell: none, one, or several that all fit.

    Words within longer ones that fit say nothing: "commercial transport" is no commerce.
    """
    folded = fold(text)
    fits = [
        (each, code)
        for code, beginnings in _folded("values", column).items()
        for each in beginnings
        if f"_{each}" in f"_{folded}"
    ]
    said = {code for word, code in fits if not any(word in each != word for each, _ in fits)}
    return frozenset(
        said | {code for code, words in _folded("whole", column).items() if folded in words}
    )


@cache
def _folded(kind: str, column: str) -> Mapping[str, tuple[str, ...]]:
    found = _synonyms()[kind].get(column, {})
    return {code: tuple(map(fold, words)) for code, words in found.items()}


def bare(heading: str) -> str:
    """A heading without what stands in brackets, such as its unit."""
    return _BRACKETS.sub("", heading).strip()
