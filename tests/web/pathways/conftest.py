"""The made-up town with a plan of fifteen measures, published and registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import write_output
from tests.web.pathways.village import write_village
from vatra.runs.scenario import Scenario, open_scenario
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder


@pytest.fixture(scope="session")
def village_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = write_village(tmp_path_factory.mktemp("village-pack"))
    return write_output(pack, tmp_path_factory.mktemp("village"))


@pytest.fixture(scope="session")
def village_scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Its scenario, without any web."""
    return open_scenario(write_village(tmp_path_factory.mktemp("village-plan")))


@pytest.fixture
def village(db: None, village_folder: Path) -> City:
    """Fântânele de Probă: fifteen measures, one of each kind of effect and relation."""
    return do_register_folder(folder=village_folder, actor="test")


@pytest.fixture(scope="session")
def bare_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same town before it has a plan."""
    pack = write_village(tmp_path_factory.mktemp("bare-pack"))
    (pack / "actions.csv").unlink()
    return write_output(pack, tmp_path_factory.mktemp("bare"))


@pytest.fixture
def bare(db: None, bare_folder: Path) -> City:
    """The town without a plan, registered."""
    return do_register_folder(folder=bare_folder, actor="test")
