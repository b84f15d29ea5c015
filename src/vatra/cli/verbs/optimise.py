"""The best plan under a budget or for a target: what, from when, how far, at what cost."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from vatra.cli.figures import in_tonnes
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
    finding_sheets,
    findings_refuse,
    refuse,
    show,
    speak,
)
from vatra.plans.portfolio import GAP_SHARE, OBJECTIVES, TIME_LIMIT_S, Progress
from vatra.runs.choices import write_choices
from vatra.runs.optimise import Asked, Optimised, optimise_scenario
from vatra.runs.optimise_data import as_dict, line_rows, refusals
from vatra.runs.scenario import scenario
from vatra.units import CENTS_PER_EUR
from vatra.words import Language, euros, number, percent, say, tonnes

_SIZES = {"": 1, "k": 10**3, "m": 10**6, "mil": 10**6, "bn": 10**9, "mld": 10**9}
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)", re.ASCII)
_POINTS = 10_000  # millionths in a percentage point
# A line of progress where there is no screen to redraw.
_LINE_EVERY_S = 10.0
_SECTIONS = ("capex", "capex_total", "staff", "target", "cumulative", "bill", "pace", "equity")


def optimise(
    pack: PackPath,
    target: Annotated[
        float | None,
        typer.Option(metavar="PERCENT", min=0.0, max=200.0, help="Cut that the plan has to reach."),
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option(metavar="EUR", help="Capital of all years, such as 6.09bn or 350m."),
    ] = None,
    budget_year: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[PAYER.][YEAR=]EUR",
            help="Capital of a year: 250m for each, 2027=80m or city.2027=30m. May be repeated.",
        ),
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(metavar="NAME,NAME,...", help=f"In their order, of {', '.join(OBJECTIVES)}."),
    ] = None,
    first_year: Annotated[
        int | None, typer.Option("--from", metavar="YEAR", help="Nothing starts before.")
    ] = None,
    levels: Annotated[
        str, typer.Option(metavar="PERCENT,...", help="How much of a measure may be done.")
    ] = "25,50,75,100",
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", min=1.0, help="Then the best so far."),
    ] = TIME_LIMIT_S,
    gap: Annotated[
        float,
        typer.Option(metavar="PERCENT", min=0.0, max=100.0, help="Near enough to stop."),
    ] = GAP_SHARE * 100,
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Write the choices, for vatra plan --choices."),
    ] = None,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The best plan under a budget: which measures, when, how far; and how sure that is the best.

    Example: [bold]vatra optimise examples/cluj --budget 6.09bn --save best.csv[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        built = scenario(changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb))
        asked = Asked(
            objectives=tuple(each.strip() for each in (objective or "").split(",") if each.strip()),
            target_cut_ppm=None if target is None else round(target * _POINTS),
            capex_total_cents=None if budget is None else _cents(budget, "--budget", language),
            capex_cents_by_year=_yearly(budget_year or [], built.years, language),
            first_year=first_year,
            levels=_levels(levels, language),
        )
        with _shown(language, form) as report, _interruptible() as cancelled:
            found = optimise_scenario(built, asked, time_limit, report, cancelled, gap / 100)
    if not found.optimum.found:
        refuse(refusals(found), language, form)
    if save is not None:
        save.write_text(write_choices(found.optimum.choices), encoding="utf-8", newline="")
    show(optimise_answer(found, language, save), form)


# What was asked


def _cents(text: str, option: str, lang: Language) -> int:
    """``6.09bn`` as cents, exactly."""
    match = _AMOUNT.fullmatch(text.strip().casefold())
    if match is None or match[2] not in _SIZES:
        message = say("cli.optimise-amount-wrong", lang, value=text)
        raise typer.BadParameter(message, param_hint=option)
    whole, _, part = match[1].partition(".")
    scale = _SIZES[match[2]] * CENTS_PER_EUR
    return int(whole) * scale + int(part or 0) * scale // 10 ** len(part)


def _yearly(
    texts: Sequence[str], years: Sequence[int], lang: Language
) -> dict[tuple[str, int], int]:
    """Capital by payer and year; an amount without a year holds for each of them."""
    found: dict[tuple[str, int], int] = {}
    for text in texts:
        where, _, amount = text.rpartition("=")
        payer, _, year = where.rpartition(".")
        if year and not year.isdigit():
            payer, year = f"{payer}.{year}".strip("."), ""
        cents = _cents(amount, "--budget-year", lang)
        for each in [int(year)] if year else years[1:]:
            found[payer, each] = cents
    return found


def _levels(text: str, lang: Language) -> tuple[float, ...]:
    try:
        return tuple(sorted({float(each) / 100 for each in text.split(",") if each.strip()}))
    except ValueError:
        message = say("cli.optimise-levels-wrong", lang, value=text)
        raise typer.BadParameter(message, param_hint="--levels") from None


# While it runs


@contextmanager
def _shown(lang: Language, form: Format) -> Iterator[Callable[[Progress], None] | None]:
    """What the search knows, on stderr; one line redrawn on a screen, a line now and then else."""
    if form is not Format.TABLE:
        yield None
        return
    console = Console(stderr=True, highlight=False)
    if console.is_terminal:
        with console.status(say("cli.optimise-begin", lang)) as status:
            yield lambda known: status.update(_progress_line(known, lang))
        return
    last = [time.monotonic()]

    def line(known: Progress) -> None:
        if time.monotonic() - last[0] >= _LINE_EVERY_S:
            last[0] = time.monotonic()
            console.print(_progress_line(known, lang))

    console.print(say("cli.optimise-begin", lang))
    yield line


def _progress_line(known: Progress, lang: Language) -> str:
    return say(
        "cli.optimise-progress",
        lang,
        objective=say(f"cli.objective-{known.goal}", lang),
        best=_amount(known.goal, known.incumbent, lang),
        bound=_amount(known.goal, known.bound, lang),
        gap="–" if known.gap_share is None else percent(known.gap_share, lang, 2),
        seconds=number(known.seconds, lang, 0),
    )


def _amount(name: str, value: float | None, lang: Language) -> str:
    """Tonnes or euros of an objective; a dash while it is not known."""
    if value is None:
        return "–"
    if name in ("emissions", "cumulative"):
        return tonnes(round(value), lang)
    return euros(round(value), lang)


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """Ctrl-C ends the search with the best plan so far instead of with nothing."""
    cancelled = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield cancelled
        return
    before = signal.signal(signal.SIGINT, lambda *_: cancelled.set())
    try:
        yield cancelled
    finally:
        signal.signal(signal.SIGINT, before)


# The answer


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
            _amount(each.name, each.value, lang),
            _amount(each.name, each.bound, lang),
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
            _of_limit(each.family, each.value, lang),
            _of_limit(each.family, each.most, lang),
        )
        for each in found.optimum.binding
        if each.family in _SECTIONS
    ]
    columns = [say(f"cli.optimise-column-{name}", lang) for name in ("limit", "where", "used",
                                                                     "most")]  # fmt: skip
    return Sheet(say("cli.optimise-binding-title", lang), columns, rows, (2, 3))


def _of_limit(family: str, value: float, lang: Language) -> str:
    if family in ("target", "cumulative"):
        return tonnes(round(value), lang)
    if family in ("capex", "capex_total", "bill"):
        return euros(round(value), lang)
    return number(value, lang, 1)
