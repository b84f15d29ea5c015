"""The path year by year: what the plan leaves, how far that may be wrong, and the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import Plane, apart
from vatra.contract.charts.table import Column, RenderedTable, tonnes_value
from vatra.contract.charts.typeface import REGULAR, SEMIBOLD
from vatra.words import Language, number, percent, say

_HEIGHT = 300.0
_PPM = 1_000_000
_GAP = 15.0


@dataclass(frozen=True)
class Course:
    """A pathway as its chart draws it; masses in mg CO2e for every year from ``first_year`` on.

    Attributes
    ----------
    unit : what the tonnes are of, ``t CO₂e``
    without_mg : what there would be without the actions
    planned_mg : what the plan leaves: the mean of the draws where there are any
    low_mg, high_mg : P10 and P90 of the draws, empty where nothing was drawn
    target_mg, cut_ppm : what the city promised for ``target_year``, and as a share of the base
    chance_ppm : how likely the promise is kept, None where nothing was drawn
    today : the year of the reader, None on paper
    as_planned_mg : the plan as it stands, where ``planned_mg`` is a trial beside it
    """

    name: str
    city: str
    unit: str
    first_year: int
    target_year: int
    without_mg: Sequence[int]
    planned_mg: Sequence[int]
    target_mg: int
    cut_ppm: int
    low_mg: Sequence[int] = ()
    high_mg: Sequence[int] = ()
    chance_ppm: int | None = None
    today: int | None = None
    as_planned_mg: Sequence[int] = ()
    synthetic: bool = False

    @property
    def last_year(self) -> int:
        """The last year of the path."""
        return self.first_year + len(self.planned_mg) - 1

    @property
    def tried(self) -> str:
        """What the main line is called in texts."""
        return "tried" if self.as_planned_mg else "planned"

    @property
    def at_target(self) -> int:
        """Position of the target year."""
        return self.target_year - self.first_year


def fan(course: Course, lang: Language) -> Chart:
    """The chart of a course."""
    title = _title(course, lang)
    table = fan_table(course, lang)
    spoken = [
        say(
            "contract.charts.fan-spoken",
            lang,
            year=str(course.first_year + at),
            planned=mass_words(mass, course.unit, lang),
            without=mass_words(course.without_mg[at], course.unit, lang),
        )
        for at, mass in enumerate(course.planned_mg)
    ]
    data = {
        "unit": course.unit,
        "categories": [{"code": str(row[0]), "label": str(row[0])} for row in table.rows],
        "series": [
            {"code": column.key, "name": column.title, "values": [row[at] for row in table.rows]}
            for at, column in enumerate(table.columns)
            if at
        ],
        "lines": [
            {"code": "target", "name": _target_words(course, lang),
             "value": tonnes_value(course.target_mg)}
        ],
    }  # fmt: skip

    def draw(canvas: Canvas, top: float) -> float:
        return _Drawing(canvas, top, course, lang).run()

    alt = " ".join([title, _target_words(course, lang) + ".", *spoken])
    return Chart(course.name, title, alt, lang, data, table, course.synthetic, draw)


def mass_words(mass_mg: int, unit: str, lang: Language) -> str:
    """A mass with what it is of: ``185,600 t CO₂e``."""
    return number(tonnes_value(mass_mg) or 0, lang, 0) + "\u00a0" + unit.replace(" ", "\u00a0")


def _title(course: Course, lang: Language) -> str:
    left = course.planned_mg[course.at_target]
    said = {
        "city": course.city,
        "year": str(course.target_year),
        "cut": "\u2212" + cut_words(course.cut_ppm, lang),
        "left": mass_words(left, course.unit, lang),
    }
    if course.chance_ppm is not None:
        low, high = (tonnes_value(each[course.at_target]) or 0
                     for each in (course.low_mg, course.high_mg))  # fmt: skip
        return say(
            "contract.charts.fan-title-chance",
            lang,
            **said,
            chance=chance_words(course.chance_ppm, lang),
            low=number(low, lang, 0),
            high=number(high, lang, 0),
        )
    key = "met" if left <= course.target_mg else "missed"
    gap = mass_words(abs(left - course.target_mg), course.unit, lang)
    if course.as_planned_mg:
        key = f"tried-{key}"
    return say(f"contract.charts.fan-title-{key}", lang, **said, gap=gap)


def cut_words(ppm: int, lang: Language) -> str:
    """A share with as many decimals as it has, two at most."""
    decimals = 0 if ppm % 10_000 == 0 else 1 if ppm % 1_000 == 0 else 2
    return percent(ppm / _PPM, lang, decimals)


def chance_words(ppm: int, lang: Language) -> str:
    """A probability in whole per cent; never 0 or 100 %, which no sample can tell."""
    if ppm < _PPM // 200:
        return say("contract.charts.chance-below", lang, chance=percent(0.01, lang))
    if ppm > _PPM - _PPM // 200:
        return say("contract.charts.chance-above", lang, chance=percent(0.99, lang))
    return percent(ppm / _PPM, lang)


def _target_words(course: Course, lang: Language) -> str:
    return say(
        "contract.charts.target-line",
        lang,
        year=str(course.target_year),
        mass=mass_words(course.target_mg, course.unit, lang),
        share="\u2212" + cut_words(course.cut_ppm, lang),
    )


def fan_table(course: Course, lang: Language) -> RenderedTable:
    """Every year with what there would be, what the plan leaves and its band."""
    keys = ["without", course.tried, *(("p10", "p90") if course.low_mg else ())]
    series = [course.without_mg, course.planned_mg]
    series += [course.low_mg, course.high_mg] if course.low_mg else []
    if course.as_planned_mg:
        keys.append("as-planned")
        series.append(course.as_planned_mg)
    columns = [Column("year", say("contract.charts.year", lang))]
    for key in keys:
        name = f"{key.replace('-', '_')}_t_co2e"
        columns.append(Column(name, say(f"contract.charts.fan-{key}", lang), course.unit, "number"))
    rows = tuple(
        (str(course.first_year + at), *(tonnes_value(each[at]) for each in series))
        for at in range(len(course.planned_mg))
    )
    return RenderedTable(
        course.name, say("contract.charts.fan-table", lang, city=course.city), tuple(columns), rows
    )


_Look = Literal["line", "dots", "thin", "thick", "band"]
# Role, width and dashes of a line.
_LINES: Mapping[str, tuple[str, float, str]] = {
    "line": ("ember", 1.5, "6 4"),
    "dots": ("ink-soft", 1.5, "2 3"),
    "thin": ("ink-soft", 1.5, ""),
    "thick": ("river", 2.5, ""),
}


@dataclass(frozen=True)
class _Named:
    """A series with its words at the target year, and how it looks."""

    mass_mg: float
    words: str
    look: _Look
    role: str


class _Drawing:
    """Band, lines and their words; on a phone the words stand below."""

    def __init__(self, canvas: Canvas, top: float, course: Course, lang: Language) -> None:
        self.canvas, self.course, self.lang = canvas, course, lang
        self.narrow = canvas.width < NARROW
        series = (course.without_mg, course.planned_mg, course.low_mg, course.high_mg,
                  course.as_planned_mg)  # fmt: skip
        every = [float(mass) for each in series for mass in each] + [float(course.target_mg), 0.0]
        self.plane = Plane(
            left=74.0 if not self.narrow else 66.0,
            right=canvas.width - (190.0 if not self.narrow else 24.0),
            top=top + 26,
            bottom=top + 26 + _HEIGHT,
            first_year=course.first_year,
            last_year=course.last_year,
            low_mg=min(every),
            high_mg=max(every) * 1.03 or 1.0,
        )

    def run(self) -> float:
        canvas, plane, course = self.canvas, self.plane, self.course
        plane.grid(canvas, self.lang)
        if course.low_mg:
            plane.band(canvas, course.low_mg, course.high_mg, "river", 0.22)
        self._today()
        self._line(course.without_mg, "dots")
        if course.as_planned_mg:
            self._line(course.as_planned_mg, "thin")
        self._line(course.planned_mg, "thick")
        self._target()
        end = plane.bottom + 30
        if self.narrow:
            return self._below(end)
        self._beside()
        return end

    def _line(self, masses_mg: Sequence[int], look: _Look) -> None:
        points = self.plane.points(masses_mg, self.course.first_year)
        self.canvas.polyline(points, *_LINES[look])

    def _today(self) -> None:
        course, plane = self.course, self.plane
        if course.today is None or not course.first_year <= course.today <= course.last_year:
            return
        x = plane.x(course.today)
        self.canvas.line(x, plane.top - 8, x, plane.bottom, "ink-soft", 1)
        words = say("contract.charts.today", self.lang, year=str(course.today))
        self.canvas.text(x, plane.top - 13, words, "ink-soft", 12, anchor="middle", halo=True)

    def _target(self) -> None:
        course, plane = self.course, self.plane
        y = plane.y(course.target_mg)
        self.canvas.line(plane.left, y, plane.right, y, "ember", 1.5, "6 4")
        if not self.narrow:
            words = _target_words(course, self.lang)
            self.canvas.text(plane.left + 6, y - 6, words, "ink", 12, SEMIBOLD, halo=True)
        x = plane.x(course.target_year)
        left = plane.y(course.planned_mg[course.at_target])
        self.canvas.rect(x - 4, left - 4, 8, 8, "river")

    def _named(self) -> list[_Named]:
        """What stands at the end of the path."""
        course = self.course
        found = [
            self._name("without", course.without_mg, "dots", "ink-soft"),
            self._name(course.tried, course.planned_mg, "thick", "ink"),
        ]
        if course.as_planned_mg:
            found.append(self._name("as-planned", course.as_planned_mg, "thin", "ink-soft"))
        if course.low_mg:
            found.append(self._name("p90", course.high_mg, "band", "ink"))
            found.append(self._name("p10", course.low_mg, "band", "ink"))
        return found

    def _name(self, key: str, masses_mg: Sequence[int], look: _Look, role: str) -> _Named:
        mass = masses_mg[self.course.at_target]
        name = say(f"contract.charts.fan-{key}-short", self.lang)
        words = f"{name}: {number(tonnes_value(mass) or 0, self.lang, 0)}\u00a0t"
        return _Named(float(mass), words, look, role)

    def _beside(self) -> None:
        plane = self.plane
        named = self._named()
        wanted = [plane.y(each.mass_mg) + 4 for each in named]
        placed = apart(wanted, _GAP, plane.top, plane.bottom + 4)
        for each, y in zip(named, placed, strict=True):
            level = plane.y(each.mass_mg)
            self.canvas.line(plane.right + 1, level, plane.right + 8, y - 4, "ink-soft")
            weight = SEMIBOLD if each.look == "thick" else REGULAR
            x, width = plane.right + 11, self.canvas.width - plane.right - 12
            self.canvas.paragraph(x, y, each.words, width, each.role, 12, weight, line_count=1)

    def _below(self, y: float) -> float:
        y = self._key(y + 10, "line", _target_words(self.course, self.lang))
        for each in self._named():
            y = self._key(y, each.look, each.words)
        return y

    def _key(self, y: float, look: _Look, words: str) -> float:
        canvas = self.canvas
        if look == "band":
            canvas.rect(14, y - 10, 16, 11, "river", 0.22)
        else:
            role, width, dash = _LINES[look]
            canvas.line(14, y - 4, 30, y - 4, role, width, dash)
        return canvas.paragraph(38, y, words, canvas.width - 50, "ink", 12) + 3
