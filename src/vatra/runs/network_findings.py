"""What a network's year shows that somebody should look at."""

from __future__ import annotations

import numpy as np

from vatra.plans.heatnet.year import Year
from vatra.tables import Finding

PIPES, STATIONS = "heat_pipes.csv", "heat_substations.csv"
# Less of the year's heat than this is not told as falling short.
_SHORT_SHARE = 1e-4
_SHOWN = 10
_LINES = 100


def year_findings(year: Year) -> list[Finding]:
    """Speeds above the usual, and substations that get less than they need."""
    return [*_fast(year), *_short(year)]


def _fast(year: Year) -> list[Finding]:
    most = np.array([each.most_m_s for each in year.net.pipes])
    places = np.flatnonzero(year.pipe_speed_m_s > most)
    if not len(places):
        return []
    worst = int(places[np.argmax(year.pipe_speed_m_s[places] / most[places])])
    pipes = [year.net.pipes[n] for n in places]
    params = {
        "count": len(pipes),
        "pipes": sorted(each.code for each in pipes)[:_SHOWN],
        "worst": year.net.pipes[worst].code,
        "speed": round(float(year.pipe_speed_m_s[worst]), 2),
        "most": float(most[worst]),
    }
    lines = tuple(sorted(each.line for each in pipes))[:_LINES]
    return [Finding("runs.network-fast", "warning", PIPES, lines, "dn", params, len(pipes))]


def _short(year: Year) -> list[Finding]:
    needed, served = year.station_needed_wh, year.station_served_wh
    places = np.flatnonzero(needed - served > _SHORT_SHARE * needed)
    if not len(places):
        return []
    stations = [year.net.substations[n] for n in places]
    params = {
        "count": len(stations),
        "nodes": sorted(each.node for each in stations)[:_SHOWN],
        "mwh": round(year.short_wh / 1e6, 1),
        "share": year.short_wh / float(needed.sum()),
        "hours": int(year.station_short_hours.max()),
    }
    lines = tuple(sorted(each.line for each in stations))[:_LINES]
    return [
        Finding("runs.network-short", "warning", STATIONS, lines, "node", params, len(stations))
    ]
