"""Made-up meters for a quarter of blocks: ``python -m vatra.runs.calibrate_example FOLDER``.

Forty blocks get bills of a truth that the model does not know: every type lies beside its figures
(``TYPES``), every block beside its type, each meter and each year's weather err as
``plans/bills/data/errors.csv`` says. Two meters are wrong on purpose: one serves two blocks, of one
a third of the flats left the network. Everything is drawn with a fixed seed and marked synthetic.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vatra.plans.bills import PARAMETERS, Answer, Subject, answer, draws_at
from vatra.plans.bills.reading import Floats, error_share
from vatra.plans.blocks import Climate, synthetic_climate
from vatra.plans.services import usual_systems
from vatra.plans.stock.meters import degree_days_kd
from vatra.runs.calibrate_block import priors_of
from vatra.runs.retrofit import USUAL_HEAT
from vatra.runs.stock import open_stock

SEED = 20261122
PLACES: Mapping[str, str] = {"manastur-like": "cluj", "iasi-like": "iasi"}
COUNT = 40
SOURCE = "synthetic: drawn from a truth beside the model"
COLUMNS = (
    "building",
    "year",
    "month",
    "carrier",
    "metered",
    "amount",
    "unit",
    "degree_days_kd",
    "source",
)
# Degree days of the years over those of the standard year.
YEARS: Mapping[int, float] = {2022: 0.93, 2023: 0.9, 2024: 0.88}
# Where the truth of each type lies, in standard scores.
TYPES: Mapping[str, Mapping[str, float]] = {
    "block_t744r_p4_1973_1982": {"bridge": 1.2, "air": 1.0, "hot_water": -0.6},
    "block_brick_p4_1961_1972": {"u_wall": -0.9, "inside": -0.7},
    "block_ipct1340_p10_1985_1990": {"u_wall": 1.0, "losses": 0.9},
}
TWO_BLOCKS, LEFT = 7, 19
_UNITS: Mapping[str, float] = {"Gcal": 1.163e6, "MWh": 1e6, "kWh": 1e3}
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, eq=False)
class Truth:
    """A block as it really is: its answer under its own scores, and whether its meter is wrong."""

    subject: Subject
    scores: Floats
    answer: Answer
    meter_share: float


def write_example(folder: Path) -> Path:
    """Write ``building_meters.csv`` into the folder of a quarter."""
    climate = synthetic_climate(PLACES[folder.name])
    random = np.random.default_rng(SEED)
    rows = [row for each in truths(folder, climate) for row in _rows(each, climate, random)]
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file = folder / "building_meters.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


def truths(folder: Path, climate: Climate, count: int = COUNT) -> list[Truth]:
    """Blocks evenly over the quarter as they really are."""
    stock = open_stock(folder)
    random = np.random.default_rng(SEED + 1)
    zones = stock.zones()
    types: dict[str, Floats] = {}
    found = []
    for number, place in enumerate(np.linspace(0, len(zones) - 1, count).astype(int)):
        building = stock.buildings[place]
        systems = usual_systems("block", USUAL_HEAT)
        subject = Subject(building, zones[place], systems, climate)
        priors = priors_of(subject)
        if building.archetype not in types:
            shift = TYPES.get(building.archetype, {})
            common = 0.5 * random.standard_normal(len(PARAMETERS))
            types[building.archetype] = common + [shift.get(name, 0.0) for name in PARAMETERS]
        shared = np.array([each.shared_share for each in priors])
        own = random.standard_normal(len(PARAMETERS))
        scores = np.sqrt(shared) * types[building.archetype] + np.sqrt(1 - shared) * own
        wrong = {TWO_BLOCKS: 2.1, LEFT: 0.45}.get(number, 1.0)
        truth = answer(subject, draws_at(priors, scores[:, None]))
        found.append(Truth(subject, scores, truth, wrong))
    return found


def _rows(truth: Truth, climate: Climate, random: np.random.Generator) -> Iterator[dict[str, str]]:
    """A third of the blocks by month, the others by year; some flats' electricity too."""
    code = truth.subject.building.code
    steady = np.exp(np.hypot(error_share("meter"), error_share("model")) * random.normal())
    by_month, electric = random.random() < 0.35, random.random() < 0.3
    unit = str(random.choice(list(_UNITS)))
    heat = truth.answer.carriers(("heating",))["district_heat"][0]
    water = truth.answer.carriers(("hot_water",))["district_heat"][0]
    kd = _monthly_kd(climate)
    for year, mild in YEARS.items():
        weather = np.exp(error_share("normalisation") * random.normal())
        habit = np.exp(error_share("habit") * random.normal())
        # Heat falls to the months of a real year as their degree days do.
        months = heat.sum() * mild * weather * kd / kd.sum() + habit * water
        months = months * steady * truth.meter_share
        base = {"building": code, "year": str(year), "source": SOURCE}
        heated = {**base, "carrier": "district_heat", "metered": "heating_and_hot_water"}
        if by_month and year == max(YEARS):
            for month, wh in enumerate(months, 1):
                yield _row(heated, month, wh, unit, mild * kd[month - 1])
        else:
            yield _row(heated, 0, months.sum(), unit, mild * kd.sum())
        if electric:
            bought = truth.answer.carriers()["electricity"].sum()
            lit = {**base, "carrier": "electricity", "metered": "electricity"}
            yield _row(lit, 0, bought * habit, "kWh", None)


def _row(
    base: Mapping[str, str], month: int, wh: float, unit: str, kd: float | None
) -> dict[str, str]:
    return {
        **base,
        "month": str(month) if month else "",
        "amount": f"{wh / _UNITS[unit]:.{0 if unit == 'kWh' else 2}f}",
        "unit": unit,
        "degree_days_kd": "" if kd is None else f"{kd:.0f}",
    }


def _monthly_kd(climate: Climate) -> Floats:
    days = climate.dry_bulb_c.reshape(-1, 24).mean(axis=1)
    ends = np.cumsum(_DAYS)[:-1]
    return np.array([degree_days_kd(month) for month in np.split(days, ends)])


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(write_example(Path(name)))
