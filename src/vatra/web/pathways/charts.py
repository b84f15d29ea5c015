"""The pictures of a plan by name, for pages and for files."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from vatra.contract.charts import Chart
from vatra.contract.charts.cost_curve import CostCurve, CostStep, Kind, cost_curve_chart
from vatra.contract.charts.fan import Course, fan
from vatra.contract.charts.wedges import Stack, Wedge, wedge_chart
from vatra.web.pathways.figures import PlanFigures
from vatra.web.pathways.trial import Trial
from vatra.words import Language, say

Build = Callable[[PlanFigures, Language], Chart | None]


def path_chart(figures: PlanFigures, lang: Language) -> Chart:
    """The path with its band, the target and today."""
    path, risk = figures.path, figures.risk
    drawn = {name: tuple(risk.fan[name].to_list()) for name in ("mean_mg", "p10_mg", "p90_mg")}
    return fan(
        Course(
            name="path",
            city=figures.name,
            unit=f"t {figures.unit}",
            first_year=path.years[0],
            target_year=path.target_year,
            without_mg=path.without_mg,
            planned_mg=drawn["mean_mg"],
            target_mg=path.target_mg,
            cut_ppm=figures.scenario.aim.cut_ppm,
            low_mg=drawn["p10_mg"],
            high_mg=drawn["p90_mg"],
            chance_ppm=risk.probability_ppm,
            today=timezone.localdate().year,
            synthetic=figures.synthetic,
        ),
        lang,
    )


def trial_chart(figures: PlanFigures, trial: Trial, lang: Language) -> Chart:
    """The path of a trial beside that of the plan."""
    path = trial.path
    return fan(
        Course(
            name="trial",
            city=figures.name,
            unit=f"t {figures.unit}",
            first_year=path.years[0],
            target_year=path.target_year,
            without_mg=path.without_mg,
            planned_mg=path.total_mg,
            target_mg=path.target_mg,
            cut_ppm=figures.scenario.aim.cut_ppm,
            today=timezone.localdate().year,
            as_planned_mg=figures.path.total_mg,
            synthetic=figures.synthetic,
        ),
        lang,
    )


def wedges_chart(figures: PlanFigures, lang: Language) -> Chart:
    """From the base year's level down to what is left, wedge by wedge."""
    found = figures.attribution.wedges
    return wedge_chart(
        Stack(
            name="wedges",
            city=figures.name,
            unit=f"t {figures.unit}",
            first_year=found.years[0],
            target_year=figures.path.target_year,
            level_mg=found.level_mg,
            baseline=[
                Wedge(name, say(f"web.pathways.cause-{name}", lang), values)
                for name, values in found.baseline_mg.items()
            ],
            actions=[
                Wedge(each.code, each.name(lang), found.actions_mg[each.code], each.sector)
                for each in figures.scenario.model.actions
            ],
            total_mg=found.total_mg,
            synthetic=figures.synthetic,
        ),
        lang,
    )


def cost_chart(kind: Kind) -> Build:
    """The builder of a cost curve."""

    def build(figures: PlanFigures, lang: Language) -> Chart:
        return cost_curve_chart(cost_curve(figures, kind, lang), lang)

    return build


def cost_curve(figures: PlanFigures, kind: Kind, lang: Language) -> CostCurve:
    """The actions of the plan in their order on a curve."""
    found = figures.attribution
    actions = {each.code: each for each in figures.scenario.model.actions}
    steps = found.static if kind == "static" else found.sequential
    return CostCurve(
        name=f"cost-{kind}",
        kind=kind,
        city=figures.name,
        unit=f"t {figures.unit}",
        year=found.year,
        steps=[
            CostStep(
                each.code,
                actions[each.code].name(lang),
                actions[each.code].sector,
                each.ground,
                each.cut_mg,
                each.annual_cents,
                each.npv_cents,
                each.eur_per_t,
                each.sum_cut_mg,
                each.sum_cents,
            )
            for each in steps
        ],
        synthetic=figures.synthetic,
    )


_CHARTS: dict[str, Build] = {
    "cost-sequential": cost_chart("sequential"),
    "cost-static": cost_chart("static"),
    "path": path_chart,
    "wedges": wedges_chart,
}


def names() -> list[str]:
    """Names of all pictures."""
    return sorted(_CHARTS)


def build(name: str, figures: PlanFigures, lang: Language) -> Chart | None:
    """A picture by name; None where there is none of that name or nothing to draw."""
    return _CHARTS[name](figures, lang) if name in _CHARTS else None
