"""Monitoring: reports and measured years move what is expected of the target year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import polars as pl

from vatra.plans.distributions import fixed
from vatra.plans.engine import Action, Floats, Model, evaluate
from vatra.plans.monitoring import (
    METHODS,
    Forecast,
    Method,
    Progress,
    Slip,
    Why,
    forecast_adoption,
    progress_findings,
    read_progress,
    slips,
)
from vatra.plans.monitoring import why as why_of
from vatra.plans.pathway import PPM, PRINTED_CUT_HALF_STEP_PPM
from vatra.plans.risk import SEED, chance, left_share
from vatra.runs.measured import as_planned, calibrated
from vatra.runs.netzero import sampled_of
from vatra.runs.pack import Pack
from vatra.runs.scenario import Scenario
from vatra.tables import Finding, FindingsError, has_errors, order

DRAWS = 2048
THRESHOLD_PPM = 500_000
_DECIMALS = 12


@dataclass(frozen=True)
class Chance:
    """Probability of the target, and half its 95 % interval of sampling [millionths]."""

    probability_ppm: int
    error_ppm: int


@dataclass(frozen=True)
class Expected:
    """What is expected by one method, net of sinks, in whole milligrams of CO2e.

    Attributes
    ----------
    scenario : ready for risk, money or attribution: the actions with their forecast adoption, the
        base brought to what was measured
    forecasts : by action, in the order of the model
    net_mg : by year; ``reported_mg`` the target year by the reports alone, without measured years
    gap_mg : what the last measured year differs by all the same
    chance : of the target, None where no draws were asked for
    """

    method: Method
    scenario: Scenario
    forecasts: tuple[Forecast, ...]
    net_mg: Mapping[int, int]
    reported_mg: int
    gap_mg: int
    chance: Chance | None


@dataclass(frozen=True)
class Monitoring:
    """A plan beside what came of it so far, in whole milligrams of CO2e.

    ``planned`` the scenario as planned, ``planned_mg`` its net emissions by year; ``expected`` by
    method; ``slips`` what a further delay of each action costs, from ``plan_pace``; ``measured_mg``
    inventories by measured year.
    """

    planned: Scenario
    progress: Progress
    planned_mg: Mapping[int, int]
    planned_chance: Chance | None
    expected: Mapping[Method, Expected]
    slips: tuple[Slip, ...]
    measured_mg: Mapping[int, int]
    threshold_ppm: int
    findings: tuple[Finding, ...]

    @property
    def target_year(self) -> int:
        """The year of the target."""
        return self.planned.aim.target_year

    @property
    def last_year(self) -> int | None:
        """The last year of which anything is known."""
        return self.progress.last_year

    def target_mg(self, method: Method) -> int:
        """Net emissions expected of the target year."""
        return self.expected[method].net_mg[self.target_year]

    def cut_ppm(self, mass_mg: int) -> int:
        """The cut that a mass in the target year is, of the base year's [millionths]."""
        base = self.planned.base_mg
        return round(Fraction((base - mass_mg) * PPM, base)) if base else 0

    @property
    def alerts(self) -> tuple[Method, ...]:
        """Methods by which the probability of the target is below the threshold."""
        return tuple(
            method
            for method, each in self.expected.items()
            if each.chance is not None and each.chance.probability_ppm < self.threshold_ppm
        )


def monitor(
    built: Scenario,
    *,
    draws: int | None = DRAWS,
    seed: int = SEED,
    threshold_ppm: int = THRESHOLD_PPM,
) -> Monitoring:
    """What the reports of a pack make of its plan.

    Parameters
    ----------
    built : the scenario of the pack as it is, measured years included
    draws, seed : for the probability of the target; None for no draws
    threshold_ppm : probability below which an alert is raised [millionths]

    Raises ``FindingsError`` with every fault of ``progress.csv`` at once.
    """
    progress = read_progress(built.pack.rows["progress"])
    findings = _findings(built, progress)
    if has_errors(findings):
        raise FindingsError(order(findings))
    measured = sorted(progress.measured)
    planned = as_planned(built, measured)
    expected = {each: _expected(each, built, planned, progress, draws, seed) for each in METHODS}
    paced = expected["plan_pace"]
    first = None if progress.last_year is None else progress.last_year + 1
    # Of a plan without actions too: no rows, but a column for each year.
    curves = np.array([each.adoption for each in paced.forecasts])
    curves = curves.reshape(len(paced.forecasts), len(built.years))
    late = slips(paced.scenario.model, planned.aim.target_year, curves, first_year=first)
    return Monitoring(
        planned,
        progress,
        net_by_year(planned.model),
        chance_of(planned, draws, seed),
        expected,
        tuple(late),
        {year: _inventory_mg(built, year) for year in measured},
        threshold_ppm,
        tuple(order([*built.findings, *findings])),
    )


def why(before: Scenario, after: Scenario, year: int | None = None) -> Why:
    """Why the target-year figure (or that of another year) differs between two scenarios.

    ``before`` and ``after`` may be two packs, or a plan and what is expected of it. Raises
    ``FindingsError`` where their base years differ or one does not reach the year.
    """
    wanted = after.aim.target_year if year is None else year
    first, second = before.years[0], after.years[0]
    if first != second:
        params = {"before": str(first), "after": str(second)}
        raise FindingsError([Finding("runs.why-base-year", "error", params=params)])
    last = min(before.years[-1], after.years[-1])
    if not first <= wanted <= last:
        params = {"year": str(wanted), "first": str(first), "last": str(last)}
        raise FindingsError([Finding("runs.why-year", "error", params=params)])
    return why_of(before.model, after.model, wanted)


def chance_of(built: Scenario, draws: int | None, seed: int = SEED) -> Chance | None:
    """Probability of the target as ``runs.risk`` tells it, without its tables; None undrawn."""
    if draws is None:
        return None
    sampled = sampled_of(built, draws, seed)
    allowed = 1.0 - (built.aim.cut_ppm - PRINTED_CUT_HALF_STEP_PPM) / PPM
    told = chance(left_share(sampled, built.aim.target_year) <= allowed, sampled.how)
    return Chance(round(told.share * PPM), round(told.error * PPM))


def net_by_year(model: Model) -> dict[int, int]:
    """Net emissions of each year, cells and sinks in whole milligrams."""
    outcome = evaluate(model)
    cells = np.rint(outcome.emission_mg).astype(np.int64).sum(axis=0)
    taken = np.rint(outcome.sink_mg).astype(np.int64).sum(axis=0)
    return {year: int(each) for year, each in zip(model.base.years, cells + taken, strict=True)}


def _inventory_mg(built: Scenario, year: int) -> int:
    counted = built.inventory.counted()
    return int(counted.filter(counted["year"] == year)["co2e_mg"].sum())


def _findings(built: Scenario, progress: Progress) -> list[Finding]:
    evidence = built.pack.evidence.get("progress")
    file = evidence.file if evidence else "progress.csv"
    found = progress_findings(progress, list(built.model.codes), built.inventory.years, file)
    base, target = built.aim.base_year, built.aim.target_year
    for year, line in sorted(progress.measured.items()):
        if not base < year < target:
            params = {"year": str(year), "base": str(base), "target": str(target)}
            found.append(Finding("runs.measured-outside", "error", file, (line,), "year", params))
    return found


# What is expected


def _expected(
    method: Method,
    built: Scenario,
    planned: Scenario,
    progress: Progress,
    draws: int | None,
    seed: int,
) -> Expected:
    adoption, forecasts = forecast_adoption(planned.model, progress, method)
    actions = tuple(
        _as_forecast(action, each, planned.years)
        for action, each in zip(planned.model.actions, forecasts, strict=True)
    )
    reported = Model(planned.model.base, actions)
    base, gap_mg = planned.model.base, 0
    measured = sorted(progress.measured)
    if measured:
        found = calibrated(planned.model, built.model.base, adoption, measured)
        base, gap_mg = found.base, found.gap_mg
    expected = replace(planned, pack=_sure(planned, forecasts), model=Model(base, actions))
    return Expected(
        method,
        expected,
        tuple(forecasts),
        net_by_year(expected.model),
        net_by_year(reported)[planned.aim.target_year],
        gap_mg,
        chance_of(expected, draws, seed),
    )


def _as_forecast(action: Action, found: Forecast, years: tuple[int, ...]) -> Action:
    """The action with its forecast as a schedule; what has begun is sure to be there.

    An action without a report stays as planned. One that has begun has no risk of delivery or delay
    left: the two methods say how it may go on.
    """
    if found.last_year is None:
        return action
    shares = _shares(found.adoption, action.level)
    schedule = dict(zip(years, shares, strict=True))
    adoption = replace(action.adoption, shape="schedule", schedule=schedule)
    scheduled = replace(action, adoption=adoption)
    if not _begun(found):
        return scheduled
    return replace(scheduled, delivery_probability=1.0, delay_years=fixed(0.0))


def _shares(adoption: Floats, level: float) -> list[float]:
    """Shares of the level, rounded where machines may differ in their last bits."""
    if not level:
        return [0.0] * len(adoption)
    return [round(each, _DECIMALS) for each in (adoption / level).tolist()]


def _begun(found: Forecast) -> bool:
    return found.last_year is not None and bool((found.adoption > 0).any())


def _sure(planned: Scenario, forecasts: list[Forecast]) -> Pack:
    """The pack whose rows say that what has begun is sure to be delivered."""
    begun = [each.code for each in forecasts if _begun(each)]
    rows = planned.pack.rows["actions"]
    is_begun = pl.col("code").is_in(begun)
    sure = rows.with_columns(
        pl.when(is_begun)
        .then(100.0)
        .otherwise(pl.col("delivery_percent"))
        .alias("delivery_percent"),
        pl.when(is_begun).then(pl.lit("0")).otherwise(pl.col("delay")).alias("delay"),
    )
    return replace(planned.pack, rows={**planned.pack.rows, "actions": sure})
