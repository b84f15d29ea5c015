"""A city with a small pack, and people who work on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.people.cast import member
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_open_workspace
from vatra.web.workspace.models import Version

CITY = """\
name: Poiana
code: poiana
country: RO
base_year: 2021
target_year: 2030
target_cut_percent: 80
gwp_set: AR5
gases: [CO2]
factor_sets: [local, ipcc_2006]
synthetic: true
source: invented for the tests
"""
ENERGY = """\
sector,carrier,scope,year,amount,unit,source
buildings,natural_gas,1,2021,1000,MWh,meter
buildings,electricity,2,2021,500,MWh,meter
transport,diesel,1,2021,200,MWh,"fuel, sold"
"""
FACTORS = """\
carrier,gas,year_from,year_to,amount,unit,source
electricity,CO2,2021,2021,0.25,t/MWh,grid operator
"""


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    """Each test has a data folder of its own."""
    settings.DATA = tmp_path / "data"


@pytest.fixture
def poiana(db: None, tmp_path: Path) -> City:
    """A city whose work has begun with three rows of energy."""
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    for name, text in (("city.yaml", CITY), ("energy.csv", ENERGY), ("factors.csv", FACTORS)):
        (pack / name).write_text(text, "utf-8")
    city = City.objects.create(
        slug="poiana", name="Poiana", folder=str(pack.parent), run_id="0", base_year=2021
    )
    do_open_workspace(city=city, actor=None)
    return city


@pytest.fixture
def first(poiana: City) -> Version:
    """The version that the work began with."""
    head = poiana.workspace.head
    assert head is not None
    return head


@pytest.fixture
def ana(poiana: City) -> User:
    """An editor."""
    return member("ana", poiana, "editor")


@pytest.fixture
def ion(poiana: City) -> User:
    """Another one."""
    return member("ion", poiana, "editor")
