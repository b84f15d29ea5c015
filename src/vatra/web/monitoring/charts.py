"""The picture of monitoring: what is expected at either pace beside what was planned."""

from __future__ import annotations

from dataclasses import dataclass

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.ends import End, Stroke, below, beside, target_line, until
from vatra.contract.charts.plane import Plane
from vatra.contract.charts.table import gas_unit, gas_words, tonnes_value
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.web.monitoring.queries import Report
from vatra.words import Language, say

NAME = "expected"
_HEIGHT = 300.0
_GAP = 15.0
# The paces stand apart by colour and by thickness.
_LOOKS: dict[str, Stroke] = {
    "without": ("ink-soft", 1.5, "2 3"),
    "planned": ("ink-soft", 1.5, ""),
    "plan_pace": ("river", 2.5, ""),
    "pace_seen": ("spruce", 2.5, "8 3"),
}


@dataclass(frozen=True)
class Lines:
    """Emissions by year [mg CO2e] of each line, and the target."""

    years: tuple[int, ...]
    masses: dict[str, list[int]]
    target_mg: int
    target_year: int
    last_year: int | None

    @property
    def at_target(self) -> int:
        """Position of the target year."""
        return self.years.index(self.target_year)


def expected_chart(report: Report, lang: Language) -> Chart | None:
    """The paths that reports lead to, beside the plan; None without a plan."""
    document = report.document
    if document is None:
        return None
    found = _lines(report)
    names = {key: say(f"web.monitoring.line-{key.replace('_', '-')}", lang) for key in found.masses}
    at, city = found.at_target, document["city"]
    said = {
        "city": city["name"],
        "year": str(found.target_year),
        "last": str(found.last_year),
        **{key: gas_words(masses[at], document, lang) for key, masses in found.masses.items()},
    }
    title = say(
        f"web.monitoring.{'chart' if report.is_reported else 'chart-planned'}", lang, **said
    )
    unit = gas_unit(document)
    columns = (
        Column("year", say("web.monitoring.year", lang)),
        *(Column(key, name, unit, "number") for key, name in names.items()),
    )
    rows = tuple(
        (str(year), *(tonnes_value(each[place]) for each in found.masses.values()))
        for place, year in enumerate(found.years)
    )
    data = {
        "unit": unit,
        "categories": [{"code": row[0], "label": row[0]} for row in rows],
        "series": [
            {"code": key, "name": names[key], "values": [tonnes_value(each) for each in masses]}
            for key, masses in found.masses.items()
        ],
        "lines": [{"code": "target", "value": tonnes_value(found.target_mg)}],
    }
    target = say("web.monitoring.line-target", lang, year=str(found.target_year),
                 mass=gas_words(found.target_mg, document, lang))  # fmt: skip

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, found, names, target, lang)

    table = RenderedTable(NAME, say("web.monitoring.chart-table", lang), columns, rows)
    alt = f"{title} {target}."
    return Chart(NAME, title, alt, lang, data, table, bool(city["synthetic"]), draw)


def _lines(report: Report) -> Lines:
    document = report.document or {}
    path = document["pathway"]
    years = sorted(path["planned_mg"])
    series = {"without": report.without_mg, "planned": path["planned_mg"]}
    if report.is_reported:
        series |= {key: path["expected_mg"][key] for key in ("plan_pace", "pace_seen")}
    masses = {key: [by_year[year] for year in years] for key, by_year in series.items()}
    return Lines(
        tuple(map(int, years)),
        masses,
        document["target"]["allowed_mg"],
        document["city"]["target_year"],
        document["year"],
    )


def _draw(
    canvas: Canvas,
    top: float,
    found: Lines,
    names: dict[str, str],
    target: str,
    lang: Language,
) -> float:
    narrow = canvas.width < NARROW
    every = [mass for each in found.masses.values() for mass in each] + [found.target_mg, 0]
    plane = Plane(
        left=66.0 if narrow else 74.0,
        right=canvas.width - (24.0 if narrow else 214.0),
        top=top + 26,
        bottom=top + 26 + _HEIGHT,
        first_year=found.years[0],
        last_year=found.years[-1],
        low_mg=float(min(every)),
        high_mg=max(every) * 1.03 or 1.0,
    )
    plane.grid(canvas, lang)
    if found.last_year is not None:
        words = say("web.monitoring.reported-until", lang, year=str(found.last_year))
        until(canvas, plane, found.last_year, words)
    for key, masses in found.masses.items():
        canvas.polyline(plane.points(masses, found.years[0]), *_LOOKS[key])
    target_line(canvas, plane, found.target_mg)
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
