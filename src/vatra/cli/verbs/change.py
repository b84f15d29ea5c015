"""What moved emissions between two years: people, energy, carriers, factors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from vatra.cli.figures import city_name, in_tonnes, signed_tonnes
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
from vatra.cli.output import Answer, Format, Sheet, fail, findings_refuse, show, speak
from vatra.plans.change import ENERGY, FACTOR, MIX, OTHER, POPULATION, Change
from vatra.plans.change import change as decompose
from vatra.runs.contract import Run, run_pack
from vatra.tables import label
from vatra.units import MG_PER_T
from vatra.words import Language, percent, say, tonnes

DRIVERS = (POPULATION, ENERGY, MIX, FACTOR, OTHER)


def change(
    pack: PackPath,
    from_year: Annotated[
        int | None, typer.Option("--from", help="Year to begin with; the base year unless given.")
    ] = None,
    to_year: Annotated[
        int | None, typer.Option("--to", help="Year to end with; the target year unless given.")
    ] = None,
    population: Annotated[
        str | None,
        typer.Option(metavar="FROM,TO", help="People in the two years, such as 286598,290000."),
    ] = None,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """What moved emissions between two years, by sector and driver, adding up exactly.

    Example: [bold]vatra change examples/cluj --from 2021 --to 2030[/]
    """
    language = speak(lang)
    people = _people(population, language)
    with findings_refuse(language, form):
        run = run_pack(
            changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb),
            with_plan=False,
        )
    city, known = run.pack.city, run.inventory.years
    years = (from_year or city.base_year, to_year or city.target_year)
    for year in years:
        if year not in known:
            names = [str(each) for each in known]
            fail(say("cli.change-year", language, year=str(year), years=names))
    counted = run.inventory.counted()
    found = decompose(counted.filter(year=years[0]), counted.filter(year=years[1]), people)
    show(change_answer(run, found, years, people, language), form)


def _people(text: str | None, lang: Language) -> tuple[int, int] | None:
    if text is None:
        return None
    parts = [each.strip() for each in text.split(",")]
    if len(parts) != 2 or not all(each.isascii() and each.isdigit() for each in parts):
        raise _population_wrong(text, lang)
    base, target = (int(each) for each in parts)
    if not base or not target:
        raise _population_wrong(text, lang)
    return base, target


def _population_wrong(text: str, lang: Language) -> typer.BadParameter:
    message = say("cli.change-population-wrong", lang, value=text)
    return typer.BadParameter(message, param_hint="--population")


def change_answer(
    run: Run,
    found: Sequence[Change],
    years: tuple[int, int],
    people: tuple[int, int] | None,
    lang: Language,
) -> Answer:
    """Effects of every driver on every sector and on all of them."""
    drivers = [each for each in DRIVERS if people is not None or each != POPULATION]
    total = _together(found, drivers)
    data_rows = [_data_row(each, drivers) for each in (*found, total)]
    data = {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "from_year": years[0],
        "to_year": years[1],
        "population": list(people) if people else None,
        "method": "LMDI-I",
        "formula": say("cli.change-formula", lang),
        "source": say("cli.change-source", lang),
        "rows": data_rows,
    }
    columns = [
        say("cli.change-sector", lang),
        str(years[0]),
        *(say(f"cli.change-{each}", lang) for each in drivers),
        str(years[1]),
        say("cli.change-moved", lang),
    ]
    rows = [_row(each, drivers, lang) for each in (*found, total)]
    title = say("cli.change-title", lang, before=str(years[0]), after=str(years[1]))
    sheet = Sheet(title, columns, rows, tuple(range(1, len(columns))))
    last = [say("cli.change-formula", lang), say("cli.change-source", lang)]
    if people is None:
        last.append(say("cli.change-no-people", lang))
    return Answer(data, [sheet], _first(run, total, years, lang), "\n".join(last), rows=data_rows)


def _together(found: Sequence[Change], drivers: Sequence[str]) -> Change:
    return Change(
        "total",
        sum(each.base_mg for each in found),
        sum(each.target_mg for each in found),
        {name: sum(each.effects_mg[name] for each in found) for name in drivers},
    )


def _first(run: Run, total: Change, years: tuple[int, int], lang: Language) -> str:
    """How far the total moved, and the driver that moved it most."""
    moved_mg = total.target_mg - total.base_mg
    about = {
        "city": city_name(run, lang),
        "before": str(years[0]),
        "after": str(years[1]),
        "moved": signed_tonnes(moved_mg, lang) + "\u00a0t",
    }
    if not any(total.effects_mg.values()):
        return say("cli.change-first-none", lang, **about)
    largest = max(total.effects_mg, key=lambda name: (abs(total.effects_mg[name]), name))
    share = "" if not total.base_mg else f" ({_share(moved_mg / abs(total.base_mg), lang)})"
    return say(
        "cli.change-first",
        lang,
        **about,
        share=share,
        driver=say(f"cli.change-{largest}", lang),
        effect=signed_tonnes(total.effects_mg[largest], lang) + "\u00a0t",
        base=tonnes(total.base_mg, lang),
        target=tonnes(total.target_mg, lang),
    )


def _share(share: float, lang: Language) -> str:
    return ("+" if share > 0 else "") + percent(share, lang, 1)


def _row(each: Change, drivers: Sequence[str], lang: Language) -> tuple[str, ...]:
    total = each.sector == "total"
    return (
        say("cli.total", lang) if total else label("sector", each.sector, lang),
        in_tonnes(each.base_mg, lang),
        *(signed_tonnes(each.effects_mg[name], lang) for name in drivers),
        in_tonnes(each.target_mg, lang),
        signed_tonnes(each.target_mg - each.base_mg, lang),
    )


def _data_row(each: Change, drivers: Sequence[str]) -> dict[str, Any]:
    effects = {f"{name}_mg": each.effects_mg[name] for name in drivers}
    return {
        "sector": each.sector,
        "from_t": each.base_mg / MG_PER_T,
        "to_t": each.target_mg / MG_PER_T,
        **{f"{name}_t": each.effects_mg[name] / MG_PER_T for name in drivers},
        "from_mg": each.base_mg,
        "to_mg": each.target_mg,
        **effects,
    }
