"""Where the emissions of a year come from and what they are: carrier or stream, sector, gas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from vatra.contract.charts import Chart, Column, RenderedTable
from vatra.contract.charts.canvas import Canvas, wrapped
from vatra.contract.charts.chart import NARROW
from vatra.contract.charts.palette import sector_role
from vatra.contract.charts.table import tonnes_value
from vatra.contract.charts.typeface import SEMIBOLD
from vatra.runs.inventory import ROUNDING
from vatra.tables import label
from vatra.tables.vocabulary import FACTOR_GASES, SECTORS
from vatra.web.cities.charts.shapes import ribbon
from vatra.web.cities.figures import Figures
from vatra.web.cities.naming import stream_words
from vatra.words import Language, percent, say, tonnes

NAME = "flows"
BY_YEAR = True
OTHER = "other"
# A stream below this share of the year is drawn together with its like.
SMALLEST_SHARE = 0.02
_HEIGHT = 380.0
_NODE_WIDTH = 9.0
_GAP = 9.0
_LABEL_HEIGHT = 31.0

Link = tuple[str, str, str]


@dataclass
class Node:
    """A bar of one column; ``filled_left`` and ``filled_right`` how far its sides are taken."""

    code: str
    mass_mg: int
    y: float = 0.0
    height: float = 0.0
    filled_left: float = 0.0
    filled_right: float = 0.0


def applies(figures: Figures, year: int) -> bool:
    """Whether anything is emitted in the year."""
    return bool(links(figures, year))


def links(figures: Figures, year: int) -> dict[Link, int]:
    """Mass by carrier, sector and gas [mg CO2e], what is emitted only; small carriers together."""
    found = (
        figures.counted.filter((pl.col("year") == year) & (pl.col("carrier") != ROUNDING))
        .group_by("carrier", "sector", "gas")
        .agg(pl.col("co2e_mg").sum())
        .filter(pl.col("co2e_mg") > 0)
        .sort("carrier", "sector", "gas")
    )
    whole = int(found["co2e_mg"].sum())
    by_carrier = dict(found.group_by("carrier").agg(pl.col("co2e_mg").sum()).iter_rows())
    small = {name for name, mass in by_carrier.items() if mass < whole * SMALLEST_SHARE}
    merged = small if len(small) > 1 else set()
    result: dict[Link, int] = {}
    for carrier, sector, gas, mass in found.iter_rows():
        key = (OTHER if carrier in merged else carrier, sector, gas)
        result[key] = result.get(key, 0) + mass
    return result


def removed_mg(figures: Figures, year: int) -> int:
    """What sinks take up, as a positive mass; it is not drawn."""
    taken = figures.counted.filter(
        (pl.col("year") == year) & (pl.col("co2e_mg") < 0) & (pl.col("carrier") != ROUNDING)
    )
    return -int(taken["co2e_mg"].sum())


def build(figures: Figures, year: int, lang: Language) -> Chart:
    """The flows of one year."""
    found = links(figures, year)
    title = _title(found, figures, year, lang)
    table = _table(found, figures, year, lang)
    sentences = (f"{row[0]}, {row[1]}, {row[2]}: {row[4]}." for row in _words(found, lang))
    alt = " ".join((title, *sentences))

    def draw(canvas: Canvas, top: float) -> float:
        return _draw(canvas, top, found, lang)

    name = f"{NAME}-{year}"
    return Chart(name, title, alt, lang, {}, table, figures.synthetic, draw)


def _title(found: Mapping[Link, int], figures: Figures, year: int, lang: Language) -> str:
    whole = sum(found.values())
    carriers = _sums(found, 0)
    largest = max(carriers, key=lambda each: (carriers[each], each))
    sectors = _sums({key: mass for key, mass in found.items() if key[0] == largest}, 1)
    sector = max(sectors, key=lambda each: (sectors[each], each))
    return say(
        "web.cities.flows-title",
        lang,
        stream=_stream(largest, lang),
        share=percent(carriers[largest] / whole, lang),
        whole=tonnes(whole, lang),
        sector=label("sector", sector, lang),
        year=str(year),
    )


def _stream(code: str, lang: Language) -> str:
    return say("web.cities.other-streams", lang) if code == OTHER else stream_words(code, lang)


def _sums(found: Mapping[Link, int], column: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for key, mass in found.items():
        sums[key[column]] = sums.get(key[column], 0) + mass
    return sums


def _words(found: Mapping[Link, int], lang: Language) -> list[tuple[str, str, str, int, str]]:
    return [
        (
            _stream(carrier, lang),
            label("sector", sector, lang),
            label("gas", gas, lang),
            mass,
            tonnes(mass, lang),
        )
        for (carrier, sector, gas), mass in sorted(found.items(), key=lambda each: -each[1])
    ]


def _table(found: Mapping[Link, int], figures: Figures, year: int, lang: Language) -> RenderedTable:
    columns = (
        Column("stream", say("web.cities.stream", lang)),
        Column("sector", say("web.cities.sector", lang)),
        Column("gas", say("web.cities.gas", lang)),
        Column("emissions_t_co2e", say("web.cities.emissions", lang), "t CO₂e", "number"),
    )
    rows = tuple((*each[:3], tonnes_value(each[3])) for each in _words(found, lang))
    note = say("web.cities.flows-note", lang)
    removed = removed_mg(figures, year)
    if removed:
        note += " " + say("web.cities.flows-removed", lang, removed=tonnes(removed, lang))
    title = say("web.cities.flows-table", lang, year=str(year))
    return RenderedTable(f"{NAME}-{year}", title, columns, rows, note)


# Drawing


def _draw(canvas: Canvas, top: float, found: Mapping[Link, int], lang: Language) -> float:
    narrow = canvas.width < NARROW
    columns = _columns(found)
    edge = 2.0
    places = (edge, canvas.width * (0.42 if narrow else 0.44), canvas.width - edge - _NODE_WIDTH)
    heads = ("stream", "sector", "gas")
    for x, head, anchor in zip(places, heads, ("start", "start", "end"), strict=True):
        at = x + _NODE_WIDTH if anchor == "end" else x
        canvas.text(at, top + 12, say(f"web.cities.{head}", lang), "ink-soft", 12, anchor=anchor)  # type: ignore[arg-type]
    bottom = _place(columns, top + 24, sum(found.values()))
    for step in (0, 1):
        _ribbons(canvas, columns, step, places, found)
    _labels(canvas, columns, places, lang, narrow, sum(found.values()))
    return bottom + 6


def _columns(found: Mapping[Link, int]) -> tuple[list[Node], list[Node], list[Node]]:
    """Nodes of the three columns: sectors and gases in their order, streams beside their sector."""
    sectors = _sums(found, 1)
    order = [each for each in SECTORS if each in sectors]
    order += sorted(set(sectors) - set(order))
    place = {name: at for at, name in enumerate(order)}
    streams = _sums(found, 0)
    middle = {
        name: sum(mass * place[key[1]] for key, mass in found.items() if key[0] == name) / mass_mg
        for name, mass_mg in streams.items()
    }
    names = sorted(streams, key=lambda each: (each == OTHER, middle[each], -streams[each], each))
    gases = _sums(found, 2)
    return (
        [Node(each, streams[each]) for each in names],
        [Node(each, sectors[each]) for each in order],
        [Node(each, gases[each]) for each in FACTOR_GASES if each in gases],
    )


def _place(columns: tuple[list[Node], ...], top: float, whole: int) -> float:
    """Heights to scale; a node that is lower than its label still gets the label's room."""
    bottoms = []
    for nodes in columns:
        y = top
        for node in nodes:
            node.height = max(_HEIGHT * node.mass_mg / whole, 1.0)
            room = max(node.height, _LABEL_HEIGHT)
            node.y = y + (room - node.height) / 2
            y += room + _GAP
        bottoms.append(y - _GAP)
    return max(bottoms)


def _ribbons(
    canvas: Canvas,
    columns: tuple[list[Node], ...],
    step: int,
    places: tuple[float, float, float],
    found: Mapping[Link, int],
) -> None:
    sums: dict[tuple[str, str], int] = {}
    for key, mass in found.items():
        pair = (key[step], key[step + 1])
        sums[pair] = sums.get(pair, 0) + mass
    left = {node.code: node for node in columns[step]}
    right = {node.code: node for node in columns[step + 1]}
    ranks = [{node.code: at for at, node in enumerate(each)} for each in columns]
    order = sorted(sums, key=lambda each: (ranks[step][each[0]], ranks[step + 1][each[1]]))
    for one, other in order:
        a, b = left[one], right[other]
        width = a.height * sums[one, other] / a.mass_mg
        start = (places[step] + _NODE_WIDTH, a.y + a.filled_right)
        end = (places[step + 1], b.y + b.filled_left)
        ribbon(canvas, start, end, width, sector_role(other if step == 0 else one))
        a.filled_right += width
        b.filled_left += b.height * sums[one, other] / b.mass_mg


def _labels(
    canvas: Canvas,
    columns: tuple[list[Node], ...],
    places: tuple[float, float, float],
    lang: Language,
    narrow: bool,
    whole: int,
) -> None:
    names = (
        lambda code: _stream(code, lang),
        lambda code: label("sector", code, lang),
        lambda code: label("gas", code, lang),
    )
    room = (places[1] - 24, canvas.width * (0.3 if narrow else 0.35), 110.0)
    size = 11.5 if narrow else 13
    for at, nodes in enumerate(columns):
        for node in nodes:
            role = sector_role(node.code) if at == 1 else "ink-soft"
            canvas.rect(places[at], node.y, _NODE_WIDTH, node.height, role)
            last = at == 2
            x = places[at] - 6 if last else places[at] + _NODE_WIDTH + 6
            y = node.y + node.height / 2
            words = wrapped(names[at](node.code), room[at], size, SEMIBOLD, 1)[0]
            anchor = "end" if last else "start"
            canvas.text(x, y - 2, words, "ink", size, SEMIBOLD, anchor, halo=True)  # type: ignore[arg-type]
            amount = tonnes(node.mass_mg, lang, _decimals(node.mass_mg))
            if not narrow:
                amount += f" · {_share(node.mass_mg / whole, lang)}"
            canvas.text(x, y + size, amount, "ink-soft", size - 1, anchor=anchor, halo=True)  # type: ignore[arg-type]


def _share(share: float, lang: Language) -> str:
    """Per cent; what is there but small is less than one, not nothing."""
    return percent(share, lang) if share >= 0.005 else f"< {percent(0.01, lang)}"


def _decimals(mass_mg: int) -> int:
    """Whole tonnes, tenths below ten."""
    return 0 if mass_mg >= 10_000_000_000 else 1
