"""A quarter as others can copy it: packages by kind of block, rules, prices, results per m2.

A blueprint holds whole numbers and texts only and is sealed, so that the same quarter gives the
same bytes. The seal tells accidents and quiet edits; it is no signature of a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

import vatra
from vatra.contract import seal
from vatra.plans.quarter.menu import Floats
from vatra.plans.retrofit import LETTERS, cost_items, programmes
from vatra.plans.retrofit.eligibility import standing
from vatra.plans.retrofit.reading import rows as retrofit_rows
from vatra.runs.blueprint_rules import PPM, order_rules, rules
from vatra.runs.blueprint_state import Kind, kinds
from vatra.runs.quarter import QuarterRun
from vatra.runs.retrofit import programme_ids

FORMAT = "vatra-quarter-blueprint/1"
Row = dict[str, Any]
# Name, unit and column of the menu, and how many of the unit make one of the column's.
_FIGURES = (
    ("heating", "wh", "heating_kwh", 1e3),
    ("primary", "wh", "primary_kwh", 1e3),
    ("co2", "g", "co2_kg", 1e3),
    ("bill", "cents", "bill_eur", 100.0),
)


def blueprint(run: QuarterRun) -> dict[str, Any]:
    """A quarter that was planned, as sealed data."""
    content = {
        "about": _about(run),
        "rules": rules(run),
        "order": order_rules(run),
        "assumptions": _assumptions(run),
        "programmes": _programmes(run),
        "prices": prices(),
        "packages": package_rows(run),
        "results": result_rows(run),
        "totals": _totals(run),
    }
    return seal(content, FORMAT)


def _about(run: QuarterRun) -> Row:
    menu, climate = run.menu, run.climate
    return {
        "name": run.name,
        "synthetic": run.synthetic,
        "stock_synthetic": run.stock.synthetic,
        "blocks_count": menu.count,
        "flats_count": int(menu.flats_count.sum()),
        "floor_m2": round(float(menu.floor_m2.sum())),
        "on_date": run.question.asked.on_date.isoformat(),
        "engine": run.question.engine,
        "usual_heat": run.question.heat,
        "vatra": vatra.__version__,
        "climate": {
            "name": climate.name,
            "source": climate.source,
            "synthetic": climate.synthetic,
            "degree_days_kd": round(climate.degree_days_kd),
            "coldest_tenth_c": round(float(climate.dry_bulb_c.min()) * 10),
        },
    }


# what it rests on


def _assumptions(run: QuarterRun) -> Row:
    columns = sorted({name for each in run.stock.buildings for name in each.assumed})
    return {
        "assumed_count": {
            name: sum(name in each.assumed for each in run.stock.buildings) for name in columns
        },
        "measured_elements_count": len(run.stock.elements),
        "metered_count": len({each.building for each in run.stock.readings}),
        "network": run.network is not None,
        "panels_shared": run.sun is not None,
    }


def _programmes(run: QuarterRun) -> list[Row]:
    asked = run.question.asked
    found = []
    for name in programme_ids(asked):
        of = programmes()[name]
        stands = standing(of, asked.on_date)
        found.append(
            {
                "programme": name,
                "name_en": of.name.en,
                "name_ro": of.name.ro,
                "state": stands.state,
                "day": stands.day.isoformat() if stands.day else None,
                "source": of.origin.source,
                "doubt": of.origin.doubt,
            }
        )
    return found


def prices() -> list[Row]:
    """The price of every item as the book states it today."""
    stated = {row["id"]: row["unit_cost_eur"] for row in retrofit_rows("costs")}
    return [
        {
            "item": each.id,
            "basis": each.basis,
            "unit_cost_eur": stated[each.id],
            "price_year": each.price_year,
            "source": each.origin.source,
            "doubt": each.origin.doubt,
        }
        for each in cost_items().values()
    ]


# packages and results by kind of block


def package_rows(run: QuarterRun) -> list[Row]:
    """What was chosen for each kind of block: options by axis and how much of the kind's area."""
    of = kinds(run.stock, run.menu, run.question.heat)
    found = []
    for kind, members in _grouped(of):
        area = float(run.menu.floor_m2[members].sum())
        for place in sorted(set(run.chosen.package[members].tolist())):
            own = members[run.chosen.package[members] == place]
            share = float(run.menu.floor_m2[own].sum()) / area
            found.append(
                {
                    **asdict(kind),
                    "package": run.menu.packages[place],
                    "options": dict(run.packages.package(place)),
                    "blocks_count": len(own),
                    "area_ppm": round(share * PPM),
                    **_per_m2(run, own),
                }
            )
    return found


def result_rows(run: QuarterRun) -> list[Row]:
    """Before, after and money per m2 by kind of block, all its packages together."""
    of = kinds(run.stock, run.menu, run.question.heat)
    return [
        {
            **asdict(kind),
            "blocks_count": len(members),
            "flats_count": int(run.menu.flats_count[members].sum()),
            "floor_m2": round(float(run.menu.floor_m2[members].sum())),
            **_per_m2(run, members),
        }
        for kind, members in _grouped(of)
    ]


def _grouped(of: Sequence[Kind]) -> Iterator[tuple[Kind, np.ndarray[Any, np.dtype[np.int64]]]]:
    for kind in sorted(set(of)):
        yield kind, np.asarray([place for place, each in enumerate(of) if each == kind])


def _per_m2(run: QuarterRun, members: np.ndarray[Any, np.dtype[np.int64]]) -> Row:
    """Whole numbers per square metre: Wh, grams, cents."""
    menu, package = run.menu, run.chosen.package
    area = float(menu.floor_m2[members].sum())
    found: Row = {}
    for name, unit, column, scale in _FIGURES:
        before, after = menu.before(column), menu.of(column, package)
        found[f"{name}_before_{unit}_m2"] = round(float(before[members].sum()) * scale / area)
        found[f"{name}_after_{unit}_m2"] = round(float(after[members].sum()) * scale / area)
    cost = float(menu.of("cost_cents", package)[members].sum())
    return found | {"cost_cents_m2": round(cost / area)}


def _totals(run: QuarterRun) -> Row:
    chosen, spread = run.chosen, run.spread
    found: Row = {}
    for name, unit, column, scale in _FIGURES:
        found[f"{name}_before_{unit}"] = round(chosen.before(column) * scale)
        found[f"{name}_after_{unit}"] = round(chosen.after(column) * scale)
    return {
        **found,
        "cost_cents": chosen.cost_cents,
        "payers_cents": dict(chosen.payers_cents),
        "heating_saved_wh_p10": round(spread.saved["heating_kwh"].low * 1e3),
        "heating_saved_wh_p90": round(spread.saved["heating_kwh"].high * 1e3),
        "classes_before": _classes(run.menu.before("energy_class")),
        "classes_after": _classes(run.menu.of("energy_class", chosen.package)),
        "years": list(run.order.years),
    }


def _classes(places: Floats) -> dict[str, int]:
    return {
        letter: int((np.asarray(places) == place).sum()) for place, letter in enumerate(LETTERS)
    }
