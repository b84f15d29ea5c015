"""Poiana with a plan, and the people who write its contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.people.cast import member
from tests.web.workspace.conftest import CITY, FACTORS
from vatra.web.cities.models import City
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_open_workspace

ENERGY = """\
sector,carrier,scope,year,amount,unit,source
buildings,natural_gas,1,2021,1000000,MWh,meter
buildings,electricity,2,2021,500000,MWh,meter
transport,diesel,1,2021,200000,MWh,"fuel, sold"
buildings,natural_gas,1,2030,600000,MWh,plan
buildings,electricity,2,2030,500000,MWh,plan
transport,diesel,1,2030,100000,MWh,plan
"""
MEASURES = """\
code,name_en,name_ro,sector,field,lever,cost_eur,claimed_t,source
1.1,Deep retrofit,Renovare profundă,buildings,built_environment,technology,12345600,40000,plan
"""


@pytest.fixture(autouse=True)
def own_data(settings: Any, tmp_path: Path) -> None:
    """Each test has a data folder of its own, and letters in memory."""
    settings.DATA = tmp_path / "data"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def poiana(db: None, tmp_path: Path) -> City:
    """A city of 201,960 t of gas, 125,000 t of power and 53,352 t of diesel, with one measure."""
    pack = tmp_path / "out" / "pack"
    pack.mkdir(parents=True)
    factors = FACTORS + "electricity,CO2,2030,2030,0.2,t/MWh,grid operator\n"
    files = {"city.yaml": CITY, "energy.csv": ENERGY, "factors.csv": factors}
    for name, text in {**files, "measures.csv": MEASURES}.items():
        (pack / name).write_text(text, "utf-8")
    city = City.objects.create(
        slug="poiana", name="Poiana", folder=str(pack.parent), run_id="0", base_year=2021
    )
    do_open_workspace(city=city, actor=None)
    return city


@pytest.fixture
def ana(poiana: City) -> User:
    """The officer who writes."""
    return member("ana", poiana, "editor")


@pytest.fixture
def rodica(poiana: City) -> User:
    """The climate lead who reads."""
    return member("rodica", poiana, "climate_lead")


@pytest.fixture
def vlad(poiana: City) -> User:
    """Somebody who only looks on."""
    return member("vlad", poiana, "viewer")
