"""What an inventory does not say yet, and the next step: a file to fill in, a key to state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.methods import activity_methods
from vatra.plans.gpc import BLANK, COMPUTED, IMPOSSIBLE, GpcLine, Notation
from vatra.tables import label, tables
from vatra.tables.vocabulary import GASES
from vatra.web.cities.figures import Figures
from vatra.words import Language, say

# Sub-sectors whose emissions are those of energy used there.
_OF_ENERGY = ("I.1", "I.2", "I.3", "I.4", "I.5", "I.6", "II.1", "II.2", "II.3", "II.4", "II.5")
_ENERGY_SUFFIXES = ("1", "2", "3")


@dataclass(frozen=True)
class Square:
    """One gas of one category: its state, as ``GpcLine.state`` names it, and its tonnes [mg]."""

    gas: str
    state: str
    co2e_mg: int | None
    notation: Notation | None

    @property
    def kind(self) -> str:
        """``computed``, ``keyed``, ``blank`` or ``impossible``."""
        return self.state if self.state in (COMPUTED, BLANK, IMPOSSIBLE) else "keyed"


@dataclass(frozen=True)
class GridRow:
    """A category and its seven squares; ``scored`` when the score counts it."""

    line: GpcLine
    squares: tuple[Square, ...]
    scored: bool

    @property
    def code(self) -> str:
        return self.line.category.code


@dataclass(frozen=True)
class Step:
    """The next step for categories that lack the same thing.

    ``kind`` ``gases`` (the rows are there, the gas is not counted), ``factor`` (the rows are there,
    no factor of the gas), ``fill`` (rows are missing: in ``files``), ``state`` (no table counts it:
    say why).
    """

    kind: str
    files: tuple[str, ...]
    gases: tuple[str, ...]

    def words(self, lang: Language) -> str:
        """The step as a sentence."""
        gases = ", ".join(label("gas", each, lang) for each in self.gases)
        files = say("web.cities.or", lang).join(self.files)
        return say(f"web.cities.step-{self.kind}", lang, gases=gases, files=files)


@dataclass(frozen=True)
class Gap:
    """Categories with blank squares that one step fills."""

    step: Step
    codes: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The place of the gap on its page."""
        return f"step-{self.codes[0].replace('.', '-')}-{self.step.kind}"


def grid(figures: Figures, year: int) -> list[GridRow]:
    """Every category that BASIC+ asks for, and the others that have a figure or a key."""
    rows = []
    for line in figures.table(year).lines:
        scored = line.category.counts_in("BASIC+")
        if scored or line.co2e_mg is not None or line.notations:
            rows.append(GridRow(line, tuple(_square(line, gas) for gas in GASES), scored))
    return rows


def _square(line: GpcLine, gas: str) -> Square:
    state = line.state(gas)
    notation = None
    if state not in (COMPUTED, BLANK, IMPOSSIBLE):
        notation = line.notations.get(gas) or line.notations.get(None)
    return Square(gas, state, line.by_gas_co2e_mg.get(gas), notation)


def gaps(figures: Figures, rows: Sequence[GridRow]) -> list[Gap]:
    """The blank squares by what would fill them, in the order of the protocol."""
    found: dict[Step, list[str]] = {}
    for row in rows:
        if not row.scored:
            continue
        for step in _steps(figures, row):
            found.setdefault(step, []).append(row.code)
    return [Gap(step, tuple(codes)) for step, codes in found.items()]


def _steps(figures: Figures, row: GridRow) -> list[Step]:
    """At most two steps of a category: for gases that are counted, and for those that are not."""
    blank = [each.gas for each in row.squares if each.state == BLANK]
    if not blank:
        return []
    if row.line.co2e_mg is None:
        files = files_for(row.code)
        return [Step("fill" if files else "state", files, tuple(blank))]
    uncounted = tuple(gas for gas in blank if gas not in figures.gases)
    counted = tuple(gas for gas in blank if gas in figures.gases)
    steps = [Step("gases", (), uncounted)] if uncounted else []
    return steps + ([Step("factor", files_for(row.code), counted)] if counted else [])


def files_for(code: str) -> tuple[str, ...]:
    """Files whose rows give figures of a category."""
    names = {each.table for each in activity_methods().values() if code in each.categories}
    sub_sector, _, suffix = code.rpartition(".")
    if sub_sector in _OF_ENERGY and suffix in _ENERGY_SUFFIXES:
        names.add("energy")
    known = tables()
    return tuple(sorted(known[name].file_name for name in names))
