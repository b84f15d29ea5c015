"""Packages of a block as pictures: cost against primary energy, and the energy before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import apart, coordinate, tick_step
from vatra.contract.charts.table import Column, RenderedTable, Value, text_column
from vatra.plans.retrofit.named import KEPT_NAME, named
from vatra.plans.services import CERTIFIED
from vatra.runs.retrofit import Renovation
from vatra.runs.retrofit_rows import before_of, package_row, picks
from vatra.words import Language, euros, number, say

_HEIGHT = 300.0
# P10 and P90 by package.
Ends = Mapping[str, tuple[float, float]]
_DOT = 5.0
# Shades of bars by service, heating first as it weighs most.
_ROLES = {
    "heating": "ember",
    "hot_water": "river",
    "cooling": "industry",
    "ventilation": "spruce",
    "lighting": "waste",
}


def packages_chart(found: Renovation, lang: Language) -> Chart:
    """Every package: what it costs per flat area, and what primary energy is left."""
    chosen = {name: package_row(found, place) for name, place in picks(found).items()}
    best = chosen["best_class"]
    title = say(
        "runs.retrofit-chart",
        lang,
        klass=best["energy_class"],
        cost=euros(best["cost_cents"], lang),
        count=number(found.packages.count, lang),
        before=before_of(found)["energy_class"],
    )
    rows = tuple(
        (_name(name, lang), round(row["cost_cents"] / 100), row["primary_kwh_m2"],
         row["energy_class"])
        for name, row in chosen.items()
    )  # fmt: skip
    columns = (
        text_column("package", "runs.retrofit-package", lang),
        Column("cost", say("runs.retrofit-cost", lang), "EUR", "number"),
        Column("primary", say("runs.retrofit-primary", lang), "kWh/m²", "number"),
        text_column("class", "runs.retrofit-class", lang),
    )
    table = RenderedTable("packages", say("runs.retrofit-chart-table", lang), columns, rows)
    alt = " ".join(
        [title, *(f"{row[0]}: EUR {row[1]}, {row[2]} kWh/m², {row[3]}." for row in rows)]
    )
    area = found.building.heated_m2
    cost = found.appraisal.costs.total_cents() / 100 / area
    primary = found.appraisal.figures.primary_kwh_m2
    front = found.appraisal.is_on_front
    named_at = {name: place for name, place in picks(found).items() if name in named()}
    dots = _Dots(cost, np.asarray(primary), np.asarray(front), named_at)

    def draw(canvas: Canvas, top: float) -> float:
        return dots.draw(canvas, top, lang)

    data = {
        "unit": "kWh/m²",
        "cost_eur_m2": cost[front].tolist(),
        "primary": primary[front].tolist(),
    }
    return Chart("packages", title, alt, lang, data, table, _synthetic(found), draw)


def _synthetic(found: Renovation) -> bool:
    return found.building.synthetic or found.climate.synthetic


def _name(name: str, lang: Language) -> str:
    return named()[name].said.text(lang) if name in named() else say(f"cli.retrofit-{name}", lang)


@dataclass(frozen=True, eq=False)
class _Dots:
    """Packages on a plane of cost and primary energy per floor area."""

    cost: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    primary: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    front: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    named_at: dict[str, int]

    def draw(self, canvas: Canvas, top: float, lang: Language) -> float:
        left, right = 54.0, canvas.width - 14.0
        bottom = top + 24 + _HEIGHT
        most_x, most_y = float(self.cost.max()) * 1.03 or 1.0, float(self.primary.max()) * 1.06

        def x(value: float) -> float:
            return left + (right - left) * value / most_x

        def y(value: float) -> float:
            return bottom - _HEIGHT * value / most_y

        canvas.text(left, top + 10, say("runs.retrofit-axis-y", lang), "ink-soft", 12)
        step = tick_step(most_y, 5)
        for at in range(int(most_y / step) + 1):
            canvas.line(left, y(at * step), right, y(at * step), "rule")
            canvas.text(left - 6, y(at * step) + 4, number(at * step, lang), "ink-soft", 11,
                        anchor="end")  # fmt: skip
        step = tick_step(most_x, 4 if canvas.width < NARROW else 7)
        for at in range(int(most_x / step) + 1):
            canvas.text(x(at * step), bottom + 16, number(at * step, lang), "ink-soft", 11,
                        anchor="middle")  # fmt: skip
        canvas.text(right, bottom + 34, say("runs.retrofit-axis-x", lang), "ink-soft", 12,
                    anchor="end")  # fmt: skip
        # Packages that lie on the same pixels are one dot.
        seen = {(round(x(c)), round(y(p))) for c, p in zip(self.cost, self.primary, strict=True)}
        dots = "".join(f"M{across - 1} {down - 1}h2v2h-2z" for across, down in sorted(seen))
        canvas.path(dots, "ink-soft", 0.45)
        best = sorted(zip(self.cost[self.front], self.primary[self.front], strict=True))
        corners = [
            (coordinate(x(cost) - 1.5), coordinate(y(primary) - 1.5)) for cost, primary in best
        ]
        canvas.path("".join(f"M{left} {up}h3v3h-3z" for left, up in corners), "spruce")
        self._label(canvas, x, y, lang)
        canvas.text(left, bottom + 34, say("runs.retrofit-front", lang), "spruce", 12)
        return bottom + 42

    def _label(self, canvas: Canvas, x: object, y: object, lang: Language) -> None:
        places = list(self.named_at.items())
        heights = [float(self.primary[place]) for _, place in places]
        order = np.argsort([-each for each in heights])
        wanted = [y(heights[each]) for each in order]  # type: ignore[operator]
        told = apart(wanted, 15.0, min(wanted), max(wanted) + 15.0 * len(wanted))
        for rank, each in enumerate(order):
            name, place = places[each]
            at_x, at_y = x(float(self.cost[place])), y(heights[each])  # type: ignore[operator]
            canvas.rect(at_x - _DOT, at_y - _DOT, 2 * _DOT, 2 * _DOT, "ember")
            near = at_x > canvas.width * 0.6
            canvas.text(at_x + (-9 if near else 9), told[rank] + 4, _name(name, lang), "ink", 12,
                        anchor="end" if near else "start", halo=True)  # fmt: skip


def before_after(found: Renovation, lang: Language, ends: Ends | None = None) -> Chart:
    """What is bought for each service, as it stands and under the named packages.

    ``ends`` P10 and P90 of the whole [kWh/m2] by package (``retrofit_doubt.final_ends``), drawn as
    lines over the bars.
    """
    bars, told = _bars(found, lang), _ends(ends, lang)
    first, last = bars[0], bars[-1]
    title = say(
        "runs.retrofit-bars",
        lang,
        before=number(sum(first[1].values()), lang, 0),
        after=number(sum(last[1].values()), lang, 0),
        package=last[0],
    )
    columns = (
        text_column("package", "runs.retrofit-package", lang),
        *(
            Column(service, say(f"runs.retrofit-service-{service}", lang), "kWh/m²", "number")
            for service in CERTIFIED
        ),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (name, *(round(parts.get(each, 0.0), 1) for each in CERTIFIED)) for name, parts in bars
    )
    table = RenderedTable("before-after", say("runs.retrofit-bars-table", lang), columns, rows)
    alt = " ".join([title, *(f"{row[0]}: {', '.join(map(str, row[1:]))}." for row in rows)])
    alt += "".join(f" {name}: P10–P90 {low}–{high}." for name, (low, high) in told.items())

    def draw(canvas: Canvas, top: float) -> float:
        return _draw_bars(canvas, top, bars, told, lang)

    data = {
        "unit": "kWh/m²",
        "bars": [{"name": name, **parts} for name, parts in bars],
        "p10_p90": {name: list(each) for name, each in told.items()},
    }
    return Chart("before-after", title, alt, lang, data, table, _synthetic(found), draw)


def _ends(ends: Ends | None, lang: Language) -> Ends:
    """P10 and P90 by the words of the package."""
    return {_name(name, lang): each for name, each in (ends or {}).items() if name in named()}


def _bars(found: Renovation, lang: Language) -> list[tuple[str, dict[str, float]]]:
    """Final energy per floor area by service, panels not taken off."""
    area = found.building.heated_m2
    bars = []
    for name, place in picks(found).items():
        if name not in named():
            continue
        state = -1 if name == KEPT_NAME else int(found.states.place[place])
        heat = found.packages.package(place).get("heat", "heat_kept")
        bought = found.spent.by_heat.get(heat, found.spent.by_heat["kept"])
        parts = {
            service: float(bought.of_service(service)[state].sum()) / 1e3 / area
            for service in CERTIFIED
            if service in bought.services()
        }
        bars.append((_name(name, lang), parts))
    return bars


def _draw_bars(
    canvas: Canvas,
    top: float,
    bars: list[tuple[str, dict[str, float]]],
    told: Ends,
    lang: Language,
) -> float:
    narrow = canvas.width < NARROW
    left, right, y = 14.0, canvas.width - 60.0, top + 10
    x = left
    shown = {service for _, parts in bars for service in parts if parts[service] > 0}
    for service, role in _ROLES.items():
        if service not in shown:
            continue
        words = say(f"runs.retrofit-service-{service}", lang)
        if x + 20 + 8 * len(words) > canvas.width:
            x, y = left, y + 20
        canvas.rect(x, y - 10, 12, 12, role)
        canvas.text(x + 18, y, words, "ink-soft", 12)
        x += 34 + 7.4 * len(words)
    y += 20
    highest = [*(sum(parts.values()) for _, parts in bars), *(high for _, high in told.values())]
    most = max(highest) or 1.0
    for name, parts in bars:
        y += 14
        canvas.text(left, y, name, "ink", 12 if narrow else 13)
        y += 6
        x = left
        for service, role in _ROLES.items():
            width = (right - left) * parts.get(service, 0.0) / most
            canvas.rect(x, y, width, 16, role)
            x += width
        if name in told:
            x = max(x, _draw_ends(canvas, y, told[name], (left, (right - left) / most)))
        canvas.text(x + 6, y + 13, number(sum(parts.values()), lang, 0), "ink", 13)
        y += 26
    key = "retrofit-bars-unit-doubt" if told else "retrofit-bars-unit"
    return canvas.paragraph(left, y + 8, say(f"runs.{key}", lang), right - left, "ink-soft", 12)


def _draw_ends(
    canvas: Canvas, y: float, ends: tuple[float, float], scale: tuple[float, float]
) -> float:
    """A line from P10 to P90 across the middle of a bar; where it ends."""
    low, high = (scale[0] + scale[1] * each for each in ends)
    canvas.line(low, y + 8, high, y + 8, "paper", 4)
    canvas.line(low, y + 8, high, y + 8, "ink", 1.5)
    for end in (low, high):
        canvas.line(end, y + 3, end, y + 13, "ink", 1.5)
    return high
