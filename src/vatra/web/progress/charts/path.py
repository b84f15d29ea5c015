"""The picture that answers: what was planned, what is expected now, what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.ends import End, Stroke, below, beside, target_line, until
from vatra.contract.charts.plane import Plane
from vatra.contract.charts.table import gas_unit, gas_words, tonnes_value
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.web.progress.charts.axes import dot
from vatra.words import Language, say

_HEIGHT = 300.0
_GAP = 16.0
_LOOKS: dict[str, Stroke] = {
    "without": ("ink-soft", 1.5, "2 3"),
    "planned": ("ink-soft", 2.0, "7 4"),
    "expected": ("river", 3.0, ""),
}


@dataclass(frozen=True)
class Lines:
    """Emissions by year [mg CO2e] of each line, what was measured, and the target."""

    years: tuple[int, ...]
    masses: Mapping[str, list[int]]
    measured: Mapping[int, int]
    target_mg: int
    target_year: int
    last_year: int | None

    @property
    def at_target(self) -> int:
        """Position of the target year."""
        return self.years.index(self.target_year)


def path_chart(document: Mapping[str, Any], lang: Language, name: str) -> Chart:
    """The path as planned and as expected, measured years as points."""
    found = _lines(document)
    names = {key: say(f"web.progress.line-{key}", lang) for key in found.masses}
    at, city = found.at_target, document["city"]
    said = {key: gas_words(masses[at], document, lang) for key, masses in found.masses.items()}
    said |= {"city": city["name"], "year": str(found.target_year), "last": str(found.last_year)}
    key = "chart-path" if "expected" in found.masses else "chart-path-planned"
    title = say(f"web.progress.{key}", lang, **said)
    target = say(
        "web.progress.line-target",
        lang,
        year=str(found.target_year),
        mass=gas_words(found.target_mg, document, lang),
    )
    table = _table(found, names, document, lang, name)

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, found, names, target, lang)

    return Chart(
        name, title, f"{title} {target}.", lang, _data(found, names, gas_unit(document)), table,
        bool(city["synthetic"]), draw,
    )  # fmt: skip


def _lines(document: Mapping[str, Any]) -> Lines:
    path = document["pathway"]
    years = sorted(path["planned_mg"])
    series = {"without": document["without_mg"], "planned": path["planned_mg"]}
    if document["year"] is not None:
        series["expected"] = path["expected_mg"]["plan_pace"]
    return Lines(
        tuple(map(int, years)),
        {key: [int(by_year[year]) for year in years] for key, by_year in series.items()},
        {int(year): mass for year, mass in document["measured_mg"].items()},
        document["target"]["allowed_mg"],
        document["city"]["target_year"],
        document["year"],
    )


def _table(
    found: Lines, names: Mapping[str, str], document: Mapping[str, Any], lang: Language, name: str
) -> RenderedTable:
    unit = gas_unit(document)
    columns = (
        Column("year", say("web.progress.year", lang)),
        *(Column(key, words, unit, "number") for key, words in names.items()),
        Column("measured", say("web.progress.line-measured", lang), unit, "number"),
    )
    rows = tuple(
        (
            str(year),
            *(tonnes_value(each[place]) for each in found.masses.values()),
            tonnes_value(found.measured.get(year)),
        )
        for place, year in enumerate(found.years)
    )
    return RenderedTable(name, say("web.progress.table-path", lang), columns, rows)


def _data(found: Lines, names: Mapping[str, str], unit: str) -> dict[str, Any]:
    return {
        "unit": unit,
        "categories": [{"code": str(year), "label": str(year)} for year in found.years],
        "series": [
            {"code": key, "name": names[key], "values": [tonnes_value(each) for each in masses]}
            for key, masses in found.masses.items()
        ],
        "lines": [{"code": "target", "value": tonnes_value(found.target_mg)}],
    }


def _draw(
    canvas: Canvas,
    top: float,
    found: Lines,
    names: Mapping[str, str],
    target: str,
    lang: Language,
) -> float:
    narrow = canvas.width < NARROW
    every = [mass for each in found.masses.values() for mass in each]
    every += [found.target_mg, 0, *found.measured.values()]
    plane = Plane(
        left=66.0 if narrow else 78.0,
        right=canvas.width - (24.0 if narrow else 200.0),
        top=top + 26,
        bottom=top + 26 + _HEIGHT,
        first_year=found.years[0],
        last_year=found.years[-1],
        low_mg=float(min(every)),
        high_mg=max(every) * 1.03 or 1.0,
    )
    plane.grid(canvas, lang)
    _marks(canvas, plane, found, lang)
    ends = [
        End(names[key], masses[found.at_target], _LOOKS[key])
        for key, masses in found.masses.items()
    ]
    if narrow:
        return below(canvas, plane.bottom + 40, target, ends, lang)
    y = plane.y(found.target_mg)
    canvas.text(plane.left + 6, y - 6, target, "ink", 12, SEMIBOLD, halo=True)
    beside(canvas, plane, ends, _GAP, lang)
    return plane.bottom + 30


def _marks(canvas: Canvas, plane: Plane, found: Lines, lang: Language) -> None:
    if found.last_year is not None:
        words = say("web.progress.reported-until", lang, year=str(found.last_year))
        until(canvas, plane, found.last_year, words)
    for key, masses in found.masses.items():
        canvas.polyline(plane.points(masses, found.years[0]), *_LOOKS[key])
    target_line(canvas, plane, found.target_mg)
    for year, mass in sorted(found.measured.items()):
        dot(canvas, plane.x(year), plane.y(mass), "ink", 10)
        # Beside the vertical line of the last report, where it has room of its own.
        words = say("web.progress.line-measured", lang)
        canvas.text(plane.x(year) + 9, plane.y(mass) - 7, words, "ink", 12, SEMIBOLD, halo=True)
