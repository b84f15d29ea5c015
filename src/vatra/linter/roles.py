"""Which part a column plays in its table, and which way round the table lies."""

from __future__ import annotations

from vatra.linter import headings
from vatra.linter.grid import Column, Grid, Row
from vatra.linter.headings import Says
from vatra.linter.quantities import Unit, unit
from vatra.tables import fold

GAP_ROLES = ("gap", "existing", "actions", "residual", "target", "baseline")


def lies_sideways(grid: Grid) -> bool:
    across = {gap_role(column.says) for column in grid.columns} - {""}
    down = {gap_role(row.says) for row in grid.rows} - {""}
    return len(down) >= 2 and len(across) < 2 and len(down) > len(across)


def turned(grid: Grid) -> Grid:
    columns = [Column(row.label, row.says) for row in grid.rows]
    rows = [
        Row(column.heading, column.says, [row.cells[place] for row in grid.rows])
        for place, column in enumerate(grid.columns)
    ]
    return Grid(grid.table, columns, rows, grid.title, sideways=True)


def gap_role(says: Says) -> str:
    """The role of a heading.

    "Reductions in existing strategies" are existing ones, so a bare reduction is a target only
    where nothing else is said; "baseline emissions reduction" is a target, so baseline comes last.
    """
    strong = headings.first(says.folded, "role", [role for role in GAP_ROLES if role != "baseline"])
    if strong:
        return strong
    reduction = headings.first(says.folded, "role", ["reduction"])
    return "target" if reduction else headings.first(says.folded, "role", ["baseline"])


def set_roles(grid: Grid) -> None:
    for place, column in enumerate(grid.columns):
        column.percent = _is_percent(grid, column)
        if grid.kind == "emission_gap":
            column.role = gap_role(column.says)
            if place and (column.says.bare_percent or (column.percent and not column.role)):
                column.role = grid.columns[place - 1].role
        elif grid.kind == "measures":
            column.role = _measure_role(grid, column)
        elif grid.kind == "factors":
            column.role = "factor"
        elif column.says.total:
            column.role = "total"
        elif column.says.scope in ("1", "2", "3") and not column.says.carrier:
            column.role = f"scope{column.says.scope}"


def _is_percent(grid: Grid, column: Column) -> bool:
    stated = declared_unit(grid, column)
    if stated is not None:
        return stated.quantity == "percent"
    cells = [cell for cell in grid.cells(column) if cell.given]
    marked = [cell for cell in cells if cell.token.unit and cell.token.unit.quantity == "percent"]
    if cells and len(marked) * 2 > len(cells):
        return True
    small = all(abs(cell.number.value) <= 1000 for cell in cells if cell.number is not None)
    return column.says.percent and small and bool(cells)


def _measure_role(grid: Grid, column: Column) -> str:
    stated = declared_unit(grid, column) or column.says.unit
    folded = fold(column.heading)
    role = headings.first(folded, "measure", ["cost_per_tonne"])
    quantity = stated.quantity if stated else ""
    if quantity == "cost_per_tonne" or (role and quantity in ("", "money", "cost_per_tonne")):
        return "cost_per_tonne"
    if column.percent:
        return ""
    if headings.first(folded, "measure", ["generated"]) and quantity in ("", "energy"):
        return "generated"
    if quantity == "energy":
        return "energy"
    if quantity in ("emission", "money"):
        return "tonnes" if quantity == "emission" else "cost"
    if quantity:
        return ""
    # Green power is something a measure makes rather than removes.
    carrier = column.says.carrier
    if carrier and not headings.first(folded, "measure", ["cost"]):
        return "generated" if carrier == "electricity_green" else "energy"
    return headings.first(folded, "measure", ["tonnes", "cost"])


def declared_unit(grid: Grid, column: Column) -> Unit | None:
    units = {str(heading).strip(): str(text) for heading, text in grid.table.units.items()}
    if column.heading in units:
        return unit(units[column.heading])
    taken = {each.heading for each in grid.columns}
    for heading, text in units.items():
        if heading not in taken and fold(heading) and fold(heading) == fold(column.heading):
            return unit(text)
    return None
