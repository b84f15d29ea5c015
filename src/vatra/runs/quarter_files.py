"""Everything of a quarter's plan as files: tables, pictures, reports, the blueprint."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vatra.runs.blueprint import blueprint
from vatra.runs.blueprint_apply import Applied
from vatra.runs.blueprint_file import as_zip
from vatra.runs.blueprint_remeasure import Remeasure
from vatra.runs.quarter import QuarterRun
from vatra.runs.quarter_charts import quarter_charts
from vatra.runs.quarter_report import report_docx, report_pdf
from vatra.runs.quarter_rows import as_data, block_rows, year_rows
from vatra.tables.export import write_csv
from vatra.words import LANGUAGES, Language

BLUEPRINT = "blueprint.zip"


def plan_files(run: QuarterRun, lang: Language, applied: Applied | None = None) -> dict[str, bytes]:
    """Every file by name; pictures in one language, reports in both."""
    sealed = blueprint(run)
    files = {
        "plan.json": (json.dumps(plan_data(run, applied), ensure_ascii=False, indent=1) + "\n"),
        "blocks.csv": csv_of(block_rows(run)),
        "years.csv": csv_of(year_rows(run)),
        **{f"{each.name}.svg": each.svg() for each in quarter_charts(run, lang)},
    }
    if applied is not None:
        files["measure.csv"] = csv_of(measure_rows(applied.measure, lang))
    found = {name: text.encode() for name, text in files.items()}
    for each in LANGUAGES:
        found[f"report-{each}.pdf"] = report_pdf(run, sealed, each, applied)
        found[f"report-{each}.docx"] = report_docx(run, sealed, each, applied)
    return found | {BLUEPRINT: as_zip(sealed)}


def write_plan(
    run: QuarterRun, folder: Path, lang: Language, applied: Applied | None = None
) -> list[Path]:
    """Write every file into a folder, made where it is missing; what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in plan_files(run, lang, applied).items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return written


def plan_data(run: QuarterRun, applied: Applied | None = None) -> dict[str, Any]:
    """The plan for machines, with what was applied."""
    data = as_data(run)
    if applied is None:
        return data
    own = applied.own
    return data | {
        "applied": {
            "blueprint": applied.document["seal"]["value"],
            "from": applied.document["about"],
            "matches": [
                {
                    "building": code,
                    "level": each.level,
                    "taken_for": vars(each.taken_for) if each.taken_for else None,
                }
                for code, each in zip(run.menu.blocks, applied.found, strict=True)
            ],
            "smaller": list(applied.smaller),
            "own_cost_cents": own.cost_cents if own else None,
            "own_after_co2_g": round(own.after("co2_kg") * 1e3) if own else None,
            "own_short": applied.short.texts("en") if applied.short else [],
            "measure": measure_rows(applied.measure, "en"),
        }
    }


def measure_rows(listed: Iterable[Remeasure], lang: Language) -> list[dict[str, Any]]:
    """What to measure again as plain rows."""
    return [
        {
            "what": each.what,
            "blocks_count": len(each.blocks),
            "reason": each.reason(lang),
            "how": each.how(lang),
            "blocks": list(each.blocks),
        }
        for each in listed
    ]


def csv_of(rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> str:
    """Rows as CSV: keys as headings, lists joined by ``;``."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    return write_csv([[_flat(row.get(key)) for key in keys] for row in rows], keys)


def _flat(value: Any) -> Any:
    return ";".join(str(each) for each in value) if isinstance(value, list | tuple) else value
