"""Cluj-Napoca before it had measures."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.web.conftest import CLUJ, write_output
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder

INVENTORY = ("city.yaml", "energy.csv", "factors.csv")


def register_bare(folder: Path, shelf: Path) -> City:
    """Its inventory alone, published to ``folder`` and registered."""
    pack = folder / "bare-pack"
    pack.mkdir()
    for name in INVENTORY:
        shutil.copy(CLUJ / name, pack / name)
    return do_register_folder(folder=write_output(pack, folder / "bare", shelf), actor="test")
