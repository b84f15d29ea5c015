"""A quarter's plan as plain rows: block by block, year by year, by payer, by carrier, in all."""

from __future__ import annotations

from typing import Any

import numpy as np

from vatra.plans.quarter import jobs_per_eur_million, published
from vatra.plans.retrofit import LETTERS
from vatra.runs.blueprint_state import heat_of
from vatra.runs.quarter import QuarterRun
from vatra.runs.quarter_ranges import Range

Row = dict[str, Any]
CENTS_PER_EUR_MILLION = 100_000_000
# Figures with a before and an after: name of the row, column of the menu, whole units in one of it.
FIGURES = (
    ("heating_wh", "heating_kwh", 1e3),
    ("primary_wh", "primary_kwh", 1e3),
    ("co2_g", "co2_kg", 1e3),
    ("bill_cents", "bill_eur", 100.0),
    ("peak_heat_w", "peak_heat_kw", 1e3),
)


def block_rows(run: QuarterRun) -> list[Row]:
    """One row a block: what is done, when, for how much by whom, before and after."""
    menu, package, order = run.menu, run.chosen.package, run.order
    columns = {
        name: (menu.before(column), menu.of(column, package), scale)
        for name, column, scale in FIGURES
    }
    paid = {
        **{f"{payer}_cents": menu.of(f"grant.{payer}", package) for payer in menu.grant_cents},
        "owners_cents": menu.of("owners_cents", package),
    }
    classes = menu.before("energy_class"), menu.of("energy_class", package)
    found = []
    for place, building in enumerate(run.stock.buildings):
        row: Row = {
            "building": building.code,
            "name": building.name,
            "archetype": building.archetype,
            "heated_by": heat_of(run.stock, building, run.question.heat),
            "flats_count": building.flats_count,
            "floor_m2": round(float(menu.floor_m2[place]), 1),
            "package": menu.packages[int(package[place])],
            **run.packages.package(int(package[place])),
            "begun": int(order.begun[place]) or None,
            "done": int(order.done[place]) or None,
            "cost_cents": int(menu.cost_cents[place, package[place]]),
            **{name: int(each[place]) for name, each in paid.items()},
            "owners_flat_cents": _per_flat(int(paid["owners_cents"][place]), building.flats_count),
            "class_before": LETTERS[int(classes[0][place])],
            "class_after": LETTERS[int(classes[1][place])],
        }
        for name, (before, after, scale) in columns.items():
            row[f"before_{name}"] = round(float(before[place]) * scale)
            row[f"after_{name}"] = round(float(after[place]) * scale)
        low, high = run.spread.block_saved_kwh[place]
        row["saved_heating_wh_p10"] = round(float(low) * 1e3)
        row["saved_heating_wh_p90"] = round(float(high) * 1e3)
        row["assumed"] = list(building.assumed)
        row["synthetic"] = building.synthetic
        found.append(row)
    return found


def _per_flat(cents: int, flats: int) -> int | None:
    return round(cents / flats) if flats else None


def year_rows(run: QuarterRun) -> list[Row]:
    """One row a year of works: blocks done, flats, money by payer, jobs, what is saved so far."""
    order, jobs = run.order, jobs_per_eur_million()
    cost = order.cost_cents
    saved = {name: order.saved(column) for name, column, _ in FIGURES[:4]}
    together_g = np.cumsum(saved["co2_g"])
    found = []
    for place, year in enumerate(order.years):
        millions = float(cost[place]) / CENTS_PER_EUR_MILLION
        found.append(
            {
                "year": year,
                "blocks_done_count": int((order.done == year).sum()),
                "flats_count": round(float(order.flats[place]), 1),
                "cost_cents": int(cost[place]),
                **{
                    f"{payer}_cents": int(each[:, place].sum())
                    for payer, each in order.paid_cents.items()
                },
                "jobs_count": round(millions * jobs.value),
                "jobs_low_count": round(millions * (jobs.low or jobs.value)),
                "jobs_high_count": round(millions * (jobs.high or jobs.value)),
                **{
                    f"saved_{name}": round(float(saved[name][place]) * scale)
                    for name, _, scale in FIGURES[:4]
                },
                "saved_co2_g_so_far": round(float(together_g[place]) * 1e3),
            }
        )
    return found


def carrier_rows(run: QuarterRun) -> list[Row]:
    """Energy bought by carrier, before and after [Wh]."""
    return [
        {
            "carrier": carrier,
            "before_wh": round(run.chosen.before(f"final.{carrier}") * 1e3),
            "after_wh": round(run.chosen.after(f"final.{carrier}") * 1e3),
        }
        for carrier in sorted(run.menu.final_kwh)
    ]


def class_rows(run: QuarterRun) -> list[Row]:
    """Blocks by energy class, before and after."""
    before = run.menu.before("energy_class")
    after = run.menu.of("energy_class", run.chosen.package)
    return [
        {
            "energy_class": letter,
            "before_count": int((before == place).sum()),
            "after_count": int((after == place).sum()),
        }
        for place, letter in enumerate(LETTERS)
    ]


def package_rows(run: QuarterRun) -> list[Row]:
    """Packages that were chosen, those of most flats first."""
    menu, package = run.menu, run.chosen.package
    found = []
    for place in np.unique(package):
        own = package == place
        found.append(
            {
                "package": menu.packages[int(place)],
                "options": dict(run.packages.package(int(place))),
                "blocks_count": int(own.sum()),
                "flats_count": int(menu.flats_count[own].sum()),
                "cost_cents": int(menu.cost_cents[own, place].sum()),
            }
        )
    return sorted(found, key=lambda row: (-row["flats_count"], row["package"]))


def flat_range(run: QuarterRun) -> Row:
    """What owners bear per flat: the least, the median and the most of blocks with works [cents].

    ``None`` where no block with flats has any.
    """
    menu, touched = run.menu, run.chosen.touched
    flats = menu.flats_count[touched]
    cents = menu.of("owners_cents", run.chosen.package)[touched][flats > 0] / flats[flats > 0]
    if not len(cents):
        return {"least_cents": None, "median_cents": None, "most_cents": None}
    return {
        "least_cents": round(float(cents.min())),
        "median_cents": round(float(np.median(cents))),
        "most_cents": round(float(cents.max())),
    }


def totals(run: QuarterRun) -> Row:
    """The quarter in one record."""
    chosen, order = run.chosen, run.order
    money_range = chosen.cost_range_cents
    found: Row = {
        "quarter": run.name,
        "climate": run.climate.name,
        "synthetic": run.synthetic,
        "blocks_count": run.menu.count,
        "flats_count": int(run.menu.flats_count.sum()),
        "floor_m2": round(float(run.menu.floor_m2.sum())),
        "blocks_with_works_count": len(chosen.touched),
        "flats_with_works_count": int(run.menu.flats_count[chosen.touched].sum()),
        "cost_cents": chosen.cost_cents,
        "cost_p10_cents": money_range[0] if money_range else None,
        "cost_p90_cents": money_range[1] if money_range else None,
        "vat_percent": run.menu.vat_percent,
        "payers_cents": dict(chosen.payers_cents),
        "undivided_cents": _undivided(run),
        "owners_flat": flat_range(run),
        "proved": chosen.proved,
        "gap_share": round(chosen.gap_share, 9),
        "first_year": order.years[0],
        "last_year": order.years[-1],
        "left_buildings": [run.menu.blocks[each] for each in order.left],
    }
    for name, column, scale in FIGURES:
        found[f"before_{name}"] = round(chosen.before(column) * scale)
        found[f"after_{name}"] = round(chosen.after(column) * scale)
    return found | {"ranges": range_rows(run)}


def range_rows(run: QuarterRun) -> Row:
    """P10, middle and P90 by figure before, after and saved, in whole units; and how many draws."""
    spread = run.spread
    found: Row = {"draws": spread.draws}
    for name, column, scale in FIGURES[:4]:
        stem, unit = name.rsplit("_", 1)
        for when, held in (("before", spread.before), ("after", spread.after),
                           ("saved", spread.saved)):  # fmt: skip
            found[f"{stem}_{when}_{unit}"] = _range(held[column], scale)
    return found


def _range(of: Range, scale: float) -> list[int]:
    return [round(each * scale) for each in (of.low, of.middle, of.high)]


def _undivided(run: QuarterRun) -> int:
    """Of what owners bear, how much public budgets may yet take over; no programme says."""
    if run.menu.undivided_cents is None:
        return 0
    return int(run.menu.of("undivided_cents", run.chosen.package).sum())


def front_rows(run: QuarterRun) -> list[Row]:
    """Money against what is left of CO2."""
    return [
        {"cost_cents": each.cost_cents, "co2_g": round(each.left * 1e3),
         "bound_co2_g": round(each.bound * 1e3)}
        for each in run.points
    ]  # fmt: skip


def network_row(run: QuarterRun) -> Row | None:
    """The heat network before and after, None where there is none."""
    view = run.network
    if view is None:
        return None
    years = {"before": view.before, "after": view.after}
    return {
        **{name: None if year is None else vars(year) | {"lost_share": round(year.lost_share, 4)}
           for name, year in years.items()},
        "left_buildings": list(view.left),
        "synthetic": view.synthetic,
    }  # fmt: skip


def published_rows() -> list[Row]:
    """What is published of real quarters, with source and doubt."""
    return [
        {"place": each.place, "quantity": each.quantity, "value": each.value, "low": each.low,
         "high": each.high, "unit": each.unit, "source": each.source, "doubt": each.doubt}
        for each in published()
    ]  # fmt: skip


def as_data(run: QuarterRun) -> Row:
    """Everything, for machines."""
    return {
        "totals": totals(run),
        "carriers": carrier_rows(run),
        "classes": class_rows(run),
        "packages": package_rows(run),
        "years": year_rows(run),
        "front": front_rows(run),
        "network": network_row(run),
        "sun": None if run.sun is None else vars(run.sun),
        "published": published_rows(),
        "blocks": block_rows(run),
    }
