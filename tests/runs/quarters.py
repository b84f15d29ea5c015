"""Small quarters on disk, made from counts, and their plans."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

pytest.importorskip("pvlib", reason="the extra 'buildings' is not installed")

from vatra.plans.quarter import Aim, Capacity
from vatra.runs.quarter import QuarterRun, Question, run_quarter
from vatra.runs.retrofit_facts import Asked

DAY = date(2026, 11, 22)
# What OUG 18/2009 asks of a block and its city: with it the state and the city pay.
FUNDED = Asked(
    DAY,
    programme_ids=("oug_18_2009",),
    region="nord_vest",
    rank="municipality",
    applicant="city",
    design_year=1980,
    seismic_class="RsIII",
    has_eu_funds=False,
    has_association=True,
)
T744R, BRICK = "block_t744r_p4_1973_1982", "block_brick_p4_1961_1972"
COUNTS = {
    "north": f"north,{T744R},6,120,6000,made up\nnorth,{BRICK},4,100,5000,made up\n",
    "south": f"south,{T744R},5,100,5000,made up\n"
    "south,block_panel_p8_1977_1990,3,120,6000,made up\n",
}
_HEADING = "quarter,archetype,blocks_count,flats_count,heated_m2,source\n"


def write_quarter(folder: Path, name: str) -> Path:
    """A folder with the counts of a small quarter."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "building_counts.csv").write_text(_HEADING + COUNTS[name], encoding="utf-8")
    return folder


def question(aim: Aim, capacity: Capacity | None = None, climate: str = "cluj") -> Question:
    """The same day and programmes for all."""
    return Question(aim, capacity or Capacity(2027, flats_per_year=90), FUNDED, climate)


@cache
def north() -> QuarterRun:
    """The plan of the northern quarter: 35 % less CO2."""
    folder = write_quarter(Path(mkdtemp(prefix="quarter-")), "north")
    return run_quarter(folder, question(Aim("cost", target_share={"co2": 0.35})))
