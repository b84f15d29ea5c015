"""What the heat network of a quarter loses, and what works and departures do to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import ClimateName, EngineName, EngineOption, WarmerK, need_extra
from vatra.cli.output import (
    EXIT_USAGE,
    Answer,
    Format,
    Sheet,
    fail,
    finding_sheets,
    findings_refuse,
    machine_csv,
    show,
    speak,
)
from vatra.runs.network import Asked, NetworkRun, run_network
from vatra.runs.network_picture import duration_curve, loss_map
from vatra.runs.network_rows import LEVELS_C, pipe_rows, state_rows, station_rows
from vatra.words import Language, number, say

_UNKNOWN = "–"
_COLUMNS = ("state", "served", "plant", "lost", "supply", "return", "flow", "pumps", "price",
            "short")  # fmt: skip


def network(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="Buildings, heat_pipes.csv, heat_substations.csv."),
    ],
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.RC5,
    warmer_k: WarmerK = 0.0,
    renovated: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE|all", help="Blocks after works. May be repeated."),
    ] = None,
    package: Annotated[
        str, typer.Option(metavar="NAME", help="The works: windows, moderate, deep, ...")
    ] = "moderate",
    disconnect: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE[=PERCENT]", help="Blocks, or part of their flats, that leave. Repeat."
        ),
    ] = None,
    lowest: Annotated[
        bool, typer.Option("--lowest", help="How cool the supply may be in each hour.")
    ] = False,
    heat_price: Annotated[
        float | None, typer.Option(min=0, metavar="EUR/MWH", help="Of heat at the source.")
    ] = None,
    fixed_cost: Annotated[
        float | None,
        typer.Option(min=0, metavar="EUR", help="Of a year, however much heat flows."),
    ] = None,
    pictures: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Draw losses on the plan and the duration of heat."),
    ] = None,
    pipes: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write every pipe as it is.")
    ] = None,
    substations: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write every substation as it is.")
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """Losses, return, pumps and price of a quarter's heat network: as it is, and changed.

    Example: [bold]vatra blocks network examples/quarters/manastur-like --climate cluj[/]
    """
    language = speak(lang)
    need_extra(language)
    asked = Asked(
        renovated=tuple(renovated or ()),
        package=package,
        left=_left(disconnect or [], language),
        lowest=lowest,
        heat_eur_mwh=heat_price,
        fixed_eur=fixed_cost,
    )
    with findings_refuse(language, form):
        run = run_network(folder, climate, engine.value, warmer_k=warmer_k, asked=asked)
    written = _written(run, pictures, pipes, substations, language)
    show(network_answer(run, language, written), form)


def _left(texts: list[str], lang: Language) -> dict[str, float]:
    """``code`` or ``code=40``: what part of each building leaves."""
    found = {}
    for text in texts:
        code, _, percent = text.partition("=")
        try:
            share = float(percent.rstrip(" %")) / 100 if percent else 1.0
        except ValueError:
            share = -1.0
        if not code or not 0 < share <= 1:
            fail(say("cli.network-left-wrong", lang, value=text), EXIT_USAGE)
        found[code] = share
    return found


def _written(
    run: NetworkRun,
    pictures: Path | None,
    pipes: Path | None,
    substations: Path | None,
    lang: Language,
) -> list[str]:
    """Write what was asked for; a sentence for each file."""
    files: dict[Path, str] = {}
    if pictures is not None:
        for chart in (loss_map(run, lang), duration_curve(run, lang)):
            files[pictures / f"{chart.name}.svg"] = chart.svg()
    if pipes is not None:
        files[pipes] = machine_csv(pipe_rows(run.states[0].year))
    if substations is not None:
        files[substations] = machine_csv(station_rows(run.states[0].year))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [say("cli.network-written", lang, file=str(path)) for path in files]


def network_answer(run: NetworkRun, lang: Language, written: list[str] | None = None) -> Answer:
    """A sentence, a row for each state, the coolest supply where asked for."""
    rows = state_rows(run)
    data: dict[str, Any] = {
        "engine": run.engine,
        "climate": run.climate.name,
        "climate_source": run.climate.source,
        "synthetic": run.synthetic,
        "package": run.asked.package if run.asked.renovated else None,
        "heat_eur_mwh": run.tariff.heat_eur_mwh,
        "electricity_eur_mwh": run.tariff.electricity_eur_mwh,
        "fixed_eur": round(run.tariff.fixed_eur),
        "states": rows,
        "pipes": pipe_rows(run.states[0].year),
        "substations": station_rows(run.states[0].year),
        "findings": [each.as_dict(lang) for each in run.findings],
    }
    sheets = [_states_sheet(rows, lang), _price_sheet(rows, lang)]
    sheets += [_lowest_sheet(rows, lang)] if run.asked.lowest else []
    return Answer(
        data,
        [*sheets, *finding_sheets(run.findings, lang)],
        _first(run, rows[0], lang),
        "\n".join([*_last(run, lang), *(written or [])]),
        rows=rows,
    )


def _first(run: NetworkRun, row: dict[str, Any], lang: Language) -> str:
    return say(
        "cli.network-first",
        lang,
        buildings=number(row["buildings_count"], lang),
        km=number(row["trench_m"] / 1e3, lang, 1),
        climate=run.climate.name + (say("cli.synthetic", lang) if run.climate.synthetic else ""),
        plant=number(row["plant_wh"] / 1e9, lang, 1),
        lost=row["loss_share"],
        back=_number(row["mean_return_c"], lang, 0),
    )


def _last(run: NetworkRun, lang: Language) -> list[str]:
    said = [say("cli.network-hours", lang)]
    if run.asked.fixed_eur is None:
        fixed = number(run.tariff.fixed_eur / 1e6, lang, 2)
        said.append(say("cli.network-fixed", lang, fixed=fixed))
    if run.synthetic:
        said.append(say("cli.network-synthetic", lang))
    return said


def _number(value: float | None, lang: Language, decimals: int = 0) -> str:
    return _UNKNOWN if value is None else number(value, lang, decimals)


def _states_sheet(rows: list[dict[str, Any]], lang: Language) -> Sheet:
    cells = [
        (
            say(f"cli.network-{each['state']}", lang),
            number(each["served_wh"] / 1e6, lang, 0),
            number(each["plant_wh"] / 1e6, lang, 0),
            number(each["loss_share"] * 100, lang, 1),
            _number(each["mean_supply_c"], lang, 1),
            _number(each["mean_return_c"], lang, 1),
            number(each["peak_flow_kg_s"], lang, 0),
            number(each["pump_wh"] / 1e6, lang, 0),
            _number(each["eur_mwh"], lang, 1),
            number(each["short_wh"] / 1e6, lang, 1),
        )
        for each in rows
    ]
    headings = [say(f"cli.network-{name}", lang) for name in _COLUMNS]
    return Sheet(say("cli.network-title", lang), headings, cells, tuple(range(1, 10)))


def _price_sheet(rows: list[dict[str, Any]], lang: Language) -> Sheet:
    names = ("heat_eur_mwh", "losses_eur_mwh", "pumps_eur_mwh", "fixed_eur_mwh", "eur_mwh")
    cells = [
        (
            say(f"cli.network-{each['state']}", lang),
            *(_number(each[name], lang, 1) for name in names),
        )
        for each in rows
    ]
    headings = [say(f"cli.network-{name}", lang) for name in ("state", *names)]
    return Sheet(say("cli.network-price-title", lang), headings, cells, tuple(range(1, 6)))


def _lowest_sheet(rows: list[dict[str, Any]], lang: Language) -> Sheet:
    cells = [
        (
            say(f"cli.network-{each['state']}", lang),
            _number(each["lowest_mean_c"], lang, 1),
            _number(each["lowest_highest_c"], lang, 1),
            number(each["lowest_loss_share"] * 100, lang, 1),
            *(number(each[f"lowest_below_{level}_c_hours"], lang) for level in LEVELS_C),
        )
        for each in rows
    ]
    headings = [
        say("cli.network-state", lang),
        say("cli.network-lowest-mean", lang),
        say("cli.network-lowest-highest", lang),
        say("cli.network-lost", lang),
        *(say("cli.network-below", lang, level=level) for level in LEVELS_C),
    ]
    return Sheet(say("cli.network-lowest-title", lang), headings, cells, tuple(range(1, 8)))
