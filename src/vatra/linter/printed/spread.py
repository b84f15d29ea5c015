"""Cells that say more than one number: shares in brackets, prose in a list of measures."""

from __future__ import annotations

import re
from dataclasses import replace

from vatra.linter.printed.amounts import Amount
from vatra.linter.printed.cells import is_blank, is_number
from vatra.linter.printed.forms import COST, COST_PER_TONNE, TONNES, amounts_of, chosen, unread
from vatra.linter.printed.tidy import Tidied, distinct

_WITH_SHARE = re.compile(
    r"^(?P<number>[-−–]?\d[\d.,\s]*?)\s*[(/]\s*(?P<share>[-−–]?\d[\d.,]*\s?%)\)?$"
)
FEWEST = 2
_HEADINGS = {"money": COST, "emission": TONNES, "cost_per_tonne": COST_PER_TONNE}


def with_shares_apart(table: Tidied) -> Tidied:
    """``641,750 (55 %)`` becomes two cells: the number, and its percentage in a column behind."""
    columns: list[str] = []
    rows: list[list[str]] = [[] for _ in table.rows]
    for place, heading in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        found = [_WITH_SHARE.match(cell) for cell in cells]
        apart = place > 0 and sum(each is not None for each in found) >= FEWEST
        columns += [heading, f"{heading} (%)"] if apart else [heading]
        for row, cell, each in zip(rows, cells, found, strict=True):
            row.append(each["number"].strip() if apart and each else cell)
            if apart:
                row.append(each["share"] if each else "")
    return replace(table, columns=distinct(columns), rows=rows)


def with_amounts_out(table: Tidied) -> tuple[Tidied, dict[int, int]]:
    """Prose columns of a list of measures as columns of cost, tonnes and cost per tonne.

    Returns
    -------
    the table, and for each new column the one it was read out of
    """
    columns = list(table.columns)
    rows = [list(row) for row in table.rows]
    origin: dict[int, int] = {}
    for place in range(1, len(table.columns)):
        cells = [row[place] for row in table.rows]
        prose = [cell for cell in cells if not is_blank(cell) and not is_number(cell)]
        found = [amounts_of(cell) for cell in cells]
        for quantity, heading in _HEADINGS.items():
            if 2 * len(prose) <= len([cell for cell in cells if not is_blank(cell)]):
                break
            said = [_one(each, quantity) for each in found]
            if sum(each is not None for each in said) < FEWEST or heading in columns:
                continue
            origin[len(columns)] = place
            columns.append(heading)
            for row, cell, each in zip(rows, cells, said, strict=True):
                row.append(each.text() if each else unread(cell))
    return replace(table, columns=columns, rows=rows), origin


def _one(found: list[tuple[Amount, str]], quantity: str) -> Amount | None:
    return chosen(found, quantity)
