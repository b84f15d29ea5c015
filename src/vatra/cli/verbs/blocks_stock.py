"""What the buildings of a folder need, by type for people and one by one for machines."""

from __future__ import annotations

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import (
    BuildingsFolder,
    ClimateName,
    EngineName,
    EngineOption,
    Reference,
    WarmerK,
    need_extra,
)
from vatra.cli.output import (
    Answer,
    Format,
    Sheet,
    finding_sheets,
    findings_refuse,
    show,
    speak,
)
from vatra.runs.stock_need import StockRun, building_needs, run_stock, type_needs
from vatra.tables import label
from vatra.words import Language, number, say

_COLUMNS = ("type", "buildings", "flats", "heated", "heating", "per-area")


def stock(
    folder: BuildingsFolder,
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.MODAL,
    warmer_k: WarmerK = 0.0,
    reference: Reference = False,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """What the buildings of a folder need, by type.

    Example: [bold]vatra blocks stock examples/quarters/manastur-like --climate cluj[/]
    """
    language = speak(lang)
    need_extra(language, reference)
    with findings_refuse(language, form):
        run = run_stock(folder, climate, engine.value, warmer_k=warmer_k, compiled=not reference)
    show(stock_answer(run, language), form)


def stock_answer(run: StockRun, lang: Language) -> Answer:
    """The sum, a row for each type, and in CSV a row for each building."""
    needs, types = run.needs, type_needs(run)
    whole = types[-1]
    data = {
        "engine": needs.engine,
        "climate": needs.climate.name,
        "climate_source": needs.climate.source,
        "sky": needs.sky,
        "synthetic": needs.synthetic,
        "types": types,
        "buildings": building_needs(run),
        "findings": [each.as_dict(lang) for each in run.stock.findings],
    }
    first = say(
        "cli.stock-first",
        lang,
        buildings=number(whole["buildings_count"], lang),
        flats=number(whole["flats_count"], lang),
        heating=number(whole["heating_kwh_m2"], lang, 1),
        gwh=number(whole["heating_wh"] / 1e9, lang, 1),
        climate=needs.climate.name,
        engine=needs.engine,
    )
    return Answer(
        data,
        [_types_sheet(run, lang), *finding_sheets(run.stock.findings, lang)],
        first,
        "\n".join(_last(run, lang)),
        rows=building_needs(run),
    )


def _types_sheet(run: StockRun, lang: Language) -> Sheet:
    rows = [
        (
            label("archetype", each["archetype"], lang)
            if each["archetype"]
            else say("cli.stock-all", lang),
            number(each["buildings_count"], lang),
            number(each["flats_count"], lang),
            number(each["heated_m2"], lang, 0),
            number(each["heating_wh"] / 1e6, lang, 0),
            number(each["heating_kwh_m2"], lang, 1),
        )
        for each in type_needs(run)
    ]
    headings = [say(f"cli.stock-{name}", lang) for name in _COLUMNS]
    return Sheet(say("cli.stock-title", lang), headings, rows, tuple(range(1, 6)))


def _last(run: StockRun, lang: Language) -> list[str]:
    said = []
    if run.stock.synthetic:
        said.append(say("cli.stock-synthetic", lang))
    if run.needs.climate.synthetic:
        said.append(say("cli.stock-climate", lang))
    assumed = sorted({name for each in run.stock.buildings for name in each.assumed})
    if assumed:
        said.append(say("cli.stock-assumed", lang, columns=assumed))
    if run.needs.sky == "isotropic":
        said.append(say("cli.blocks-even-sky", lang))
    return said
