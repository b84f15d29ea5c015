"""A village with a plan, reports, indicators and people who keep it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import write_output
from tests.web.pathways.village import write_village
from tests.web.people.cast import member
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_open_workspace

PROGRESS = """\
action,year,adoption_percent,spent_eur,status,source,note
B2,2027,3,1500000,delayed,invented for the test,
B6,2027,20,,started,invented for the test,
"""
INDICATORS = """\
code,name_en,name_ro,unit,unit_en,unit_ro,action,sector,baseline_year,baseline_value,target_year,\
target_value,direction,source
I1,Trips by bicycle,Deplasări cu bicicleta,%,,,,transport,2021,2,2035,16,up,invented
I2,Trees planted,Arbori plantați,,trees,arbori,,,2021,0,2031,1000,up,invented
I3,Never measured,Niciodată măsurat,km,,,,,2021,0,2030,10,up,invented
"""
VALUES = """\
indicator,year,quarter,value,source
I1,2027,,5.5,invented
I2,2027,,600,invented
"""


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    """Each test has a data folder of its own."""
    settings.DATA = tmp_path / "data"


@pytest.fixture(scope="session")
def kept_folder(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village's output folder with reports of 2027 and three indicators."""
    pack = tmp_path_factory.mktemp("kept-pack")
    write_village(pack)
    (pack / "progress.csv").write_text(PROGRESS, "utf-8")
    (pack / "indicators.csv").write_text(INDICATORS, "utf-8")
    (pack / "indicator_values.csv").write_text(VALUES, "utf-8")
    return write_output(pack, tmp_path_factory.mktemp("kept"), shelf)


@pytest.fixture
def kept(db: None, kept_folder: Path) -> City:
    """The village, registered, its work begun."""
    city = do_register_folder(folder=kept_folder, actor="test")
    do_open_workspace(city=city, actor=None)
    return city


@pytest.fixture
def ana(kept: City) -> User:
    """An editor."""
    return member("ana", kept, "editor")


@pytest.fixture
def ion(kept: City) -> User:
    """A contributor."""
    return member("ion", kept, "contributor", proved=False)


@pytest.fixture
def eva(kept: City) -> User:
    """A viewer."""
    return member("eva", kept, "viewer", proved=False)
