"""How sure a scenario is to reach its target, and which number to measure next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.plans.engine import evaluate
from vatra.plans.pathway import PPM, PRINTED_CUT_HALF_STEP_PPM
from vatra.plans.risk import (
    DRAWS,
    SEED,
    Assembly,
    Correlated,
    Loss,
    Quantity,
    chance,
    default_correlations,
    design,
    explained,
    inventory_scales,
    left_share,
    quantities,
    sample,
    tornado,
)
from vatra.runs.risk_tables import (
    fan_table,
    figures_of_cut,
    next_numbers_table,
    ppm,
    tornado_table,
)
from vatra.runs.scenario import Scenario
from vatra.runs.uncertainty import counted_rows
from vatra.tables import Finding, FindingsError
from vatra.units import MG_PER_T

# Carriers whose factor follows a grid that no city steers.
_OF_THE_GRID = ("electricity",)


@dataclass(frozen=True)
class Risk:
    """What many draws of a scenario say; the same draws and seed give the same figures.

    Attributes
    ----------
    year, cut_ppm : of the target that is asked for
    probability_ppm, probability_error_ppm : how often the draws reach it; errors here and below
        are half the 95 % interval of sampling
    cut_mean_ppm, cut_error_ppm, cut_levels_ppm, cut_levels_error_ppm : the cut of the year, its
        mean and percentiles
    planned_cut_ppm : the cut with every number at its stated mean and no default doubt
    fan : ``year``, ``mean_mg``, ``p5_mg`` to ``p95_mg``, each with ``.._error_mg``, and
        ``planned_mg``
    tornado : ``rank``, ``key``, ``kind``, ``of``, ``effects``, ``distribution``, ``is_multiple``,
        ``is_default``, ``source``, ``low``, ``high``, ``low_mg``, ``high_mg`` (the year with the
        number at its P10 or P90 and all others at their mean), ``low_cut_ppm``, ``high_cut_ppm``,
        ``variance_ppm`` (of the cut's variance), ``variance_error_ppm``
    next_numbers : ``rank``, ``key``, ``value_ppm``, ``error_ppm`` (how much more often one is
        right about the target when the number is known; in cents ``value_cents``,
        ``error_cents`` with a stated loss), ``verdict_ppm`` (of the variance of met or not met),
        ``variance_ppm``, both with their ``.._error_ppm``
    whole_value : the same for knowing every number, ``value_ppm`` or ``value_cents``
    correlations : groups that were drawn together
    """

    scenario: Scenario
    year: int
    cut_ppm: int
    probability_ppm: int
    probability_error_ppm: int
    cut_mean_ppm: int
    cut_error_ppm: int
    cut_levels_ppm: dict[str, int]
    cut_levels_error_ppm: dict[str, int]
    planned_cut_ppm: int
    fan: pl.DataFrame
    tornado: pl.DataFrame
    next_numbers: pl.DataFrame
    whole_value: Mapping[str, int]
    correlations: tuple[Correlated, ...]
    quantities: tuple[Quantity, ...]
    draws_count: int
    replicates_count: int
    seed: int
    binding: bool

    @property
    def defaults_count(self) -> int:
        """Numbers whose doubt nobody stated."""
        return sum(each.is_default for each in self.quantities)

    def as_dict(self) -> dict[str, Any]:
        """Plain data: masses in tonnes, shares as parts of one."""
        return {
            "year": self.year,
            "target_cut_share": self.cut_ppm / PPM,
            "probability_share": self.probability_ppm / PPM,
            "probability_error_share": self.probability_error_ppm / PPM,
            "cut_mean_share": self.cut_mean_ppm / PPM,
            "cut_error_share": self.cut_error_ppm / PPM,
            **{f"cut_{name}_share": each / PPM for name, each in self.cut_levels_ppm.items()},
            **{
                f"cut_{name}_error_share": each / PPM
                for name, each in self.cut_levels_error_ppm.items()
            },
            "planned_cut_share": self.planned_cut_ppm / PPM,
            "draws_count": self.draws_count,
            "replicates_count": self.replicates_count,
            "seed": self.seed,
            "quantities_count": len(self.quantities),
            "defaults_count": self.defaults_count,
            "a_cap_bites": self.binding,
            "correlations": [
                {"name": each.name, "rho": each.rho, "is_default": each.is_default,
                 "source": each.source, "keys": list(each.keys)}
                for each in self.correlations
            ],
            "fan": plain(self.fan),
            "tornado": plain(self.tornado),
            "next_numbers": plain(self.next_numbers),
            "everything_known": plain(pl.DataFrame([self.whole_value]))[0],
        }  # fmt: skip


def risk(
    scenario: Scenario,
    draws: int = DRAWS,
    seed: int = SEED,
    *,
    cut_ppm: int | None = None,
    year: int | None = None,
    with_defaults: bool = True,
    inventory_half_share: float | None = None,
    correlations: Sequence[Correlated] | None = None,
    loss: Loss | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Risk:
    """Draw every doubted number of a scenario and tell what becomes of its target.

    Parameters
    ----------
    draws, seed : see ``plans.risk.design``; more draws may be made than asked for, never fewer
    cut_ppm, year : another target than the city's
    with_defaults : whether the defaults of ``plans/risk/defaults.csv`` stand in where a plan or an
        inventory states no doubt; without them such numbers count as certain
    inventory_half_share : half the 95 % interval of all amounts of the inventory, instead of what
        its rows say
    correlations : groups of numbers drawn together; the default ones when not given
    loss : what missing the target and guarding against it cost; then ``next_numbers`` is in euros
    threads, progress : see ``plans.risk.sample``

    Raises ``FindingsError`` for a year outside the pathway or a base year without emissions,
    ``plans.risk.RiskError`` for draws, seeds and correlations that cannot be.
    """
    how = design(draws, seed)
    aim = scenario.aim
    year = aim.target_year if year is None else year
    _refuse(scenario, year)
    cut_ppm = aim.cut_ppm if cut_ppm is None else cut_ppm
    found = doubted(scenario, with_defaults, inventory_half_share)
    groups = default_correlations(found) if with_defaults else ()
    ties = groups if correlations is None else tuple(correlations)
    sampled = sample(scenario.model, found, how, aim.target_year, ties, threads, progress)
    left = left_share(sampled, year)
    allowed_share = 1.0 - (cut_ppm - PRINTED_CUT_HALF_STEP_PPM) / PPM
    shares = explained(sampled.drawn, left)
    met = left <= allowed_share
    told = chance(met, how)
    over_mg = sampled.total_mg[:, sampled.at(year)] - allowed_share * sampled.base_mg
    planned = evaluate(scenario.model).total_mg
    base_mg = float(scenario.model.base.emission_mg[:, 0].sum())
    bars = tornado(Assembly(scenario.model, found, aim.target_year), year, threads)
    table, whole = next_numbers_table(sampled.drawn, met, over_mg, shares, loss)
    return Risk(
        scenario=scenario,
        year=year,
        cut_ppm=cut_ppm,
        probability_ppm=ppm(told.share),
        probability_error_ppm=ppm(told.error),
        **figures_of_cut(left, how),
        planned_cut_ppm=ppm(1.0 - planned[scenario.model.base.at(year)] / base_mg),
        fan=fan_table(sampled, planned),
        tornado=tornado_table(found, bars, shares),
        next_numbers=table,
        whole_value=whole,
        correlations=ties,
        quantities=found,
        draws_count=how.draws_count,
        replicates_count=how.replicates_count,
        seed=seed,
        binding=sampled.binding,
    )


def _refuse(scenario: Scenario, year: int) -> None:
    years = scenario.years
    if year not in years[1:]:
        params = {"year": str(year), "first": str(years[1]), "last": str(years[-1])}
        raise FindingsError([Finding("runs.risk-year", "error", params=params)])
    if not scenario.model.base.emission_mg[:, 0].sum() > 0:
        params = {"year": str(years[0])}
        raise FindingsError([Finding("runs.risk-base", "error", params=params)])


def doubted(
    scenario: Scenario, with_defaults: bool = True, inventory_half_share: float | None = None
) -> tuple[Quantity, ...]:
    """All doubted numbers of a scenario: of its actions, of its inventory, of its future.

    Parameters as of ``risk``.
    """
    rows, terms = counted_rows(scenario.inventory)
    base = scenario.model.base
    scales = inventory_scales(base, rows, terms, _OF_THE_GRID, inventory_half_share)
    kept = [each for each in scales if with_defaults or not each.is_default]
    return quantities(scenario.model, kept, with_defaults, _sure_of_delivery(scenario))


def _sure_of_delivery(scenario: Scenario) -> set[str]:
    """Codes of actions whose rows say how sure they are to come, be it for certain."""
    rows = scenario.pack.rows["actions"]
    said = pl.col("delivery_percent").is_not_null() | pl.col("delay").is_not_null()
    return set(rows.filter(said)["code"].to_list())


def plain(table: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data: ``_mg`` as ``_t``, ``_ppm`` as ``_share``, ``_cents`` as ``_eur``."""
    return [{_plain_name(name): _plain_value(name, each) for name, each in row.items()}
            for row in table.iter_rows(named=True)]  # fmt: skip


_PLAIN = {"_mg": ("_t", MG_PER_T), "_ppm": ("_share", PPM), "_cents": ("_eur", 100)}


def _plain_name(name: str) -> str:
    for suffix, (other, _) in _PLAIN.items():
        if name.endswith(suffix):
            return name.removesuffix(suffix) + other
    return name


def _plain_value(name: str, value: Any) -> Any:
    for suffix, (_, unit) in _PLAIN.items():
        if name.endswith(suffix):
            return value / unit
    return value
