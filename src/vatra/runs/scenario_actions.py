"""Rows of ``actions.csv`` and ``action_effects.csv`` -> actions of the engine, faults and all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import polars as pl

from vatra.plans.catalogue import Entry, catalogue, curve
from vatra.plans.distributions import Distribution, DistributionError, fixed, parse
from vatra.plans.engine import Action, Adoption, Economics, Effect
from vatra.plans.engine.actions import ActsOn, Combine, Operator
from vatra.sources.city_yaml import City
from vatra.tables import Finding
from vatra.units import MG_PER_T, WH_PER_MWH

ACTIONS, EFFECTS, STOCKS = "actions.csv", "action_effects.csv", "stocks.csv"
DEFAULT_LIFETIME_YEARS = 30.0
_SHARES = ("avoid", "shift_activity", "efficiency", "shift_carrier", "clean_supply", "non_energy",
           "own_generation")  # fmt: skip
# What a stated amount per unit is counted in.
_SCALES = {
    "own_generation": float(WH_PER_MWH),
    "observed_energy": float(WH_PER_MWH),
    "observed_tonnes": float(MG_PER_T),
}


@dataclass
class Reading:
    """What is read so far: actions, and everything wrong with their rows."""

    city: City
    stocks: Mapping[tuple[str, str], float]
    actions: list[Action] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: str, file: str, line: int, column: str = "", **params: Any) -> None:
        """An error at a row."""
        self.findings.append(Finding(f"runs.{code}", "error", file, (line,), column, params))

    def spread(
        self, text: object, default: Distribution, file: str, line: int, column: str
    ) -> Distribution:
        """A distribution as its cell spells it; the default for a blank one."""
        if text is None:
            return default
        try:
            return parse(str(text))
        except DistributionError as error:
            self.findings.append(
                Finding(error.code, "error", file, (line,), column, dict(error.params))
            )
            return default


def read_actions(
    rows: pl.DataFrame, effects: pl.DataFrame, stocks: pl.DataFrame, city: City
) -> Reading:
    """Actions in the order of their file.

    ``Reading.findings`` holds what is wrong: unknown catalogue entries, distributions that cannot
    be read, shares above 1, lifetimes not above zero, units that nothing tells.
    """
    held = {
        (str(row["stock"]), str(row["use"] or "")): float(row["amount_parameter"])
        for row in stocks.iter_rows(named=True)
    }
    reading = Reading(city, held)
    own: dict[str, list[dict[str, Any]]] = {}
    for row in effects.sort("line").iter_rows(named=True):
        own.setdefault(row["code"], []).append(row)
    codes = set(rows["code"].to_list())
    for code, stated in own.items():
        if code not in codes:
            reading.fault("effect-action-unknown", EFFECTS, stated[0]["line"], "code", value=code)
    for row in rows.sort("line").iter_rows(named=True):
        action = _action(reading, row, own.get(row["code"], []))
        if action is not None:
            reading.actions.append(action)
    return reading


def _action(reading: Reading, row: dict[str, Any], own: list[dict[str, Any]]) -> Action | None:
    entry = catalogue().get(str(row["catalogue"])) if row["catalogue"] is not None else None
    line = row["line"]
    if row["catalogue"] is not None and entry is None:
        value = str(row["catalogue"])
        reading.fault("catalogue-unknown", ACTIONS, line, "catalogue", value=value)
        return None
    missing = [name for name in ("name_en", "name_ro", "sector", "field")
               if row[name] is None and entry is None]  # fmt: skip
    if missing:
        reading.fault("action-incomplete", ACTIONS, line, missing[0], columns=missing)
        return None

    def of(name: str, of_entry: Callable[[Entry], Any], default: Any = None) -> Any:
        stated = row.get(name)
        if stated is not None:
            return stated
        return of_entry(entry) if entry is not None else default

    _check_shares(reading, row)
    _check_years(reading, row)
    units, reach = _units(reading, row, entry)
    found = _effects(reading, entry, own, units)
    if not found:
        reading.fault("action-without-effect", ACTIONS, line, "code", value=row["code"])
    economics = _economics(reading, row, entry, units, of)
    return Action(
        code=row["code"],
        name_en=of("name_en", lambda each: each.name_en),
        name_ro=of("name_ro", lambda each: each.name_ro),
        sector=str(of("sector", lambda each: each.sector)),
        field=str(of("field", lambda each: each.field)),
        lever=str(of("lever", lambda each: each.lever, "") or ""),
        effects=tuple(found),
        adoption=Adoption(
            row["start_year"],
            float(of("ramp_years", lambda each: each.ramp_years, 1.0)),
            str(of("shape", lambda each: each.shape, "linear")),  # type: ignore[arg-type]
            end_year=row["end_year"],
        ),
        economics=economics,
        level=min(row["level_percent"] / 100, 1.0),
        most_level=min(row["most_percent"] / 100, 1.0),
        reach_share=min(reach, 1.0),
        requires=tuple(each.strip() for each in (row["requires"] or "").split(";") if each.strip()),
        delivery_probability=_delivery(row, entry),
        delay_years=reading.spread(
            row["delay"], entry.delay_years if entry else fixed(0.0), ACTIONS, line, "delay"
        ),
        catalogue=entry.id if entry else "",
        source=row["source"],
        file=ACTIONS,
        line=line,
        replaces=row["replaces"] or "",
    )


def _delivery(row: dict[str, Any], entry: Entry | None) -> float:
    stated = row["delivery_percent"]
    if stated is not None:
        return min(float(stated) / 100, 1.0)
    return float(entry.delivery_probability) if entry else 1.0


def _check_shares(reading: Reading, row: dict[str, Any]) -> None:
    columns = (
        "level_percent",
        "most_percent",
        "reach_percent",
        "delivery_percent",
        "incremental_percent",
    )
    for column in columns:
        if row[column] is not None and row[column] > 100:
            reading.fault("share-above-one", ACTIONS, row["line"], column, value=f"{row[column]:g}")
    if row["level_percent"] > row["most_percent"]:
        levels = {"level": f"{row['level_percent']:g}", "most": f"{row['most_percent']:g}"}
        reading.fault("level-above-most", ACTIONS, row["line"], "level_percent", **levels)
    if row["lifetime_years"] is not None and row["lifetime_years"] <= 0:
        reading.fault(
            "lifetime-wrong", ACTIONS, row["line"], "lifetime_years",
            value=f"{row['lifetime_years']:g}",
        )  # fmt: skip


def _check_years(reading: Reading, row: dict[str, Any]) -> None:
    """After the base year, whose inventory already counts all that stood then; the end last."""
    if row["start_year"] <= reading.city.base_year:
        base = {"start": str(row["start_year"]), "base": str(reading.city.base_year)}
        reading.fault("action-start", ACTIONS, row["line"], "start_year", **base)
    if row["end_year"] is not None and row["end_year"] <= row["start_year"]:
        years = {"start": str(row["start_year"]), "end": str(row["end_year"])}
        reading.fault("action-years", ACTIONS, row["line"], "end_year", **years)


def _units(reading: Reading, row: dict[str, Any], entry: Entry | None) -> tuple[float, float]:
    """Units at full adoption and the share of the use that they reach.

    What is stated holds; of the two, the one that is not follows from the city's stock.
    """
    reach = None if row["reach_percent"] is None else row["reach_percent"] / 100
    units = row["units_count"]
    if entry is None:
        return (1.0 if units is None else units, 1.0 if reach is None else reach)
    stock = reading.stocks.get((entry.stock, "")) if entry.stock else None
    whole = None if stock is None else stock * entry.units_per_stock
    if units is None and whole is None:
        params: dict[str, Any] = {"stock": f"@tables.stock-{entry.stock}" if entry.stock else "-",
                  "name": entry.stock or "-", "unit": entry.unit}  # fmt: skip
        reading.fault("units-unknown", ACTIONS, row["line"], "units_count", **params)
        return 1.0, 1.0 if reach is None else reach
    if units is None:
        share = 1.0 if reach is None else reach
        return (whole or 0.0) * share, share
    if reach is None:
        reach = units / whole if whole else 1.0
        if whole and reach > 1 + 1e-9:
            params = {"units": units, "whole": whole, "stock": f"@tables.stock-{entry.stock}"}
            reading.fault("units-above-stock", ACTIONS, row["line"], "units_count", **params)
    return units, reach


def _economics(
    reading: Reading,
    row: dict[str, Any],
    entry: Entry | None,
    units: float,
    of: Callable[..., Any],
) -> Economics | None:
    if entry is None and row["unit_capex"] is None:
        return None
    line = row["line"]

    def spread(column: str, of_entry: Callable[[Entry], Distribution]) -> Distribution:
        default = of_entry(entry) if entry else fixed(0.0)
        return reading.spread(row[column], default, ACTIONS, line, column)

    capex = spread("unit_capex", lambda each: each.capex_eur)
    incremental = row["incremental_percent"]
    stated = incremental / 100 if incremental is not None else None
    per_meur = entry.staff_fte_per_meur if entry else 0.0
    staff = row["staff_count"]
    return Economics(
        units_count=units,
        capex_eur=capex,
        unit=entry.unit if entry else "",
        opex_eur=spread("unit_opex", lambda each: each.opex_eur),
        revenue_eur=spread("unit_revenue", lambda each: each.revenue_eur),
        incremental_share=stated
        if stated is not None
        else (entry.incremental_share if entry else 1.0),
        lifetime_years=max(
            float(of("lifetime_years", lambda each: each.lifetime_years, DEFAULT_LIFETIME_YEARS)),
            1.0,
        ),
        payer=str(of("payer", lambda each: each.payer, "") or ""),
        staff_fte=float(staff) if staff is not None else per_meur * units * capex.mean / 1e6,
    )


def _effects(
    reading: Reading, entry: Entry | None, own: list[dict[str, Any]], units: float
) -> list[Effect]:
    """Effects of the catalogue, each row of the city in place of the one of its number."""
    stated = {str(row["effect"]): row for row in own}
    found: list[Effect] = []
    for each in entry.effects if entry else ():
        effect = _of_catalogue(each, units)
        row = stated.pop(str(each.effect), None)
        found.append(_own(reading, row, effect, units) if row else effect)
    for row in stated.values():
        if row["operator"] is None:
            reading.fault("effect-without-operator", EFFECTS, row["line"], "operator")
            continue
        found.append(_own(reading, row, Effect(row["operator"]), units))
    return found


def _of_catalogue(row: Any, units: float) -> Effect:
    curve_mg = tuple(each * MG_PER_T * units for each in curve(row.curve)) if row.curve else ()
    return Effect(
        row.operator,
        row.use,
        row.carrier,
        row.to_use,
        row.to_carrier,
        strength=row.strength,
        ratio=row.ratio,
        conversion=row.conversion,
        amount=row.amount,
        scale=_SCALES.get(row.operator, 1.0) * units,
        curve=curve_mg,
        group=row.group,
        combine=row.combine,
        potential_share=row.potential_share,
        acts_on=row.acts_on,
    )


def _own(reading: Reading, row: dict[str, Any], base: Effect, units: float) -> Effect:
    line = row["line"]
    operator = cast(Operator, str(row["operator"] or base.operator))

    def spread(column: str, default: Distribution) -> Distribution:
        return reading.spread(row[column], default, EFFECTS, line, column)

    def text(column: str, default: str) -> str:
        return default if row[column] is None else str(row[column])

    potential = row["potential_percent"]
    if potential is not None and potential > 100:
        reading.fault("share-above-one", EFFECTS, line, "potential_percent", value=f"{potential:g}")
    effect = replace(
        base,
        operator=operator,
        use=text("use", base.use),
        carrier=text("carrier", base.carrier),
        to_use=text("to_use", base.to_use),
        to_carrier=text("to_carrier", base.to_carrier),
        strength=spread("strength", base.strength),
        ratio=spread("ratio", base.ratio),
        conversion=spread("conversion", base.conversion),
        amount=spread("amount_per_unit", base.amount),
        scale=_SCALES.get(operator, 1.0) * units,
        group=text("group", base.group),
        combine=cast(Combine, text("combine", base.combine)),
        potential_share=base.potential_share if potential is None else min(potential / 100, 1.0),
        acts_on=cast(ActsOn, text("acts_on", base.acts_on)),
        line=line,
    )
    if row["curve"] is not None:
        try:
            per_unit = curve(str(row["curve"]))
        except KeyError:
            reading.fault("curve-unknown", EFFECTS, line, "curve", value=row["curve"])
            per_unit = ()
        effect = replace(effect, curve=tuple(each * MG_PER_T * units for each in per_unit))
    _check_effect(reading, effect, line)
    return effect


def _check_effect(reading: Reading, effect: Effect, line: int) -> None:
    """Shares within 0 to 1, ratios above 0, and what an operator needs."""
    if effect.operator in _SHARES and (effect.strength.low < 0 or effect.strength.high > 1):
        text = effect.strength.text
        reading.fault("strength-outside", EFFECTS, line, "strength", value=text)
    if effect.ratio.low <= 0:
        reading.fault("ratio-outside", EFFECTS, line, "ratio", value=effect.ratio.text)
    if effect.conversion.low < 0:
        reading.fault("ratio-outside", EFFECTS, line, "conversion", value=effect.conversion.text)
    needed = {
        "shift_activity": ("use", "to_use"),
        "shift_carrier": ("carrier", "to_carrier"),
        "sink": ("curve",),
    }
    absent = [name for name in needed.get(effect.operator, ()) if not getattr(effect, name)]
    if absent:
        params = {"operator": f"@tables.operator-{effect.operator}", "columns": absent}
        reading.fault("effect-incomplete", EFFECTS, line, absent[0], **params)


def printed_actions(
    pack_rows: Mapping[str, pl.DataFrame], city: City, codes: set[str]
) -> list[Action]:
    """Measures known only as printed: tonnes where stated, else energy; those with a mechanism
    (``codes``) stand in ``actions.csv`` and are left out."""
    energy: dict[str, dict[str, int]] = {}
    for code, carrier, energy_wh in (
        pack_rows["measures_energy"].select("code", "carrier", "energy_wh").iter_rows()
    ):
        energy.setdefault(code, {})[str(carrier)] = energy_wh
    first, last = city.first_plan_year, city.target_year
    found = []
    for row in pack_rows["measures"].sort("line").iter_rows(named=True):
        if row["code"] in codes:
            continue
        removed = energy.get(row["code"], {})
        found.append(
            Action(
                code=row["code"],
                name_en=row["name_en"],
                name_ro=row["name_ro"],
                sector=str(row["sector"]),
                field=str(row["field"]),
                lever=str(row["lever"] or ""),
                effects=_printed_effects(str(row["sector"]), row["claimed_mg"], removed),
                adoption=Adoption(first, float(last - first + 1)),
                economics=_printed_economics(row["cost_cents"], removed),
                source=row["source"],
                file="measures.csv",
                line=row["line"],
                claimed_mg=row["claimed_mg"],
            )
        )
    return found


def _printed_effects(
    sector: str, claimed_mg: int | None, energy_wh: Mapping[str, int]
) -> tuple[Effect, ...]:
    if claimed_mg is not None:
        return (Effect("observed_tonnes", sector, amount=fixed(float(claimed_mg))),)
    return tuple(
        Effect("observed_energy", sector, carrier, amount=fixed(float(each)))
        for carrier, each in sorted(energy_wh.items())
        if each > 0
    )


def _printed_economics(cost_cents: int | None, energy_wh: Mapping[str, int]) -> Economics | None:
    if cost_cents is None:
        return None
    return Economics(
        units_count=1.0,
        capex_eur=fixed(cost_cents / 100),
        lifetime_years=DEFAULT_LIFETIME_YEARS,
        energy_wh=dict(sorted(energy_wh.items())),
    )
