"""Table A-2.3: target = baseline - residual, gap = target - existing, absolute and in per cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from vatra.linter.contract import Contract, reduction_sign
from vatra.linter.equations import Equation, Term
from vatra.linter.grid import Cell, Column, Grid, Row
from vatra.linter.intervals import Interval

CODES = ("linter.target-identity", "linter.gap-identity", "linter.reduction-added")

FEWEST_HELD = 2
REDUCTIONS = ("target", "existing", "gap", "actions")
Part = tuple[int, Cell]


def equations(contract: Contract) -> Iterable[Equation]:
    """The identities of every emission gap table."""
    for grid in contract.of_kind("emission_gap"):
        for percent in (False, True):
            columns = {
                role: column
                for role in ("baseline", "residual", "target", "existing", "gap")
                if (column := grid.by_role(role, percent)) is not None
            }
            signs = {
                role: reduction_sign(grid.cells(column)) if role in REDUCTIONS else 1
                for role, column in columns.items()
            }
            rows = [row for row in grid.rows if not (row.says.memo or row.says.part)]
            for code, result, wanted in _identities(columns, percent):
                found = [_identity(grid, row, code, result, wanted, columns, signs) for row in rows]
                yield from _sure([each for each in found if each is not None], percent, grid)


def _identities(
    columns: dict[str, Column], percent: bool
) -> Iterable[tuple[str, str, list[tuple[int, str]]]]:
    """Which identities the columns at hand allow: code, result, signed parts."""
    if {"target", "baseline", "residual"} <= columns.keys():
        yield "linter.target-identity", "target", [(1, "baseline"), (-1, "residual")]
    elif percent and {"target", "residual"} <= columns.keys():
        yield "linter.target-identity", "target", [(-1, "residual")]
    if {"gap", "target", "existing"} <= columns.keys():
        yield "linter.gap-identity", "gap", [(1, "target"), (-1, "existing")]
    elif {"gap", "baseline", "residual", "existing"} <= columns.keys():
        yield (
            "linter.gap-identity",
            "gap",
            [(1, "baseline"), (-1, "residual"), (-1, "existing")],
        )


def _identity(
    grid: Grid,
    row: Row,
    code: str,
    result: str,
    wanted: list[tuple[int, str]],
    columns: dict[str, Column],
    signs: dict[str, int],
) -> Equation | None:
    cell = grid.cell(row, columns[result])
    parts = [(sign * signs[role], grid.cell(row, columns[role])) for sign, role in wanted]
    given = [(sign, part) for sign, part in parts if part.given]
    if not cell.given or not given or not parts[0][1].given:
        return None
    if any(part.unread for _, part in parts):
        return None
    if len(given) < len(parts) and not _may_be_blank(wanted, parts):
        return None
    terms = tuple(Term(Decimal(sign * signs[result]), (part,)) for sign, part in given)
    if len(wanted) == 1:
        # In per cent of each row's own baseline the two make a hundred.
        terms = (Term(Decimal(100 * signs[result]), ()), *terms)
    equation = Equation(code, "error", cell, terms)
    if code == "linter.target-identity" and grid.found and _left_by_actions(grid, row):
        return None
    return equation if equation.holds({}) else _added(equation, given, signs[result]) or equation


def _left_by_actions(grid: Grid, row: Row) -> bool:
    """Whether the residual is what existing plans and actions leave: they may cut beyond a target.

    Such a row says nothing about its target where the actions are not just the gap.
    """
    roles = ("baseline", "existing", "actions", "residual", "gap")
    columns = [grid.by_role(role) for role in roles]
    found = [grid.cell(row, column) for column in columns if column is not None]
    if len(found) < len(roles) or not all(cell.given for cell in found):
        return False
    base, existing, actions, residual, gap = found
    cut = Interval.around(abs(existing.value), _half(existing))
    cut = cut + Interval.around(abs(actions.value), _half(actions))
    left = base.interval + -cut
    return left.meets(residual.interval) and not actions.interval.meets(gap.interval)


def _half(cell: Cell) -> Decimal:
    return (cell.interval.high - cell.interval.low) / 2


def _may_be_blank(wanted: list[tuple[int, str]], parts: list[Part]) -> bool:
    """A blank among the existing reductions says that there are none; other blanks say nothing."""
    return all(
        part.given or role == "existing" for (_, role), (_, part) in zip(wanted, parts, strict=True)
    )


def _added(equation: Equation, given: Sequence[Part], sign: int) -> Equation | None:
    """The identity under the code of a reduction added, if adding is what was done."""
    flipped = [
        place
        for place in range(1, len(given))
        if given[place][1].value
        and replace(
            equation,
            parts=tuple(
                Term(-term.coefficient, term.cells) if at == place else term
                for at, term in enumerate(equation.parts)
            ),
        ).holds({})
    ]
    if len(flipped) != 1:
        return None
    added = given[flipped[0]][1]
    return replace(equation, code="linter.reduction-added", params={"added": added.name.column})


def _sure(found: list[Equation], percent: bool, grid: Grid) -> list[Equation]:
    """Percentages may be counted from different wholes: keep them where most rows agree."""
    held = sum(each.holds({}) for each in found)
    added = sum(each.code == "linter.reduction-added" for each in found)
    if grid.found and (2 * (held + added) < len(found) or (percent and held < FEWEST_HELD)):
        return []
    if not percent:
        return [] if found and not (held or added) and _is_a_level(grid, found) else found
    if 2 * (held + added) >= len(found):
        return found
    total = grid.total
    return [each for each in found if total is not None and each.result in total.cells and held]


def _is_a_level(grid: Grid, found: list[Equation]) -> bool:
    """Whether a "target" is the level to be reached, the residual emissions, in every row."""
    target, residual = grid.by_role("target"), grid.by_role("residual")
    if target is None or residual is None or found[0].code != "linter.target-identity":
        return False
    pairs = [(grid.cell(row, target), grid.cell(row, residual)) for row in grid.items]
    given = [(level, left) for level, left in pairs if level.given and left.given]
    return bool(given) and all(level.interval.meets(left.interval) for level, left in given)
