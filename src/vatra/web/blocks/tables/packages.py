"""Packages of a block side by side, one of them in full, and what each flat bears of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.plans.retrofit.costs import cost_items, heat_pump_count
from vatra.runs.retrofit import Renovation
from vatra.runs.retrofit_facts import quantities
from vatra.runs.retrofit_rows import before_of, flat_rows, package_row
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.blocks.renovation import package_words
from vatra.web.blocks.tables.stock import ROOM
from vatra.words import Language, say

PACKAGES, COSTS, FLATS, PAYERS = "packages", "costs", "flat-shares", "payers"
NAMES = (PACKAGES, COSTS, FLATS, PAYERS)


def build(
    name: str,
    found: Renovation,
    picks: Mapping[str, int],
    package: str,
    query: str,
    lang: Language,
) -> Table:
    """A table of a renovation by name; ``query`` is its address."""
    builders = {PACKAGES: _packages, COSTS: _costs, FLATS: _flats, PAYERS: _payers}
    columns, rows, note = builders[name](found, picks, package, lang)
    title = say(f"web.blocks.table-{name}", lang)
    return Table(name, title, columns, tuple(rows), note, ROOM, query, ROOM)


Built = tuple[tuple[Column, ...], list[Row], str]


def _packages(found: Renovation, picks: Mapping[str, int], package: str, lang: Language) -> Built:
    before = before_of(found)
    columns = (
        Column("package", say("web.blocks.package", lang)),
        Column("cost_eur", say("web.blocks.cost", lang), "money"),
        Column("cost_p10_eur", say("web.blocks.cost-p10", lang), "money"),
        Column("cost_p90_eur", say("web.blocks.cost-p90", lang), "money"),
        Column("energy_class", say("web.blocks.class", lang), width="short"),
        Column("primary_kwh_m2", say("web.blocks.primary", lang), "given"),
        Column("heating_kwh_m2", say("web.blocks.heating-m2", lang), "given"),
        Column("co2_kg_m2", say("web.blocks.co2-m2", lang), "given", 1),
        Column("bill_eur", say("web.blocks.bill-eur", lang), "money"),
        Column("granted_eur", say("web.blocks.granted", lang), "money"),
        Column("owners_eur", say("web.blocks.owners", lang), "money"),
    )
    today = (say("web.blocks.today", lang), None, None, None, before["energy_class"],
             before["primary_kwh_m2"], before["heating_kwh_m2"], before["co2_kg_m2"],
             before["bill_cents"], None, None)  # fmt: skip
    rows = [Row(tuple(Cell(each) for each in today))]
    for name, place in picks.items():
        row = package_row(found, place)
        cells = (
            package_words(name, lang), row["cost_cents"], row["cost_p10_cents"],
            row["cost_p90_cents"], row["energy_class"], row["primary_kwh_m2"],
            row["heating_kwh_m2"], row["co2_kg_m2"], row["bill_cents"],
            int(found.appraisal.funding.granted_cents[place]), row["owners_most_cents"],
        )  # fmt: skip
        rows.append(Row(tuple(Cell(each) for each in cells)))
    return columns, rows, say("web.blocks.packages-note", lang)


def _costs(found: Renovation, picks: Mapping[str, int], package: str, lang: Language) -> Built:
    place, costs = picks[package], found.appraisal.costs
    amounts = item_amounts(found, place)
    columns = (
        Column("works", say("web.blocks.works", lang)),
        Column("amount", say("web.blocks.amount", lang), "given", None),
        Column("unit", say("web.blocks.unit", lang), width="short"),
        Column("unit_cost_eur", say("web.blocks.unit-cost", lang), "given", 0),
        Column("cost_eur", say("web.blocks.cost", lang), "given", 0),
        Column("source", say("web.blocks.source", lang), width="wide"),
    )
    rows = []
    for code, amount in amounts.items():
        item = cost_items()[code]
        mean = item.unit_cost_eur.mean
        rows.append(
            Row(
                (
                    Cell(item.name.text(lang)),
                    Cell(round(amount, 0 if amount >= 10 else 2)),
                    Cell(basis_words(item.basis, lang)),
                    Cell(round(mean, 2)),
                    Cell(round(mean * amount)),
                    Cell(f"{item.origin.source} ({item.origin.doubt})"),
                )
            )
        )
    total = round(int(costs.total_cents()[place]) / 100)
    whole: tuple[Any, ...] = (say("web.blocks.together", lang), "", "", "", total, "")
    rows.append(Row(tuple(Cell(each) for each in whole), "total"))
    return columns, rows, say("web.blocks.costs-note", lang)


def item_amounts(found: Renovation, place: int) -> dict[str, float]:
    """How much a package needs of each thing that has a price, in the order of the prices."""
    items = list(cost_items())
    units = found.packages.units(items)[place]
    there_is: dict[str, Any] = dict(quantities(found.zone, found.building))
    peak = found.spent.energy.peak_heat_kw
    if peak is not None:
        there_is["heat_pump_count"] = float(heat_pump_count(peak)[place])
    amounts = {}
    for code, unit in zip(items, units.tolist(), strict=True):
        if unit:
            amounts[code] = unit * float(there_is.get(cost_items()[code].basis, 1.0))
    return amounts


def basis_words(basis: str, lang: Language) -> str:
    """The unit of a price: square metres, pieces, kWp."""
    if basis.endswith("_m2"):
        return "m²"
    return {"kwp": "kWp", "kwh": "kWh"}.get(basis) or say("web.blocks.pieces", lang)


def _payers(found: Renovation, picks: Mapping[str, int], package: str, lang: Language) -> Built:
    place, funding = picks[package], found.appraisal.funding
    columns = (
        Column("payer", say("web.blocks.payer", lang)),
        Column("amount_eur", say("web.blocks.amount-eur", lang), "money"),
    )
    rows = [
        Row((Cell(say(f"web.blocks.payer-{payer}", lang)), Cell(int(cents[place]))))
        for payer, cents in funding.by_payer_cents.items()
        if cents[place]
    ]
    if funding.undivided_cents[place]:
        words = say("web.blocks.payer-undivided", lang)
        rows.append(Row((Cell(words), Cell(int(funding.undivided_cents[place])))))
    owners = int(funding.owners_least_cents[place])
    rows.append(Row((Cell(say("web.blocks.payer-owners", lang)), Cell(owners))))
    total = int(found.appraisal.costs.total_cents()[place])
    rows.append(Row((Cell(say("web.blocks.together", lang)), Cell(total)), "total"))
    vat = int(found.appraisal.costs.vat_cents()[place])
    rows.append(Row((Cell(say("web.blocks.vat", lang)), Cell(vat)), "memo"))
    return columns, rows, ""


def _flats(found: Renovation, picks: Mapping[str, int], package: str, lang: Language) -> Built:
    columns = (
        Column("flat_m2", say("web.blocks.flat-m2", lang), decimals=None),
        Column("flats_count", say("web.blocks.flats", lang), "given"),
        Column("owners_least_eur", say("web.blocks.flat-least", lang), "money"),
        Column("owners_most_eur", say("web.blocks.flat-most", lang), "money"),
        Column("bill_saved_eur", say("web.blocks.flat-saved", lang), "money"),
    )
    rows = [
        Row(
            (
                Cell(each["flat_m2"]),
                Cell(each["flats_count"]),
                Cell(each["owners_least_cents"]),
                Cell(each["owners_most_cents"]),
                Cell(each["bill_saved_cents"]),
            )
        )
        for each in flat_rows(found, picks[package])
    ]
    note = "flats-note" if found.asked.flat_m2 else "flats-note-equal"
    return columns, rows, say(f"web.blocks.{note}", lang)
