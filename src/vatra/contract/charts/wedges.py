"""Who does the work: wedges from the base year's level down to what is left, adding up exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.fan import mass_words
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.plane import Plane, apart
from vatra.contract.charts.table import Column, RenderedTable, tonnes_value
from vatra.contract.charts.typeface import REGULAR, SEMIBOLD
from vatra.tables import label
from vatra.tables.vocabulary import SECTORS
from vatra.words import Language, number, percent, say

_HEIGHT = 340.0
_GAP = 15.0
# So many actions have a wedge of their own; the others share one of their sector.
NAMED_COUNT = 8
# Neighbours of one sector's colour stay apart by these.
_SHADES = (1.0, 0.72, 0.86, 0.58)
# Colours of what happens without actions.
_CAUSES = {"drivers": "driver-background", "grid": "driver-grid", "factors": "driver-measures"}


@dataclass(frozen=True)
class Wedge:
    """One cause with its cut in every year [mg CO2e]; below zero where it adds emissions.

    Actions have a sector; causes beside them are ``drivers``, ``grid`` and ``factors``.
    """

    code: str
    name: str
    values_mg: Sequence[int]
    sector: str = ""

    @property
    def role(self) -> str:
        """Its colour: that of a cause beside the actions, or of its sector."""
        return (
            _CAUSES.get(self.code, "driver-grid") if not self.sector else sector_role(self.sector)
        )


@dataclass(frozen=True)
class Stack:
    """Wedges on each other; ``level_mg`` less all of them is ``total_mg``, in every year.

    ``baseline`` what happens without actions; ``actions`` in the order of the plan.
    """

    name: str
    city: str
    unit: str
    first_year: int
    target_year: int
    level_mg: int
    baseline: Sequence[Wedge]
    actions: Sequence[Wedge]
    total_mg: Sequence[int]
    synthetic: bool = False

    def __post_init__(self) -> None:
        for at, left in enumerate(self.total_mg):
            cut = sum(each.values_mg[at] for each in (*self.baseline, *self.actions))
            if self.level_mg - cut != left:
                raise ValueError(f"the wedges of {self.first_year + at} do not add up")

    @property
    def at_target(self) -> int:
        """Position of the target year."""
        return self.target_year - self.first_year


def wedge_chart(stack: Stack, lang: Language) -> Chart:
    """The chart of a stack."""
    shown = shown_wedges(stack, lang)
    title = _title(stack, lang)
    at = stack.at_target
    spoken = [f"{each.name}: {_signed(each.values_mg[at], lang)}." for each in shown]
    left = say(
        "contract.charts.wedge-left",
        lang,
        year=str(stack.target_year),
        left=mass_words(stack.total_mg[at], stack.unit, lang),
    )
    table = wedge_table(stack, lang)
    data = {
        "unit": stack.unit,
        "categories": [{"code": str(row[0]), "label": str(row[0])} for row in table.rows],
        "series": [
            {"code": each.code, "name": each.name, "sector": each.sector,
             "values": [tonnes_value(mass) for mass in each.values_mg]}
            for each in shown
        ],
        "lines": [],
    }  # fmt: skip

    def draw(canvas: Canvas, top: float) -> float:
        return _Drawing(canvas, top, stack, shown, lang).run()

    alt = " ".join([title, *spoken, left])
    return Chart(stack.name, title, alt, lang, data, table, stack.synthetic, draw)


def _title(stack: Stack, lang: Language) -> str:
    at = stack.at_target
    cut = stack.level_mg - stack.total_mg[at]
    every = [each for each in (*stack.baseline, *stack.actions) if each.values_mg[at] > 0]
    said = {"city": stack.city, "year": str(stack.target_year)}
    if cut <= 0 or not every:
        return say("contract.charts.wedge-title-none", lang, **said)
    most = max(every, key=lambda each: (each.values_mg[at], each.code))
    return say(
        "contract.charts.wedge-title",
        lang,
        **said,
        cut=mass_words(cut, stack.unit, lang),
        most=most.name,
        mass=number(tonnes_value(most.values_mg[at]) or 0, lang, 0),
        share=percent(most.values_mg[at] / cut, lang),
    )


def shown_wedges(stack: Stack, lang: Language) -> list[Wedge]:
    """Wedges as drawn, from the top: the baseline's, then sectors with their largest named."""
    at = stack.at_target

    def size(each: Wedge) -> tuple[int, str]:
        return -abs(each.values_mg[at]), each.code

    doing = [each for each in stack.actions if any(each.values_mg)]
    named = {each.code for each in sorted(doing, key=size)[:NAMED_COUNT]}
    found = [each for each in stack.baseline if any(each.values_mg)]
    order = [*SECTORS, *sorted({each.sector for each in doing} - set(SECTORS))]
    for sector in order:
        mine = [each for each in doing if each.sector == sector]
        found += sorted((each for each in mine if each.code in named), key=size)
        others = [each for each in mine if each.code not in named]
        if others:
            found.append(_together(others, sector, lang))
    return found


def _together(others: Sequence[Wedge], sector: str, lang: Language) -> Wedge:
    if len(others) == 1:
        return others[0]
    values = tuple(sum(column) for column in zip(*(e.values_mg for e in others), strict=True))
    words = label("sector", sector, lang)
    name = say("contract.charts.wedge-others", lang, sector=words, count=len(others))
    return Wedge(f"others-{sector}", name, values, sector)


def wedge_table(stack: Stack, lang: Language) -> RenderedTable:
    """Every year with every wedge, none put together."""
    every = [*stack.baseline, *stack.actions]
    columns = (
        Column("year", say("contract.charts.year", lang)),
        Column("level_t_co2e", say("contract.charts.wedge-level", lang), stack.unit, "number"),
        *(Column(f"{each.code}_t_co2e", each.name, stack.unit, "number") for each in every),
        Column("left_t_co2e", say("contract.charts.wedge-left-column", lang), stack.unit, "number"),
    )
    rows = tuple(
        (
            str(stack.first_year + at),
            tonnes_value(stack.level_mg),
            *(tonnes_value(each.values_mg[at]) for each in every),
            tonnes_value(left),
        )
        for at, left in enumerate(stack.total_mg)
    )
    title = say("contract.charts.wedge-table", lang, city=stack.city)
    note = say("contract.charts.wedge-note", lang)
    return RenderedTable(stack.name, title, columns, rows, note)


def _signed(cut_mg: int, lang: Language) -> str:
    """What a cut does to emissions: ``−12,345 t``, or ``+12,345 t`` where it adds."""
    change = -(tonnes_value(cut_mg) or 0)
    words = number(round(change) + 0, lang, 0)
    return ("+" if round(change) > 0 else "") + words + "\u00a0t"


@dataclass(frozen=True)
class _Band:
    """A wedge with its upper and lower edge in every year [mg]."""

    wedge: Wedge
    upper: Sequence[float]
    lower: Sequence[float]
    opacity: float


class _Drawing:
    """Bands from the top; names at their ends, or below on a phone."""

    def __init__(
        self, canvas: Canvas, top: float, stack: Stack, shown: Sequence[Wedge], lang: Language
    ) -> None:
        self.canvas, self.stack, self.lang = canvas, stack, lang
        self.narrow = canvas.width < NARROW
        self.ends = stack.at_target + 1
        self.shown = [replace(each, values_mg=each.values_mg[: self.ends]) for each in shown]
        self.total = [float(each) for each in stack.total_mg[: self.ends]]
        added = [sum(-min(each.values_mg[at], 0) for each in self.shown)
                 for at in range(self.ends)]  # fmt: skip
        self.ceiling = [stack.level_mg + each for each in added]
        self.bands = list(self._stacked())
        self.plane = Plane(
            left=74.0 if not self.narrow else 66.0,
            right=canvas.width - (272.0 if not self.narrow else 24.0),
            top=top + 8,
            bottom=top + 8 + _HEIGHT,
            first_year=stack.first_year,
            last_year=stack.target_year,
            low_mg=min(0.0, *self.total),
            high_mg=max(*self.ceiling, 1.0) * 1.02,
        )

    def _stacked(self) -> Iterable[_Band]:
        edge = [float(each) for each in self.ceiling]
        same, before = 0, ""
        for each in self.shown:
            same = same + 1 if each.role == before else 0
            before = each.role
            lower = [y - max(mass, 0) for y, mass in zip(edge, each.values_mg, strict=True)]
            yield _Band(each, edge, lower, _SHADES[same % len(_SHADES)])
            edge = lower

    def run(self) -> float:
        canvas, plane, stack = self.canvas, self.plane, self.stack
        plane.grid(canvas, self.lang)
        floor = [min(0.0, each) for each in self.total]
        plane.band(canvas, floor, [max(each, 0.0) for each in self.total], "ink-soft", 0.14)
        for band in self.bands:
            plane.band(canvas, band.lower, band.upper, band.wedge.role, band.opacity)
        for band in self.bands:
            canvas.polyline(plane.points(band.lower, stack.first_year), "paper", 0.8)
        level = plane.y(stack.level_mg)
        canvas.line(plane.left, level, plane.right, level, "ink", 1.2, "6 4")
        canvas.polyline(plane.points(self.total, stack.first_year), "ink", 2)
        end = plane.bottom + 30
        if self.narrow:
            return self._below(end)
        self._beside()
        return end

    def _named(self) -> list[tuple[float, str, _Band | None]]:
        """Height, words and band of each name, from the top; the last is what is left."""
        found: list[tuple[float, str, _Band | None]] = []
        for band in self.bands:
            # The tonnes first: a long name may lose its end, a figure must not.
            words = f"{_signed(band.wedge.values_mg[-1], self.lang)} {band.wedge.name}"
            found.append(((band.upper[-1] + band.lower[-1]) / 2, words, band))
        left = mass_words(self.stack.total_mg[self.ends - 1], self.stack.unit, self.lang)
        words = say("contract.charts.wedge-left-short", self.lang, left=left)
        found.append((self.total[-1] / 2, words, None))
        return found

    def _beside(self) -> None:
        plane, canvas = self.plane, self.canvas
        named = self._named()
        placed = apart([plane.y(each) + 4 for each, _, _ in named], _GAP, plane.top, plane.bottom)
        for (mass, words, band), y in zip(named, placed, strict=True):
            role = "ink-soft" if band is None else band.wedge.role
            canvas.line(plane.right + 1, plane.y(mass), plane.right + 9, y - 4, role, 1.5)
            weight = SEMIBOLD if band is None else REGULAR
            canvas.paragraph(plane.right + 12, y, words, 256, "ink", 12, weight, line_count=1)

    def _below(self, y: float) -> float:
        y += 10
        for _, words, band in self._named():
            role, opacity = ("ink-soft", 0.14) if band is None else (band.wedge.role, band.opacity)
            self.canvas.rect(14, y - 10, 16, 11, role, opacity)
            y = self.canvas.paragraph(38, y, words, self.canvas.width - 50, "ink", 12) + 3
        return y
