"""What every face declares, what it is handed and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from vatra.faces.fields import Field
from vatra.factors import Factor
from vatra.sources.city_yaml import City
from vatra.words import Language, say

SYNTHETIC = "synthetic"
# The last column of every table says so when the data are invented.
MARK = Field("data")

# Result rows, one per source row and gas; masses in mg.
RESULTS = (
    Field("year", "integer"),
    Field("category", blank=""),
    Field("sector", blank=""),
    Field("scope", "integer"),
    Field("carrier", blank=""),
    Field("item", blank=""),
    Field("gas", blank=""),
    Field("species", blank=""),
    Field("activity", "number"),
    Field("activity_unit", blank=""),
    Field("factor_id", blank=""),
    Field("emission_mg", "integer"),
    Field("co2e_mg", "integer"),
    Field("quality_activity", blank=""),
    Field("quality_factor", blank=""),
    Field("doubt_percent", "number"),
    Field("method", blank=""),
    Field("table", blank=""),
    Field("file", blank=""),
    Field("evidence_id", blank=""),
    Field("line", "integer"),
)
GASES = ("co2", "ch4", "n2o", "hfc", "pfc", "sf6", "nf3")
# Lines of the GPC table, one per year and category. Masses in mg of the gas; families (HFC, PFC),
# mixtures published as CO2e and the sum in mg CO2e.
LINES = (
    Field("year", "integer"),
    Field("category", blank=""),
    *(Field(f"{gas}_mg", "mass") for gas in GASES),
    Field("mixture_mg", "mass"),
    Field("co2e_mg", "mass"),
    Field("biogenic_co2_mg", "mass"),
    Field("notation"),
    Field("where"),
    Field("explanation"),
    Field("gas_notations"),
    Field("quality_activity"),
    Field("quality_factor"),
    Field("method"),
)


@dataclass(frozen=True)
class Report:
    """An inventory as the faces take it.

    ``results`` one row per source row and gas (``RESULTS``); ``lines`` the GPC table (``LINES``);
    ``factors`` by id; ``gwp`` potentials by gas; ``years`` those to be shown.
    """

    city: City
    results: pl.DataFrame
    lines: pl.DataFrame
    factors: Mapping[str, Factor] = field(default_factory=dict)
    gwp: Mapping[str, float] = field(default_factory=dict)
    years: tuple[int, ...] = ()

    @property
    def mark(self) -> str | None:
        """What the last column of every table says."""
        return SYNTHETIC if self.city.synthetic else None

    def shown(self) -> pl.DataFrame:
        """Result rows of the years asked for."""
        return self.results.filter(pl.col("year").is_in(self.years)) if self.years else self.results

    def shown_lines(self) -> pl.DataFrame:
        """Lines of the GPC table of the years asked for."""
        return self.lines.filter(pl.col("year").is_in(self.years)) if self.years else self.lines


@dataclass(frozen=True)
class Face:
    """One way an inventory is shown to others.

    ``parts`` the tables of the face and their columns; ``write`` gives a frame for each, exact:
    what is read from a file of the face is equal to it. ``every_year`` whether all years are shown
    unless one is asked for, else the base year. ``source`` where the layout stands.
    """

    name: str
    parts: Mapping[str, tuple[Field, ...]]
    write: Callable[[Report], Mapping[str, pl.DataFrame]]
    source: str
    every_year: bool = False

    def title(self, lang: Language) -> str:
        """What people call the face."""
        return say(f"faces.{self.name}", lang)

    def part_title(self, part: str, lang: Language) -> str:
        """What people call one of its tables."""
        return say(f"faces.{self.name}-{part}", lang) if len(self.parts) > 1 else self.title(lang)


def frame_of(fields: tuple[Field, ...], rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows as an exact frame with the columns of a part."""
    kept = [each for each in fields if each.kind != "label"]
    columns = {
        each.name: pl.Series(
            each.name, [row.get(each.name, each.blank) for row in rows], each.dtype
        )
        for each in kept
    }
    return pl.DataFrame(columns)


def as_declared(frame: pl.DataFrame, fields: tuple[Field, ...]) -> pl.DataFrame:
    """The columns of a part in their order and types; absent ones blank, blank texts alike."""
    kept = [each for each in fields if each.kind != "label"]
    return frame.select(
        _declared(pl.col(each.name) if each.name in frame.columns else pl.lit(None), each)
        for each in kept
    )


def _declared(column: pl.Expr, each: Field) -> pl.Expr:
    typed = column.cast(each.dtype)
    if each.kind == "text":
        typed = (
            typed.replace("", None) if each.blank is None else typed.fill_null(pl.lit(each.blank))
        )
    return typed.alias(each.name)
