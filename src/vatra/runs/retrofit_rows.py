"""Packages of a renovation as plain records: what they are, cost, give, and who pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from vatra.plans.retrofit import LETTERS, eligible, per_flat, programmes, steps
from vatra.plans.retrofit.eligibility import Decision
from vatra.plans.retrofit.facts import Works
from vatra.plans.retrofit.named import Named, named, place_of
from vatra.plans.stock import archetypes
from vatra.runs.retrofit import Renovation
from vatra.runs.retrofit_facts import block_of
from vatra.words import Language

Row = dict[str, Any]


def picks(found: Renovation) -> dict[str, int]:
    """Places of the packages that people look at: those with a name, and the best by three rules.

    ``best_class`` the cheapest of the best class reached, ``best_value`` the least cost of a tonne
    saved each year, ``best_owners`` what leaves owners the least to pay in works and twenty years
    of bills.
    """
    places = {name: place_of(found.packages, each.options) for name, each in named().items()}
    chosen = {name: place for name, place in places.items() if place is not None}
    appraisal = found.appraisal
    cost = appraisal.costs.total_cents().astype(float)
    classes = np.asarray(appraisal.energy_classes)
    best = np.flatnonzero(classes == classes.min())
    chosen["best_class"] = int(best[np.argmin(cost[best])])
    co2 = appraisal.figures.co2_kg_m2
    before = float(before_of(found)["co2_kg_m2"])
    saved = np.maximum(before - co2, 0.0)
    worth = np.where((saved > 0) & (cost > 0), cost / np.where(saved > 0, saved, 1.0), np.inf)
    if np.isfinite(worth).any():
        chosen["best_value"] = int(np.argmin(worth))
    owners = appraisal.funding.owners_most_cents + 100 * 20 * appraisal.figures.bill_eur
    chosen["best_owners"] = int(np.argmin(owners))
    return chosen


def before_of(found: Renovation) -> Row:
    """The block as it stands: figures per useful floor area, class, bill."""
    before, (energy, carbon) = found.appraisal.before, found.appraisal.before_classes
    return {
        "energy_class": energy,
        "co2_class": carbon,
        "primary_kwh_m2": _round(before.primary_kwh_m2[0]),
        "heating_kwh_m2": _round(before.heating_kwh_m2[0]),
        "co2_kg_m2": _round(before.co2_kg_m2[0]),
        "bill_cents": int(np.rint(100 * before.bill_eur[0])),
        "peak_heat_kw": _round(found.states.peak_heating_w[-1] / 1e3),
        **{f"{name}_kwh": _round(each[0]) for name, each in found.spent.before.final_kwh.items()},
    }


def package_row(found: Renovation, place: int) -> Row:
    """One package: its options, costs with P10 to P90, class, energy, CO2, bill, payers."""
    appraisal, energy = found.appraisal, found.spent.energy
    costs, funding, figures = appraisal.costs, appraisal.funding, appraisal.figures
    after, before = figures, appraisal.before
    return {
        **found.packages.package(place),
        "cost_cents": int(costs.total_cents()[place]),
        "cost_p10_cents": int(costs.total_cents("p10")[place]),
        "cost_p90_cents": int(costs.total_cents("p90")[place]),
        "vat_cents": int(costs.vat_cents()[place]),
        "energy_class": LETTERS[appraisal.energy_classes[place]],
        "co2_class": (
            None if appraisal.co2_classes is None else LETTERS[appraisal.co2_classes[place]]
        ),
        "primary_kwh_m2": _round(after.primary_kwh_m2[place]),
        "heating_kwh_m2": _round(after.heating_kwh_m2[place]),
        "co2_kg_m2": _round(after.co2_kg_m2[place]),
        "primary_saving_percent": _round(appraisal.works.primary_saving_percent[place]),  # type: ignore[index]
        "heating_saving_percent": _round(appraisal.works.heating_saving_percent[place]),  # type: ignore[index]
        "bill_cents": int(np.rint(100 * after.bill_eur[place])),
        "bill_saved_cents": int(np.rint(100 * (before.bill_eur[0] - after.bill_eur[place]))),
        "peak_heat_kw": None if energy.peak_heat_kw is None else _round(energy.peak_heat_kw[place]),
        "owners_least_cents": int(funding.owners_least_cents[place]),
        "owners_most_cents": int(funding.owners_most_cents[place]),
        **{f"{payer}_cents": int(each[place]) for payer, each in funding.by_payer_cents.items()},
        "own_power_kwh": _round(found.spent.balance.own_wh[place].sum() / 1e3),
        "fed_power_kwh": _round(found.spent.balance.fed_wh[place].sum() / 1e3),
        "on_front": bool(appraisal.is_on_front[place]),
        **{f"{name}_kwh": _round(each[place]) for name, each in energy.final_kwh.items()},
    }


def as_rows(found: Renovation, places: Sequence[int] | None = None) -> list[Row]:
    """Some packages, or all of them in their order."""
    chosen = range(found.packages.count) if places is None else places
    return [package_row(found, place) for place in chosen]


def decisions(found: Renovation, place: int) -> list[Decision]:
    """What every programme says to one package, each condition explained."""
    block = block_of(found.building, archetypes()[found.building.archetype], found.asked)
    works = one_works(found.appraisal.works, place)
    return [
        eligible(
            block, works, name, found.asked.on_date,
            applicant=found.asked.who_applies, city=found.asked.city,
        )
        for name in programmes()
    ]  # fmt: skip


def one_works(works: Works, place: int) -> Works:
    """The works of one package among many."""
    one = {name: _one(each, place) for name, each in vars(works).items()}
    return Works(**one)


def _one(value: Any, place: int) -> Any:
    if value is None or np.ndim(value) == 0:
        return value
    one = np.asarray(value)[place]
    return None if one.dtype.kind == "f" and np.isnan(one) else one.item()


def flat_rows(found: Renovation, place: int) -> list[Row]:
    """What each flat bears of a package and saves in a year, by its share of the area.

    Flats of the same size are one row with their number.
    """
    block = block_of(found.building, archetypes()[found.building.archetype], found.asked)
    if not block.flat_m2:
        return []
    most = found.appraisal.funding.owners_most_cents[[place]]
    least = found.appraisal.funding.owners_least_cents[[place]]
    saved = package_row(found, place)["bill_saved_cents"]
    shares = {
        "owners_least_cents": per_flat(least, block.flat_m2)[0],
        "owners_most_cents": per_flat(most, block.flat_m2)[0],
        "bill_saved_cents": per_flat(np.array([saved]), block.flat_m2)[0],
    }
    sizes: dict[float, Row] = {}
    for number, area in enumerate(block.flat_m2):
        row = sizes.setdefault(area, {"flat_m2": _round(area, 2), "flats_count": 0})
        row["flats_count"] += 1
        for name, each in shares.items():
            row[name] = max(int(row.get(name, each[number])), int(each[number]))
    return [sizes[area] for area in sorted(sizes)]


def step_rows(lang: Language) -> list[Row]:
    """What the association does, in order, with the papers of each step."""
    return [
        {
            "step": each.order,
            "who": each.who.text(lang),
            "what": each.text.text(lang),
            "papers": [paper.name.text(lang) for paper in each.documents],
        }
        for each in steps()
    ]


def names(found: Renovation, place: int, lang: Language) -> list[str]:
    """What a package does, axis by axis; what stays as it is goes unsaid."""
    return [
        options[int(found.packages.chosen[place, axis])].name.text(lang)
        for axis, options in enumerate(found.packages.options)
        if options[int(found.packages.chosen[place, axis])].items
    ]


def name_of(found: Renovation, place: int) -> Named | None:
    """The name of a package, where it has one."""
    options: Mapping[str, str] = found.packages.package(place)
    return next(
        (each for each in named().values() if place_of(found.packages, each.options) == place
         and set(each.options) >= set(options)),
        None,
    )  # fmt: skip


def _round(value: Any, digits: int = 1) -> float | None:
    return None if np.isnan(value) else round(float(value), digits)
