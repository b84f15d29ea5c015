"""The answer of ``vatra optimise``: the sentence and the sheets."""

from __future__ import annotations

from pathlib import Path

from vatra.cli.figures import in_tonnes
from vatra.cli.output import Answer, Sheet, finding_sheets
from vatra.plans.portfolio import Binding
from vatra.runs.optimise import Optimised
from vatra.runs.optimise_data import as_dict, line_rows
from vatra.words import Language, euros, number, percent, say, tonnes

_SECTIONS = ("capex", "capex_total", "staff", "target", "cumulative", "bill", "pace", "equity")


def amount(name: str, value: float | None, lang: Language) -> str:
    """Tonnes or euros of an objective; a dash while it is not known."""
    if value is None:
        return "–"
    if name in ("emissions", "cumulative"):
        return tonnes(round(value), lang)
    return euros(round(value), lang)


def optimise_answer(found: Optimised, lang: Language, save: Path | None = None) -> Answer:
    """The sentence, the choices, what is reached and how near the bound is, what bites."""
    sheets = [
        _choices_sheet(found, lang),
        _objectives_sheet(found, lang),
        *(each for each in (_binding_sheet(found, lang),) if each.rows),
        *finding_sheets(found.findings, lang),
    ]
    last = [say(f"cli.optimise-status-{found.optimum.status}", lang)]
    if found.optimum.bound_is_of_floor:
        last.append(say("cli.optimise-floor", lang))
    if save is not None:
        last.append(say("cli.optimise-saved", lang, file=save.name))
    data = as_dict(found)
    return Answer(data, sheets, _first(found, lang), " ".join(last), rows=line_rows(found))


def _first(found: Optimised, lang: Language) -> str:
    city, scene = found.scenario.pack.city, found.scenario
    left = found.emission_mg or 0
    base = scene.base_mg or 1
    said = say(
        "cli.optimise-first",
        lang,
        city=city.name + (say("cli.synthetic", lang) if city.synthetic else ""),
        left=tonnes(left, lang),
        year=str(scene.aim.target_year),
        cut=percent(1 - left / base, lang, 2),
        planned=tonnes(found.planned_mg, lang),
        planned_cut=percent(1 - found.planned_mg / base, lang, 2),
        cost=euros(found.capex_cents, lang),
        planned_cost=euros(found.planned_capex_cents, lang),
        count=len(found.lines),
        offered=len(scene.model.actions),
    )
    target = percent(scene.aim.cut_ppm / 1_000_000, lang, 2)
    if found.reached_year is None:
        return f"{said} {say('cli.optimise-not-reached', lang, target=target)}"
    reached = say("cli.optimise-reached", lang, target=target, year=str(found.reached_year))
    return f"{said} {reached}"


def _choices_sheet(found: Optimised, lang: Language) -> Sheet:
    rows = [
        (
            line.action.code,
            line.action.name(lang),
            str(line.choice.start_year),
            percent(line.choice.level, lang),
            _planned(line.planned.level, line.planned.start_year, lang),
            euros(line.capex_cents, lang),
            in_tonnes(line.cut_mg, lang),
        )
        for line in found.lines
    ]
    names = ("code", "name", "start", "level", "planned", "cost", "cut")
    columns = [say(f"cli.optimise-column-{name}", lang) for name in names]
    year = str(found.scenario.aim.target_year)
    return Sheet(say("cli.optimise-title", lang, year=year), columns, rows, (2, 3, 5, 6))


def _planned(level: float, year: int, lang: Language) -> str:
    return f"{year}, {percent(level, lang)}" if level > 0 else "–"


def _objectives_sheet(found: Optimised, lang: Language) -> Sheet:
    rows = [
        (
            say(f"cli.objective-{each.name}", lang),
            amount(each.name, each.value, lang),
            amount(each.name, each.bound, lang),
            _gap(each.name, each.gap_share, lang),
        )
        for each in found.optimum.objectives
    ]
    columns = [say(f"cli.optimise-column-{name}", lang) for name in ("objective", "value", "bound",
                                                                     "gap")]  # fmt: skip
    return Sheet(say("cli.optimise-objectives-title", lang), columns, rows, (1, 2, 3))


def _gap(name: str, gap: float | None, lang: Language) -> str:
    if gap is None:
        return "–"
    key = "cli.optimise-gap-points" if name == "emissions" else "cli.optimise-gap-share"
    return say(key, lang, gap=number(gap * 100, lang, 2))


def _binding_sheet(found: Optimised, lang: Language) -> Sheet:
    rows = [
        (
            say(f"cli.limit-{each.family}", lang),
            ", ".join(str(part) for part in each.key if part not in ("", each.family)),
            _used(each, lang),
            _of_limit(each.family, each.most, lang),
        )
        for each in found.optimum.binding
        if each.family in _SECTIONS
    ]
    columns = [say(f"cli.optimise-column-{name}", lang) for name in ("limit", "where", "used",
                                                                     "most")]  # fmt: skip
    return Sheet(say("cli.optimise-binding-title", lang), columns, rows, (2, 3))


def _used(each: Binding, lang: Language) -> str:
    own = _of_limit(each.family, each.value, lang)
    if each.from_funds <= 0:
        return own
    return say("cli.optimise-with-funds", lang, own=own, funds=euros(round(each.from_funds), lang))


def _of_limit(family: str, value: float, lang: Language) -> str:
    if family in ("target", "cumulative"):
        return tonnes(round(value), lang)
    if family in ("capex", "capex_total", "bill"):
        return euros(round(value), lang)
    return number(value, lang, 1)
