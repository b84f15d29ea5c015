"""The contract of the example pack, for every test of what is rendered."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from vatra.contract import PLAN_SECTIONS
from vatra.runs.contract import run


@pytest.fixture(scope="session")
def sealed() -> dict[str, Any]:
    return run(Path("examples/cluj")).contract


@pytest.fixture
def document(sealed: dict[str, Any]) -> dict[str, Any]:
    """A copy that a test may change."""
    return copy.deepcopy(sealed)


@pytest.fixture
def short(document: dict[str, Any]) -> dict[str, Any]:
    """A copy of few pages: no plan by year, no slips."""
    return document | dict.fromkeys(PLAN_SECTIONS) | {"lint": []}
