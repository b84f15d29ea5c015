"""Emissions by sector and scope."""

from __future__ import annotations

from typing import Any

from vatra.cli.figures import city_name, in_tonnes
from vatra.cli.options import (
    FactorSets,
    Form,
    Gases,
    GwpSet,
    Lang,
    MaxMb,
    Overrides,
    PackPath,
    changed_pack,
)
from vatra.cli.output import Answer, Format, Sheet, finding_sheets, findings_refuse, show, speak
from vatra.runs.contract import Run, run_pack
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.units import MG_PER_T
from vatra.words import Language, say, tonnes


def inventory(
    pack: PackPath,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """Emissions by sector and scope, in t CO2e.

    Example: [bold]vatra inventory examples/cluj --factor electricity.2021=0.27746[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb),
            with_plan=False,
        )
    show(inventory_answer(run, language), form)


def inventory_answer(run: Run, lang: Language) -> Answer:
    """Sectors by scopes for every year of the pack."""
    totals = run.contract["totals"]
    rows: list[tuple[str, ...]] = []
    data_rows: list[dict[str, Any]] = []
    for year in sorted(totals["all"]):
        scopes = sorted(
            {name for each in totals["by_sector_scope"][year].values() for name in each}
        )
        for sector in (each for each in SECTORS if each in totals["by_sector"][year]):
            by_scope = totals["by_sector_scope"][year][sector]
            total = totals["by_sector"][year][sector]
            rows.append(_row(year, label("sector", sector, lang), by_scope, total, lang))
            data_rows.append(_data_row(year, sector, by_scope, total))
        by_scope = {name: totals["by_scope"][year].get(name, 0) for name in scopes}
        total = totals["all"][year]
        rows.append(_row(year, say("cli.total", lang), by_scope, total, lang))
        data_rows.append(_data_row(year, "total", by_scope, total))
    columns = [
        say(f"cli.inventory-{each}", lang)
        for each in ("year", "sector", "1", "2", "3", "none", "all")
    ]
    base = str(run.pack.city.base_year)
    data = {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "gwp_set": run.pack.city.gwp_set,
        "gases": list(run.pack.city.gases),
        "factor_book": run.contract["versions"]["factor_book"],
        "rows": data_rows,
        "biogenic_t": {year: mg / MG_PER_T for year, mg in totals["biogenic"].items()},
        "findings": [each.as_dict(lang) for each in run.findings],
    }
    first = say(
        "cli.inventory-first",
        lang,
        city=city_name(run, lang),
        year=base,
        total=tonnes(totals["all"].get(base, 0), lang),
    )
    last = ""
    if totals["biogenic"].get(base):
        last = say("cli.biogenic", lang, total=tonnes(totals["biogenic"][base], lang), year=base)
    sheet = Sheet(say("cli.inventory-title", lang), columns, rows, (2, 3, 4, 5, 6))
    sheets = [sheet, *finding_sheets(run.findings, lang)]
    return Answer(data, sheets, first, last, rows=data_rows)


def _row(
    year: str, name: str, by_scope: dict[str, int], total: int, lang: Language
) -> tuple[str, ...]:
    scopes = [
        in_tonnes(by_scope[scope], lang) if scope in by_scope else ""
        for scope in ("1", "2", "3", "none")
    ]
    return (year, name, *scopes, in_tonnes(total, lang))


def _data_row(year: str, sector: str, by_scope: dict[str, int], total: int) -> dict[str, Any]:
    scopes = {f"scope_{name}_t": mg / MG_PER_T for name, mg in sorted(by_scope.items())}
    return {"year": int(year), "sector": sector, **scopes, "total_t": total / MG_PER_T}
