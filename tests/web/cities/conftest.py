"""The invented town, registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.cities.town import write_town
from tests.web.conftest import write_output
from vatra.web.cities.asked import figures
from vatra.web.cities.figures import Figures
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder


@pytest.fixture(scope="session")
def town_folder(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = write_town(tmp_path_factory.mktemp("town-pack"))
    return write_output(pack, tmp_path_factory.mktemp("town"), shelf)


@pytest.fixture
def town(db: None, town_folder: Path) -> City:
    """The town of ``town.py``: all gases, keys, three years, a stated doubt for nearly all."""
    return do_register_folder(folder=town_folder, actor="test")


@pytest.fixture
def town_figures(town: City) -> Figures:
    """Its inventory."""
    return figures(town)
