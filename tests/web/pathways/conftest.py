"""The made-up town with a plan of fifteen measures, published and registered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.web.conftest import write_output
from tests.web.pathways.village import write_village
from vatra.runs.scenario import Scenario, open_scenario
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder


@pytest.fixture(scope="session")
def village_folder(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    pack = write_village(tmp_path_factory.mktemp("village-pack"))
    return write_output(pack, tmp_path_factory.mktemp("village"), shelf)


@pytest.fixture(scope="session")
def village_scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Its scenario, without any web."""
    return open_scenario(write_village(tmp_path_factory.mktemp("village-plan")))


@pytest.fixture
def village(db: None, village_folder: Path) -> City:
    """Fântânele de Probă: fifteen measures, one of each kind of effect and relation."""
    return do_register_folder(folder=village_folder, actor="test")


@pytest.fixture(scope="session")
def bare_folder(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same town before it has a plan."""
    pack = write_village(tmp_path_factory.mktemp("bare-pack"))
    (pack / "actions.csv").unlink()
    return write_output(pack, tmp_path_factory.mktemp("bare"), shelf)


@pytest.fixture
def bare(db: None, bare_folder: Path) -> City:
    """The town without a plan, registered."""
    return do_register_folder(folder=bare_folder, actor="test")


@pytest.fixture(scope="session")
def saved_folder(village_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town's folder with two saved plans, and a file that fits no plan of its own."""
    folder = tmp_path_factory.mktemp("saved") / "village"
    shutil.copytree(village_folder, folder)
    head = "code,start_year,level_percent\n"
    (folder / "best.csv").write_text(head + "B3,2028,0\nT2,2030,50\n", "utf-8")
    (folder / "best-small.csv").write_text(head + "B1,2027,0\nB2,2026,0\nB3,2028,0\n", "utf-8")
    (folder / "best-foreign.csv").write_text(head + "X9,2028,100\n", "utf-8")
    return folder


@pytest.fixture
def saved(db: None, saved_folder: Path) -> City:
    """The town with saved plans, registered."""
    return do_register_folder(folder=saved_folder, actor="test")
