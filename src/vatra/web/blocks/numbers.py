"""How a number of the buildings' pages was made: formula, steps, rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.plans.stock import Building
from vatra.tables import label
from vatra.web.blocks.folders import BlockYear, Held
from vatra.web.blocks.heat import OUT, conductances_w_k, heat_balance
from vatra.web.blocks.queries import name_of, quarter_words, sums
from vatra.words import Language, number, say

# The largest buildings are told one by one; the others together.
SHOWN = 12
QUANTITIES = ("heating", "per-area", "peak")
UNITS = {"heating": "MWh", "per-area": "kWh/m²", "peak": "kW"}


@dataclass(frozen=True)
class Step:
    """One line of a number's making: what it is, its arithmetic, and where it stands."""

    name: str
    words: str
    place: str = ""
    opens: str = ""


@dataclass(frozen=True)
class Made:
    """A number with its unit, what it means, and the steps that lead to it."""

    title: str
    total: str
    unit: str
    formula: str
    steps: tuple[Step, ...]


def scoped(held: Held, path: str) -> tuple[str, str, list[int]] | None:
    """Scope, quantity and positions that a path names; None where it names nothing.

    ``all.heating``, ``type-<code>.peak``, ``quarter-<code>.per-area``, ``<building>.heating``.
    """
    scope, _, quantity = path.rpartition(".")
    kind, _, code = scope.partition("-")
    buildings = held.stock.buildings
    everyone = range(len(buildings))
    if scope == "all":
        return scope, quantity, list(everyone)
    if kind in ("type", "quarter") and code:
        column = "archetype" if kind == "type" else "quarter"
        found = [at for at in everyone if getattr(buildings[at], column) == code]
        return (scope, quantity, found) if found else None
    return (scope, quantity, [held.places[scope]]) if scope in held.places else None


def made_together(
    held: Held, scope: str, quantity: str, places: Sequence[int], lang: Language
) -> Made:
    """A number of many buildings."""
    found = sums(held, places)
    values = {
        "heating": found.heating_wh / 1e6,
        "per-area": found.kwh_m2,
        "peak": found.peak_w / 1e3,
    }
    weights = held.peak_w if quantity == "peak" else held.heating_wh
    ordered = sorted(places, key=lambda at: (-weights[at], at))
    steps = [_of_building(held, at, quantity, lang) for at in ordered[:SHOWN]]
    rest = ordered[SHOWN:]
    if rest:
        value = sum(weights[at] for at in rest) / (1e3 if quantity == "peak" else 1e6)
        unit = "kW" if quantity == "peak" else "MWh"
        words = f"{number(value, lang, 0)}\u00a0{unit}"
        steps.append(Step(say("web.blocks.made-others", lang, count=len(rest)), words))
    if quantity == "per-area":
        whole = say(
            "web.blocks.made-divided",
            lang,
            heating=number(found.heating_wh / 1e6, lang, 0),
            area=number(found.heated_m2, lang, 0),
            value=number(found.kwh_m2, lang, 1),
        )
        steps.insert(0, Step(say("web.blocks.per-area", lang), whole))
    decimals = 1 if quantity == "per-area" else 0
    return Made(
        f"{_scope_words(scope, lang)}: {say(f'web.blocks.quantity-{quantity}', lang)}",
        number(values[quantity], lang, decimals),
        UNITS[quantity],
        say(f"web.blocks.made-together-{quantity}", lang, count=len(places)),
        tuple(steps),
    )


def _scope_words(scope: str, lang: Language) -> str:
    kind, _, code = scope.partition("-")
    if kind == "type":
        return label("archetype", code, lang)
    return quarter_words(code) if kind == "quarter" else say("web.blocks.all-buildings", lang)


def _of_building(held: Held, at: int, quantity: str, lang: Language) -> Step:
    building = held.stock.buildings[at]
    if quantity == "peak":
        words = f"{number(held.peak_w[at] / 1e3, lang, 1)}\u00a0kW"
    else:
        words = (
            f"{number(held.kwh_m2[at], lang, 1)}\u00a0kWh/m² × "
            f"{number(building.heated_m2, lang, 0)}\u00a0m² = "
            f"{number(held.heating_wh[at] / 1e6, lang, 1)}\u00a0MWh"
        )
    return Step(name_of(building), words, place_of(building), f"{building.code}.{quantity}")


def place_of(building: Building) -> str:
    """File and row of a building; blank for a made-up one."""
    return f"buildings.csv:{building.line}" if building.line else building.source


def made_of_building(held: Held, year: BlockYear, quantity: str, lang: Language) -> Made:
    """A number of one building: its envelope, its air, its gains, hour by hour."""
    building = year.building
    at = held.places[building.code]
    values = {
        "heating": held.heating_wh[at] / 1e6,
        "per-area": held.kwh_m2[at],
        "peak": held.peak_w[at] / 1e3,
    }
    steps = [*_envelope(year, lang), *_year(held, year, lang)]
    if quantity == "per-area":
        steps.append(_divided(held, at, lang))
    if quantity == "peak":
        steps.append(_coldest(year, lang))
    return Made(
        f"{name_of(building)}: {say(f'web.blocks.quantity-{quantity}', lang)}",
        number(values[quantity], lang, 1),
        UNITS[quantity],
        say(f"web.blocks.made-{quantity}", lang),
        tuple(steps),
    )


def _envelope(year: BlockYear, lang: Language) -> list[Step]:
    conductances = conductances_w_k(year.zone)
    steps = []
    for name in OUT:
        value = f"{number(conductances[name], lang, 0)}\u00a0W/K"
        if name == "air":
            words = say(
                "web.blocks.made-air-words",
                lang,
                change=number(year.zone.air.change_per_h, lang, 2),
                volume=number(year.zone.volume_m3, lang, 0),
                value=value,
            )
        else:
            words = f"{say(f'web.blocks.made-{name}', lang)} = {value}"
        steps.append(Step(say(f"web.blocks.part-{name}", lang), words))
    whole = number(sum(conductances.values()), lang, 0)
    steps.append(Step(say("web.blocks.made-together", lang), f"{whole}\u00a0W/K"))
    return steps


def _year(held: Held, year: BlockYear, lang: Language) -> list[Step]:
    found, climate = heat_balance(year), held.climate
    weather = say(
        "web.blocks.made-weather-words",
        lang,
        climate=climate.name,
        days=number(climate.degree_days_kd, lang, 0),
        coldest=number(float(climate.dry_bulb_c.min()), lang, 1),
    )
    balance = say(
        "web.blocks.made-balance-words",
        lang,
        days=found.days_count,
        lost=number(found.lost_wh / 1e6, lang, 1),
        sun=number(found.in_wh["sun"] / 1e6, lang, 1),
        gains=number(found.in_wh["gains"] / 1e6, lang, 1),
        stored=number(found.stored_wh / 1e6, lang, 1),
        heating=number(found.in_wh["heating"] / 1e6, lang, 1),
    )
    return [
        Step(say("web.blocks.made-weather", lang), weather, climate.source),
        Step(say("web.blocks.made-balance", lang), balance, say("web.blocks.made-method", lang)),
    ]


def _divided(held: Held, at: int, lang: Language) -> Step:
    building = held.stock.buildings[at]
    words = say(
        "web.blocks.made-divided",
        lang,
        heating=number(held.heating_wh[at] / 1e6, lang, 1),
        area=number(building.heated_m2, lang, 0),
        value=number(held.kwh_m2[at], lang, 1),
    )
    return Step(say("web.blocks.per-area", lang), words, place_of(building))


def _coldest(year: BlockYear, lang: Language) -> Step:
    hours = (year.needs.hours or ())[0]
    at = int(hours.heating_w.argmax())
    words = say(
        "web.blocks.made-coldest-words",
        lang,
        day=at // 24 + 1,
        hour=at % 24 + 1,
        outside=number(float(year.needs.climate.dry_bulb_c[at]), lang, 1),
        peak=number(float(hours.heating_w[at]) / 1e3, lang, 1),
    )
    return Step(say("web.blocks.made-coldest", lang), words)
