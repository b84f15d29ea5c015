"""Poiana, the city of the tables of rights: a small plan with buildings, shown and worked on."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.web.conftest import ROOT, write_output
from tests.web.pathways.village import write_village
from tests.web.people.cast import member, person
from tests.web.people.rights import CAST, World
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder
from vatra.web.people.models import User
from vatra.web.workspace.actions_start import do_open_workspace


def write_poiana(pack: Path, folder: Path, shelf: Path) -> Path:
    """Its output folder."""
    write_village(pack)
    for file in (ROOT / "examples" / "iasi").glob("building*"):
        shutil.copy(file, pack)
    words = (pack / "city.yaml").read_text("utf-8")
    words = words.replace("Fântânele de Probă", "Poiana").replace("fantanele", "poiana")
    (pack / "city.yaml").write_text(words, "utf-8")
    return write_output(pack, folder, shelf)


def make_world(folder: Path) -> World:
    """Poiana and Valea, the same under another name, and the cast with their roles."""
    city = do_register_folder(folder=folder, actor="test")
    other = City.objects.create(
        slug="valea",
        name="Valea",
        folder=city.folder,
        run_id=city.run_id,
        base_year=city.base_year,
        target_year=city.target_year,
    )
    people = {who: _one(who, city, other) for who in CAST if who != "visitor"}
    for each in (city, other):
        do_open_workspace(city=each, actor=None)
    return World(city, other, people)


def _one(who: str, city: City, other: City) -> User:
    if who == "stranger":
        return person(who)
    if who == "runner":
        return person(who, proved=True, is_installation_administrator=True)
    if who == "foreign":
        return member(who, other, "administrator")
    if who == "unproved":
        return member(who, city, "administrator", proved=False)
    return member(who, city, who)
