"""A waterfall from the base year to the residual, one step for each driver of the cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vatra.contract.charts.canvas import Canvas, wrapped
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.table import (
    Column,
    RenderedTable,
    gas_unit,
    gas_words,
    percent_value,
    text_column,
    tonnes_value,
)
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.plans import DRIVERS
from vatra.words import Language, number, percent, say

_PLOT_HEIGHT = 260.0


@dataclass(frozen=True)
class Step:
    """A bar: from a level to a level [mg]. Ends of the way stand on the ground."""

    code: str
    words: str
    start_mg: int
    end_mg: int
    driver: bool

    @property
    def role(self) -> str:
        """Colour role: what adds emissions is marked whatever drives it."""
        if not self.driver:
            return "total"
        return "increase" if self.end_mg > self.start_mg else f"driver-{self.code}"


def steps_of(document: Mapping[str, Any], kind: str, lang: Language) -> list[Step]:
    """Base year, each driver in order, residual."""
    plan = document["plan"]
    split = plan["split"][kind]
    base, residual = plan["base_total_mg"], plan["residual_mg"]
    steps = [Step("base", _end_words(plan["base_year"], "base", lang), 0, base, False)]
    level = base
    for driver in split["order"] or DRIVERS:
        after = level - split["total"][driver]
        words = say(f"contract.charts.driver-{driver}", lang)
        steps.append(Step(driver, words, level, after, True))
        level = after
    last = Step("residual", _end_words(plan["target_year"], "residual", lang), 0, residual, False)
    return [*steps, last]


def _end_words(year: int, key: str, lang: Language) -> str:
    return f"{year}, {say(f'contract.charts.end-{key}', lang)}"


def waterfall(
    document: Mapping[str, Any], kind: str, name: str, title: str, lang: Language
) -> Chart:
    """The chart of a split, ``in_order`` or ``symmetric``."""
    steps = steps_of(document, kind, lang)
    cut = document["plan"]["cut_mg"]
    spoken = [
        f"{step.words}: {gas_words(step.end_mg - step.start_mg, document, lang)}." for step in steps
    ]
    explained = say(f"contract.charts.split-{kind.replace('_', '-')}-explained", lang)
    data = {
        "unit": gas_unit(document),
        "categories": [{"code": step.code, "label": step.words} for step in steps],
        "series": [
            {
                "code": "change",
                "name": say("contract.charts.change", lang),
                "values": [tonnes_value(step.end_mg - step.start_mg) for step in steps],
                "from": [tonnes_value(step.start_mg) for step in steps],
                "to": [tonnes_value(step.end_mg) for step in steps],
                "roles": [step.role for step in steps],
            }
        ],
        "lines": [],
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, steps, cut, lang)

    return Chart(
        name,
        title,
        " ".join([title, *spoken, explained]),
        lang,
        data,
        _table(document, steps, kind, lang),
        bool(document["city"].get("synthetic")),
        draw,
    )


def _table(
    document: Mapping[str, Any], steps: Sequence[Step], kind: str, lang: Language
) -> RenderedTable:
    cut = document["plan"]["cut_mg"]
    name = kind.replace("_", "-")
    return RenderedTable(
        f"steps-{name}",
        say(f"contract.charts.steps-{name}", lang),
        (
            text_column("step", "contract.charts.step", lang),
            Column("change", say("contract.charts.change", lang), gas_unit(document), "number"),
            Column("share", say("contract.charts.share-of-cut", lang), "%", "number", 1),
        ),
        tuple(
            (
                step.words,
                tonnes_value(step.end_mg - step.start_mg),
                percent_value(step.start_mg - step.end_mg, cut) if step.driver else None,
            )
            for step in steps
        ),
        note=say(f"contract.charts.split-{name}-explained", lang),
    )


def _draw(canvas: Canvas, top: float, steps: Sequence[Step], cut_mg: int, lang: Language) -> float:
    narrow = canvas.width < NARROW
    size = 11.0 if narrow else 13.0
    left, right = 12.0, canvas.width - 12.0
    slot = (right - left) / len(steps)
    bar = slot * 0.66
    highest = max(max(step.start_mg, step.end_mg) for step in steps)
    lowest = min(0, *(min(step.start_mg, step.end_mg) for step in steps))
    scale = _PLOT_HEIGHT / max(highest - lowest, 1)
    # Room above for two lines of words, below for the words of a step that ends at the ground.
    zero = top + 34 + highest * scale
    for position, step in enumerate(steps):
        x = left + slot * position + (slot - bar) / 2
        high, low = max(step.start_mg, step.end_mg), min(step.start_mg, step.end_mg)
        y, height = zero - high * scale, (high - low) * scale
        if position + 1 < len(steps):
            level = zero - step.end_mg * scale
            canvas.line(x + bar, level, x + slot, level, "ink-soft", 1, "2 2")
        canvas.rect(x, y, bar, max(height, 1.5), step.role)
        change = step.end_mg - step.start_mg
        amount = number(tonnes_value(change) or 0, lang, 0)
        if step.driver and change > 0:
            amount = "+" + amount
        words = amount + "\u00a0t"
        if step.driver:
            share = percent((step.start_mg - step.end_mg) / cut_mg if cut_mg else 0, lang)
            canvas.text(x + bar / 2, y - 8 - size * 1.2, words, "ink", size, SEMIBOLD, "middle")
            said = share if narrow else say("contract.charts.of-cut", lang, share=share)
            canvas.text(x + bar / 2, y - 7, said, "ink-soft", size - 1, anchor="middle")
        else:
            canvas.text(x + bar / 2, y - 8, words, "ink", size, SEMIBOLD, "middle")
    canvas.line(left, zero, right, zero, "ink-soft")
    bottom = zero - lowest * scale
    ends = bottom
    for position, step in enumerate(steps):
        x = left + slot * position + slot / 2
        weight = 400 if step.driver else SEMIBOLD
        lines = wrapped(step.words, slot - 4, size, weight)
        y = bottom + 20
        for line in lines:
            canvas.text(x, y, line, "ink", size, weight, "middle")
            y += size * 1.3
        ends = max(ends, y)
    return ends + 4
