"""Action outlines printed as forms, one per action -> one list of measures.

A form's lines are prose ("70,000 t CO2e/year by 2030", "EUR 180 million; 2,571 EUR/t"). A figure is
taken only where the line leaves no doubt which one is meant; else the measure goes without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vatra.linter import headings
from vatra.linter.document import LintTable, Value
from vatra.linter.findings import CellName
from vatra.linter.printed.amounts import Amount, amounts
from vatra.linter.printed.cells import clean
from vatra.linter.printed.tidy import distinct
from vatra.tables import fold
from vatra.tables.vocabulary import SECTORS

FIGURES = ("generated", "removed", "tonnes", "cost")
FEWEST_LINES = 2
# A line the form must have and that was not found: no number, and not left blank either.
LOST = "?0"
_LINES = re.compile(r"<br\s*/?>|[\r\n;]+|(?<=[A-Za-z%)²₂]),\s|\.\s+(?=[A-ZȘȚÎ])(?!EUR|Euro|RON|CO)")
COST, TONNES, COST_PER_TONNE = (
    "Total cost (EUR)",
    "GHG reduction (t CO2e)",
    "Cost per tonne (EUR/t)",
)
BASIC = ("Action", "Sector", COST, TONNES, COST_PER_TONNE)


@dataclass
class Form:
    """One action: its lines by what they are about, and where each stands."""

    table: LintTable
    lines: dict[str, tuple[str, CellName]] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The text of a line, empty when the form has none."""
        return self.lines[key][0] if key in self.lines else ""


def forms(table: LintTable) -> list[Form]:
    """The action outlines of a table; none when it is no form."""
    found = [Form(table)]
    for row in [table.columns, *table.rows]:
        line = _line(table, row)
        if line is None:
            continue
        key, text, name = line
        if key == "name" and found[-1].lines.keys() & {"name", *FIGURES}:
            found.append(Form(table))
        found[-1].lines.setdefault(key, (text, name))
    return [each for each in found if len(each.lines.keys() & set(FIGURES)) >= FEWEST_LINES]


def _line(table: LintTable, row: Sequence[Value]) -> tuple[str, str, CellName] | None:
    """What a line is about, what it says, and its name; None for other lines."""
    cells = ["" if cell is None else str(cell) for cell in row]
    for place, cell in enumerate(cells[:-1]):
        label = clean(cell)
        key = _key(label)
        if not key:
            continue
        said = [each for each in dict.fromkeys(cells[place + 1 :]) if clean(each) and each != cell]
        if said:
            heading = clean(str(table.columns[-1])) if row is not table.columns else ""
            return key, "\n".join(said), CellName(table.id, label, heading)
    return None


def _key(label: str) -> str:
    folded = fold(label)
    if not folded or len(folded) > 140:
        return ""
    for key, found in headings.phrases("form").items():
        if any(folded == phrase or folded.startswith(f"{phrase}_") for phrase in found):
            return key
    return ""


def measures(found: Sequence[Form]) -> tuple[LintTable, Mapping[tuple[int, int], CellName]]:
    """All forms as one list of measures, and where each of its cells really stands."""
    energies = [_energy(form.text("removed")) for form in found]
    carriers = list(dict.fromkeys(carrier for each in energies for carrier in each))
    columns = [*BASIC, *(_removed(carrier) for carrier in carriers)]
    rows: list[list[Value]] = []
    names: dict[tuple[int, int], CellName] = {}
    labels = distinct([_label(form) for form in found])
    for at, (form, energy) in enumerate(zip(found, energies, strict=True)):
        cost = amounts_of(form.text("cost"))
        per_tonne = amounts_of(form.text("per_tonne")) or cost
        figures = [
            chosen(cost, "money"),
            _tonnes(form.text("tonnes")),
            chosen(per_tonne, "cost_per_tonne"),
            *(energy.get(carrier) for carrier in carriers),
        ]
        texts = [each.text() if each else None for each in figures]
        unit_cost = "per_tonne" if "per_tonne" in form.lines else "cost"
        for place, key in enumerate(("cost", "tonnes", unit_cost)):
            # What is printed and not understood must not look as if nothing were printed.
            texts[place] = texts[place] or (unread(form.text(key)) if key in form.lines else LOST)
        rows.append([labels[at], _sectors(form), *texts])
        for place in range(1, len(columns)):
            key = ("", "cost", "tonnes", unit_cost)[place - 1] if place < 5 else "removed"
            if key in form.lines:
                names[at, place] = form.lines[key][1]
    first = found[0].table
    table = LintTable(
        first.id, "measures", columns, rows, title=first.title, place=first.place or first.id
    )
    return table, names


def _removed(carrier: str) -> str:
    """A heading by which the carrier is understood again."""
    return f"{headings.phrases('carrier')[carrier][0].replace('_', ' ')} removed (MWh)"


def _label(form: Form) -> str:
    name = clean(form.text("name"))
    return name or clean(form.table.title) or (form.table.path[-1] if form.table.path else "Action")


def _sectors(form: Form) -> str:
    """The sectors a form names in its line for them, else beside its tonnes."""
    text = form.text("sector") or form.text("tonnes")
    folded = fold(re.sub(r"\d", " ", text))
    found = [
        sector
        for sector in SECTORS
        if any(f"_{phrase}_" in f"_{folded}_" for phrase in headings.phrases("sector")[sector])
    ]
    return ", ".join(found)


# figures inside prose


def parts(text: str) -> list[str]:
    """The statements of a line, one figure each as far as its writer separated them."""
    return [part.strip() for part in _LINES.split(text) if part.strip()]


def amounts_of(text: str) -> list[tuple[Amount, str]]:
    """Every amount of a line with the statement it stands in."""
    return [(each, part) for part in parts(text) for each in amounts(part)]


def chosen(found: Iterable[tuple[Amount, str]], quantity: str) -> Amount | None:
    """The one amount of a quantity: the only one, or the only one called a total."""
    fitting = [
        (each, part)
        for each, part in found
        if each.unit.quantity == quantity and not re.search(r"cumul", part, re.IGNORECASE)
    ]
    distinct_values = {(each.body, each.unit.text) for each, _ in fitting}
    if len(distinct_values) == 1:
        return fitting[0][0]
    totals = [each for each, part in fitting if re.search(r"\btotal", part, re.IGNORECASE)]
    return totals[0] if len(totals) == 1 else None


def unread(text: str) -> str:
    """A text with figures as a cell that holds no number."""
    return f"? {clean(text)}" if re.search(r"\d", text) else ""


def _tonnes(text: str) -> Amount | None:
    return chosen(amounts_of(text), "emission")


def _energy(text: str) -> dict[str, Amount]:
    """Energy by carrier; nothing when one amount's carrier is in doubt."""
    found: dict[str, Amount] = {}
    for part in parts(text):
        energies = [each for each in amounts(part) if each.unit.quantity == "energy"]
        if not energies:
            continue
        carrier = headings.read(_without(part, energies)).carrier
        if len(energies) > 1 or not carrier or carrier in found or _generated(part):
            return {}
        found[carrier] = energies[0]
    return found


def _without(text: str, found: Sequence[Amount]) -> str:
    for each in reversed(found):
        text = text[: each.start] + " " + text[each.end :]
    return text


def _generated(text: str) -> bool:
    return bool(headings.first(fold(text), "measure", ["generated"]))
