"""What a tonne costs, action by action: each alone, or one after the other.

Lying bars: the names stand beside them, the price runs to the right, and in the sequence the
height of a bar is what it cuts, so that the way down the picture is the joint cut. An action that
pays for itself has no price: its bar stands left of the line, its place is by what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.fan import mass_words
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.plane import apart, tick_step
from vatra.contract.charts.table import Column, RenderedTable, euro_value, tonnes_value
from vatra.words import Language, number, say

Kind = Literal["static", "sequential"]
_HEIGHT = 420.0
_ROW = 19.0
_GAP = 14.5
# So many actions are drawn where each has a row of its own.
ROWS_COUNT = 18
# A bar of the sequence is named where it is at least so high [pixels].
_NAMED_HEIGHT = 5.0
# What lies dearer than this share of the tonnes is cut off at the edge, and its price written.
_WITHIN_SHARE = 0.9
_SAVES_WIDTH = 64.0
# How a column's name ends by its unit; masses end as everywhere.
_SUFFIXES = {"EUR": "_eur", "EUR/t": "_eur_per_t"}


@dataclass(frozen=True)
class CostStep:
    """One action on a curve.

    ``ground`` is ``saves``, ``costs``, ``cuts_nothing`` or ``no_cost``; ``eur_per_t`` only of what
    costs; sums None where they must not be made.
    """

    code: str
    name: str
    sector: str
    ground: str
    cut_mg: int
    annual_cents: int | None
    npv_cents: int | None
    eur_per_t: float | None
    sum_cut_mg: int | None = None
    sum_cents: int | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether there is a price or a saving to draw."""
        return self.cut_mg > 0 and self.ground in ("saves", "costs")


@dataclass(frozen=True)
class CostCurve:
    """Actions in their order on a curve of one year."""

    name: str
    kind: Kind
    city: str
    unit: str
    year: int
    steps: Sequence[CostStep]
    synthetic: bool = False

    @property
    def drawn(self) -> list[CostStep]:
        """Steps with a bar: in the static curve the largest cuts, in the order of the curve."""
        found = [each for each in self.steps if each.is_drawn]
        if self.kind == "sequential":
            return found
        largest = sorted(found, key=lambda each: (-each.cut_mg, each.code))[:ROWS_COUNT]
        return [each for each in found if each in largest]


def cost_curve_chart(curve: CostCurve, lang: Language) -> Chart:
    """The chart of a curve."""
    title = _title(curve, lang)
    table = cost_table(curve, lang)
    spoken = [
        f"{each.name}: {mass_words(each.cut_mg, curve.unit, lang)}, {_price(each, lang)}."
        for each in curve.drawn
    ]
    data = {
        "unit": "EUR/t",
        "categories": [{"code": each.code, "label": each.name} for each in curve.drawn],
        "series": [
            {"code": "price", "name": say("contract.charts.cost-price", lang),
             "values": [each.eur_per_t for each in curve.drawn]}
        ],
        "lines": [],
    }  # fmt: skip

    def draw(canvas: Canvas, top: float) -> float:
        return _Drawing(canvas, top, curve, lang).run()

    alt = " ".join([title, *spoken])
    return Chart(curve.name, title, alt, lang, data, table, curve.synthetic, draw)


def _title(curve: CostCurve, lang: Language) -> str:
    saves = [each for each in curve.steps if each.is_drawn and each.ground == "saves"]
    costs = [each for each in curve.steps if each.is_drawn and each.ground == "costs"]
    said = {"city": curve.city, "year": str(curve.year), "count": len(saves)}
    if curve.kind == "static" or not saves + costs:
        return say("contract.charts.cost-title-static", lang, **said)
    cut = mass_words(sum(each.cut_mg for each in saves + costs), curve.unit, lang)
    half = _price_within(saves, costs, 0.5)
    key = "sequential" if half else "free"
    return say(
        f"contract.charts.cost-title-{key}", lang, **said, cut=cut, half=number(half, lang, 0)
    )


def _price_within(saves: Sequence[CostStep], costs: Sequence[CostStep], share: float) -> float:
    """The price that a share of the tonnes is not above [EUR/t]; 0 where it pays for itself."""
    wanted = share * sum(each.cut_mg for each in (*saves, *costs))
    reached = sum(each.cut_mg for each in saves)
    found = 0.0
    for each in sorted(costs, key=lambda step: step.eur_per_t or 0.0):
        if reached >= wanted:
            break
        reached += each.cut_mg
        found = each.eur_per_t or 0.0
    return found


def cost_table(curve: CostCurve, lang: Language) -> RenderedTable:
    """Every action on the curve with its place, cut and cost."""

    def column(key: str, unit: str = "", decimals: int = 0) -> Column:
        kind: Literal["text", "number"] = "number" if unit else "text"
        name = key.replace("-", "_") + _SUFFIXES.get(unit, "_t_co2e" if unit else "")
        return Column(name, say(f"contract.charts.cost-{key}", lang), unit, kind, decimals)

    columns = [
        column("action"),
        column("ground"),
        column("cut", curve.unit),
        column("annual", "EUR"),
        column("npv", "EUR"),
        column("price", "EUR/t", 2),
    ]
    if curve.kind == "sequential":
        columns += [column("sum-cut", curve.unit), column("sum-annual", "EUR")]
    rows = tuple(tuple(_row(each, curve.kind, lang)) for each in curve.steps)
    title = say(f"contract.charts.cost-table-{curve.kind}", lang, year=str(curve.year))
    note = say(f"contract.charts.cost-note-{curve.kind}", lang)
    return RenderedTable(curve.name, title, tuple(columns), rows, note)


def _row(step: CostStep, kind: Kind, lang: Language) -> Iterator[str | int | float | None]:
    yield step.name
    yield say(f"contract.charts.cost-ground-{step.ground}", lang)
    yield tonnes_value(step.cut_mg)
    yield euro_value(step.annual_cents)
    yield euro_value(step.npv_cents)
    yield step.eur_per_t
    if kind == "sequential":
        yield tonnes_value(step.sum_cut_mg)
        yield euro_value(step.sum_cents)


def _price(step: CostStep, lang: Language) -> str:
    if step.ground == "saves":
        return say("contract.charts.cost-pays", lang)
    return f"{number(step.eur_per_t or 0, lang, 0)}\u00a0EUR/t"


@dataclass(frozen=True)
class _Bar:
    step: CostStep
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def _with_room(named: Sequence[_Bar]) -> Iterator[_Bar]:
    """Bars whose names stand clear of the one above, where names cannot move."""
    reached = float("-inf")
    for bar in named:
        if bar.height >= 10 and bar.middle - reached >= _GAP - 2:
            reached = bar.middle
            yield bar


class _Drawing:
    """Bars from the top; names beside them, on a phone above their own bars."""

    def __init__(self, canvas: Canvas, top: float, curve: CostCurve, lang: Language) -> None:
        self.canvas, self.curve, self.lang = canvas, curve, lang
        self.narrow = canvas.width < NARROW
        self.steps = curve.drawn
        self.saves = any(each.ground == "saves" for each in self.steps)
        room = (_SAVES_WIDTH if not self.narrow else 34.0) if self.saves else 0.0
        self.zero = (8.0 if self.narrow else 268.0) + room
        self.right = canvas.width - (64.0 if self.narrow else 86.0)
        self.top = top + 34
        self.bars = list(self._laid())
        self.bottom = max((each.top + each.height for each in self.bars), default=self.top + 40)
        costs = [each for each in self.steps if each.ground == "costs"]
        highest = max((each.eur_per_t or 0.0 for each in costs), default=1.0)
        within = _price_within([], costs, _WITHIN_SHARE) * 1.1
        self.most = min(highest, within) or 1.0

    def _laid(self) -> Iterator[_Bar]:
        whole = sum(each.cut_mg for each in self.steps) or 1
        y = self.top
        for each in self.steps:
            even = self.curve.kind == "static"
            row = (_ROW + 14 if self.narrow else _ROW) if even else 0.0
            height = row or _HEIGHT * each.cut_mg / whole
            yield _Bar(each, y, height)
            y += height

    def run(self) -> float:
        if not self.steps:
            words = say("contract.charts.cost-none", self.lang)
            return self.canvas.paragraph(16, self.top, words, self.canvas.width - 32, "ink") + 8
        self._axis()
        for bar in self.bars:
            self._bar(bar)
        self.canvas.line(self.zero, self.top - 4, self.zero, self.bottom + 4, "ink-soft", 1.2)
        named = self._named()
        self._names(named)
        self._amounts(named)
        return self.bottom + 16

    def _x(self, price: float) -> float:
        return self.zero + (self.right - self.zero) * min(price / self.most, 1.0)

    def _axis(self) -> None:
        canvas = self.canvas
        step = tick_step(self.most, 3 if self.narrow else 5)
        price = 0.0
        while price <= self.most + 1e-9:
            x = self._x(price)
            canvas.line(x, self.top - 4, x, self.bottom + 4, "rule")
            unit = "\u00a0EUR/t" if price == 0 else ""
            words = number(price, self.lang, 0) + unit
            canvas.text(x, self.top - 9, words, "ink-soft", 11, anchor="middle")
            price += step
        if self.saves:
            words = say("contract.charts.cost-pays", self.lang)
            canvas.text(self.zero - 6, self.top - 24, words, "spruce", 11, anchor="end"
                        if not self.narrow else "start")  # fmt: skip

    def _bar(self, bar: _Bar) -> None:
        step, canvas = bar.step, self.canvas
        even = self.curve.kind == "static"
        top = bar.top + (14 if self.narrow and even else 0)
        height = bar.height - (14 if self.narrow and even else 0)
        height -= 4 if even else 0.6 if bar.height > 2 else 0
        if step.ground == "saves":
            width = _SAVES_WIDTH - 10 if not self.narrow else 28
            canvas.rect(self.zero - width, top, width, height, "spruce", 0.85)
            return
        end = self._x(step.eur_per_t or 0.0)
        canvas.rect(self.zero, top, max(end - self.zero, 1), height, sector_role(step.sector))
        if (step.eur_per_t or 0.0) > self.most * (1 + 1e-9):
            # A gap of ground says that the bar is longer than the picture.
            canvas.rect(end - 12, top - 0.5, 4, height + 1, "paper")

    def _named(self) -> list[_Bar]:
        if self.curve.kind == "static":
            return self.bars
        room = max(int((self.bottom - self.top) / _GAP), 1)
        high = [each for each in self.bars if each.height >= _NAMED_HEIGHT]
        largest = sorted(high, key=lambda bar: (-bar.height, bar.step.code))[:room]
        named = [each for each in self.bars if each in largest]
        return list(_with_room(named)) if self.narrow else named

    def _names(self, named: Sequence[_Bar]) -> None:
        canvas = self.canvas
        if self.narrow:
            self._names_over(named)
            return
        x = self.zero - (_SAVES_WIDTH if self.saves else 0) - 12
        placed = apart([each.middle + 4 for each in named], _GAP, self.top + 4, self.bottom + 6)
        for bar, y in zip(named, placed, strict=True):
            start = self.zero - (_SAVES_WIDTH - 10 if bar.step.ground == "saves" else 0)
            canvas.line(x + 3, y - 4, start - 1, bar.middle, "rule", 1)
            canvas.paragraph(x, y, bar.step.name, x - 6, "ink", 12, anchor="end", line_count=1)

    def _names_over(self, named: Sequence[_Bar]) -> None:
        """On a phone: upon the bars of the sequence, above each bar where it has a row."""
        canvas = self.canvas
        if self.curve.kind == "static":
            for bar in named:
                width = canvas.width - self.zero - 66
                name = bar.step.name
                canvas.paragraph(self.zero + 3, bar.top + 10, name, width, "ink", 11.5,
                                 line_count=1)  # fmt: skip
            return
        for bar in named:
            canvas.text(self.zero + 4, bar.middle + 4, bar.step.name, "ink", 11.5, halo=True)

    def _amounts(self, named: Sequence[_Bar]) -> None:
        """Tonnes at the right edge, and the price of a bar that is cut off."""
        canvas, right = self.canvas, self.canvas.width - 4
        placed = apart([each.middle + 4 for each in named], _GAP, self.top + 4, self.bottom + 6)
        for bar, y in zip(named, placed, strict=True):
            if self.narrow and self.curve.kind == "static":
                y = bar.top + 25
            words = number(tonnes_value(bar.step.cut_mg) or 0, self.lang, 0) + "\u00a0t"
            canvas.text(right, y, words, "ink-soft", 11, anchor="end", halo=True)
            if (bar.step.eur_per_t or 0.0) > self.most * (1 + 1e-9):
                price = number(bar.step.eur_per_t or 0.0, self.lang, 0)
                role = f"on-{sector_role(bar.step.sector)}"
                if bar.height > 12:
                    middle = y if not self.narrow else bar.middle + 10
                    canvas.text(self.right - 18, middle, price, role, 11, anchor="end")
