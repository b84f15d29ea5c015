"""Units as people write them at the head of a contract's table, and their size."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from vatra.units import GJ_PER_GCAL, GJ_PER_MWH, GJ_PER_TOE

_MASS = {
    "t": "1", "to": "1", "tonne": "1", "tonnes": "1", "ton": "1", "tons": "1", "tone": "1",
    "tona": "1", "metrictons": "1", "metrictonnes": "1", "mg": "1", "kg": "0.001", "g": "0.000001",
    "kt": "1000", "ktonnes": "1000", "kilotonnes": "1000", "ktone": "1000", "kilotone": "1000",
    "ktons": "1000", "gg": "1000", "miitone": "1000", "thousandtonnes": "1000",
    "thousandtons": "1000", "miit": "1000", "thousandt": "1000", "mt": "1000000",
    "milioanetone": "1000000", "milliontonnes": "1000000", "miltone": "1000000",
}  # fmt: skip
_MWH_PER_GJ = 1 / Decimal(str(GJ_PER_MWH))
_ENERGY: dict[str, Decimal] = {
    "wh": Decimal("1e-6"), "kwh": Decimal("0.001"), "mwh": Decimal(1), "gwh": Decimal(1000),
    "twh": Decimal(1000000), "mj": _MWH_PER_GJ / 1000, "gj": _MWH_PER_GJ,
    "tj": _MWH_PER_GJ * 1000, "pj": _MWH_PER_GJ * 1000000,
    "gcal": Decimal(str(GJ_PER_GCAL)) * _MWH_PER_GJ,
    "toe": Decimal(str(GJ_PER_TOE)) * _MWH_PER_GJ, "tep": Decimal(str(GJ_PER_TOE)) * _MWH_PER_GJ,
    "ktoe": Decimal(str(GJ_PER_TOE)) * _MWH_PER_GJ * 1000,
    "ktep": Decimal(str(GJ_PER_TOE)) * _MWH_PER_GJ * 1000,
}  # fmt: skip
_MULTIPLES = {
    "": "1", "k": "1000", "thousand": "1000", "thousands": "1000", "mii": "1000", "miide": "1000",
    "m": "1000000", "mil": "1000000", "mio": "1000000", "mln": "1000000", "mn": "1000000",
    "million": "1000000", "millions": "1000000", "milioane": "1000000",
    "milioanede": "1000000", "bn": "1000000000", "billion": "1000000000", "mld": "1000000000",
    "miliarde": "1000000000", "miliardede": "1000000000",
}  # fmt: skip
_CURRENCIES = {
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR",
    "ron": "RON", "lei": "RON", "leu": "RON",
}  # fmt: skip
_COUNTS = {
    "ha", "km", "m", "m2", "m3", "km2", "mw", "kw", "gw", "mwp", "kwp", "mwe", "mwt", "persons",
    "people", "inhabitants", "locuitori", "persoane", "buc", "bucati", "pcs", "pieces", "nr",
    "number", "count", "units", "unitati", "years", "ani", "l", "litres", "litri", "vehicles",
    "vehicule", "trips", "pkm", "vkm", "tkm", "trees", "arbori", "days", "zile", "points",
}  # fmt: skip
# What follows the mass in "t CO2e", and the time span every yearly table may carry.
_GAS = re.compile(
    r"(of)?(ghg|ges|co2|co₂)?(equivalents?|echivalent|echiv|eqv?|e)?(emissions|emisii)?$"
)
_PER_YEAR = re.compile(r"(/|per|pe|p)(year|yr|annum|an|a|y)$|(annual|anual|yearly)$")


@dataclass(frozen=True)
class Unit:
    """A unit with the size of one in canonical units.

    ``quantity`` is emission (canonical t), energy (MWh), money (EUR or RON), factor (t/MWh),
    cost_per_tonne (EUR/t), percent (points of a hundred), or count (not converted).
    """

    quantity: str
    size: Decimal
    text: str
    currency: str = ""


def _compact(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    plain = re.sub(r"[\s._\-()\[\]*·]", "", plain)
    return _PER_YEAR.sub("", plain)


def _mass(text: str) -> Decimal | None:
    for start in sorted(_MASS, key=len, reverse=True):
        if text.startswith(start) and _GAS.fullmatch(text.removeprefix(start)):
            return Decimal(_MASS[start])
    for end in sorted(_MASS, key=len, reverse=True):
        if text.endswith(end) and re.fullmatch(r"(co2|ghg|ges)(eq|e)?", text.removesuffix(end)):
            return Decimal(_MASS[end])
    return None


def _money(text: str) -> tuple[Decimal, str] | None:
    for spelling, currency in _CURRENCIES.items():
        for multiple in (text.removeprefix(spelling), text.removesuffix(spelling)):
            if multiple != text and multiple in _MULTIPLES:
                return Decimal(_MULTIPLES[multiple]), currency
    return None


def _per(text: str, shown: str) -> Unit | None:
    above, _, below = text.partition("/")
    mass_above, mass_below, money = _mass(above), _mass(below), _money(above)
    if mass_above is not None and below in _ENERGY:
        return Unit("factor", mass_above / _ENERGY[below], shown)
    if money is not None and mass_below is not None:
        return Unit("cost_per_tonne", money[0] / mass_below, shown, money[1])
    return None


@cache
def unit(text: str) -> Unit | None:
    """Read a unit such as ``kt CO2e/year`` or ``mil. EUR``; None when it is not known."""
    shown = text.strip()
    short = _compact(shown)
    if not short:
        return None
    if short in {"%", "percent", "procent", "procente", "per cent", "percentage", "pct"}:
        return Unit("percent", Decimal(1), shown)
    if short in {"share", "fraction", "pondere", "fractie"}:
        return Unit("percent", Decimal(100), shown)
    if "/" in short or re.search(r"(?<=[a-z€])per(?=[a-z])", short):
        per = _per(re.sub(r"(?<=[a-z€])per(?=[a-z])", "/", short, count=1), shown)
        return per or (Unit("count", Decimal(1), shown) if _counted(short) else None)
    if short in _ENERGY:
        return Unit("energy", _ENERGY[short], shown)
    money = _money(short)
    if money is not None:
        return Unit("money", money[0], shown, money[1])
    mass = _mass(short)
    if mass is not None:
        return Unit("emission", mass, shown)
    return Unit("count", Decimal(1), shown) if _counted(short) else None


def _counted(short: str) -> bool:
    return all(part in _COUNTS for part in short.split("/"))
