"""What a file of PVGIS says, in CSV or JSON: its place, its columns, its hours as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vatra.plans.blocks.climate.epw import number

_OFFSET = re.compile(r"Irradiance Time Offset \(h\):\s*(-?[0-9.]+)")
_SLOPE = re.compile(r"Slope:\s*(-?[0-9.]+)")


@dataclass(frozen=True, eq=False)
class PvgisFile:
    """What a file says: its place, whether a typical year, how far after the hour its sun was
    seen (None: not said), the slope of the plane, the hours as texts by column, and their lines."""

    place: Mapping[str, float | None]
    sample_h: float | None
    slope_deg: float
    database: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]

    @property
    def is_typical(self) -> bool:
        """Whether it is a typical year."""
        return "G(h)" in self.columns

    def texts(self, name: str) -> list[str]:
        """A column's hours as they stand."""
        place = self.columns.index(name)
        return [row[place] if place < len(row) else "" for row in self.rows]


def read_file(text: str) -> PvgisFile | None:
    """The file of a text; None where it is none of PVGIS."""
    return _json(text) if text.lstrip().startswith("{") else _csv(text)


def _csv(text: str) -> PvgisFile | None:
    lines = text.splitlines()
    top = next((n for n, line in enumerate(lines) if line.startswith("time")), None)
    if top is None:
        return None
    head = "\n".join(lines[:top])
    kept = [
        (number, line.split(","))
        for number, line in enumerate(lines[top + 1 :], top + 2)
        if re.match(r"\d{8}:\d{4}", line)
    ]
    said = {
        name: number(match.group(1)) if (match := re.search(words, head)) else None
        for name, words in (
            ("latitude", r"Latitude[^:]*:\s*(\S+)"),
            ("longitude", r"Longitude[^:]*:\s*(\S+)"),
            ("elevation", r"Elevation[^:]*:\s*(\S+)"),
        )
    }
    offset, slope = _OFFSET.search(head), _SLOPE.search(head)
    database = re.search(r"Radiation database:\s*(\S+)", head)
    return PvgisFile(
        said,
        float(offset.group(1)) if offset else None,
        float(slope.group(1)) if slope else 0.0,
        database.group(1) if database else "",
        [each.strip() for each in lines[top].split(",")],
        [row for _, row in kept],
        [line for line, _ in kept],
    )


def _json(text: str) -> PvgisFile | None:
    try:
        data = json.loads(text)
    except ValueError:
        return None
    inputs, outputs = _part(data, "inputs"), _part(data, "outputs")
    rows = outputs.get("tmy_hourly") or outputs.get("hourly")
    if not isinstance(rows, list) or not rows or not all(isinstance(each, dict) for each in rows):
        return None
    location = _part(inputs, "location")
    columns = list(rows[0])
    slope = _part(_part(_part(inputs, "mounting_system"), "fixed"), "slope").get("value", 0)
    offset = location.get("irradiance_time_offset")
    return PvgisFile(
        {each: number(str(location.get(each))) for each in ("latitude", "longitude", "elevation")},
        number(str(offset)) if offset is not None else None,
        number(str(slope)) or 0.0,
        str(_part(inputs, "meteo_data").get("radiation_db", ""))[:60],
        columns,
        [[str(each.get(name, "")) for name in columns] for each in rows],
        list(range(1, len(rows) + 1)),
    )


def _part(data: Any, name: str) -> dict[str, Any]:
    part = data.get(name) if isinstance(data, dict) else None
    return part if isinstance(part, dict) else {}
