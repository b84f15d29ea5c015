"""What zones need in a year, from their elements and a climate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from babel.dates import get_month_names

from vatra.cli.options import Form, Lang
from vatra.cli.options_blocks import (
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
    machine_csv,
    show,
    speak,
)
from vatra.plans.blocks import Needs
from vatra.runs.blocks import BlocksRun, as_rows, hour_rows, run_blocks, summary
from vatra.runs.blocks_picture import load_curve
from vatra.words import Language, number, say

_UNKNOWN = "–"


def simulate(
    zones: Annotated[
        list[Path], typer.Argument(metavar="ZONE.yaml...", help="Files of one zone each.")
    ],
    climate: ClimateName = "iasi",
    engine: EngineOption = EngineName.MODAL,
    warmer_k: WarmerK = 0.0,
    hours: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write every hour to a CSV file.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="Draw the load day by day.")
    ] = None,
    comfort: Annotated[
        bool, typer.Option("--comfort", help="Tell how long it is warmer than 26 and 27 °C.")
    ] = False,
    reference: Reference = False,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """What zones need in a year: heat and cold by month, peaks, and the air without heating.

    Example: [bold]vatra blocks simulate block.yaml --climate iasi --engine modal[/]
    """
    language = speak(lang)
    need_extra(language, reference)
    with findings_refuse(language, form):
        run = run_blocks(
            zones,
            climate,
            engine.value,
            warmer_k=warmer_k,
            hourly=comfort or hours is not None or picture is not None,
            compiled=not reference,
        )
    written = _written(run.needs, hours, picture, language)
    show(blocks_answer(run, language, written), form)


def _written(needs: Needs, hours: Path | None, picture: Path | None, lang: Language) -> str:
    """Write the hours and the picture that were asked for; what was written."""
    # The seasonal engine has no hours to write.
    if needs.hours is None:
        asked = hours or picture
        return say("cli.blocks-no-hours", lang, engine=needs.engine) if asked else ""
    said = []
    if hours is not None:
        hours.parent.mkdir(parents=True, exist_ok=True)
        hours.write_text(machine_csv(hour_rows(needs)), encoding="utf-8")
        said.append(say("cli.blocks-hours-written", lang, file=str(hours)))
    if picture is not None:
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_text(load_curve(needs, lang).svg(), encoding="utf-8")
        said.append(say("cli.blocks-picture-written", lang, file=str(picture)))
    return "\n".join(said)


def blocks_answer(run: BlocksRun, lang: Language, written: str = "") -> Answer:
    """A sentence for each zone, the year, and the months."""
    needs = run.needs
    about = {
        "engine": needs.engine,
        "climate": needs.climate.name,
        "climate_source": needs.climate.source,
        "sky": needs.sky,
        "synthetic": needs.synthetic,
        "degree_days_kd": round(needs.climate.degree_days_kd),
    }
    data = {
        **about,
        "zones": summary(needs),
        "months": as_rows(needs),
        "findings": [each.as_dict(lang) for each in run.findings],
    }
    sheets = [_year_sheet(needs, lang), _months_sheet(needs, lang)]
    sheets += [_warm_sheet(needs, lang)] if needs.hours else []
    last = [say("cli.blocks-synthetic", lang)] if needs.synthetic else []
    if needs.sky == "isotropic":
        last.append(say("cli.blocks-even-sky", lang))
    last += [written] if written else []
    return Answer(
        data,
        [*sheets, *finding_sheets(run.findings, lang)],
        "\n".join(_sentence(needs, place, lang) for place in range(len(needs.names))),
        "\n".join(last),
        rows=as_rows(needs),
    )


def _climate(needs: Needs, lang: Language) -> str:
    return needs.climate.name + (say("cli.synthetic", lang) if needs.climate.synthetic else "")


def _sentence(needs: Needs, place: int, lang: Language) -> str:
    return say(
        "cli.blocks-first",
        lang,
        zone=needs.names[place],
        heating=number(float(needs.heating_kwh_m2[place]), lang, 1),
        climate=_climate(needs, lang),
        engine=needs.engine,
    )


def _kilo(value: int | None, lang: Language, decimals: int = 0) -> str:
    return _UNKNOWN if value is None else number(value / 1e3, lang, decimals)


def _year_sheet(needs: Needs, lang: Language) -> Sheet:
    rows = [
        (
            each["zone"],
            number(each["floor_m2"], lang, 0),
            _kilo(each["heating_wh"], lang),
            number(each["heating_kwh_m2"], lang, 1),
            _kilo(each["cooling_wh"], lang),
            _kilo(each["peak_heating_w"], lang, 1),
            _kilo(each["peak_cooling_w"], lang, 1),
            _free(each, lang),
        )
        for each in summary(needs)
    ]
    columns = ("zone", "floor", "heating", "per-area", "cooling", "peak-heating", "peak-cooling",
               "free")  # fmt: skip
    headings = [say(f"cli.blocks-{name}", lang) for name in columns]
    return Sheet(say("cli.blocks-year-title", lang), headings, rows, tuple(range(1, 8)))


def _warm_sheet(needs: Needs, lang: Language) -> Sheet:
    """How long and how far each zone is too warm, and the air of the rooms beside it."""
    names = ("above_26_h", "above_27_h", "above_26_kh", "above_27_kh")
    rows = [
        (
            each["zone"],
            *(number(each[name], lang, 0) for name in names),
            "; ".join(
                f"{space}: {number(air_c.min(), lang, 1)} … {number(air_c.max(), lang, 1)}"
                for space, air_c in year.spaces_c.items()
            )
            or _UNKNOWN,
        )
        for each, year in zip(summary(needs), needs.hours or (), strict=True)
    ]
    headings = [say("cli.blocks-zone", lang)]
    headings += [say(f"cli.blocks-{name.replace('_', '-')}", lang) for name in names]
    headings.append(say("cli.blocks-spaces", lang))
    return Sheet(say("cli.blocks-warm-title", lang), headings, rows, tuple(range(1, 5)))


def _free(record: dict[str, Any], lang: Language) -> str:
    if record["coldest_c"] is None:
        return _UNKNOWN
    ends = (record["coldest_c"], record["warmest_c"])
    return " … ".join(number(each, lang, 1) for each in ends)


def _months_sheet(needs: Needs, lang: Language) -> Sheet:
    names = get_month_names("abbreviated", locale=lang)
    rows = []
    for place, name in enumerate(needs.names):
        rows.append(_months(name, "heating", needs.heating_wh[place], lang))
        if needs.cooling_wh is not None:
            rows.append(_months(name, "cooling", needs.cooling_wh[place], lang))
    columns = [say("cli.blocks-zone", lang), say("cli.blocks-kind", lang)]
    columns += [names[month] for month in range(1, 13)]
    return Sheet(say("cli.blocks-months-title", lang), columns, rows, tuple(range(2, 14)))


def _months(name: str, kind: str, values_wh: Sequence[int], lang: Language) -> list[str]:
    cells = [_kilo(int(each), lang) for each in values_wh]
    return [name, say(f"cli.blocks-kind-{kind}", lang), *cells]
