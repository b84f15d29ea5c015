"""What people should know of a hand-over: trends, measures of the whole city, what shares mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vatra.runs.handover_cells import Ground
from vatra.runs.handover_parts import Part
from vatra.runs.handover_proof import Proof
from vatra.runs.scenario import Scenario
from vatra.tables import Finding

_SHOWN = 10
_MOVED = 1e-6


def told(
    before: Scenario, after: Scenario, parts: Sequence[Part], on: Ground, proof: Proof
) -> list[Finding]:
    """What people should know: trends, measures of the whole city, shares of what is left."""
    year = str(before.years[-1])
    found = []
    for use, carrier in sorted({(part.of_use, name) for part in parts for name in part.before}):
        end = float(on.path(use, carrier)[-1])
        if abs(end - 1.0) > _MOVED:
            params = {"use": f"@tables.use-{use}", "carrier": f"@tables.carrier-{carrier}",
                      "percent": f"{end * 100:.4g}", "year": year}  # fmt: skip
            found.append(Finding("runs.handover-trend", "note", "energy.csv", params=params))
    found += _wide(after, parts, proof, year)
    for use in sorted({part.of_use for part in parts}):
        found += _reach(before, use, parts, on)
    return found


def _wide(after: Scenario, parts: Sequence[Part], proof: Proof, year: str) -> list[Finding]:
    mine = {part.code for part in parts}
    base = after.model.base
    uses = {part.use for part in parts}
    cells = [cell for cell in base.cells if cell.use in uses]
    wide = [
        each.code
        for each in after.model.actions
        if each.code not in mine
        and each.level > 0
        and any(
            cell.is_of(effect.use) and effect.carrier in ("", cell.carrier)
            for effect in each.effects
            for cell in cells
            if effect.operator != "sink"
        )
    ]
    if not wide:
        return []
    params = {
        "codes": wide[:_SHOWN],
        "beside": f"{proof.with_all_mg[-1] / 1e9:,.0f}",
        "alone": f"{proof.engine_mg[-1] / 1e9:,.0f}",
        "year": year,
    }
    return [Finding("runs.handover-wide", "note", "actions.csv", params=params)]


def _reach(before: Scenario, use: str, parts: Sequence[Part], on: Ground) -> list[Finding]:
    codes = [
        each.code
        for each in before.model.actions
        if each.level > 0 and any(effect.use == use for effect in each.effects)
    ]
    carriers = sorted({name for part in parts if part.of_use == use for name in part.before})
    whole = sum(on.wh(use, name) for name in carriers)
    mine = sum(sum(part.before.values()) for part in parts if part.of_use == use)
    if not codes or not np.isfinite(mine / whole):
        return []
    params = {"use": f"@tables.use-{use}", "codes": codes[:_SHOWN],
              "rest": f"{(1 - mine / whole) * 100:.4g}"}  # fmt: skip
    return [Finding("runs.handover-reach", "note", "actions.csv", params=params)]
