"""Tables of the plan: pathway, emission gap A-2.3, who does the work, the target year's basis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.pathway import pathway_table
from vatra.contract.charts.table import (
    Column,
    RenderedTable,
    Value,
    gas_unit,
    in_sector_order,
    percent_value,
    text_column,
    tonnes_value,
)
from vatra.contract.render.tables.cells import number_column
from vatra.contract.render.tables.inventory_v2 import activity
from vatra.plans import DRIVERS
from vatra.tables import label
from vatra.words import Language, say, tonnes

PLACE = 20
_GAP_STEPS = ("baseline", "residual", "reduction", "existing", "gap", "claimed")


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Nothing without a plan."""
    if not document.get("plan"):
        return []
    return [
        pathway_table(document, lang),
        _gap(document, lang),
        split_table(document, "in_order", lang),
        split_table(document, "symmetric", lang),
        activity(document, document["plan"]["target_year"], "target-activity", lang),
    ]


def _gap_masses(plan: Mapping[str, Any], sector: str) -> tuple[int, ...]:
    """Baseline, residual, reduction target, existing strategies, gap, claimed by measures [mg]."""
    base, residual = plan["base_mg"].get(sector, 0), plan["after_mg"].get(sector, 0)
    cuts = plan["split"]["in_order"]["by_sector"].get(sector, {})
    existing = cuts.get("grid", 0) + cuts.get("background", 0)
    gap = base - residual - existing
    claimed = plan["before_mg"].get(sector, 0) - residual - plan["unattributed_mg"].get(sector, 0)
    return base, residual, base - residual, existing, gap, claimed


def _gap(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    plan, unit = document["plan"], gas_unit(document)
    columns: list[Column] = [text_column("sector", "contract.render.sector", lang)]
    for step in _GAP_STEPS:
        title = say(f"contract.render.gap-{step}", lang)
        columns.append(number_column(step, title, unit))
        if step != "baseline":
            columns.append(number_column(f"{step}_share", title, "%", 1))
    masses = {sector: _gap_masses(plan, sector) for sector in in_sector_order(plan["base_mg"])}
    whole = tuple(sum(step) for step in zip(*masses.values(), strict=True))
    named = [(label("sector", sector, lang), values) for sector, values in masses.items()]
    rows = tuple(
        _gap_row(name, values)
        for name, values in [*named, (say("contract.render.total", lang), whole)]
    )
    return RenderedTable(
        "a-2.3",
        say(
            "contract.render.a-2.3",
            lang,
            base=str(plan["base_year"]),
            target=str(plan["target_year"]),
        ),
        tuple(columns),
        rows,
        note=_gap_note(plan, lang),
        totals=frozenset({len(rows) - 1}),
    )


def _gap_note(plan: Mapping[str, Any], lang: Language) -> str:
    """How the columns follow from each other, and which part of the gap no measure claims."""
    open_parts = [
        f"{label('sector', sector, lang)} {tonnes(plan['unattributed_mg'][sector], lang)}"
        for sector in in_sector_order(plan["unattributed_mg"])
        if plan["unattributed_mg"][sector]
    ]
    note = say("contract.render.a-2.3-note", lang)
    if not open_parts:
        return note
    parts = "; ".join(open_parts)
    return f"{note} {say('contract.render.a-2.3-open', lang, parts=parts)}"


def _gap_row(name: str, masses: tuple[int, ...]) -> tuple[Value, ...]:
    row: list[Value] = [name, tonnes_value(masses[0])]
    for mass in masses[1:]:
        row += [tonnes_value(mass), percent_value(mass, masses[0])]
    return tuple(row)


def split_table(document: Mapping[str, Any], kind: str, lang: Language) -> RenderedTable:
    """The cut by sector and driver, ``in_order`` or ``symmetric``."""
    plan, unit = document["plan"], gas_unit(document)
    split = plan["split"][kind]
    drivers = split["order"] or list(DRIVERS)
    rows: list[tuple[Value, ...]] = []
    for sector in in_sector_order(split["by_sector"]):
        cuts = split["by_sector"][sector]
        rows.append(
            (
                label("sector", sector, lang),
                *(tonnes_value(cuts[driver]) for driver in drivers),
                tonnes_value(sum(cuts.values())),
            )
        )
    total = split["total"]
    rows.append(
        (
            say("contract.render.total", lang),
            *(tonnes_value(total[driver]) for driver in drivers),
            tonnes_value(sum(total.values())),
        )
    )
    name = kind.replace("_", "-")
    return RenderedTable(
        f"split-{name}",
        say(f"contract.render.split-{name}", lang),
        (
            text_column("sector", "contract.render.sector", lang),
            *(number_column(d, say(f"contract.render.driver-{d}", lang), unit) for d in drivers),
            number_column("total", say("contract.render.total", lang), unit),
        ),
        tuple(rows),
        note=say(f"contract.render.split-{name}-note", lang),
        totals=frozenset({len(rows) - 1}),
    )
