"""The figures that a contract's text may name: each by its path, with its value, unit and words.

The paths are those of ``vatra.runs.explain`` and ``vatra.runs.explain_plan``, so that a figure in a
sentence opens the same number, and with them what the plan says of years, measures and money. All
is read from the document, before or after it is sealed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from vatra.contract.charts.table import gas_unit
from vatra.plans import DRIVERS
from vatra.runs.explain import UnknownNumber, select_cells
from vatra.tables import fold, label
from vatra.units import CENTS_PER_EUR, MG_PER_T, WH_PER_MWH
from vatra.words import LANGUAGES, Language, euros, number, percent, say

Unit = Literal["mg", "wh", "cents", "cents_per_t", "ppm", "year", "count"]
PPM = 1_000_000
# How much of each is one of what the linter counts in: t, MWh, EUR, EUR/t, per cent.
CANONICAL: Mapping[str, tuple[str, int]] = {
    "mg": ("emission", MG_PER_T),
    "wh": ("energy", WH_PER_MWH),
    "cents": ("money", CENTS_PER_EUR),
    "cents_per_t": ("cost_per_tonne", CENTS_PER_EUR),
    "ppm": ("percent", PPM // 100),
}
NEAR_COUNT = 3


@dataclass(frozen=True)
class Figure:
    """One figure: ``value`` a whole number of ``unit``; ``title`` what it is, in each language."""

    path: str
    value: int
    unit: Unit
    title: Mapping[Language, str]
    gases: str = ""

    def words(self, lang: Language) -> str:
        """The figure with its unit as a sentence carries it: ``1,167,223 t CO₂e``."""
        match self.unit:
            case "mg":
                return _joined(number(self.value / MG_PER_T, lang, self._decimals()), self.gases)
            case "wh":
                return _joined(number(self.value / WH_PER_MWH, lang, 0), "MWh")
            case "cents":
                return euros(self.value, lang)
            case "cents_per_t":
                return _joined(number(self.value / CENTS_PER_EUR, lang, 0), "EUR/t")
            case "ppm":
                return percent(self.value / PPM, lang, 2)
            case "year":
                return str(self.value)
            case "count":
                return number(self.value, lang, 0)

    def canonical(self) -> tuple[str, Decimal] | None:
        """Quantity and amount as the linter has them; None for what has no unit."""
        if self.unit not in CANONICAL:
            return None
        quantity, size = CANONICAL[self.unit]
        return quantity, Decimal(self.value) / size

    def _decimals(self) -> int:
        size = abs(self.value) / MG_PER_T
        return 0 if size >= 100 or not self.value else 1 if size >= 1 else 3


def _joined(amount: str, unit: str) -> str:
    return f"{amount}\u00a0{unit}".replace(" ", "\u00a0")


class UnknownFigure(ValueError):
    """No figure has this path; ``near`` are the closest that there are."""

    def __init__(self, path: str, near: tuple[str, ...]) -> None:
        self.path, self.near = path, near
        super().__init__(path)


class Figures:
    """The figures of a document: listed for choosing, and any other by its path."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.gases = gas_unit(document)
        self.listed: dict[str, Figure] = {
            path: Figure(path, value, unit, title, self.gases)
            for path, value, unit, title in _all(document)
            if value is not None
        }
        rows = document["cells"]
        self._cells = pl.DataFrame(rows, infer_schema_length=None) if rows else None

    def figure(self, path: str) -> Figure:
        """The figure of a path. Raises ``UnknownFigure``."""
        asked = path.strip()
        found = self.listed.get(asked) or self.listed.get(asked.lower())
        return found or self._of_cells(asked)

    def near(self, path: str) -> tuple[str, ...]:
        """The listed paths that are spelt most alike."""
        return tuple(difflib.get_close_matches(path.lower(), self.listed, NEAR_COUNT, 0.3))

    def _of_cells(self, path: str) -> Figure:
        parts = [each for each in path.split(".") if each]
        if self._cells is None or not parts or not path.isascii():
            raise UnknownFigure(path, self.near(path))
        of_energy = parts[0] == "energy"
        try:
            chosen = select_cells(self._cells, ".".join(parts[1:] if of_energy else parts))
        except UnknownNumber as unknown:
            raise UnknownFigure(path, self.near(path)) from unknown
        # A sum over several years is no emission of any year.
        cells = chosen.apply(self._cells)
        if not len(cells) or cells["year"].n_unique() > 1:
            raise UnknownFigure(path, self.near(path))
        titles = {lang: _cells_title(chosen, of_energy, lang) for lang in LANGUAGES}
        if of_energy:
            return Figure(path, _energy_wh(cells), "wh", titles)
        return Figure(path, int(cells["co2e_mg"].sum()), "mg", titles, self.gases)


def _energy_wh(cells: pl.DataFrame) -> int:
    """Each activity once, however many gases it emits."""
    use = ("year", "sector", "carrier", "scope", "category", "first_line")
    return int(cells.filter(pl.col("factor_id") != "").unique(use)["energy_wh"].sum())


def _cells_title(chosen: Any, of_energy: bool, lang: Language) -> str:
    parts = [label("sector", each, lang) for each in chosen.sectors]
    parts += [label("carrier", each, lang) for each in chosen.carriers]
    parts += [say("runs.scope", lang, scope=each) for each in chosen.scopes]
    parts += [*chosen.categories, *(label("gas", each, lang) for each in chosen.gases)]
    parts += [str(each) for each in chosen.years]
    words = "figure-energy" if of_energy else "figure-emissions"
    return ", ".join([say(f"runs.{words}", lang), *parts])


Row = tuple[str, int | None, Unit, Mapping[Language, str]]


def _all(document: Mapping[str, Any]) -> Iterator[Row]:
    yield from _years(document)
    yield from _inventory(document)
    if document.get("plan"):
        yield from _plan(document["plan"])
    if document.get("pathway"):
        yield from _path(document["pathway"])
    yield from _measures(document)
    if document.get("investment"):
        yield from _money(document["investment"])
    if document.get("risk"):
        yield _row("risk.probability", document["risk"]["probability_ppm"], "ppm", "probability")
    yield from _heard(document)


def _row(path: str, value: int | None, unit: Unit, key: str, **params: Any) -> Row:
    """A row whose title stands in the texts; a parameter may be a text in each language."""
    titles = {
        lang: say(
            f"runs.figure-{key}",
            lang,
            **{
                name: each.get(lang) or next(iter(each.values()), "")
                if isinstance(each, Mapping)
                else each
                for name, each in params.items()
            },
        )
        for lang in LANGUAGES
    }
    return path, value, unit, titles


def _sector(sector: str) -> Mapping[Language, str]:
    return {lang: label("sector", sector, lang) for lang in LANGUAGES}


def _years(document: Mapping[str, Any]) -> Iterator[Row]:
    city = document["city"]
    yield _row("base.year", city["base_year"], "year", "base-year")
    yield _row("target.year", city["target_year"], "year", "target-year")
    if city.get("target_cut_ppm") is not None:
        yield _row("target.cut", city["target_cut_ppm"], "ppm", "target-cut")


def _inventory(document: Mapping[str, Any]) -> Iterator[Row]:
    totals = document["totals"]
    for year, total in sorted(totals["all"].items()):
        yield _row(f"total.{year}", total, "mg", "total", year=year)
        energy = totals["energy_wh"].get(year, {})
        if energy:
            yield _row(f"energy.{year}", sum(energy.values()), "wh", "energy-total", year=year)
        for sector, mass in sorted(totals["by_sector"].get(year, {}).items()):
            words: dict[str, Any] = {"sector": _sector(sector), "year": year}
            yield _row(f"{sector}.{year}", mass, "mg", "sector", **words)
            if total > 0:
                share = round(mass * PPM / total)
                yield _row(f"share.{sector}.{year}", share, "ppm", "share", **words)
        for sector, used in sorted(energy.items()):
            words = {"sector": _sector(sector), "year": year}
            yield _row(f"energy.{sector}.{year}", used, "wh", "energy-sector", **words)
        for scope, mass in sorted(totals["by_scope"].get(year, {}).items()):
            if scope.isdigit():
                words = {"scope": scope, "year": year}
                yield _row(f"scope{scope}.{year}", mass, "mg", "scope", **words)


def _plan(plan: Mapping[str, Any]) -> Iterator[Row]:
    """The names of ``explain_plan``: residual, target, cut and who makes it, by sector too."""
    base, after = plan["base_mg"], plan["after_mg"]
    yield _row("plan.target", plan["target_mg"], "mg", "plan-target", year=str(plan["target_year"]))
    yield _row("residual.share", plan["residual_ppm"], "ppm", "residual-share")
    by_name = {"residual": after, "cut": {each: base[each] - after[each] for each in base}}
    for driver in DRIVERS:
        by_sector = plan["split"]["in_order"]["by_sector"]
        by_name[driver] = {each: cuts[driver] for each, cuts in by_sector.items()}
    for name, masses in by_name.items():
        yield _row(f"plan.{name}", sum(masses.values()), "mg", f"plan-{name}")
        for sector, mass in sorted(masses.items()):
            words = _sector(sector)
            yield _row(f"plan.{name}.{sector}", mass, "mg", f"plan-{name}-sector", sector=words)


def _path(path: Mapping[str, Any]) -> Iterator[Row]:
    """Year by year: what the path emits, and how much below the base year that is."""
    base = path["total_mg"].get(str(path["base_year"]), 0)
    for year, mass in sorted(path["total_mg"].items()):
        yield _row(f"path.{year}", mass, "mg", "path", year=year)
        if base > 0 and int(year) > path["base_year"]:
            cut = round((base - mass) * PPM / base)
            yield _row(f"cut.{year}", cut, "ppm", "cut", year=year)


def _measures(document: Mapping[str, Any]) -> Iterator[Row]:
    printed = {each["code"]: each for each in document.get("measures") or ()}
    for each in printed.values():
        yield from _measure(each, each["claimed_mg"])
    for each in document.get("actions") or ():
        if each["code"] not in printed:
            yield from _measure(each, each.get("shapley_mg"))


def _measure(each: Mapping[str, Any], cut_mg: int | None) -> Iterator[Row]:
    code, name = each["code"].lower(), each["name"]
    words = {"code": each["code"], "name": name}
    cost = each.get("cost_cents")
    yield _row(f"measure.{code}.cost", cost, "cents", "measure-cost", **words)
    yield _row(f"measure.{code}.cut", cut_mg, "mg", "measure-cut", **words)
    if cost is not None and cut_mg:
        per_t = round(cost * MG_PER_T / cut_mg)
        yield _row(f"measure.{code}.cost_per_t", per_t, "cents_per_t", "measure-per-t", **words)


def _money(money: Mapping[str, Any]) -> Iterator[Row]:
    total, gap = money["total_cents"], money["total_gap_cents"]
    yield _row("finance.total", total, "cents", "finance-total")
    yield _row("finance.found", total - gap, "cents", "finance-found")
    yield _row("finance.gap", gap, "cents", "finance-gap")
    if money.get("first_gap_year"):
        yield _row("finance.gap_year", money["first_gap_year"], "year", "finance-gap-year")
    for payer, need in sorted(money["need_cents"].items()):
        words = {lang: label("payer", payer, lang) for lang in LANGUAGES}
        yield _row(
            f"finance.need.{fold(payer)}", sum(need.values()), "cents", "finance-need", payer=words
        )
    for source in money["sources"]:
        paid = sum(source["paid_cents"].values())
        path = f"finance.source.{fold(source['code'])}"
        yield _row(path, paid, "cents", "finance-source", name=source["name"])


def _heard(document: Mapping[str, Any]) -> Iterator[Row]:
    heard = document.get("participation") or ()
    if not heard:
        return
    yield _row("participation.events", len(heard), "count", "participation-events")
    counted = [each["participants_count"] for each in heard]
    if all(each is not None for each in counted):
        yield _row("participation.people", sum(counted), "count", "participation-people")
