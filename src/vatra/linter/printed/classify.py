"""What a table of a written contract is: its own words and columns decide, not its number.

The two generations of the contract give the same label to different tables (A-1.3 is activity in
one and emissions in the other), so a label alone says nothing. Kinds beyond the five that people
type: ``costs`` (investments by field, year or stakeholder) and ``other`` (a table of figures
nobody knows; only its sums are looked at). ``skipped`` tables are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.linter import headings
from vatra.linter.headings import Says
from vatra.linter.printed.cells import is_number, is_words
from vatra.linter.printed.tidy import Tidied, plain
from vatra.linter.quantities import Unit
from vatra.linter.roles import gap_role
from vatra.tables import fold

SKIPPED = "skipped"
OTHER = "other"


@dataclass(frozen=True)
class Kind:
    """The kind of a table, its stage where its titles say one, and the unit of its figures."""

    kind: str
    stage: str = ""


def classify(table: Tidied, titles: Sequence[str]) -> Kind:
    """The kind of a table from its titles (the nearest first), headings, labels and units."""
    facts = _Facts(table, titles)
    kind = next((name for name, test in _TESTS if test(facts)), OTHER)
    if kind != "measures" and not facts.figures():
        kind = SKIPPED
    return Kind(kind, facts.stage() if kind in ("emissions", "energy") else "")


class _Facts:
    """What the words of a table say, each looked up once."""

    def __init__(self, table: Tidied, titles: Sequence[str]) -> None:
        self.table = table
        parts = [part for title in titles for part in reversed(title.split(" / ")) if part]
        # A remark in brackets, such as "(please specify ...)", is not what a table is about.
        named = [part for part in parts if not part.startswith("(")] or parts
        self.titles = [fold(part) for part in dict.fromkeys(named)]
        self.columns = [headings.read(plain(name)) for name in table.columns]
        self.labels = [headings.read(plain(row[0])) for row in table.rows]
        self.own = " ".join(table.columns)
        self.unit = table.unit or next(
            (says.unit for title in titles if (says := headings.read(title)).unit), None
        )

    def title(self, code: str, near: int = 2) -> bool:
        """Whether a phrase stands in one of the nearest titles."""
        return any(headings.has_phrase(title, "title", code) for title in self.titles[:near])

    def head(self, code: str) -> bool:
        """Whether a phrase stands in a heading of the table."""
        return any(headings.has_phrase(says.folded, "title", code) for says in self.columns)

    def quantity(self, *quantities: str) -> bool:
        """Whether the table or one of its headings is in a unit of these quantities."""
        units: list[Unit | None] = [self.unit, *(says.unit for says in self.columns)]
        units += [says.unit for says in self.labels]
        return any(each is not None and each.quantity in quantities for each in units)

    def distinct(self, name: str) -> int:
        """How many different sectors, carriers or scopes rows and columns tell apart."""
        both = ({getattr(each, name) for each in side} - {""} for side in self.sides())
        return max(len(found) for found in both)

    def sides(self) -> tuple[list[Says], list[Says]]:
        return self.labels, self.columns[1:]

    def roles(self) -> set[str]:
        """The parts of an emission gap that rows or columns name."""
        found = [{gap_role(says) for says in side} - {""} for side in self.sides()]
        return max(found, key=len)

    def measure_roles(self) -> set[str]:
        """The parts of a list of measures that the columns name."""
        found = set()
        for says in self.columns[1:]:
            folded = fold(says.text)
            role = headings.first(folded, "measure", ["cost_per_tonne"])
            role = role or headings.first(folded, "measure", ["tonnes", "cost"])
            quantity = says.unit.quantity if says.unit else ""
            role = {"money": "cost", "emission": "tonnes"}.get(quantity, role)
            found.add("cost_per_tonne" if quantity == "cost_per_tonne" else role)
        return found - {""}

    def figures(self) -> int:
        """How many columns hold numbers."""
        places = range(1, len(self.table.columns))
        return sum(any(is_number(row[place]) for row in self.table.rows) for place in places)

    def words(self) -> int:
        """How many columns beyond the labels hold words."""
        places = range(1, len(self.table.columns))
        return sum(
            2 * sum(is_words(row[place]) for row in self.table.rows) > len(self.table.rows)
            for place in places
        )

    def stage(self) -> str:
        """``base`` where the titles speak of the inventory and of no later year."""
        titles = " ".join(self.titles)
        later = headings.has_phrase("_".join(self.titles[:2]), "title", "later")
        base = headings.has_phrase(titles.replace(" ", "_"), "title", "base")
        return "base" if base and not later else ""


def _is_skipped(facts: _Facts) -> bool:
    return facts.title("skip", 1) or facts.head("skip")


def _is_gap(facts: _Facts) -> bool:
    roles = facts.roles()
    placed = facts.distinct("sector") >= 2 or any(says.total for says in facts.labels)
    if not placed or not roles & {"baseline", "residual"} or facts.measure_roles() >= {"cost"}:
        return False
    if len(roles - {"actions"}) >= 3:
        return True
    return len(roles) >= 2 and (facts.title("gap") or {"baseline", "residual"} <= roles)


def _is_factors(facts: _Facts) -> bool:
    said = facts.title("factors", 1) or facts.head("factors") or facts.quantity("factor")
    return said and facts.distinct("carrier") >= 2


def _is_measures(facts: _Facts) -> bool:
    roles = facts.measure_roles()
    whole = {"cost", "tonnes"} <= roles
    listed = facts.words() > 0 or facts.title("measures") or facts.head("measures")
    return (whole or "cost_per_tonne" in roles) and listed


def _is_energy(facts: _Facts) -> bool:
    if facts.title("cut", 1) or facts.quantity("money", "cost_per_tonne", "emission"):
        return False
    placed = facts.distinct("sector") >= 2 or facts.distinct("carrier") >= 2
    if facts.quantity("energy"):
        return placed and not facts.words() > 2
    unsized = not facts.quantity("count", "factor")
    return placed and unsized and facts.title("energy", 1) and not facts.title("emissions", 1)


def _is_emissions(facts: _Facts) -> bool:
    if facts.title("cut", 1) or facts.head("cut") or facts.quantity("money", "energy", "factor"):
        return False
    placed = facts.distinct("sector") >= 2
    said = (
        facts.quantity("emission")
        or facts.title("emissions", 1)
        or (facts.distinct("scope") >= 2 and facts.title("emissions"))
    )
    return placed and said and facts.words() <= 1


def _is_costs(facts: _Facts) -> bool:
    said = facts.quantity("money") or facts.title("costs", 1) or facts.head("costs")
    return said and facts.figures() >= 1


_TESTS = (
    ("emission_gap", _is_gap),
    (SKIPPED, _is_skipped),
    ("factors", _is_factors),
    ("measures", _is_measures),
    ("energy", _is_energy),
    ("emissions", _is_emissions),
    ("costs", _is_costs),
)
