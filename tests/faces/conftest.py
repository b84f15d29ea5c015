"""An inventory of an invented town, and result rows of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from vatra.runs.exchange import report
from vatra.runs.inventory import inventory
from vatra.runs.pack import open_pack


@pytest.fixture(scope="session")
def cluj():
    return inventory(open_pack(Path("examples/cluj")))


@pytest.fixture(scope="session")
def cluj_base(cluj):
    return report(cluj, (2021,))


@pytest.fixture(scope="session")
def cluj_all(cluj):
    return report(cluj)


@pytest.fixture(scope="session")
def town():
    """The invented town that exercises every sub-sector, all years."""
    return report(inventory(open_pack(Path("examples/valea-lupului-de-sus"))))
