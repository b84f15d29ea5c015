"""The plantings of a scenario: rows of ``sinks.csv``, and what the plan's actions plant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from vatra.plans.catalogue import curve
from vatra.plans.engine import Action, Choice, Floats, Model, central
from vatra.plans.sinks import Sink, land_findings, read_land, read_sinks
from vatra.runs.scenario import Scenario
from vatra.tables import Finding
from vatra.units import MG_PER_T


def planted(scenario: Scenario, choices: Mapping[str, Choice]) -> tuple[list[Sink], list[Finding]]:
    """Plantings of ``sinks.csv`` under the choices, and what is wrong with them."""
    pack = scenario.pack
    file = pack.evidence["sinks"].file if "sinks" in pack.evidence else "sinks.csv"
    found, findings = read_sinks(pack.rows["sinks"], pack.parameters(), curve, file)
    findings += land_findings(found, read_land(pack.rows["land_use"]), file)
    findings += _unknown_actions(found, scenario.model, file)
    return [_chosen(each, scenario.model, choices) for each in found], findings


def _unknown_actions(sinks: Sequence[Sink], model: Model, file: str) -> list[Finding]:
    return [
        Finding("plans.sinks.action-unknown", "error", file, (each.line,), "action",
                {"action": each.action, "actions": list(model.codes)})
        for each in sinks
        if each.action and each.action not in model.codes
    ]  # fmt: skip


def _chosen(sink: Sink, model: Model, choices: Mapping[str, Choice]) -> Sink:
    """A planting of an action that starts in another year, or is done in part."""
    choice = choices.get(sink.action)
    if choice is None:
        return sink
    planned = model.actions[model.codes[sink.action]].choice
    part = choice.level / planned.level if planned.level else 0.0
    moved = sink.moved(choice.start_year - planned.start_year)
    return replace(moved, size=sink.size * part, area_ha=sink.area_ha * part)


def of_actions(model: Model, without: Sequence[str]) -> list[Sink]:
    """What the plan's actions plant in each year, along the growth of their effects."""
    adoption = central(model).adoption
    found: list[Sink] = []
    for action, curve_of in zip(model.actions, adoption, strict=True):
        if action.code not in without:
            found += _vintages(action, curve_of, model.base.years)
    return found


def undescribed(model: Model, replaced: Sequence[str]) -> list[Finding]:
    """A note for actions with a sink of which nothing says how it lives and how long it is kept."""
    found = [
        each
        for each in model.actions
        if each.level and each.code not in replaced
        and any(effect.operator == "sink" for effect in each.effects)
    ]  # fmt: skip
    if not found:
        return []
    params = {"codes": [each.code for each in found]}
    lines = tuple(each.line for each in found)
    return [Finding("runs.sink-undescribed", "note", found[0].file, lines, "code", params)]


def _vintages(action: Action, adoption: Floats, years: Sequence[int]) -> list[Sink]:
    planted = np.diff(adoption, prepend=0.0)
    return [
        Sink(
            code=action.code,
            year=year,
            name_en=action.name_en,
            name_ro=action.name_ro,
            kind="",
            action=action.code,
            size=float(part) * effect.strength.mean,
            growth_t=tuple(each / MG_PER_T for each in effect.curve),
            source=action.source,
            line=action.line,
        )
        for effect in action.effects
        if effect.operator == "sink"
        for year, part in zip(years, planted, strict=True)
        if part
    ]
