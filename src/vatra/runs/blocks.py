"""From files of zones and a climate to what they need, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vatra.plans.blocks import (
    Climate,
    Engine,
    Hours,
    Needs,
    Sky,
    Zone,
    comfort,
    read_weather,
    read_zone,
    simulate,
)
from vatra.tables import Finding, FindingsError, has_errors


@dataclass(frozen=True, eq=False)
class BlocksRun:
    """Zones in a climate, what they need, and what was noticed on the way."""

    zones: tuple[Zone, ...]
    needs: Needs
    findings: tuple[Finding, ...]


def run_blocks(
    files: Sequence[Path],
    climate: str,
    engine: Engine,
    *,
    warmer_k: float = 0.0,
    hourly: bool = False,
    compiled: bool = True,
) -> BlocksRun:
    """Read zones and a climate, and simulate.

    ``climate`` is a weather file or a place (``iasi``, ``III``), with a year or a shift where
    wanted (``series.csv@2016``, ``iasi+2050-high``); ``warmer_k`` shifts every hour of it.
    Without ``compiled`` the numpy engines run under an even sky. Raises ``FindingsError`` with
    the faults of all files at once.
    """
    zones, findings = _zones(files)
    around, more = read_climate(climate, warmer_k)
    findings += more
    if around is None or has_errors(findings):
        raise FindingsError(findings)
    findings += [_nothing_on(zone) for zone in zones if _is_off(zone)]
    sky: Sky = "perez" if compiled else "isotropic"
    needs = simulate(zones, around, engine, sky=sky, hourly=hourly, compiled=compiled)
    return BlocksRun(tuple(zones), needs, tuple(findings))


def _zones(files: Sequence[Path]) -> tuple[list[Zone], list[Finding]]:
    zones, findings = [], []
    for file in files:
        zone, found = read_zone(file)
        findings += found
        if zone is not None:
            zones.append(zone)
    return zones, findings


def read_climate(text: str, warmer_k: float = 0.0) -> tuple[Climate | None, list[Finding]]:
    """A climate by what is written (``plans.blocks.read_weather``), every hour of it shifted by
    ``warmer_k``; findings where there is none."""
    climate, findings = read_weather(text)
    return (climate.warmer(warmer_k) if climate else None), findings


def _is_off(zone: Zone) -> bool:
    return all(each is None for each in (*zone.heating.day_c, *zone.cooling.day_c))


def _nothing_on(zone: Zone) -> Finding:
    return Finding("runs.blocks-nothing-on", "note", params={"zone": zone.name})


def as_rows(needs: Needs) -> list[dict[str, Any]]:
    """One row a zone and month, plain data; what the engine does not know is None."""
    rows = []
    for place, name in enumerate(needs.names):
        for month in range(12):
            cooling = None if needs.cooling_wh is None else int(needs.cooling_wh[place, month])
            rows.append(
                {
                    "zone": name,
                    "engine": needs.engine,
                    "climate": needs.climate.name,
                    "synthetic": needs.synthetic,
                    "month": month + 1,
                    "heating_wh": int(needs.heating_wh[place, month]),
                    "cooling_wh": cooling,
                }
            )
    return rows


def hour_rows(needs: Needs) -> list[dict[str, Any]]:
    """One row a zone and hour of the year; empty unless hours were asked for."""
    return [
        {
            "zone": name,
            "hour": hour + 1,
            "outdoors_c": round(float(needs.climate.dry_bulb_c[hour]), 2),
            "air_c": round(float(year.air_c[hour]), 2),
            "operative_c": _felt_c(year, hour),
            "heating_w": round(float(year.heating_w[hour])),
            "cooling_w": round(float(year.cooling_w[hour])),
            **{
                f"space_{number}_c": round(float(air_c[hour]), 2)
                for number, air_c in enumerate(year.spaces_c.values(), 1)
            },
            "synthetic": needs.synthetic,
        }
        for name, year in zip(needs.names, needs.hours or (), strict=False)
        for hour in range(len(year.air_c))
    ]


def _felt_c(year: Hours, hour: int) -> float | None:
    return None if year.operative_c is None else round(float(year.operative_c[hour]), 2)


def summary(needs: Needs) -> list[dict[str, Any]]:
    """One record a zone: year, peaks, extremes; what the engine does not know is None."""

    def whole(values: Any, place: int) -> int | None:
        return None if values is None else int(values[place])

    def kelvin(values: Any, place: int) -> float | None:
        return None if values is None else round(float(values[place]), 1)

    return [
        {
            "zone": name,
            "floor_m2": float(needs.floor_m2[place]),
            "heating_wh": int(needs.heating_wh[place].sum()),
            "heating_kwh_m2": round(float(needs.heating_kwh_m2[place]), 1),
            "cooling_wh": (
                None if needs.cooling_wh is None else int(needs.cooling_wh[place].sum())
            ),
            "peak_heating_w": whole(needs.peak_heating_w, place),
            "peak_cooling_w": whole(needs.peak_cooling_w, place),
            "coldest_c": kelvin(needs.coldest_c, place),
            "warmest_c": kelvin(needs.warmest_c, place),
            **_comfort(needs, place),
        }
        for place, name in enumerate(needs.names)
    ]


def _comfort(needs: Needs, place: int) -> dict[str, float | None]:
    """Hours and kelvin hours above 26 and 27 degC by what people feel; None without hours."""
    names = ("above_26_h", "above_27_h", "above_26_kh", "above_27_kh")
    if needs.hours is None:
        return dict.fromkeys(names)
    felt = comfort(needs.hours[place])
    return {name: round(getattr(felt, name), 1) for name in names}
