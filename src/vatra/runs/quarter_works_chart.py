"""Works of a quarter by year: money by payer above, what the works save below."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import Chart
from vatra.contract.charts.plane import tick_step
from vatra.contract.charts.table import Column, RenderedTable
from vatra.runs.quarter import QuarterRun
from vatra.runs.quarter_rows import Row, year_rows
from vatra.words import Language, euros, has, number, say

_T_PER_G, _EUR_MILLION_PER_CENT = 1e-6, 1e-8
# Colours of payers, owners in the one that asks for attention; what is not named is grey.
PAYER_ROLES = {"eu": "river", "state": "spruce", "city": "industry", "owners": "ember"}


def works(run: QuarterRun, lang: Language) -> Chart:
    """Money of each year by payer, and the CO2 that works done so far save in it."""
    rows = year_rows(run)
    payers = [each for each in run.order.paid_cents if run.order.paid_cents[each].sum()]
    last = rows[-1]
    title = say(
        "runs.quarter-works-title",
        lang,
        first=str(rows[0]["year"]),
        last=str(last["year"]),
        most=euros(max(each["cost_cents"] for each in rows), lang),
        jobs=max(each["jobs_count"] for each in rows),
    )
    columns = (
        Column("year", say("runs.quarter-year", lang), "", "text"),
        Column("blocks", say("runs.quarter-blocks-done", lang), "", "number"),
        Column("cost", say("runs.quarter-cost", lang), "EUR", "number"),
        Column("jobs", say("runs.quarter-jobs", lang), "", "number"),
        Column("saved", say("runs.quarter-saved-co2", lang), "t", "number"),
    )
    table = RenderedTable(
        "quarter-works",
        say("runs.quarter-works-table", lang),
        columns,
        tuple(
            (str(each["year"]), each["blocks_done_count"], each["cost_cents"] / 100,
             each["jobs_count"], each["saved_co2_g"] * _T_PER_G)
            for each in rows
        ),
    )  # fmt: skip
    alt = " ".join(
        [title] + [f"{each['year']}: {euros(each['cost_cents'], lang)}." for each in rows]
    )
    data = {
        "categories": [each["year"] for each in rows],
        "series": [
            {"code": payer, "values": [each[f"{payer}_cents"] for each in rows]} for payer in payers
        ],
    }

    def draw(canvas: Canvas, top: float) -> float:
        return _draw_works(canvas, top, rows, payers, lang)

    return Chart("quarter-works", title, alt, lang, data, table, run.synthetic, draw)


def _draw_works(
    canvas: Canvas, top: float, rows: Sequence[Row], payers: Sequence[str], lang: Language
) -> float:
    left, right = 74.0, canvas.width - 16.0
    y = _payer_key(canvas, top + 10, payers, lang)
    step = (right - left) / len(rows)
    bar = min(step * 0.7, 54.0)
    money = [[each[f"{payer}_cents"] * _EUR_MILLION_PER_CENT for payer in payers] for each in rows]
    bottom = _stacks(canvas, (left, right, y, 170.0), money, payers, lang)
    saved = [[each["saved_co2_g"] * _T_PER_G] for each in rows]
    canvas.text(16, bottom + 44, say("runs.quarter-works-saved", lang), "ink-soft", 12)
    lower = _stacks(canvas, (left, right, bottom + 54, 90.0), saved, ["saved"], lang)
    for place, each in enumerate(rows):
        x = left + step * (place + 0.5)
        if bar >= 20 or place % 2 == 0:
            canvas.text(x, lower + 18, str(each["year"]), "ink", 12, anchor="middle")
    return lower + 26


def _stacks(
    canvas: Canvas,
    frame: tuple[float, float, float, float],
    values: Sequence[Sequence[float]],
    names: Sequence[str],
    lang: Language,
) -> float:
    """Stacked bars within left, right, top and height; the height where they stand."""
    left, right, top, height = frame
    most = max(sum(each) for each in values) or 1.0
    bottom, step = top + height, (right - left) / len(values)
    bar = min(step * 0.7, 54.0)
    for level in ticks(most, 4):
        y = bottom - height * level / most
        canvas.line(left, y, right, y, "ink-soft" if level == 0 else "rule")
        canvas.text(left - 8, y + 4, number(level, lang), "ink-soft", 11, anchor="end")
    for place, parts in enumerate(values):
        x, y = left + step * (place + 0.5) - bar / 2, bottom
        for name, part in zip(names, parts, strict=True):
            tall = height * part / most
            y -= tall
            role = "spruce" if name == "saved" else PAYER_ROLES.get(name, "other")
            canvas.rect(x, y, bar, tall, role)
    return bottom


def _payer_key(canvas: Canvas, y: float, payers: Sequence[str], lang: Language) -> float:
    canvas.text(16, y, say("runs.quarter-works-money", lang), "ink-soft", 12)
    x = 16.0
    for payer in payers:
        canvas.rect(x, y + 8, 12, 12, PAYER_ROLES.get(payer, "other"))
        canvas.text(x + 18, y + 18, payer_word(payer, lang), "ink-soft", 12)
        x += 110
    return y + 34


def payer_word(payer: str, lang: Language) -> str:
    """A payer as people say it."""
    key = f"runs.quarter-payer-{payer}"
    return say(key, lang) if has(key) else payer


def ticks(most: float, count: int) -> list[float]:
    """Round levels from zero up to the most."""
    step = tick_step(most, count)
    return [place * step for place in range(int(most / step + 1e-9) + 1)]
