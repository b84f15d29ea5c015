"""The answer of ``vatra blocks retrofit``: the sentence, the packages, one of them in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.cli.output import Answer, Sheet, finding_sheets
from vatra.cli.verbs.blocks_retrofit_sure import sure_sheet
from vatra.plans.retrofit import RetrofitError
from vatra.plans.retrofit.named import named, options_of, place_of
from vatra.runs.retrofit import Renovation
from vatra.runs.retrofit_comfort import comfort_of
from vatra.runs.retrofit_doubt import Promises
from vatra.runs.retrofit_facts import assumed_years
from vatra.runs.retrofit_rows import (
    Row,
    as_rows,
    before_of,
    decisions,
    flat_rows,
    names,
    package_row,
    picks,
    step_rows,
)
from vatra.words import Language, euros, number, say

_COLUMNS = ("package", "cost", "range", "class", "primary", "heating", "co2", "bill", "owners")
Warmth = Mapping[str, Mapping[str, float]]
_FLAT = ("flat", "count", "least", "most", "saved")


def retrofit_answer(
    found: Renovation,
    package: str,
    lang: Language,
    files: list[str] | None = None,
    sure: Promises | None = None,
) -> Answer:
    """``package`` a name, or options joined by ``+``, that is told in full; ``sure`` how sure the
    promises are.

    Raises ``RetrofitError`` for a package that is not among those weighed.
    """
    place = place_of(found.packages, options_of(package))
    if place is None:
        raise RetrofitError("package-absent", package=package)
    chosen, judged = picks(found), decisions(found, place)
    warm = comfort_of(found, place)
    front = as_rows(found, [i for i in range(found.packages.count)
                            if found.appraisal.is_on_front[i]])  # fmt: skip
    data = {
        **_about(found),
        "before": before_of(found),
        "packages_count": found.packages.count,
        "picks": {name: package_row(found, at) for name, at in chosen.items()},
        "front": front,
        "today_p10_p90": None if sure is None else sure.today,
        "promises_p10_p90": [] if sure is None else sure.rows,
        "package": package_row(found, place),
        "comfort": warm,
        "flats": flat_rows(found, place),
        "programmes": [
            {"programme": each.programme.id, "verdict": each.verdict, "fits": each.fits,
             "lines": each.lines(lang)}
            for each in judged
        ],
        "steps": step_rows(lang),
        "files": files or [],
        "findings": [each.as_dict(lang) for each in found.stock.findings],
    }  # fmt: skip
    sheets = [
        _packages_sheet(found, chosen, lang),
        *([] if sure is None else [sure_sheet(sure, lang)]),
        _one_sheet(found, place, warm, lang),
        *_flat_sheets(found, place, lang),
        _programmes_sheet([each.lines(lang) for each in judged], lang),
        _steps_sheet(lang),
        *finding_sheets(found.stock.findings, lang),
    ]
    return Answer(data, sheets, _first(found, place, lang), _last(found, files or [], lang),
                  rows=front)  # fmt: skip


def _about(found: Renovation) -> dict[str, Any]:
    return {
        "building": found.building.code,
        "archetype": found.building.archetype,
        "synthetic": found.building.synthetic or found.climate.synthetic,
        "climate": found.climate.name,
        "engine": found.engine,
        "date": found.asked.on_date.isoformat(),
        "asked_programmes": list(found.programme_ids),
        "assumed": [*found.building.assumed, *assumed_years(found.building, found.asked)],
        "systems": [each.system for each in found.spent.systems],
    }


def _first(found: Renovation, place: int, lang: Language) -> str:
    before, row = before_of(found), package_row(found, place)
    return say(
        "cli.retrofit-first",
        lang,
        building=found.building.name or found.building.code,
        klass=before["energy_class"],
        primary=number(before["primary_kwh_m2"], lang),
        heating=number(before["heating_kwh_m2"], lang),
        after_class=row["energy_class"],
        after_heating=number(row["heating_kwh_m2"], lang),
        cost=euros(row["cost_cents"], lang),
        owners=euros(row["owners_most_cents"], lang),
        saved=euros(row["bill_saved_cents"], lang),
        packages=number(found.packages.count, lang),
    )


def _packages_sheet(found: Renovation, chosen: dict[str, int], lang: Language) -> Sheet:
    before = before_of(found)
    first = [
        say("cli.retrofit-today", lang), "", "", before["energy_class"],
        number(before["primary_kwh_m2"], lang), number(before["heating_kwh_m2"], lang),
        number(before["co2_kg_m2"], lang, 1), euros(before["bill_cents"], lang), "",
    ]  # fmt: skip
    rows = [first]
    for name, place in chosen.items():
        if name != "kept":
            rows.append(_row(_named(name, lang), package_row(found, place), lang))
    headings = [say(f"cli.retrofit-{each}", lang) for each in _COLUMNS]
    return Sheet(say("cli.retrofit-title", lang), headings, rows, (1, 2, 4, 5, 6, 7, 8))


def _named(name: str, lang: Language) -> str:
    return named()[name].said.text(lang) if name in named() else say(f"cli.retrofit-{name}", lang)


def _row(name: str, row: Row, lang: Language) -> list[str]:
    ends = (euros(row["cost_p10_cents"], lang), euros(row["cost_p90_cents"], lang))
    return [
        name,
        euros(row["cost_cents"], lang),
        " – ".join(ends),
        row["energy_class"],
        number(row["primary_kwh_m2"], lang),
        number(row["heating_kwh_m2"], lang),
        number(row["co2_kg_m2"], lang, 1),
        euros(row["bill_cents"], lang),
        euros(row["owners_most_cents"], lang),
    ]


def _paid_by(payer: str, lang: Language) -> str:
    return say("cli.retrofit-payer", lang, payer=say(f"plans.quarter.payer-{payer}", lang))


def _one_sheet(found: Renovation, place: int, warm: Warmth, lang: Language) -> Sheet:
    row = package_row(found, place)
    payers = [
        (_paid_by(name.removesuffix("_cents"), lang), euros(value, lang))
        for name, value in row.items()
        if name.removesuffix("_cents") in found.appraisal.funding.by_payer_cents
    ]
    rows = [
        *((say("cli.retrofit-works", lang), each) for each in names(found, place, lang)),
        (say("cli.retrofit-cost", lang), euros(row["cost_cents"], lang)),
        (say("cli.retrofit-vat", lang), euros(row["vat_cents"], lang)),
        *payers,
        (say("cli.retrofit-owners", lang), euros(row["owners_most_cents"], lang)),
        (say("cli.retrofit-bill-saved", lang), euros(row["bill_saved_cents"], lang)),
        (say("cli.retrofit-own-power", lang), number(row["own_power_kwh"], lang)),
        (say("cli.retrofit-fed-power", lang), number(row["fed_power_kwh"], lang)),
        (say("cli.retrofit-warm-before", lang), number(warm["before"]["above_26_h"], lang)),
        (say("cli.retrofit-warm-after", lang), number(warm["after"]["above_26_h"], lang)),
    ]
    return Sheet(say("cli.retrofit-one", lang), ["", ""], rows)


def _flat_sheets(found: Renovation, place: int, lang: Language) -> list[Sheet]:
    rows = [
        (
            number(each["flat_m2"], lang, 1),
            number(each["flats_count"], lang),
            euros(each["owners_least_cents"], lang),
            euros(each["owners_most_cents"], lang),
            euros(each["bill_saved_cents"], lang),
        )
        for each in flat_rows(found, place)
    ]
    headings = [say(f"cli.retrofit-flat-{each}", lang) for each in _FLAT]
    title = say("cli.retrofit-flat-title", lang)
    return [Sheet(title, headings, rows, tuple(range(5)))] if rows else []


def _programmes_sheet(lines: list[list[str]], lang: Language) -> Sheet:
    rows = [("\n  ".join(each),) for each in lines]
    return Sheet(say("cli.retrofit-programmes", lang), [""], rows)


def _steps_sheet(lang: Language) -> Sheet:
    rows = [
        (str(each["step"]), each["who"], each["what"], "; ".join(each["papers"]))
        for each in step_rows(lang)
    ]
    headings = [
        say(f"cli.retrofit-step-{each}", lang) for each in ("number", "who", "what", "papers")
    ]
    return Sheet(say("cli.retrofit-steps", lang), headings, rows)


def _last(found: Renovation, files: list[str], lang: Language) -> str:
    said = []
    if found.building.synthetic:
        said.append(say("cli.stock-synthetic", lang))
    if found.climate.synthetic:
        said.append(say("cli.stock-climate", lang))
    assumed = [*found.building.assumed, *assumed_years(found.building, found.asked)]
    if assumed:
        said.append(say("cli.retrofit-assumed", lang, columns=assumed))
    said.append(say("cli.retrofit-second-hand", lang))
    if files:
        said.append(say("cli.retrofit-written", lang, files=files))
    return "\n".join(said)
