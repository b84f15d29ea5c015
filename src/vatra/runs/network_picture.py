"""A network as pictures: what each pipe loses on the plan, and how long the source gives how much.

Without places of its nodes a network is drawn as a tree: the way from the source to the right,
branches one under the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, radians

import numpy as np

from vatra.contract.charts.canvas import Canvas
from vatra.contract.charts.chart import NARROW, Chart
from vatra.contract.charts.plane import tick_step
from vatra.contract.charts.table import Column, RenderedTable, text_column
from vatra.plans.heatnet.network import HeatNet
from vatra.runs.network import NetworkRun
from vatra.words import Language, number, say

MAP, DURATION = "network-losses", "network-duration"
_HEIGHT = 300.0
_MOST_HEIGHT = 900.0
_W_PER_MW = 1e6
# Loss of a metre of trench in the year, parted where a fifth of the length lies.
_BANDS = 5
_WIDTHS = (1.2, 1.8, 2.6, 3.6, 5.0)
_ROLES = ("river", "river", "ink-soft", "ember", "ember")
_STATE_ROLES = {"as_is": "ember", "renovated": "spruce", "left": "ink-soft", "both": "river"}
_TABLE_HOURS = (1, 100, 1000, 2000, 4000, 6000, 8000)
Places = Mapping[str, tuple[float, float]]


def loss_map(run: NetworkRun, lang: Language) -> Chart:
    """Every pipe on the plan, thicker and warmer the more a metre of its trench loses."""
    year = run.states[0].year
    kwh = (year.pipe_supply_loss_wh + year.pipe_return_loss_wh) / 1e3
    length = np.array([each.length_m for each in year.net.pipes])
    per_m = kwh / length
    edges = np.quantile(per_m, np.arange(1, _BANDS) / _BANDS)
    band = np.searchsorted(edges, per_m, side="right")
    title = say(
        "runs.network-map-title",
        lang,
        lost=float(kwh.sum() / 1e6),
        share=year.loss_share,
        worst=float(kwh[band == _BANDS - 1].sum() / max(kwh.sum(), 1e-9)),
    )
    table = _bands_table(per_m, kwh, length, band, lang)
    alt = " ".join([title, *(f"{row[0]}: {row[1]} m, {row[2]} MWh." for row in table.rows)])
    places = dict(year.net.places_deg)
    plan = _plan(places) if _placed(year.net) else _tree(year.net)

    def draw(canvas: Canvas, top: float) -> float:
        return _draw_map(canvas, top, year.net, plan, band, edges.tolist(), lang)

    data = {"pipes": [each.code for each in year.net.pipes], "kwh_per_m": per_m.tolist()}
    return Chart(MAP, title, alt, lang, data, table, run.synthetic, draw)


def _placed(net: HeatNet) -> bool:
    nodes = {net.source.node, *(each.far for each in net.pipes)}
    return nodes <= set(net.places_deg)


def _plan(places_deg: Places) -> Places:
    """Degrees as metres to scale, north up; the earth is round but a quarter is small."""
    middle = sum(north for _, north in places_deg.values()) / len(places_deg)
    shrunk = cos(radians(middle))
    return {node: (east * shrunk, north) for node, (east, north) in places_deg.items()}


def _tree(net: HeatNet) -> Places:
    """The way from the source to the right, leaves one under the other."""
    children: dict[str, list[str]] = {}
    away = {net.source.node: 0.0}
    for pipe in net.pipes:
        children.setdefault(pipe.near, []).append(pipe.far)
        away[pipe.far] = away[pipe.near] + pipe.length_m
    height: dict[str, float] = {}
    leaves = _leaves(net.source.node, children)
    step = max(away.values(), default=1.0) / max(len(leaves), 1)
    for place, node in enumerate(leaves):
        height[node] = -place * step
    for pipe in reversed(net.pipes):
        below = [height[each] for each in children.get(pipe.near, ()) if each in height]
        if len(below) == len(children[pipe.near]):
            height[pipe.near] = sum(below) / len(below)
    return {node: (away[node], height.get(node, 0.0)) for node in away}


def _leaves(root: str, children: Mapping[str, list[str]]) -> list[str]:
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        below = children.get(node, [])
        found += [] if below else [node]
        waiting += reversed(below)
    return found


def _draw_map(
    canvas: Canvas,
    top: float,
    net: HeatNet,
    plan: Places,
    band: np.ndarray,
    edges: list[float],
    lang: Language,
) -> float:
    y = _map_key(canvas, top + 8, edges, lang)
    shown = [plan[net.source.node], *(plan[each.far] for each in net.pipes)]
    west, east = min(x for x, _ in shown), max(x for x, _ in shown)
    south, north = min(v for _, v in shown), max(v for _, v in shown)
    wide, high = max(east - west, 1e-9), max(north - south, 1e-9)
    room = canvas.width - 32
    scale = min(room / wide, _MOST_HEIGHT / high)
    left = 16 + (room - wide * scale) / 2

    def at(node: str) -> tuple[float, float]:
        x, v = plan[node]
        return left + (x - west) * scale, y + (north - v) * scale

    for place in np.argsort(band, kind="stable").tolist():
        pipe = net.pipes[place]
        level = int(band[place])
        canvas.polyline([at(pipe.near), at(pipe.far)], _ROLES[level], _WIDTHS[level])
    x, v = at(net.source.node)
    canvas.rect(x - 6, v - 6, 12, 12, "ink")
    near_end = x > canvas.width / 2
    words = say("runs.network-map-source", lang)
    canvas.text(x + (-11 if near_end else 11), v + 4, words, "ink", 12,
                anchor="end" if near_end else "start", halo=True)  # fmt: skip
    return y + high * scale + 20


def _band_words(edges: list[float], level: int, lang: Language) -> str:
    ends = [number(each, lang, 0) for each in edges]
    if level == 0:
        return "< " + ends[0]
    return f"> {ends[-1]}" if level == len(edges) else f"{ends[level - 1]}–{ends[level]}"


def _map_key(canvas: Canvas, y: float, edges: list[float], lang: Language) -> float:
    canvas.text(16, y, say("runs.network-map-unit", lang), "ink-soft", 12)
    y += 20
    step = (canvas.width - 32) / _BANDS
    for level in range(_BANDS):
        x = 16 + level * step
        canvas.line(x, y - 4, x + 18, y - 4, _ROLES[level], _WIDTHS[level])
        canvas.text(x + 24, y, _band_words(edges, level, lang), "ink-soft", 11)
    return y + 22


def _bands_table(
    per_m: np.ndarray,
    kwh: np.ndarray,
    length: np.ndarray,
    band: np.ndarray,
    lang: Language,
) -> RenderedTable:
    edges = np.quantile(per_m, np.arange(1, _BANDS) / _BANDS).tolist()
    rows = tuple(
        (
            _band_words(edges, level, lang),
            round(float(length[band == level].sum())),
            round(float(kwh[band == level].sum() / 1e3), 1),
        )
        for level in range(_BANDS)
    )
    columns = (
        text_column("band", "runs.network-map-unit", lang),
        Column("length", say("runs.network-map-length", lang), "m", "number"),
        Column("loss", say("runs.network-map-loss", lang), "MWh", "number", 1),
    )
    return RenderedTable(MAP, say("runs.network-map-table", lang), columns, rows)


def duration_curve(run: NetworkRun, lang: Language) -> Chart:
    """Hours of the year by the heat that leaves the source, the highest first; a line a state."""
    curves = {each.name: np.sort(each.year.plant_w)[::-1] / _W_PER_MW for each in run.states}
    first = curves[run.states[0].name]
    title = say(
        "runs.network-duration-title",
        lang,
        peak=float(first[0]),
        half=int((first > first[0] / 2).sum()),
    )
    rows = tuple(
        (hour, *(round(float(curve[hour - 1]), 2) for curve in curves.values()))
        for hour in _TABLE_HOURS
    )
    columns = (
        Column("hour", say("runs.network-duration-hour", lang), "h", "number"),
        *(
            Column(name, say(f"runs.network-state-{name}", lang), "MW", "number", 2)
            for name in curves
        ),
    )
    table = RenderedTable(DURATION, say("runs.network-duration-table", lang), columns, rows)
    alt = " ".join([title, *(f"{row[0]} h: {row[1]} MW." for row in rows)])

    def draw(canvas: Canvas, top: float) -> float:
        return _draw_duration(canvas, top, curves, lang)

    data = {name: curve[::24].tolist() for name, curve in curves.items()}
    return Chart(DURATION, title, alt, lang, data, table, run.synthetic, draw)


def _draw_duration(
    canvas: Canvas,
    top: float,
    curves: Mapping[str, np.ndarray],
    lang: Language,
) -> float:
    left, right = (46.0 if canvas.width < NARROW else 60.0), canvas.width - 14.0
    x = 16.0
    for name in curves:
        canvas.rect(x, top - 2, 12, 12, _STATE_ROLES[name])
        words = say(f"runs.network-state-{name}", lang)
        canvas.text(x + 19, top + 8, words, "ink-soft", 12)
        x += 40 + 7.0 * len(words)
    canvas.text(x, top + 8, "MW", "ink-soft", 12)
    y = top + 26
    highest = max(float(curve[0]) for curve in curves.values()) or 1.0
    step = tick_step(highest, 6)
    per_mw, bottom = _HEIGHT / highest, y + _HEIGHT
    for tick in range(int(highest / step) + 1):
        level = bottom - tick * step * per_mw
        canvas.line(left, level, right, level, "ink-soft" if tick == 0 else "rule")
        canvas.text(left - 6, level + 4, number(tick * step, lang), "ink-soft", 11, anchor="end")
    per_h = (right - left) / 8760
    for name, curve in curves.items():
        hours = [0, *range(11, 8760, 24), 8759]
        points = [(left + hour * per_h, bottom - float(curve[hour]) * per_mw) for hour in hours]
        canvas.polyline(points, _STATE_ROLES[name], 2.2)
    for hour in range(0, 8761, 1000 if canvas.width >= NARROW else 2000):
        at = left + hour * per_h
        canvas.text(at, bottom + 18, number(hour, lang), "ink", 11, anchor="middle")
    canvas.text(right, bottom + 36, say("runs.network-duration-hours", lang), "ink-soft", 12,
                anchor="end")  # fmt: skip
    return bottom + 46
