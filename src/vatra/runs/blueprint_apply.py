"""A blueprint put on another quarter: its packages there, computed with that place's weather."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from vatra.plans.quarter import (
    Aim,
    Chosen,
    Menu,
    QuarterError,
    package_code,
    packages_of,
)
from vatra.plans.quarter.demands import problem_of
from vatra.plans.quarter.offer import KEPT
from vatra.plans.retrofit import LETTERS, Packages, default_options
from vatra.plans.stock import archetypes
from vatra.runs.blueprint_file import BlueprintError, read_blueprint
from vatra.runs.blueprint_match import Match, copied, matches
from vatra.runs.blueprint_remeasure import Remeasure, to_measure
from vatra.runs.blueprint_rules import aim_of, capacity_of
from vatra.runs.blueprint_state import Kind, kinds
from vatra.runs.quarter import (
    NoChoice,
    Progress,
    QuarterRun,
    Question,
    chosen_or_told,
    finish,
    opened_homes,
)
from vatra.runs.retrofit_menu import renovate_all

Document = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Applied:
    """A blueprint in another quarter.

    Attributes
    ----------
    run : the quarter with the packages copied
    found : what each block was taken for
    smaller : blocks whose roof is too small for the panels copied; they got what fits
    own : what the same rules choose when they choose anew here; None where they cannot be met
    short : why not, a sentence for each demand
    measure : what must be measured again, with reason and way
    """

    document: Document
    run: QuarterRun
    found: tuple[Match, ...]
    smaller: tuple[str, ...]
    own: Chosen | None
    short: NoChoice | None
    measure: tuple[Remeasure, ...]


def apply_blueprint(
    file: Path, folder: Path, question: Question, progress: Progress | None = None
) -> Applied:
    """Put a blueprint on the quarter of a folder.

    ``question`` says the place: climate, day, what is known of programmes; its aim and capacity
    are those of the blueprint. Raises ``BlueprintError`` for a package that is not taken,
    ``FindingsError`` with the faults of the folder.
    """
    say = progress or (lambda step: None)
    say("open")
    document = read_blueprint(file)
    packages, rows, there = _understood(document, file)
    say("read")
    stock, climate = opened_homes(folder, question)
    say("weigh")
    menu = renovate_all(
        stock, climate, question.asked, packages, engine=question.engine, heat=question.heat
    )
    asked = _asked(document, question, menu, file)
    here = kinds(stock, menu, question.heat)
    found = matches(here, there)
    place_of = {code: place for place, code in enumerate(menu.packages)}
    package = copied(menu, found, rows, place_of)
    package, smaller = _that_fits(menu, packages, package)
    say("choose")
    own, short = _by_the_rules(menu, asked)
    copy = _fixed(menu, asked.aim, package)
    run = finish(stock, climate, asked, packages, menu, copy, folder, progress)
    measure = to_measure(document, run, found, smaller)
    return Applied(document, run, found, smaller, own, short, measure)


# what a blueprint says, checked: a seal tells who wrote nothing about sense


def _understood(
    document: Document, file: Path
) -> tuple[Packages, Sequence[Mapping[str, Any]], tuple[Kind, ...]]:
    """Packages (the first changes nothing), rows and kinds; ``BlueprintError`` for nonsense."""
    try:
        rows = [dict(row) for row in document["packages"]]
        for row in rows:
            _check_row(row)
        packages = _packages(rows)
        for row in rows:
            row["package"] = package_code(packages_of([row["options"]]), 0)
        there = tuple(Kind(row["archetype"], row["heat"], row["energy_class"]) for row in rows)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BlueprintError("content", file=file.name, what=str(fault)[:200]) from fault
    if not rows:
        raise BlueprintError("content", file=file.name, what="packages")
    return packages, rows, there


def _check_row(row: Mapping[str, Any]) -> None:
    """Raise ``ValueError`` naming what a row of packages says that nothing here knows."""
    for name, known in (
        ("archetype", archetypes()),
        ("energy_class", LETTERS),
    ):
        if row[name] not in known:
            raise ValueError(f"{name} '{row[name]}'")
    options = default_options()
    for axis, option in row["options"].items():
        if axis not in options or option not in {each.id for each in options[axis]}:
            raise ValueError(f"option '{option}'")
    for name in ("area_ppm", "heating_after_wh_m2", "blocks_count"):
        if isinstance(row[name], bool) or not isinstance(row[name], int) or row[name] < 0:
            raise ValueError(f"{name} '{row[name]}'")
    if not isinstance(row["heat"], str):
        raise ValueError("heat")


def _packages(rows: Sequence[Mapping[str, Any]]) -> Packages:
    """Nothing, the packages of the rows, the same with fewer panels for smaller roofs, and beside
    each another set of windows, from which the ranges learn what one more kWh emits."""
    wanted: dict[str, Mapping[str, str]] = {}

    def add(options: Mapping[str, str]) -> None:
        wanted.setdefault(package_code(packages_of([options]), 0), options)

    def with_partner(options: Mapping[str, str]) -> None:
        add(options)
        other = windows[0] if options.get("windows", windows[0]) != windows[0] else windows[1]
        partners.append({**options, "windows": other})

    windows = [each.id for each in default_options()["windows"]]
    partners: list[Mapping[str, str]] = []
    with_partner({})
    panels = [each.id for each in default_options().get("pv", ())]
    for row in rows:
        options = dict(row["options"])
        with_partner(options)
        chosen = options.get("pv", panels[0] if panels else "")
        for fewer in panels[: panels.index(chosen)] if chosen in panels else ():
            with_partner({**options, "pv": fewer})
    for each in partners:
        add(each)
    return packages_of(wanted.values())


def _asked(document: Document, question: Question, menu: Menu, file: Path) -> Question:
    """The question with the blueprint's aim and order, sized to this quarter."""
    area, flats = float(menu.floor_m2.sum()), float(menu.flats_count.sum())
    try:
        aim = _known_payers(aim_of(document["rules"], area, flats), menu)
        aim = replace(aim, packages=_offered(document))
        aim.check(menu)
        capacity = capacity_of(document["order"], question.capacity.first_year, area, flats)
        together = bool(document["order"]["together"])
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise BlueprintError("content", file=file.name, what=str(fault)[:200]) from fault
    return replace(question, aim=aim, capacity=capacity, together=together)


def _offered(document: Document) -> tuple[str, ...]:
    """What the same rules may choose from: the packages of the blueprint."""
    codes = {package_code(packages_of([row["options"]]), 0) for row in document["packages"]}
    return tuple(sorted(codes | {KEPT}))


def _known_payers(aim: Aim, menu: Menu) -> Aim:
    """A budget of a payer that pays nothing here is no limit."""
    known = {*menu.grant_cents, "owners"}
    kept = {payer: most for payer, most in aim.payer_budget_cents.items() if payer in known}
    return replace(aim, payer_budget_cents=kept)


# what is done with it here


def _that_fits(
    menu: Menu, packages: Packages, package: np.ndarray[Any, np.dtype[np.int64]]
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], tuple[str, ...]]:
    """The same packages with as many panels as each roof holds, and whose roof is too small."""
    axis = packages.axes.index("pv")
    others = np.delete(packages.chosen, axis, axis=1)
    fitting = package.copy()
    smaller = []
    for place in np.flatnonzero(~menu.of("allowed", package)):
        alike = (others == others[package[place]]).all(axis=1) & menu.allowed[place]
        fewer = np.flatnonzero(alike)
        best = fewer[packages.chosen[fewer, axis].argmax()] if len(fewer) else menu.kept
        fitting[place] = best
        smaller.append(menu.blocks[int(place)])
    return fitting, tuple(smaller)


def _fixed(menu: Menu, aim: Aim, package: np.ndarray[Any, np.dtype[np.int64]]) -> Chosen:
    """Packages as copied: nothing was chosen, so nothing is proved."""
    value = problem_of(menu, aim).value(package)
    return Chosen(menu, aim, package, value, float("-inf"), False, "copied")


def _by_the_rules(menu: Menu, question: Question) -> tuple[Chosen | None, NoChoice | None]:
    try:
        return chosen_or_told(menu, question), None
    except NoChoice as fault:
        return None, fault
    except QuarterError:
        return None, NoChoice(())
