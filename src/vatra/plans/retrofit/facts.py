"""What is asked of a block, its city, its applicant and its works; ``None`` is "not known"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.retrofit.reading import Floats, RetrofitError, Said, rows, said
from vatra.words import Language, number

# Percentages and kWh are said to a tenth; nobody measures them closer.
_DECIMALS = 1
_TEXT_KINDS = ("text", "yes_no")


@dataclass(frozen=True)
class Block:
    """A building as programmes ask about it.

    ``kind`` ``block`` or ``house``; ``region`` a development region (``nord_est``, ...);
    ``seismic_class`` ``RsI`` to ``RsIV``; ``floor_m2`` useful and ``built_m2`` built floor area;
    ``flat_m2`` useful area of each flat.
    """

    kind: str | None = None
    built_year: int | None = None
    design_year: int | None = None
    region: str | None = None
    seismic_class: str | None = None
    has_association: bool | None = None
    has_eu_funds: bool | None = None
    floor_m2: float | None = None
    built_m2: float | None = None
    flat_m2: tuple[float, ...] = ()
    cooled: bool = False

    @property
    def scale(self) -> str:
        """The kind of building that the energy classes know."""
        return f"{self.kind}_cooled" if self.kind and self.cooled else self.kind or ""


@dataclass(frozen=True)
class City:
    """The place; ``rank`` ``municipality``, ``town`` or ``commune``.

    ``programme_investment_eur`` the worth of all works that it prepares together, and
    ``programme_leverage`` that worth per euro of grant for preparing it.
    """

    rank: str | None = None
    programme_investment_eur: float | None = None
    programme_leverage: float | None = None


@dataclass(frozen=True)
class Applicant:
    """Who applies: ``city``, ``association``, ``company`` or ``person``."""

    kind: str | None = None
    owns_building: bool | None = None


@dataclass(frozen=True)
class Works:
    """What one package does, or many of them as arrays [n]; NaN and "" are "not known".

    Savings are against the block as it stands. ``new_heat_carrier`` is ``kept`` where the source of
    heat stays.
    """

    primary_saving_percent: float | Floats | None = None
    heating_saving_percent: float | Floats | None = None
    heating_kwh_m2: float | Floats | None = None
    has_envelope: bool | npt.NDArray[np.bool_] | None = None
    new_heat_carrier: str | npt.NDArray[np.str_] | None = None
    pv_kwp: float | Floats | None = None
    battery_kwh: float | Floats | None = None


Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A thing that conditions ask about, and where an owner finds it."""

    name: str
    kind: str
    said: Said
    ask: Said

    @property
    def is_text(self) -> bool:
        """Whether values are words, not numbers."""
        return self.kind in _TEXT_KINDS

    def value_text(self, value: Any, lang: Language) -> str:
        """A value as people say it: a year without separators, a code as its word."""
        if self.is_text:
            return value_words().get(str(value), Said(str(value), str(value))).text(lang)
        if self.kind == "year":
            return str(int(value))
        return number(round(float(value), _DECIMALS), lang)


@cache
def known_fields() -> Mapping[str, Field]:
    """Every field by name (``block.built_year``, ``package.pv_kwp``, ...)."""
    return {
        row["field"]: Field(row["field"], row["kind"], said(row, "name"), said(row, "ask"))
        for row in rows("fields")
    }


@cache
def value_words() -> Mapping[str, Said]:
    """How coded values are said."""
    return {row["value"]: Said(row["en"], row["ro"]) for row in rows("values")}


def facts_of(block: Block, works: Works, applicant: Applicant, city: City) -> Facts:
    """Every known field with its value: numbers, or texts with "" for not known.

    Raises ``RetrofitError`` naming all coded values that are not known words.
    """
    of = {"block": block, "package": works, "applicant": applicant, "city": city}
    found: dict[str, Any] = {}
    for field in known_fields().values():
        holder, name = field.name.split(".")
        value = getattr(of[holder], name)
        found[field.name] = _texts(value) if field.is_text else _numbers(value)
    _refuse_foreign_words(found)
    return found


def _refuse_foreign_words(found: Facts) -> None:
    foreign = [
        f"{name}={value}"
        for name, values in found.items()
        if known_fields()[name].is_text
        for value in np.unique(values)
        if value and str(value) not in value_words()
    ]
    if foreign:
        raise RetrofitError("value-unknown", values=foreign, known=sorted(value_words()))


def _numbers(value: Any) -> Floats:
    return np.asarray(np.nan if value is None else value, np.float64)


def _texts(value: Any) -> npt.NDArray[np.str_]:
    if value is None:
        return np.asarray("")
    array = np.asarray(value)
    return np.where(array, "yes", "no") if array.dtype == np.bool_ else array.astype(np.str_)
