"""How the bill, the class and the CO2 of a building were made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vatra.plans.retrofit.carriers import CarrierFactors, factors_on
from vatra.plans.retrofit.classes import LETTERS, scale
from vatra.plans.services import CERTIFIED
from vatra.tables import label
from vatra.web.blocks.bills import Bills, bills_of, household_eur_per_mwh, price_source, use_of
from vatra.web.blocks.folders import Held
from vatra.web.blocks.numbers import Made, Step, place_of
from vatra.web.blocks.queries import name_of
from vatra.web.blocks.wording import euro_words, service_words
from vatra.words import Language, number, say

QUANTITIES = ("bill", "primary", "co2")
UNITS = {"primary": "kWh/m²", "co2": "kg/m²"}


def made_of_bill(held: Held, at: int, quantity: str, lang: Language) -> Made:
    """``bill``, ``primary`` (which makes the class) or ``co2`` of one building."""
    bills, building = bills_of(held, date.today()), held.stock.buildings[at]
    if quantity == "bill":
        total, unit = euro_words(bills.euros(at), lang), say("web.blocks.a-year", lang)
        steps = [*_bought(bills, at, lang)]
    else:
        values = bills.primary_kwh_m2 if quantity == "primary" else bills.co2_kg_m2
        total, unit = number(float(values[at]), lang, 1), UNITS[quantity]
        steps = [*_counted(held, bills, at, quantity, lang)]
        if quantity == "primary" and bills.letters[at]:
            steps.append(_class(held, bills, at, lang))
    return Made(
        f"{name_of(building)}: {say(f'web.blocks.quantity-{quantity}', lang)}",
        total,
        unit,
        say(f"web.blocks.made-{quantity}", lang),
        tuple(steps),
    )


def _bought(bills: Bills, at: int, lang: Language) -> Iterator[Step]:
    prices = household_eur_per_mwh()
    for (service, carrier), kwh in bills.metered(at).items():
        price = prices.get(carrier)
        name = f"{service_words(service, lang)}, {label('carrier', carrier, lang)}"
        if price is None:
            yield Step(name, say("web.blocks.no-price", lang))
            continue
        words = (
            f"{number(kwh / 1e3, lang, 2)}\u00a0MWh × {number(price, lang, 1)}\u00a0EUR/MWh = "
            f"{euro_words(kwh / 1e3 * price, lang)}"
        )
        yield Step(name, words, price_source(carrier))


def _counted(held: Held, bills: Bills, at: int, quantity: str, lang: Language) -> Iterator[Step]:
    by_carrier: dict[str, float] = {}
    for (service, carrier), kwh in bills.of(at).items():
        if service in CERTIFIED:
            by_carrier[carrier] = by_carrier.get(carrier, 0.0) + kwh
    whole = 0.0
    for carrier, factor in factors_on(by_carrier, date.today()).items():
        per_kwh, unit = _factor(factor, quantity)
        whole += by_carrier[carrier] * per_kwh
        words = (
            f"{number(by_carrier[carrier], lang, 0)}\u00a0kWh × {number(per_kwh, lang, 3)} = "
            f"{number(by_carrier[carrier] * per_kwh, lang, 0)}\u00a0{unit}"
        )
        said = factor.origin
        place = f"{said.source}, {said.article} ({said.doubt})"
        yield Step(label("carrier", carrier, lang), words, place)
    building, unit = held.stock.buildings[at], UNITS[quantity]
    area = building.heated_m2
    words = (
        f"{number(whole, lang, 0)} ÷ {number(area, lang, 0)}\u00a0m² = "
        f"{number(whole / area, lang, 1)}\u00a0{unit}"
    )
    yield Step(say("web.blocks.per-heated", lang), words, place_of(building))


def _factor(factor: CarrierFactors, quantity: str) -> tuple[float, str]:
    if quantity == "primary":
        return factor.primary, "kWh"
    return factor.co2_kg_per_kwh, "kg"


def _class(held: Held, bills: Bills, at: int, lang: Language) -> Step:
    of = scale(use_of(held.stock.buildings[at]), date.today())
    limits = "; ".join(
        f"{letter} ≤ {number(limit, lang, 0)}"
        for letter, limit in zip(LETTERS, of.limits, strict=False)
    )
    place = f"{of.origin.source}, {of.origin.article} ({of.origin.doubt})"
    name = say("web.blocks.made-class", lang, letter=bills.letters[at])
    return Step(name, limits, place)
