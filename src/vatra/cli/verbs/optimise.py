"""The best plan under a budget or for a target: what, from when, how far, at what cost."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import EISDIR, ENOENT
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

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
    Format,
    fail,
    findings_refuse,
    refuse,
    show,
    speak,
)
from vatra.cli.verbs.optimise_answer import amount, optimise_answer
from vatra.plans.portfolio import GAP_SHARE, OBJECTIVES, TIME_LIMIT_S, Progress
from vatra.runs.choices import write_choices
from vatra.runs.optimise import Asked, optimise_scenario
from vatra.runs.optimise_data import refusals
from vatra.runs.scenario import scenario
from vatra.units import CENTS_PER_EUR
from vatra.words import Language, number, percent, say

_SIZES = {"": 1, "k": 10**3, "m": 10**6, "mil": 10**6, "bn": 10**9, "mld": 10**9}
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)", re.ASCII)
_POINTS = 10_000  # millionths in a percentage point
# A line of progress where there is no screen to redraw.
_LINE_EVERY_S = 10.0


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
    if save is not None and (save.is_dir() or not save.parent.is_dir()):
        # Said before the search, which may take a minute.
        _unwritable(save, os.strerror(EISDIR if save.is_dir() else ENOENT), language)
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
        try:
            save.write_text(write_choices(found.optimum.choices), encoding="utf-8", newline="")
        except OSError as error:
            _unwritable(save, error.strerror or str(error), language)
    show(optimise_answer(found, language, save), form)


def _unwritable(file: Path, fault: str, lang: Language) -> NoReturn:
    fail(say("cli.monitor-unwritable", lang, file=str(file), fault=fault))


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
        best=amount(known.goal, known.incumbent, lang),
        bound=amount(known.goal, known.bound, lang),
        gap="–" if known.gap_share is None else percent(known.gap_share, lang, 2),
        seconds=number(known.seconds, lang, 0),
    )


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
