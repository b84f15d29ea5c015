"""The list of buildings beside the map, and the same as a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vatra.plans.stock import Building, buildings_geojson
from vatra.plans.stock.export import building_row
from vatra.tables import label
from vatra.tables.export import shown_csv
from vatra.web.base.parquet import parquet
from vatra.web.blocks.bills import bills_of
from vatra.web.blocks.filters import step_of
from vatra.web.blocks.folders import Held
from vatra.web.blocks.queries import name_of, quarter_words
from vatra.words import Language

FORMS = ("csv", "json", "geojson", "parquet")


@dataclass(frozen=True)
class Listed:
    """One building of the list, as a person reads it."""

    building: Building
    name: str
    quarter: str
    archetype: str
    kwh_m2: float
    heating_wh: int
    peak_kw: float
    step: int
    letter: str


def listed(held: Held, places: Sequence[int], lang: Language) -> list[Listed]:
    """Buildings of a page of the list."""
    letters = bills_of(held, date.today()).letters
    return [
        Listed(
            building := held.stock.buildings[at],
            name_of(building),
            quarter_words(building.quarter),
            label("archetype", building.archetype, lang),
            held.kwh_m2[at],
            held.heating_wh[at],
            held.peak_w[at] / 1e3,
            step_of(held.kwh_m2[at]),
            letters[at],
        )
        for at in places
    ]


def stock_rows(held: Held, places: Sequence[int]) -> list[dict[str, Any]]:
    """Rows of ``buildings.csv`` with what each building needs and what was assumed."""
    bills = bills_of(held, date.today())
    return [
        {
            **building_row(held.stock.buildings[at]),
            "heating_kwh": round(held.heating_wh[at] / 1e3, 3),
            "heating_kwh_m2": round(held.kwh_m2[at], 1),
            "peak_heating_kw": round(held.peak_w[at] / 1e3, 3),
            "primary_kwh_m2": round(float(bills.primary_kwh_m2[at]), 1),
            "co2_kg_m2": round(float(bills.co2_kg_m2[at]), 1),
            "energy_class": bills.letters[at] or None,
            "bill_eur": round(bills.euros(at)),
            "assumed_columns": " ".join(held.stock.buildings[at].assumed),
            "climate": held.climate.name,
            "synthetic_data": "yes" if held.synthetic else "no",
        }
        for at in places
    ]


def stock_file(held: Held, places: Sequence[int], form: str) -> str | bytes:
    """The list as CSV, JSON, Parquet or GeoJSON; the last holds the buildings that are drawn."""
    rows = stock_rows(held, places)
    if form in ("csv", "parquet"):
        names = list(rows[0]) if rows else ["building"]
        listed = ([row[name] for name in names] for row in rows)
        return parquet([(names, listed)]) if form == "parquet" else shown_csv(listed, names)
    if form == "json":
        return json.dumps({"buildings": rows}, ensure_ascii=False, indent=1) + "\n"
    buildings = [held.stock.buildings[at] for at in places]
    drawn = json.loads(buildings_geojson(buildings, held.stock.footprints))
    by_code = {row["building"]: row for row in rows}
    for feature in drawn["features"]:
        row = by_code[feature["properties"]["building"]]
        feature["properties"] |= {name: row[name] for name in row if row[name] is not None}
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":")) + "\n"
