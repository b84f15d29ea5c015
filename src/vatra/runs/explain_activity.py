"""How a figure of activity was made: its rows, what each gives, and the numbers it hangs on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.factors import Factor, Parameter, species_potentials
from vatra.runs.inventory import Inventory
from vatra.units import MG_PER_T
from vatra.words import Language, number

ROWS_SHOWN = 20
_KEYS = ("year", "sector", "carrier", "scope", "category", "gas", "method")
# Masses below a kilogram are shown in grams, below a tonne in kilograms.
_SIZES = ((MG_PER_T, "t"), (MG_PER_T // 1000, "kg"), (0, "g"))
_MG_PER_G = 1000


@dataclass(frozen=True)
class Used:
    """A parameter or factor that a figure hangs on, where it stands and how far it is in doubt."""

    term_id: str
    value: float
    unit: str
    low: float | None
    high: float | None
    source: str
    place: str

    def words(self, lang: Language) -> str:
        """``landfill.docf/food = 0.5 (0.4 to 0.6)``."""
        name = self.term_id.partition("/")[2]
        unit = "" if self.unit in ("", "1", "share", "fraction") else f" {self.unit}"
        text = f"{name} = {_significant(self.value, lang)}{unit}"
        if self.low is None or self.high is None:
            return text
        return f"{text} ({_significant(self.low, lang)}–{_significant(self.high, lang)})"


@dataclass(frozen=True)
class ActivityRow:
    """A source row and what it gives: ``24,000 t → 819 t CH4``."""

    file: str
    line: int
    item: str
    activity: float
    activity_unit: str
    species: str
    emission_mg: int
    source: str
    note: str

    def words(self, lang: Language) -> str:
        """The row in words."""
        activity = f"{_significant(self.activity, lang)} {self.activity_unit}"
        return f"{activity} → {mass_words(self.emission_mg, lang)} {self.species}"


@dataclass(frozen=True)
class Made:
    """Rows (the first ones), how many there are, the numbers used, and mass by species [mg]."""

    rows: tuple[ActivityRow, ...]
    rows_count: int
    used: tuple[Used, ...]
    by_species: Mapping[str, int]
    potentials: Mapping[str, float]

    def words(self, lang: Language) -> str:
        """Mass of each species times its potential."""
        parts = []
        for species, mass_mg in sorted(self.by_species.items()):
            gwp = self.potentials[species]
            times = "" if gwp == 1 else f" × {number(gwp, lang)}"
            parts.append(f"{mass_words(mass_mg, lang)} {species}{times}")
        return " + ".join(parts)


def made_of(inventory: Inventory, cell: Mapping[str, Any]) -> Made | None:
    """How a cell of activity was made; None for a cell of energy or of rounding."""
    gathered = inventory.gathered
    rows = gathered.rows
    for key in _KEYS:
        rows = rows.filter(pl.col(key) == cell[key])
    if not len(rows):
        return None
    ids = gathered.terms.join(rows.select("row"), on="row", how="semi")["term_id"].unique().sort()
    used = tuple(_used(name, gathered.used[name]) for name in ids if name in gathered.used)
    masses = rows.group_by("species").agg(pl.col("emission_mg").sum()).sort("species")
    return Made(
        tuple(
            _row(inventory, row)
            for row in rows.sort("line", "species").head(ROWS_SHOWN).iter_rows(named=True)
        ),
        len(rows),
        used,
        dict(masses.iter_rows()),
        species_potentials(inventory.book.gwp_set),
    )


def _row(inventory: Inventory, row: Mapping[str, Any]) -> ActivityRow:
    evidence = inventory.pack.evidence.get(row["table"])
    given = inventory.pack.rows[row["table"]].filter(pl.col("line") == row["line"])
    about = given.row(0, named=True) if len(given) else {}
    return ActivityRow(
        evidence.file if evidence else f"{row['table']}.csv",
        row["line"],
        row["item"],
        row["activity"],
        row["activity_unit"],
        row["species"],
        row["emission_mg"],
        about.get("source") or "",
        about.get("note") or "",
    )


def _used(name: str, used: Parameter | Factor) -> Used:
    place = f"{used.file}:{used.line}" if used.file else ""
    if isinstance(used, Factor):
        return Used(name, used.value_t_per_mwh, "t/MWh", None, None, used.source, place)
    return Used(name, used.value, used.unit, used.low, used.high, used.source, place)


def mass_words(mass_mg: int, lang: Language) -> str:
    """A mass with three digits or more in t, kg or g."""
    size, unit = next(each for each in _SIZES if abs(mass_mg) >= each[0])
    return f"{_significant(mass_mg / (size or _MG_PER_G), lang)} {unit}"


def _significant(value: float, lang: Language) -> str:
    """Whole above a hundred, else as many decimals as three digits need."""
    size = abs(value)
    if size >= 100 or value == 0:
        return number(value, lang, 0)
    if size < 0.1:
        return _tiny(value, lang)
    return number(round(value, 1 if size >= 10 else 2 if size >= 1 else 3), lang)


def _tiny(value: float, lang: Language) -> str:
    text = f"{value:.3g}"
    places = len(f"{float(text):.12f}".rstrip("0").partition(".")[2])
    return number(float(text), lang, places)
