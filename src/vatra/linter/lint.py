"""All rules over one document: identities first, then what they leave open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vatra.linter import rules
from vatra.linter.contract import Contract
from vatra.linter.document import Document
from vatra.linter.explain import explain
from vatra.linter.families import Family, families
from vatra.linter.findings import CellName, LintFinding, order
from vatra.linter.reading import read
from vatra.linter.shape import check
from vatra.tables import FindingsError

DISAGREE = "linter.tables-disagree"
# Codes of which many in one column say one thing: said once, with all cells.
MERGED_FROM = {
    "linter.left-out": 2,
    "linter.reduction-added": 2,
    "linter.target-identity": 3,
    "linter.gap-identity": 3,
}


def lint(document: Document, ranges: Mapping[str, list[Family]] | None = None) -> list[LintFinding]:
    """Everything in a document that does not add up, most serious first.

    Parameters
    ----------
    document : tables as printed
    ranges : plausible factors by carrier, t/MWh; those of ``families.csv`` when None

    Returns
    -------
    list of LintFinding
        In the same order on every machine; empty for tables that add up.

    Raises
    ------
    FindingsError
        When the tables do not have the shape the linter reads (built in code; ``load`` checks it).
    """
    faults = check(document)
    if faults:
        raise FindingsError(faults)
    reading = read(document)
    contract = Contract(document, reading.grids, ranges if ranges is not None else families())
    found, contract.repaired = explain(rules.equations(contract))
    found += reading.findings
    found += rules.find(contract)
    found = _with_odd_cells_merged(found)
    return order(_merged(found), [table.id for table in document.tables])


def _with_odd_cells_merged(found: list[LintFinding]) -> list[LintFinding]:
    """One cell that disagrees with several tables is one finding, at that cell."""
    disagreeing = [each for each in found if each.code == DISAGREE and not each.also]
    count = Counter(cell for each in disagreeing for cell in each.cells)
    rest = [each for each in found if each not in disagreeing]
    while disagreeing:
        odd = max(count, key=lambda cell: (count[cell], cell))
        own = [each for each in disagreeing if odd in each.cells]
        if len(own) < 2:
            break
        disagreeing = [each for each in disagreeing if odd not in each.cells]
        count = Counter(cell for each in disagreeing for cell in each.cells)
        rest.append(_at(odd, own))
    return rest + disagreeing


def _at(odd: CellName, members: list[LintFinding]) -> LintFinding:
    """Findings that share a cell as one finding there; a repair of another cell is dropped."""
    cells = tuple(dict.fromkeys([odd, *(cell for each in members for cell in each.cells)]))
    others = list(dict.fromkeys(cell.table for cell in cells if cell.table != odd.table))
    params = {**members[0].params, "other": others, "result_row": odd.row}
    repair = members[0].repair
    kept = repair if repair is not None and repair.cell == odd else None
    return replace(members[0], table=odd.table, cells=cells, params=params, repair=kept)


def _merged(found: Iterable[LintFinding]) -> list[LintFinding]:
    groups: dict[tuple[object, ...], list[LintFinding]] = defaultdict(list)
    for place, each in enumerate(found):
        key: tuple[object, ...] = (place,)
        if each.code in MERGED_FROM:
            column = each.params.get("result_column", "")
            part = each.params.get("left") or column
            key = (each.code, each.table, part)
        groups[key].append(each)
    merged: list[LintFinding] = []
    for members in groups.values():
        if len(members) < MERGED_FROM.get(members[0].code, 2):
            merged += members
        else:
            merged.append(_one(members))
    return merged


def _one(members: list[LintFinding]) -> LintFinding:
    first = members[0]
    cells = tuple(dict.fromkeys(cell for each in members for cell in each.cells))
    also = tuple(dict.fromkeys(code for each in members for code in each.also))
    return replace(first, cells=cells, also=also)
