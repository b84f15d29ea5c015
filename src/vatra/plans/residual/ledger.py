"""Residual emissions by cell and cause: what the city declares, and the rest not yet planned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from vatra.plans.attribution.whole import whole
from vatra.plans.engine import Cell
from vatra.tables import Finding
from vatra.tables.residuals import CAUSES
from vatra.words import Language

PPM = 1_000_000
PPM_PER_PERCENT = 10_000
UNDECLARED = "not_yet_planned"


@dataclass(frozen=True)
class Declared:
    """One row of ``residuals.csv``: a share of every cell it selects has this cause.

    ``use`` may name a use, a sub-sector or a sector; blank selectors select all. ``share_ppm``
    of the cell's residual [millionths].
    """

    use: str
    carrier: str
    scope: str
    cause: str
    share_ppm: int
    why_en: str
    why_ro: str
    source: str
    line: int

    def selects(self, cell: Cell) -> bool:
        """Whether the row is about a cell."""
        return (
            cell.is_of(self.use)
            and self.carrier in ("", cell.carrier or cell.stream)
            and self.scope in ("", cell.scope)
        )

    def why(self, lang: Language) -> str:
        """The reason given, in a language."""
        return self.why_ro if lang == "ro" else self.why_en


@dataclass(frozen=True)
class ResidualLine:
    """What one cause leaves in one cell [mg CO2e]; ``declared`` None where nothing was."""

    cell: Cell
    cause: str
    emission_mg: int
    declared: Declared | None = None


@dataclass(frozen=True)
class ResidualLedger:
    """The residual of a year by cell and cause; the lines add up to it to the milligram.

    ``base_mg`` the base year's emissions, ``limit_ppm`` the share of them that a Climate City
    Contract lets remain; ``removed_mg`` what cells below zero take up (a forest of the inventory),
    which is no residual and explains none [mg CO2e, 0 or less].
    """

    year: int
    lines: tuple[ResidualLine, ...]
    base_mg: int
    limit_ppm: int
    removed_mg: int = 0

    @property
    def residual_mg(self) -> int:
        """All lines together."""
        return sum(each.emission_mg for each in self.lines)

    @property
    def limit_mg(self) -> int:
        """The most that may remain."""
        return self.base_mg * self.limit_ppm // PPM

    @property
    def residual_ppm(self) -> int:
        """The residual as a share of the base year [millionths]."""
        return round(Fraction(self.residual_mg * PPM, self.base_mg)) if self.base_mg else 0

    @property
    def rule_held(self) -> bool:
        """Whether no more remains than may."""
        return self.residual_mg <= self.limit_mg

    def by_cause(self) -> dict[str, int]:
        """Residual by cause, every cause named [mg CO2e]."""
        return {
            cause: sum(each.emission_mg for each in self.lines if each.cause == cause)
            for cause in CAUSES
        }

    def by_use(self) -> dict[str, dict[str, int]]:
        """Residual by use and cause [mg CO2e], uses sorted."""
        found: dict[str, dict[str, int]] = {}
        for each in sorted(self.lines, key=lambda line: line.cell.use):
            of_use = found.setdefault(each.cell.use, dict.fromkeys(CAUSES, 0))
            of_use[each.cause] += each.emission_mg
        return found


def read_residuals(rows: pl.DataFrame) -> list[Declared]:
    """The rows of the table ``residuals``, in the order of their file."""
    return [
        Declared(
            use=row["use"] or "",
            carrier=row["carrier"] or "",
            scope=row["scope"] or "",
            cause=row["cause"],
            share_ppm=round(row["share_percent"] * PPM_PER_PERCENT),
            why_en=row["why_en"],
            why_ro=row["why_ro"],
            source=row["source"],
            line=row["line"],
        )
        for row in rows.sort("line").iter_rows(named=True)
    ]


def residual_findings(
    cells: Sequence[Cell], declared: Sequence[Declared], file: str
) -> list[Finding]:
    """Rows that select no cell, and cells of which more than all is explained."""
    found = [_no_cell(each, cells, file) for each in declared if not _selected(each, cells)]
    seen: set[tuple[int, ...]] = set()
    for cell in cells:
        rows = [each for each in declared if each.selects(cell)]
        share_ppm = sum(each.share_ppm for each in rows)
        lines = tuple(each.line for each in rows)
        if share_ppm > PPM and lines not in seen:
            seen.add(lines)
            params = {
                "use": cell.use,
                "carrier": cell.carrier or cell.stream,
                "share": share_ppm / PPM,
            }
            code = "plans.residual.share-above-one"
            found.append(Finding(code, "error", file, lines, "share_percent", params))
    return found


def _selected(declared: Declared, cells: Sequence[Cell]) -> bool:
    return any(declared.selects(cell) for cell in cells)


def _no_cell(declared: Declared, cells: Sequence[Cell], file: str) -> Finding:
    params = {
        "use": declared.use or "–",
        "carrier": declared.carrier or "–",
        "scope": declared.scope or "–",
        "uses": sorted({cell.use for cell in cells}),
        "carriers": sorted({cell.carrier or cell.stream for cell in cells}),
    }
    return Finding("plans.residual.no-cell", "error", file, (declared.line,), "use", params)


def residual_ledger(
    year: int,
    cells: Sequence[Cell],
    emission_mg: Sequence[int],
    declared: Sequence[Declared],
    base_mg: int,
    limit_ppm: int,
    signed: Collection[str] = (),
) -> ResidualLedger:
    """Divide the residual of every cell among its causes.

    Parameters
    ----------
    cells, emission_mg : what each cell emits in the year, whole milligrams
    declared : shares of cells by cause. What rows select together adds up, whatever their order;
        what no row explains is not yet planned
    base_mg, limit_ppm : base year and the share of it that may remain
    signed : streams that may be below zero without being a sink, such as the rounding of a printed
        inventory; they stay among the lines

    Raises ``ValueError`` where more than all of a cell is explained; ``residual_findings`` says so
    before, with the rows.
    """
    lines: list[ResidualLine] = []
    for cell, mass in zip(cells, emission_mg, strict=True):
        if mass > 0 or cell.stream in signed:
            lines += _of_cell(cell, mass, [each for each in declared if each.selects(cell)])
    lines.sort(key=lambda each: (*each.cell.key, CAUSES.index(each.cause), _line(each)))
    removed_mg = sum(
        mass
        for cell, mass in zip(cells, emission_mg, strict=True)
        if mass < 0 and cell.stream not in signed
    )
    return ResidualLedger(year, tuple(lines), base_mg, limit_ppm, removed_mg)


def _line(each: ResidualLine) -> int:
    return each.declared.line if each.declared else 0


def _of_cell(cell: Cell, mass_mg: int, rows: Sequence[Declared]) -> list[ResidualLine]:
    """The lines of one cell that has anything left."""
    rest_ppm = PPM - sum(each.share_ppm for each in rows)
    if rest_ppm < 0:
        raise ValueError(f"more than all of {cell.use} {cell.carrier or cell.stream} is explained")
    by_name = {f"{each.line:09}": each for each in rows}
    shares = {name: Fraction(mass_mg * each.share_ppm, PPM) for name, each in by_name.items()}
    shares["rest"] = Fraction(mass_mg * rest_ppm, PPM)
    masses = whole(shares, mass_mg)
    lines = [
        ResidualLine(cell, each.cause, masses[name], each)
        for name, each in by_name.items()
        if masses[name]
    ]
    if masses["rest"]:
        lines.append(ResidualLine(cell, UNDECLARED, masses["rest"]))
    return lines
