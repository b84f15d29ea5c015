"""Why no choice meets all demands: which demand falls short, by how much, and what would do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from vatra.plans.quarter.aim import FIGURES, Aim
from vatra.plans.quarter.choose import Impossible, search
from vatra.plans.quarter.demands import Problem, Row, problem_of
from vatra.plans.quarter.menu import Flags, Floats, Ints, Menu
from vatra.plans.retrofit import LETTERS
from vatra.words import Language, euros, number, percent, say

# The distance to what would do is sought to a thousandth: a hint, not a plan.
_GAP_SHARE, _MOST_NODES = 1e-3, 2_000
_HALVINGS = 12


@dataclass(frozen=True, eq=False)
class Shortfall:
    """A demand that cannot be met.

    Attributes
    ----------
    family, key : which demand (``budget``, ``target`` of ``co2``, ``class``, ...)
    asked, possible : as the aim states it (cents, shares, flats, places of classes); ``possible``
        is how far it would have to give way, ``None`` where that is not sought
    alone : whether that is enough with everything else kept, or only together with the others
    blocks : those that have nothing open because of it
    proved : whether ``possible`` was shown and not only the best found
    """

    family: str
    key: str
    asked: float
    possible: float | None
    alone: bool = True
    blocks: tuple[str, ...] = ()
    proved: bool = True


def shortfalls(menu: Menu, aim: Aim) -> tuple[Shortfall, ...]:
    """Every demand that alone would make room, or all that fall short together.

    Empty where the aim can be met.
    """
    problem = problem_of(menu, aim)
    shut = np.flatnonzero(~problem.open.any(axis=1))
    if len(shut):
        return tuple(_of_blocks(menu, aim, problem, shut))
    if _meets(problem) is not None:
        return ()
    found = [_of_row(menu, aim, problem, row) for row in problem.rows]
    found += [_of_mask(problem, name) for name in problem.masks if name != "allowed"]
    return tuple(filter(None, found)) or tuple(_together(menu, aim, problem))


def shortfall_words(short: Shortfall, lang: Language) -> str:
    """Which demand, by how much, and what would do, as a sentence."""
    said = {
        "key": _key_words(short, lang),
        "asked": _amount(short.family, short.asked, lang),
        "possible": "–" if short.possible is None else _amount(short.family, short.possible, lang),
        "blocks": list(short.blocks[:10]),
        "count": len(short.blocks),
    }
    demand = say(f"plans.quarter.short-{short.family}", lang, **said)
    if short.blocks:
        end = "blocks" if short.possible is None else "blocks-reach"
    elif short.possible is None:
        end = "drop"
    else:
        end = ("alone" if short.proved else "about") if short.alone else "together"
    return say(f"plans.quarter.short-end-{end}", lang, demand=demand, **said)


def _key_words(short: Shortfall, lang: Language) -> str:
    known = {
        "target": "plans.quarter.figure-",
        "capacity": "plans.quarter.capacity-",
        "payer": "plans.quarter.payer-",
    }
    stem = known.get(short.family)
    return say(stem + short.key, lang) if stem else short.key


def _amount(family: str, value: float, lang: Language) -> str:
    if family in ("budget", "payer", "owners_flat"):
        return euros(round(value), lang)
    if family == "class":
        return LETTERS[int(value)]
    if family == "capacity":
        return number(value, lang, 0)
    return percent(value, lang, 1)


# single blocks with nothing open


def _of_blocks(menu: Menu, aim: Aim, problem: Problem, shut: Ints) -> Iterator[Shortfall]:
    """Which demand shuts blocks out, and the most that they can reach."""
    for name in problem.masks:
        others = _open_without(problem, name)
        by_it = shut[others[shut].any(axis=1)]
        if len(by_it):
            reach = _reach(menu, name, others, by_it)
            blocks = tuple(menu.blocks[each] for each in by_it)
            yield Shortfall(name, "", _asked(aim, name, ""), reach, blocks=blocks)
    free = [_open_without(problem, name)[shut].any(axis=1) for name in problem.masks]
    stuck = shut[~np.any(free, axis=0)]
    if len(stuck):
        blocks = tuple(menu.blocks[each] for each in stuck)
        yield Shortfall("several", "", 0.0, None, blocks=blocks)


def _reach(menu: Menu, name: str, is_open: Flags, blocks: Ints) -> float | None:
    """What the demand would have to be for the block that is furthest from it."""
    columns: dict[str, Floats] = {
        "class": menu.energy_class.astype(np.float64),
        "owners_flat": menu.owners_cents / np.maximum(menu.flats_count, 1e-9)[:, None],
        "owners_share": menu.owners_cents / np.maximum(menu.cost_cents, 1),
        "block": menu.heating_kwh / np.maximum(menu.heating_kwh[:, [menu.kept]], 1e-9),
    }
    if name not in columns:
        return None
    best = np.where(is_open, columns[name], np.inf)[blocks].min(axis=1).max()
    return float(1.0 - best if name == "block" else best)


def _asked(aim: Aim, family: str, key: str) -> float:
    """A demand as the aim states it."""
    plain = {
        "budget": aim.budget_cents,
        "payer": aim.payer_budget_cents.get(key),
        "target": aim.target_share.get(key),
        "group": aim.group_share_least,
        "worst": aim.worst_money_share,
        "capacity": aim.flats_per_year if key == "flats" else aim.area_per_year_m2,
        "owners_share": aim.owners_share_most,
        "owners_flat": aim.owners_flat_cents_most,
        "block": aim.block_share_least,
    }
    if family == "class" and aim.class_least is not None:
        return float(LETTERS.index(aim.class_least))
    value = plain.get(family)
    return 0.0 if value is None else float(value)


# demands on all blocks together


def _open_without(problem: Problem, name: str) -> Flags:
    others = {other: mask for other, mask in problem.masks.items() if other != name}
    return replace(problem, masks=others).open


def _meets(problem: Problem) -> Ints | None:
    """A choice that meets a problem, or None."""
    try:
        return search(problem, _anything, _GAP_SHARE, _MOST_NODES)[0]
    except Impossible:
        return None


def _anything(value: float) -> float:
    """Any choice will do: the whole is larger than any gap."""
    return 1e18


def _of_row(menu: Menu, aim: Aim, problem: Problem, row: Row) -> Shortfall | None:
    """The least that a row comes to while all others are kept; None where they cannot be."""
    others = tuple(each for each in problem.rows if each is not row)
    least = replace(problem, goal=row.values, rows=others)
    whole = max(abs(row.most), float(np.abs(row.values).max(axis=1).sum()) * 1e-3)
    try:
        package, bound, _ = search(least, lambda value: whole, _GAP_SHARE, _MOST_NODES)
    except Impossible:
        return None
    total = row.total(package)
    proved = total - bound <= 2 * _GAP_SHARE * whole
    possible = _stated(menu, aim, row, package)
    asked = _asked(aim, row.family, row.key)
    return Shortfall(row.family, row.key, asked, possible, proved=proved)


def _stated(menu: Menu, aim: Aim, row: Row, package: Ints) -> float:
    """What a row comes to under some packages, in the words of the aim."""
    total = row.total(package)
    if row.family == "target":
        return 1.0 - total / float(menu.before(FIGURES[row.key]).sum())
    if row.family == "capacity":
        return total / aim.years
    if row.family == "worst":
        money = float(menu.of("cost_cents", package).sum())
        return (aim.worst_money_share or 0.0) - (total / money if money else 0.0)
    if row.family == "group":
        name = FIGURES[aim.group_of]
        saved = float((menu.before(name) - menu.of(name, package)).sum())
        mean = saved / float(menu.flats_count.sum())
        return (aim.group_share_least or 0.0) - (total / mean if mean else 0.0)
    return total


def _of_mask(problem: Problem, name: str) -> Shortfall | None:
    """Whether a demand on each block alone is in the way of the others.

    How far it would have to give way is not sought: without it the others are met.
    """
    others = {other: mask for other, mask in problem.masks.items() if other != name}
    if _meets(replace(problem, masks=others)) is None:
        return None
    return Shortfall(name, "", 0.0, None)


def _together(menu: Menu, aim: Aim, problem: Problem) -> Iterator[Shortfall]:
    """No single demand is enough: how far all rows give way by the same share of their size."""
    units = [float(np.abs(row.values).max(axis=1).sum()) for row in problem.rows]
    low, high, found = 0.0, 1.0, None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        eased = [
            replace(row, most=row.most + middle * unit)
            for row, unit in zip(problem.rows, units, strict=True)
        ]
        tried = _meets(replace(problem, rows=tuple(eased)))
        low, high = (middle, high) if tried is None else (low, middle)
        found = found if tried is None else tried
    for row in problem.rows:
        if found is not None and not row.holds(found):
            asked, possible = _asked(aim, row.family, row.key), _stated(menu, aim, row, found)
            yield Shortfall(row.family, row.key, asked, possible, alone=False, proved=False)
