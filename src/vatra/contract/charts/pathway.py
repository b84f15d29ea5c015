"""From the base year to the target year: what is emitted, what is left, against the promise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.table import (
    PPM_PER_PERCENT,
    Column,
    RenderedTable,
    gas_unit,
    gas_words,
    in_sector_order,
    percent_value,
    tonnes_value,
)
from vatra.contract.charts.typeface import SEMIBOLD, text_width
from vatra.tables import label
from vatra.words import Language, number, percent, say

NAME = "pathway"
PLACE = 10
PPM = 1_000_000
STAGES = ("base", "before", "after")
_PLOT_HEIGHT = 300.0


def applies(document: Mapping[str, Any]) -> bool:
    """Whether there is a plan to draw."""
    return bool(document.get("plan"))


@dataclass(frozen=True)
class _Line:
    """A named level across the chart."""

    name: str
    mass_mg: int
    words: str
    role: str


def build(document: Mapping[str, Any], lang: Language) -> Chart:
    """The pathway chart of a contract."""
    plan = document["plan"]
    table = pathway_table(document, lang)
    stages = [_stage_words(plan, stage, lang) for stage in STAGES]
    lines = _lines(document, lang)
    sectors = in_sector_order(plan["base_mg"])
    city = document["city"]
    title = say(
        "contract.charts.pathway-title",
        lang,
        city=city["name"],
        base_year=str(plan["base_year"]),
        target_year=str(plan["target_year"]),
        base=gas_words(plan["base_total_mg"], document, lang),
        residual=gas_words(plan["residual_mg"], document, lang),
        share=percent(plan["residual_ppm"] / PPM, lang, 2),
    )
    alt = " ".join([title, *_spoken(document, stages, lang), *(each.words + "." for each in lines)])
    data = {
        "unit": gas_unit(document),
        "categories": [
            {"code": stage, "year": year, "label": words}
            for stage, (year, words) in zip(STAGES, stages, strict=True)
        ],
        "series": [
            {
                "code": sector,
                "name": label("sector", sector, lang),
                "values": [tonnes_value(plan[f"{stage}_mg"].get(sector, 0)) for stage in STAGES],
            }
            for sector in sectors
        ],
        "lines": [
            {"code": each.name, "name": each.words, "value": tonnes_value(each.mass_mg)}
            for each in lines
        ],
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _Drawing(canvas, top, document, lang, stages, lines).run()

    return Chart(NAME, title, alt, lang, data, table, bool(city.get("synthetic")), draw)


def pathway_table(document: Mapping[str, Any], lang: Language) -> RenderedTable:
    """Sectors by stage in tonnes, with the cut and what is left in per cent of the base year."""
    plan, unit = document["plan"], gas_unit(document)
    base_year, target_year = str(plan["base_year"]), str(plan["target_year"])

    def column(key: str, unit: str, decimals: int = 0) -> Column:
        title = say(f"contract.charts.{key}", lang, base=base_year, target=target_year)
        return Column(key, title, unit, "number", decimals)

    columns = (
        Column("sector", say("contract.charts.sector", lang)),
        column("stage-base", unit),
        column("stage-before", unit),
        column("stage-after", unit),
        column("cut", unit),
        column("left-share", "%", 2),
    )
    masses = [
        (label("sector", sector, lang), *(plan[f"{stage}_mg"].get(sector, 0) for stage in STAGES))
        for sector in in_sector_order(plan["base_mg"])
    ]
    masses.append(
        (
            say("contract.charts.total", lang),
            plan["base_total_mg"],
            plan["before_total_mg"],
            plan["residual_mg"],
        )
    )
    rows = tuple(
        (
            name,
            *(tonnes_value(mass) for mass in (base, before, after, base - after)),
            percent_value(after, base),
        )
        for name, base, before, after in masses
    )
    return RenderedTable(
        "pathway",
        say("contract.charts.pathway-table", lang, base=base_year, target=target_year),
        columns,
        rows,
        totals=frozenset({len(rows) - 1}),
    )


def _stage_words(plan: Mapping[str, Any], stage: str, lang: Language) -> tuple[str, str]:
    year = plan["base_year"] if stage == "base" else plan["target_year"]
    return str(year), say(f"contract.charts.stage-{stage}-short", lang)


def _lines(document: Mapping[str, Any], lang: Language) -> list[_Line]:
    plan = document["plan"]
    limit_mg = plan["base_total_mg"] * plan["residual_limit_ppm"] // PPM
    return [
        _Line(
            "target",
            plan["target_mg"],
            say(
                "contract.charts.target-line",
                lang,
                year=str(plan["target_year"]),
                mass=gas_words(plan["target_mg"], document, lang),
                share="\u2212" + _share(plan["cut_ppm"], lang),
            ),
            "ink",
        ),
        _Line(
            "residual_limit",
            limit_mg,
            say(
                "contract.charts.limit-line",
                lang,
                mass=gas_words(limit_mg, document, lang),
                share=_share(plan["residual_limit_ppm"], lang),
            ),
            "ink-soft",
        ),
    ]


def _share(ppm: int, lang: Language) -> str:
    """A share with as many decimals as it has, two at most."""
    percents = ppm / PPM_PER_PERCENT
    decimals = 0 if percents == round(percents) else 1 if ppm % 1000 == 0 else 2
    return percent(ppm / PPM, lang, decimals)


def _spoken(
    document: Mapping[str, Any], stages: Iterable[tuple[str, str]], lang: Language
) -> Iterable[str]:
    plan = document["plan"]
    for stage, (year, words) in zip(STAGES, stages, strict=True):
        masses = plan[f"{stage}_mg"]
        parts = [
            f"{label('sector', sector, lang)} {gas_words(masses[sector], document, lang)}"
            for sector in in_sector_order(masses)
        ]
        yield f"{year}, {words}: {'; '.join(parts)}."


class _Drawing:
    """The layout: three columns, sector names at the left, named lines at the right."""

    def __init__(
        self,
        canvas: Canvas,
        top: float,
        document: Mapping[str, Any],
        lang: Language,
        stages: list[tuple[str, str]],
        lines: list[_Line],
    ) -> None:
        self.canvas, self.lang, self.document = canvas, lang, document
        self.plan = document["plan"]
        self.stages, self.lines = stages, lines
        self.narrow = canvas.width < NARROW
        self.left = 16.0 if self.narrow else 148.0
        self.right = canvas.width - (16.0 if self.narrow else 176.0)
        self.top = top + 22
        highest = max(
            *(sum(max(v, 0) for v in self.plan[f"{stage}_mg"].values()) for stage in STAGES),
            *(line.mass_mg for line in lines),
            1,
        )
        lowest = min(sum(min(v, 0) for v in self.plan[f"{s}_mg"].values()) for s in STAGES)
        self.scale = _PLOT_HEIGHT / (highest - lowest)
        self.zero = self.top + highest * self.scale
        self.bottom = self.top + _PLOT_HEIGHT
        self.step = (self.right - self.left) / 3
        self.bar = self.step * (0.62 if not self.narrow else 0.7)

    def run(self) -> float:
        self.canvas.line(self.left, self.zero, self.right, self.zero, "ink-soft")
        for position, stage in enumerate(STAGES):
            self._column(position, stage)
        self._level_lines()
        for position, stage in enumerate(STAGES):
            self._total(position, stage)
        end = self._captions()
        if self.narrow:
            return self._legend(end)
        self._sector_names()
        return end

    def _x(self, position: int) -> float:
        return self.left + self.step * position + (self.step - self.bar) / 2

    def _column(self, position: int, stage: str) -> None:
        masses = self.plan[f"{stage}_mg"]
        x, up, down = self._x(position), self.zero, self.zero
        for sector in in_sector_order(masses):
            mass = masses[sector]
            height = abs(mass) * self.scale
            role = sector_role(sector)
            y = up - height if mass >= 0 else down
            up, down = (up - height, down) if mass >= 0 else (up, down + height)
            # A hair of ground between the parts keeps neighbours apart without an outline.
            self.canvas.rect(x, y, self.bar, height - (1 if height > 3 else 0), role)
            words = number(tonnes_value(mass) or 0, self.lang, 0)
            if height >= 18 and text_width(words, 12) < self.bar - 8:
                middle = y + height / 2 + 4
                self.canvas.text(x + self.bar / 2, middle, words, f"on-{role}", 12, anchor="middle")

    def _total(self, position: int, stage: str) -> None:
        """The total above a column, lifted over a line that would run through it."""
        masses = self.plan[f"{stage}_mg"].values()
        above = self.zero - sum(max(mass, 0) for mass in masses) * self.scale - 7
        crossing = range(-4, 14)
        for line in sorted(self.lines, key=lambda each: each.mass_mg) if position else ():
            y = self.zero - line.mass_mg * self.scale
            if round(above - y) in crossing:
                above = y - 6
        words = number(tonnes_value(sum(masses)) or 0, self.lang, 0) + "\u00a0t"
        middle = self._x(position) + self.bar / 2
        self.canvas.text(middle, above, words, "ink", 13, SEMIBOLD, anchor="middle", halo=True)

    def _level_lines(self) -> None:
        """Lines of the target and the limit, with words that never stand on each other."""
        right = self.canvas.width - 16
        levels = sorted(self.lines, key=lambda line: -line.mass_mg)
        ys = [self.zero - line.mass_mg * self.scale for line in levels]
        start = self._x(1) - 6 if not self.narrow else self.left
        for line, y in zip(levels, ys, strict=True):
            dash = "6 4" if line.name == "target" else "2 3"
            self.canvas.line(
                start, y, right if not self.narrow else self.right, y, line.role, 1.5, dash
            )
        if self.narrow:
            return
        # The upper words stand on their line, the lower ones hang from theirs.
        x, width = self.right + 6, right - self.right - 6
        for position, (line, y) in enumerate(zip(levels, ys, strict=True)):
            weight = SEMIBOLD if line.name == "target" else 400
            above = position == 0
            rows = line.words.split(": ", 1)
            place = y - 6 - 15 * (len(rows) - 1) if above else y + 16
            for words in rows:
                self.canvas.paragraph(x, place, words, width, line.role, 12, weight, line_count=1)
                place += 15

    def _captions(self) -> float:
        y = end = self.bottom + 19
        for position, (year, words) in enumerate(self.stages):
            x = self._x(position) + self.bar / 2
            self.canvas.text(x, y, year, "ink", 14, SEMIBOLD, anchor="middle")
            under = self.canvas.paragraph(
                x, y + 17, words, self.step - 6, "ink-soft", 12, anchor="middle"
            )
            if position and self.plan["base_total_mg"]:
                left = sum(self.plan[f"{STAGES[position]}_mg"].values())
                share = percent(left / self.plan["base_total_mg"], self.lang, 1)
                said = say(
                    "contract.charts.caption-change",
                    self.lang,
                    share=share,
                    year=str(self.plan["base_year"]),
                )
                self.canvas.text(x, under, said, "ink-soft", 12, anchor="middle")
            end = max(end, under)
        return end + 12

    def _sector_names(self) -> None:
        """Names beside the first column, pushed apart where the parts are thin."""
        tops: list[tuple[float, str]] = []
        y = self.zero
        for sector in in_sector_order(self.plan["base_mg"]):
            mass = self.plan["base_mg"][sector]
            height = max(mass, 0) * self.scale
            if mass > 0:
                tops.append((y - height / 2, sector))
            y -= height
        x = self._x(0)
        placed = self.zero + 14.0
        for middle, sector in tops:
            words = label("sector", sector, self.lang)
            placed = min(middle, placed - 17)
            role = sector_role(sector)
            self.canvas.line(x - 12, placed, x - 2, middle, role, 1)
            self.canvas.text(x - 16, placed + 4, words, "ink", 12, anchor="end")

    def _legend(self, y: float) -> float:
        """On a phone: a row for each sector and each line below the picture."""
        y += 8
        for sector in in_sector_order(self.plan["base_mg"]):
            self.canvas.rect(16, y - 10, 11, 11, sector_role(sector))
            self.canvas.text(34, y, label("sector", sector, self.lang), "ink", 12)
            y += 18
        for line in self.lines:
            dash = "6 4" if line.name == "target" else "2 3"
            self.canvas.line(16, y - 4, 30, y - 4, line.role, 1.5, dash)
            y = self.canvas.paragraph(34, y, line.words, self.canvas.width - 50, "ink", 12) + 2
        return y
