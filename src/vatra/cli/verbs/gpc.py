"""The inventory as the Global Protocol asks for it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

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
from vatra.cli.output import (
    Answer,
    Format,
    Sheet,
    fail,
    finding_sheets,
    findings_refuse,
    show,
    speak,
)
from vatra.plans.gpc import GpcLine, GpcTable
from vatra.runs.contract import Run, run_pack
from vatra.tables import label
from vatra.tables.gpc import TOTALS
from vatra.tables.vocabulary import GASES
from vatra.units import MG_PER_T
from vatra.words import Language, number, percent, say


def gpc(
    pack: PackPath,
    year: Annotated[
        int | None, typer.Option(help="Year of the table; the base year unless given.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Categories without a figure or a key too.")
    ] = False,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The GPC table: categories by gas, BASIC and BASIC+, notation keys, what is missing.

    Example: [bold]vatra gpc examples/cluj --year 2021[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb),
            with_plan=False,
        )
    wanted = year or run.pack.city.base_year
    if wanted not in run.inventory.gpc:
        known = [str(each) for each in run.inventory.years]
        fail(say("cli.gpc-year", language, year=str(wanted), years=known))
    show(gpc_answer(run, wanted, language, every), form)


def gpc_answer(run: Run, year: int, lang: Language, every: bool = False) -> Answer:
    """Lines with a figure or a key (or all), and the three totals."""
    table = run.inventory.gpc[year]
    shown = [each for each in table.lines if every or each.co2e_mg is not None or each.notations]
    gases = [gas for gas in GASES if any(gas in each.by_gas_mg for each in shown)]
    rows = [_row(each, gases, lang) for each in shown]
    rows += [_total_row(table, total, gases, lang) for total in TOTALS]
    columns = [
        say("cli.gpc-category", lang),
        say("cli.gpc-name", lang),
        *(label("gas", gas, lang) for gas in gases),
        "CO₂e",
        say("cli.gpc-key", lang),
        say("cli.gpc-quality", lang),
    ]
    complete = table.completeness()
    data_rows = [_data(each) for each in table.lines]
    data = {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "year": year,
        "totals_t_co2e": {name: mg / MG_PER_T for name, mg in table.totals_mg().items()},
        "outside_t_co2e": table.outside_mg / MG_PER_T,
        "completeness": {
            "score": complete.score,
            "computed": complete.computed,
            "keyed": complete.keyed,
            "not_estimated": complete.not_estimated,
            "blank": complete.blank,
        },
        "rows": data_rows,
        "findings": [each.as_dict(lang) for each in run.findings],
    }
    first = say(
        "cli.gpc-first",
        lang,
        city=city_name(run, lang),
        year=str(year),
        basic=in_tonnes(table.total_mg("BASIC"), lang),
        plus=in_tonnes(table.total_mg("BASIC+"), lang),
        score=percent(complete.score, lang),
    )
    sheet = Sheet(say("cli.gpc-title", lang), columns, rows, tuple(range(2, 3 + len(gases))))
    return Answer(data, [sheet, *finding_sheets(run.findings, lang)], first, rows=data_rows)


def _row(line: GpcLine, gases: list[str], lang: Language) -> tuple[str, ...]:
    masses = [
        _mass(line.by_gas_mg[gas], lang) if gas in line.by_gas_mg else _sign(line, gas)
        for gas in gases
    ]
    whole = "" if line.co2e_mg is None else _mass(line.co2e_mg, lang)
    name = label("sub_sector", line.category.sub_sector, lang)
    said = f"{name}, {say('runs.scope', lang, scope=str(line.category.scope))}"
    key = line.notation
    qualities = "/".join(each or "–" for each in (line.quality_activity, line.quality_factor))
    return (
        line.category.code,
        said,
        *masses,
        whole,
        f"{key.key}{f' → {key.where}' if key.where else ''}" if key else "",
        qualities if line.co2e_mg is not None else "",
    )


def _mass(mass_mg: int, lang: Language) -> str:
    """Whole tonnes, but what is small with the digits that show it is not nothing."""
    amount_t = abs(mass_mg) / MG_PER_T
    if amount_t >= 10 or not mass_mg:
        return in_tonnes(mass_mg, lang)
    return number(mass_mg / MG_PER_T, lang, 1 if amount_t >= 1 else 3)


def _sign(line: GpcLine, gas: str) -> str:
    state = line.state(gas)
    return state if state in ("NO", "NE", "IE", "C") else ""


def _total_row(table: GpcTable, total: str, gases: list[str], lang: Language) -> tuple[str, ...]:
    by_gas = table.by_gas_co2e_mg(total)
    masses = [in_tonnes(by_gas[gas], lang) if gas in by_gas else "" for gas in gases]
    words = say(f"cli.gpc-{total.lower().replace('+', '-plus')}", lang)
    return (total, words, *masses, in_tonnes(table.total_mg(total), lang), "", "")


def _data(line: GpcLine) -> dict[str, Any]:
    key = line.notation
    return {
        "category": line.category.code,
        "sub_sector": line.category.sub_sector,
        "scope": line.category.scope,
        "level": line.category.level,
        **{
            f"{gas.lower()}_t": line.by_gas_mg[gas] / MG_PER_T if gas in line.by_gas_mg else None
            for gas in GASES
        },
        "t_co2e": None if line.co2e_mg is None else line.co2e_mg / MG_PER_T,
        "co2_biogenic_t": line.biogenic_mg / MG_PER_T,
        "notation_key": key.key if key else None,
        "included_in": key.where if key else None,
        "explanation": key.explanation if key else None,
        "quality_activity": line.quality_activity,
        "quality_factor": line.quality_factor,
        "methods": list(line.methods),
    }
