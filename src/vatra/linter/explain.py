"""From identities that fail to findings: one slip is one finding, at the cell that explains it.

A slip in one cell breaks every identity the cell stands in. So for each cell of a failing identity
the values it may have are intersected over all its identities; a cell confirmed by an identity that
holds drops out; the cell that mends most is the one to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vatra.linter.equations import Equation
from vatra.linter.findings import LARGEST_WRITTEN, LintFinding, Repair, Shown
from vatra.linter.grid import Cell, named
from vatra.linter.intervals import Interval
from vatra.linter.repairs import mending

CLOSE_SHARE = Decimal("0.002")
LONG_SUM = 60


@dataclass(frozen=True)
class _Mend:
    """A cell, the interval that mends ``equations``."""

    cell: Cell
    wanted: Interval
    equations: tuple[Equation, ...]


def explain(equations: Sequence[Equation]) -> tuple[list[LintFinding], dict[Cell, Decimal]]:
    """Findings for the identities that fail, and the repaired values they suggest."""
    return _Explanation(equations).run()


class _Explanation:
    def __init__(self, equations: Sequence[Equation]) -> None:
        self.values: dict[Cell, Decimal] = {}
        self.by_cell: dict[Cell, list[Equation]] = {}
        for each in equations:
            for cell in each.cells:
                self.by_cell.setdefault(cell, []).append(each)
        self.failing = {each: None for each in equations if not each.holds(self.values)}
        self.mends: dict[Cell, _Mend] = {}
        self.findings: list[LintFinding] = []

    def run(self) -> tuple[list[LintFinding], dict[Cell, Decimal]]:
        self._refresh(self.failing)
        while self.failing:
            most = max((len(each.equations) for each in self.mends.values()), default=0)
            if most >= 2:
                best = [each for each in self.mends.values() if len(each.equations) == most]
                self._report_shared(best)
            else:
                self._report_single(next(iter(self.failing)))
        return self.findings, self.values

    # which cells explain

    def _refresh(self, equations: Iterable[Equation]) -> None:
        """Work out again what the cells of some identities could mend."""
        for cell in dict.fromkeys(cell for each in equations for cell in each.cells):
            mend = self._mend(cell) if cell not in self.values and self._worth(cell) else None
            if mend is None:
                self.mends.pop(cell, None)
            else:
                self.mends[cell] = mend

    def _worth(self, cell: Cell) -> bool:
        """In a very long sum only the total, and cells that break something else, are suspects."""
        broken = [each for each in self.by_cell[cell] if each in self.failing]
        if len(broken) != 1:
            return bool(broken)
        return len(broken[0].parts) <= LONG_SUM or cell is broken[0].result

    def _mend(self, cell: Cell) -> _Mend | None:
        """The most failing identities one value of the cell mends without breaking others."""
        wanted: list[tuple[Equation, Interval]] = []
        allowed: Interval | None = None
        for each in self.by_cell[cell]:
            failing = each in self.failing
            if not failing and each.relation != "equal":
                continue
            solved = each.solve(cell, self.values)
            if solved is None:
                continue
            if failing:
                wanted.append((each, solved))
            else:
                allowed = solved if allowed is None else allowed.common(solved)
                if allowed is None:
                    return None
        return _largest(cell, wanted, allowed)

    # what is reported

    def _report_shared(self, mends: list[_Mend]) -> None:
        """One cell mends several identities."""
        first = mends[0]
        rivals = [each for each in mends if set(each.equations) & set(first.equations)]
        mended = [(each, self._edit(each)) for each in rivals]
        small = [(each, edit) for each, edit in mended if edit is not None]
        chosen, edit = (first, None) if len(rivals) > 1 else mended[0]
        if len(small) == 1:
            chosen, edit = small[0]
        repair = edit
        if repair is None and len(rivals) == 1:
            repair = self._copied(chosen) or self._computed(chosen)
        self._finish(chosen.equations, chosen.cell if repair or len(rivals) == 1 else None, repair)

    def _report_single(self, equation: Equation) -> None:
        """Only one identity fails at a time: look for the one small change that mends it."""
        own = [self.mends[cell] for cell in equation.cells if cell in self.mends]
        own = [each for each in own if equation in each.equations]
        if equation.slack_share:
            # What energy and factors imply is too loose to blame one of their digits.
            own = [each for each in own if each.cell is equation.result]
        small = [(each, edit) for each in own if (edit := self._edit(each)) is not None]
        at_result = [pair for pair in small if pair[0].cell is equation.result]
        repair: Repair | None = None
        suspect: Cell | None = None
        if equation.relation == "at_most":
            pass  # Too little is planned; no digit is to blame.
        elif len(small) == 1:
            suspect, repair = small[0][0].cell, small[0][1]
        elif at_result:
            others = named([each.cell for each, _ in small if each.cell is not equation.result])
            suspect, chosen = equation.result, at_result[0][1]
            repair = Repair(chosen.kind, chosen.cell, chosen.printed, chosen.suggested, others)
        elif equation.divisor is not None and equation.relation == "equal":
            computed = next((each for each in own if each.cell is equation.result), None)
            sound = not any(cell in self.values for cell in equation.cells)
            repair = self._computed(computed) if computed and sound else None
        self._finish((equation,), suspect, repair)

    def _finish(
        self, equations: Sequence[Equation], suspect: Cell | None, repair: Repair | None
    ) -> None:
        main = equations[0]
        calculation = main.calculation()
        cells = [cell for each in equations for cell in each.cells]
        blanks = [cell for each in equations for cell in each.blanks]
        ordered = [*([suspect] if suspect else []), *main.cells, *cells, *blanks]
        code = "linter.copied-cell" if repair and repair.kind == "copied-cell" else main.code
        also = [each.code for each in equations if each.code != code]
        params = {
            "result_row": main.result.name.row,
            "result_column": main.result.name.column,
            **main.params,
        }
        if repair is not None and repair.same_as is not None:
            params["same"] = repair.same_as.row
        self.findings.append(
            LintFinding(
                code, main.severity, main.result.name.table if not suspect else suspect.name.table,
                named(ordered), calculation, repair, tuple(dict.fromkeys(also)), params,
            )
        )  # fmt: skip
        changed = list(equations)
        for each in equations:
            self.failing.pop(each, None)
        if suspect is not None and repair is not None:
            self.values[suspect] = repair.suggested.value * suspect.size
            changed += self.by_cell[suspect]
            for each in self.by_cell[suspect]:
                if each in self.failing and each.holds(self.values):
                    self.failing.pop(each)
        self._refresh(changed)

    # the repair

    def _edit(self, mend: _Mend) -> Repair | None:
        found = mending(mend.cell, self._close(mend))
        if found is None:
            return None
        kind, value = found
        return _repair(mend.cell, kind, value)

    def _close(self, mend: _Mend) -> Interval:
        """Where an identity allows for more than print rounding, a repair must still hit it."""
        if not any(each.halves or each.slack_share for each in mend.equations):
            return mend.wanted
        assert mend.cell.number is not None
        middle = mend.wanted.middle
        exact = mend.equations[0].value(self.values)
        if mend.cell is mend.equations[0].result and exact is not None:
            middle = exact
        step = 2 * mend.cell.number.half * abs(mend.cell.size)
        near = Interval.around(middle, max(step, abs(middle) * CLOSE_SHARE))
        return mend.wanted.common(near) or mend.wanted

    def _computed(self, mend: _Mend) -> Repair | None:
        """The value the other cells give, rounded as the cell is printed."""
        number = mend.cell.number
        assert number is not None
        wanted = mend.wanted.middle
        exact = mend.equations[0].value(self.values)
        if mend.cell is mend.equations[0].result and exact is not None:
            wanted = exact
        value = wanted / mend.cell.size
        if abs(value) < LARGEST_WRITTEN:
            value = round(value, number.decimals)
        return _repair(mend.cell, "value", value)

    def _copied(self, mend: _Mend) -> Repair | None:
        """The same long number stands in a neighbouring cell, and does not belong here."""
        cell = mend.cell
        assert cell.number is not None
        digits = str(abs(cell.number.value)).replace(".", "").strip("0")
        if len(digits) < 3:
            return None
        for other in self.by_cell:
            same_line = (
                other.name.row == cell.name.row or other.name.column == cell.name.column
            ) and other.name.table == cell.name.table
            if other is cell or not same_line or other.number is None:
                continue
            if other.number.value == cell.number.value and other in _neighbours(mend.equations):
                computed = self._computed(mend)
                assert computed is not None
                return Repair(
                    "copied-cell", cell.name, cell.shown, computed.suggested, same_as=other.name
                )
        return None


def _neighbours(equations: Sequence[Equation]) -> set[Cell]:
    return {cell for each in equations for cell in each.cells}


def _repair(cell: Cell, kind: str, value: Decimal) -> Repair:
    number = cell.number
    assert number is not None
    exponent = value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    shown = Shown(value, max(number.decimals, min(decimals, 6)))
    return Repair(kind, cell.name, cell.shown, shown)  # type: ignore[arg-type]


def _largest(
    cell: Cell, wanted: list[tuple[Equation, Interval]], allowed: Interval | None
) -> _Mend | None:
    """The point that lies in most of the wanted intervals, and in all that hold."""
    inside: list[tuple[Equation, Interval]] = []
    for equation, interval in wanted:
        common = interval if allowed is None else interval.common(allowed)
        if common is not None:
            inside.append((equation, common))
    best: _Mend | None = None
    for _, start in inside:
        shared, members = start, []
        for equation, interval in inside:
            common = shared.common(interval)
            if common is not None:
                shared = common
                members.append(equation)
        if best is None or len(members) > len(best.equations):
            best = _Mend(cell, shared, tuple(members))
    return best
