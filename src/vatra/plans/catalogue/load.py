"""The catalogue as its files say it, read once."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from vatra.plans.catalogue.entry import CoBenefit, EffectRow, Entry, Relation
from vatra.plans.distributions import DistributionError, parse

_PACKAGE = "vatra.plans.catalogue"
_SPREAD = ("strength", "ratio", "conversion", "amount")
_COSTS = ("capex_eur", "opex_eur", "revenue_eur", "delay_years")
_NUMBERS = (
    "units_per_stock",
    "incremental_share",
    "lifetime_years",
    "ramp_years",
    "staff_fte_per_meur",
    "delivery_probability",
)
Row = dict[str, str]
Made = TypeVar("Made")


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every measure by id, in the order of its file."""
    effects, benefits = _by_id(effect_rows()), _by_id(co_benefits())
    related, excluded = _by_id(relations()), _excluded()
    found = {}
    for line, row in _rows("measures"):
        name = row["id"]
        parts = {
            "effects": tuple(effects.get(name, ())),
            "co_benefits": tuple(benefits.get(name, ())),
            "relations": tuple(related.get(name, ())),
            "exclusive": tuple(sorted(excluded.get(name, ()))),
            "file": "plans/catalogue/data/measures.csv",
            "line": line,
        }
        found[name] = _made(Entry, "measures", line, row, _COSTS, _NUMBERS, parts)
    return MappingProxyType(found)


@cache
def effect_rows() -> tuple[EffectRow, ...]:
    """Every effect, in the order of its file."""
    return tuple(
        _made(EffectRow, "effects", line, row, _SPREAD, ("potential_share",))
        for line, row in _rows("effects")
    )


@cache
def co_benefits() -> tuple[CoBenefit, ...]:
    """Every co-benefit of every measure, in the order of its file."""
    return tuple(
        _made(CoBenefit, "co_benefits", line, row, ("amount",), ())
        for line, row in _rows("co_benefits")
    )


@cache
def relations() -> tuple[Relation, ...]:
    """Every relation, in the order of its file."""
    return tuple(
        _made(Relation, "relations", line, row, (), ()) for line, row in _rows("relations")
    )


@cache
def curves() -> Mapping[str, tuple[float, ...]]:
    """Growth curves by name: t CO2 that a hectare takes up in a year at age 0, 1, 2, ..."""
    found: dict[str, list[float]] = {}
    for line, row in _rows("curves"):
        ages = found.setdefault(row["curve"], [])
        if int(row["age_years"]) != len(ages):
            raise ValueError(f"curves.csv, row {line}: {row['curve']} needs age {len(ages)} here")
        ages.append(float(row["t_co2_per_ha_year"]))
    return MappingProxyType({name: tuple(ages) for name, ages in found.items()})


def curve(name: str) -> tuple[float, ...]:
    """One growth curve [t CO2 per ha and year by age]; ``KeyError`` names those that exist."""
    if name not in curves():
        raise KeyError(f"no growth curve '{name}'; there are {', '.join(sorted(curves()))}")
    return curves()[name]


def _rows(name: str) -> Iterator[tuple[int, Row]]:
    text = (resources.files(_PACKAGE) / "data" / f"{name}.csv").read_text("utf-8")
    yield from enumerate(csv.DictReader(text.splitlines()), start=2)


def _made(
    make: Callable[..., Made],
    file: str,
    line: int,
    row: Row,
    spread: tuple[str, ...],
    numbers: tuple[str, ...],
    parts: Mapping[str, Any] = MappingProxyType({}),
) -> Made:
    """A row with its numbers read; blank ones are left to what the class holds for unstated."""
    fields: dict[str, Any] = dict(row)
    if not fields.get("acts_on", "service"):
        del fields["acts_on"]
    for column in (*spread, *numbers):
        if not row[column]:
            del fields[column]
            continue
        try:
            fields[column] = parse(row[column]) if column in spread else float(row[column])
        except (DistributionError, ValueError) as error:
            raise ValueError(f"{file}.csv, row {line}, {column}: {error}") from error
    return make(**fields, **parts)


def _excluded() -> dict[str, list[str]]:
    """What each measure excludes, seen from both sides."""
    found: dict[str, list[str]] = {}
    for each in relations():
        if each.kind == "exclusive":
            found.setdefault(each.id, []).append(each.other)
            found.setdefault(each.other, []).append(each.id)
    return found


def _by_id(rows: tuple[Any, ...]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in rows:
        found.setdefault(each.id, []).append(each)
    return found
