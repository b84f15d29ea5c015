"""What moved emissions between two years: energy used, the mix of carriers, factors, the rest."""

from __future__ import annotations

import polars as pl

from vatra.contract.charts import Chart
from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.plans.change import ENERGY, FACTOR, MIX, OTHER, Change
from vatra.plans.change import change as decompose
from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.charts.behind import behind
from vatra.web.cities.figures import Figures
from vatra.words import Language, number, say, tonnes

DRIVERS = (ENERGY, MIX, FACTOR, OTHER)
_ROW = 44.0


def changes(figures: Figures, first: int, last: int) -> list[Change]:
    """Effects by sector, without a residual (LMDI)."""
    base, target = (figures.counted.filter(pl.col("year") == year) for year in (first, last))
    found = {each.sector: each for each in decompose(base, target)}
    return [found[each] for each in figures.sectors if each in found]


def totals(found: list[Change]) -> dict[str, int]:
    """Effect of each driver over all sectors [mg CO2e]."""
    return {name: sum(each.effects_mg[name] for each in found) for name in DRIVERS}


def drivers_table(figures: Figures, first: int, last: int, lang: Language) -> Table:
    """One row a sector, one column a driver; the drivers add up to the change."""
    columns = (
        Column("sector", say("web.cities.sector", lang)),
        *(
            Column(f"{name}_t_co2e", say(f"web.cities.mover-{name}", lang), "mass")
            for name in DRIVERS
        ),
        Column("change_t_co2e", say("web.cities.change", lang), "mass"),
    )
    found = changes(figures, first, last)
    rows = [
        Row(
            (
                Cell(label("sector", each.sector, lang)),
                *(Cell(each.effects_mg[name]) for name in DRIVERS),
                Cell(each.target_mg - each.base_mg),
            )
        )
        for each in found
    ]
    sums = totals(found)
    whole = (*map(Cell, sums.values()), Cell(sum(sums.values())))
    rows.append(Row((Cell(say("web.cities.total", lang)), *whole), "total"))
    title = say("web.cities.drivers-title", lang, first=str(first), last=str(last))
    note = say("web.cities.drivers-note", lang)
    query = f"from={first}&to={last}"
    return Table("drivers", title, columns, tuple(rows), note, query=query)


def drivers_chart(figures: Figures, first: int, last: int, lang: Language) -> Chart:
    """The drivers as bars to both sides of nothing; the title names the strongest."""
    sums = totals(changes(figures, first, last))
    strongest = max(DRIVERS, key=lambda name: (abs(sums[name]), name))
    title = say(
        "web.cities.drivers-finding",
        lang,
        driver=say(f"web.cities.mover-{strongest}", lang),
        moved=_signed(sums[strongest], lang),
        whole=_signed(sum(sums.values()), lang),
        first=str(first),
        last=str(last),
    )
    sentences = (
        f"{say(f'web.cities.mover-{n}', lang)}: {_signed(sums[n], lang)}." for n in DRIVERS
    )

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, sums, lang)

    table = behind(drivers_table(figures, first, last, lang))
    alt = " ".join((title, *sentences))
    return Chart("drivers", title, alt, lang, {}, table, figures.synthetic, draw)


def _signed(mass_mg: int, lang: Language) -> str:
    """Tonnes with their sign, plus as well as minus."""
    words = tonnes(mass_mg, lang)
    return f"+{words}" if mass_mg > 0 and words != f"{number(0, lang)}\u00a0t" else words


def _draw(canvas: Canvas, top: float, sums: dict[str, int], lang: Language) -> float:
    size = 12 if canvas.width < NARROW else 13
    low, high = min(0, *sums.values()), max(0, *sums.values())
    side = 92.0
    scale = (canvas.width - 2 * side) / ((high - low) or 1)
    zero = side - low * scale
    y = top + 4
    for name, mass in sums.items():
        canvas.text(8, y + 12, say(f"web.cities.mover-{name}", lang), "ink", size, SEMIBOLD)
        start, end = sorted((zero, zero + mass * scale))
        role = "increase" if mass > 0 else "spruce"
        canvas.rect(start, y + 18, max(end - start, 1), 13, role)
        at, anchor = (end + 6, "start") if mass >= 0 else (start - 6, "end")
        canvas.text(at, y + 29, _signed(mass, lang), "ink-soft", size - 1, anchor=anchor)  # type: ignore[arg-type]
        y += _ROW
    canvas.line(zero, top + 18, zero, y - 6, "ink-soft")
    return y
