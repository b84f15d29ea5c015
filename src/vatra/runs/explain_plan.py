"""Where a number of the plan comes from: residual, target, cut, and who makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any, cast

import polars as pl

from vatra.plans import DRIVERS, Cell, Driver, Game, Plan, steps
from vatra.runs.contract import Run
from vatra.runs.explain import UnknownNumber, decimals_of
from vatra.tables import fold, label, tables
from vatra.tables.vocabulary import GRID_CARRIERS
from vatra.units import MG_PER_T, WH_PER_MWH
from vatra.words import Language, number, percent, say, tonnes

PREFIX = "plan."
NAMES = ("residual", "target", "cut", *DRIVERS)
SYMMETRIC = "symmetric"


@dataclass(frozen=True)
class Step:
    """One line of a plan number's making.

    ``name`` what it is, ``words`` its arithmetic, ``value_mg`` what it gives [mg CO2e], ``place``
    file and lines it stands on, ``opens`` the path of the number that explains it further.
    """

    name: str
    words: str
    value_mg: int
    place: str = ""
    opens: str = ""


@dataclass(frozen=True)
class PlanNumber:
    """A number of the plan: its formula in words and the steps that lead to it [mg CO2e]."""

    path: str
    title: str
    formula: str
    total_mg: int
    steps: tuple[Step, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON output."""
        return {
            "path": self.path,
            "title": self.title,
            "formula": self.formula,
            "total_t_co2e": self.total_mg / MG_PER_T,
            "total_mg": self.total_mg,
            "steps": [vars(each) for each in self.steps],
        }


def explain_plan(run: Run, path: str, lang: Language) -> PlanNumber:
    """Explain a number of the plan.

    Parameters
    ----------
    run : what was computed
    path : ``plan.residual``, ``plan.target``, ``plan.cut``, ``plan.grid``, ``plan.background``,
        ``plan.measures`` or ``plan.symmetric.<driver>``, each but the target with a sector behind
        it when only that is meant: ``plan.residual.buildings``

    Raises
    ------
    UnknownNumber
        naming the part that is not understood, or that the city has no plan.
    """
    parts = [fold(part) for part in path.removeprefix(PREFIX).split(".")]
    symmetric = parts[0] == SYMMETRIC
    name, *rest = parts[1:] if symmetric and len(parts) > 1 else parts
    known = DRIVERS if symmetric else NAMES
    if run.plan is None or name not in known:
        raise UnknownNumber(path, name, [PREFIX + each for each in NAMES])
    sector = _sector(run.plan, path, rest)
    maker = _Maker(run, run.plan, lang)
    if symmetric:
        made = maker.symmetric(cast(Driver, name), sector)
    else:
        made = getattr(maker, name)(sector)
    title = [say(f"runs.plan-{name}", lang)]
    title += [label("sector", sector, lang)] if sector else []
    title += [say("runs.plan-symmetric", lang)] if symmetric else []
    total = sum(each.value_mg for each in made) if name != "target" else run.plan.target_mg
    if symmetric:
        total = maker.shapley_mg(cast(Driver, name), sector)
    key = "plan-symmetric-formula" if symmetric else f"plan-{name}-formula"
    words = ", ".join(title)
    words = words[:1].upper() + words[1:]
    return PlanNumber(path, words, say(f"runs.{key}", lang), total, tuple(made))


def _sector(plan: Plan, path: str, rest: list[str]) -> str:
    words = tables()["energy"].by_name["sector"].accepted_words()
    if not rest:
        return ""
    sector = words.get(rest[0], rest[0])
    if len(rest) > 1 or sector not in plan.base_mg:
        raise UnknownNumber(path, ".".join(rest), list(plan.base_mg))
    return sector


class _Maker:
    """The steps of each number, in one language."""

    def __init__(self, run: Run, plan: Plan, lang: Language) -> None:
        self.run, self.plan, self.lang = run, plan, lang
        self.base_year, self.target_year = plan.aim.base_year, plan.aim.target_year

    def residual(self, sector: str) -> list[Step]:
        if not sector:
            return self._by_sector("residual", self.plan.after_mg)
        before, after = self.plan.before_mg[sector], self.plan.after_mg[sector]
        printed = self._printed(sector)
        if printed:
            words = say(
                "runs.plan-residual-words", self.lang, before=self._t(before),
                printed_after=self._t(printed["after_measures"][0]),
                printed_before=self._t(printed["before_measures"][0]), after=self._t(after),
            )  # fmt: skip
            lines = ", ".join(str(each[1]) for each in printed.values())
            place = f"{self.run.pack.evidence['published_emissions'].file}:{lines}"
        else:
            claimed = self.plan.claimed_mg(sector)
            words = say(
                "runs.plan-residual-capped" if claimed > before else "runs.plan-residual-claimed",
                self.lang, before=self._t(before), claimed=self._t(claimed), after=self._t(after),
            )  # fmt: skip
            place = self._measure_lines(sector)
        return [
            Step(
                label("sector", sector, self.lang),
                words,
                after,
                place,
                f"{sector}.{self.target_year}",
            )
        ]

    def target(self, sector: str) -> list[Step]:
        aim = self.plan.aim
        cut = percent(aim.cut_ppm / 1_000_000, self.lang, 2)
        base, target = self._t(self.plan.base_total_mg), self._t(self.plan.target_mg)
        words = f"{base} × (1 \u2212 {cut}) = {target}"
        place = "city.yaml: target_cut_percent"
        return [Step(str(self.base_year), words, self.plan.target_mg, place, str(self.base_year))]

    def cut(self, sector: str) -> list[Step]:
        base = self.plan.base_mg[sector] if sector else self.plan.base_total_mg
        left = self.plan.after_mg[sector] if sector else self.plan.residual_mg
        suffix = f".{sector}" if sector else ""
        base_path = f"{sector}.{self.base_year}" if sector else str(self.base_year)
        return [
            Step(str(self.base_year), self._t(base), base, opens=base_path),
            Step(
                say("runs.plan-residual", self.lang), f"\u2212 {self._t(left)}", -left,
                opens=f"{PREFIX}residual{suffix}",
            ),
        ]  # fmt: skip

    def grid(self, sector: str) -> list[Step]:
        if not sector:
            return self._drivers("grid")
        return [
            self._cell_step(
                cell, cell.base_wh, cell.emission_mg(False, False) - cell.emission_mg(True, False)
            )
            for cell in self._cells(sector)
            if cell.carrier in GRID_CARRIERS and cell.base_wh
        ]

    def _cell_step(self, cell: Cell, energy_wh: int, value_mg: int) -> Step:
        factors = f"({self._ef(cell.base_t_per_mwh)} \u2212 {self._ef(cell.target_t_per_mwh)})"
        words = f"{self._mwh(energy_wh)} × {factors} t/MWh = {self._t(value_mg)}"
        return Step(self._carrier(cell), words, value_mg, opens=self._path(cell, self.base_year))

    def background(self, sector: str) -> list[Step]:
        if not sector:
            return self._drivers("background")
        made = []
        for cell in self._cells(sector):
            value = cell.emission_mg(True, False) - cell.emission_mg(True, True)
            before_ef = (
                cell.target_t_per_mwh if cell.carrier in GRID_CARRIERS else cell.base_t_per_mwh
            )
            was = f"{self._mwh(cell.base_wh)} × {self._ef(before_ef)}"
            becomes = f"{self._mwh(cell.target_wh)} × {self._ef(cell.target_t_per_mwh)}"
            words = f"{was} \u2212 {becomes} t/MWh = {self._t(value)}"
            year = self.target_year if cell.target_wh else self.base_year
            made.append(Step(self._carrier(cell), words, value, opens=self._path(cell, year)))
        game = self.plan.games[sector]
        rest = game.rounding_base_mg - game.rounding_before_mg
        if rest:
            name = say("methods.print_rounding", self.lang)
            made.append(Step(name, tonnes(rest, self.lang, 1), rest))
        return made

    def measures(self, sector: str) -> list[Step]:
        if not sector:
            return self._drivers("measures")
        file = (
            self.run.pack.evidence["measures"].file if "measures" in self.run.pack.evidence else ""
        )
        made = [
            Step(
                f"{each.code} {each.name_ro if self.lang == 'ro' else each.name_en}",
                say("runs.plan-claimed", self.lang, claimed=self._t(each.claimed_mg)),
                each.claimed_mg,
                f"{file}:{each.line}",
            )
            for each in self.plan.measures
            if each.sector == sector and each.claimed_mg
        ]
        rest = self.plan.unattributed_mg(sector)
        if rest:
            key = "plan-unattributed" if rest > 0 else "plan-overclaimed"
            words = say(f"runs.{key}-words", self.lang, rest=self._t(abs(rest)))
            name = say(f"runs.{key}", self.lang)
            made.append(Step(name, words, rest, opens=f"{PREFIX}residual.{sector}"))
        return made

    def symmetric(self, driver: Driver, sector: str) -> list[Step]:
        games = [self.plan.games[sector]] if sector else list(self.plan.games.values())
        orders = list(permutations(DRIVERS))
        return [self._order_step(order, driver, games) for order in orders]

    def _order_step(self, order: tuple[Driver, ...], driver: Driver, games: Iterable[Game]) -> Step:
        cut = round(sum(steps(game, order)[driver] for game in games))
        name = " \u2192 ".join(say(f"runs.plan-{each}", self.lang) for each in order)
        return Step(name, self._t(cut), cut)

    def shapley_mg(self, driver: Driver, sector: str) -> int:
        split = self.plan.split_symmetric
        return split.by_sector[sector][driver] if sector else split.total(driver)

    def _drivers(self, driver: Driver) -> list[Step]:
        by_sector = {
            sector: cuts[driver] for sector, cuts in self.plan.split_in_order.by_sector.items()
        }
        return self._by_sector(driver, by_sector)

    def _by_sector(self, name: str, masses: Any) -> list[Step]:
        return [
            Step(
                label("sector", sector, self.lang), self._t(mass), mass,
                opens=f"{PREFIX}{name}.{sector}",
            )
            for sector, mass in masses.items()
        ]  # fmt: skip

    def _printed(self, sector: str) -> dict[str, tuple[int, int]]:
        """Printed figure and line before and after measures, when both are printed."""
        rows = self.run.pack.rows["published_emissions"].filter(
            (pl.col("sector") == sector)
            & pl.col("scope").is_null()
            & pl.col("stage").is_in(["before_measures", "after_measures"])
        )
        found = {
            str(stage): (mass, line)
            for stage, mass, line in rows.select("stage", "emission_mg", "line").iter_rows()
        }
        return found if len(found) == 2 else {}

    def _measure_lines(self, sector: str) -> str:
        lines = [str(each.line) for each in self.plan.measures if each.sector == sector]
        evidence = self.run.pack.evidence.get("measures")
        return f"{evidence.file}:{', '.join(lines)}" if evidence and lines else ""

    def _cells(self, sector: str) -> Iterator[Cell]:
        game = self.plan.games.get(sector)
        return iter(game.cells if game else ())

    def _carrier(self, cell: Cell) -> str:
        scope = say("runs.scope", self.lang, scope=cell.scope)
        return f"{label('carrier', cell.carrier, self.lang)}, {scope}"

    def _path(self, cell: Cell, year: int) -> str:
        return f"{cell.sector}.{cell.carrier}.scope{cell.scope}.{year}"

    def _t(self, mass_mg: int | None) -> str:
        return tonnes(mass_mg or 0, self.lang)

    def _mwh(self, energy_wh: int) -> str:
        return f"{number(energy_wh / WH_PER_MWH, self.lang)} MWh"

    def _ef(self, value: float) -> str:
        return number(value, self.lang, decimals_of(value))
