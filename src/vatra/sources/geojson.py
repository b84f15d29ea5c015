"""Footprints from GeoJSON (RFC 7946): polygons in degrees and the properties of their buildings.

Rows count the features of the file, the first is 1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from vatra.sources.encodings import wrong_encoding
from vatra.sources.limits import BYTES_PER_MB, Limits, gate, unreadable
from vatra.sources.raw import Raw, no_rows
from vatra.sources.shapes import shapely
from vatra.tables import Finding, Table, fold
from vatra.tables.numbers import Style

LIMITS = Limits(max_bytes=50 * BYTES_PER_MB)
LINES_KEPT = 100
# Romania with a margin [degrees]: what falls into it only when turned round is turned round.
LONGITUDES, LATITUDES = (20.0, 30.5), (43.0, 49.0)
# One city lies within this [degrees]; what does not was put elsewhere by mistake.
_CITY_DEG = 1.0
_WGS_84 = ("crs84", "4326", "wgs84")
_KEY = "building"
# Squares of a degree: 0.01 m2 at the equator.
_LEAST_AREA_DEG2 = 1e-12
Ring = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Footprints:
    """``raw`` the properties as text rows of the table; ``polygons`` building -> shapely polygon
    or multipolygon in degrees, valid, outer rings counterclockwise."""

    raw: Raw
    polygons: Mapping[str, Any]


class _Wrong(Exception):
    """What is wrong with one feature: the code of its finding."""

    def __init__(self, code: str, severity: str = "error", **params: object) -> None:
        self.code, self.severity, self.params = code, severity, params
        super().__init__(code)


@dataclass
class _Faults:
    file: str
    lines: dict[str, list[int]] = field(default_factory=dict)
    first: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)

    def add(self, wrong: _Wrong, line: int) -> None:
        self.lines.setdefault(wrong.code, []).append(line)
        self.first.setdefault(wrong.code, (wrong.severity, dict(wrong.params)))

    def findings(self) -> list[Finding]:
        """One finding a fault, all its features together."""
        return [
            Finding(
                f"sources.{code}",
                "error" if self.first[code][0] == "error" else "warning",
                self.file,
                tuple(lines[:LINES_KEPT]),
                params=self.first[code][1],
                line_count=len(lines),
            )
            for code, lines in self.lines.items()
        ]


def read_footprints(path: Path | str, table: Table, limits: Limits = LIMITS) -> Footprints:
    """Read a FeatureCollection of polygons.

    Parameters
    ----------
    table : whose columns the properties are matched to, in any of their headings; other
        properties are left alone

    Returns
    -------
    Footprints
        Never raises for what stands in the file: what is wrong with it is in ``raw.findings``.

    Raises
    ------
    ShapesMissingError where shapely is not installed.
    """
    path = Path(path)
    data, finding = _bytes(path, limits)
    if finding is not None:
        return _nothing(path.name, finding)
    parsed = _json(data, path.name)
    if isinstance(parsed, Finding):
        return _nothing(path.name, parsed, data)
    faults = _Faults(path.name)
    polygons, rows = _features(parsed, table, faults)
    _far(polygons, faults)
    frame, styles = _frame(rows, table)
    digest = hashlib.sha256(data).hexdigest()
    raw = Raw(frame, path.name, digest, len(data), faults.findings(), numbers=styles)
    return Footprints(raw, {code: polygons[code] for code in sorted(polygons)})


def _bytes(path: Path, limits: Limits) -> tuple[bytes, Finding | None]:
    finding = gate(path, limits)
    if finding is not None:
        return b"", finding
    try:
        data = path.read_bytes()
    except OSError as error:
        return b"", unreadable(path, error)
    return data, wrong_encoding(data, path.name)


def _nothing(file: str, finding: Finding, data: bytes = b"") -> Footprints:
    digest = hashlib.sha256(data).hexdigest() if data else ""
    return Footprints(Raw(no_rows(), file, digest, len(data), [finding]), {})


def _json(data: bytes, file: str) -> list[Any] | Finding:
    """The features of the file, or why there are none."""
    try:
        parsed = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        return Finding("sources.geojson-syntax", "error", file, (line,))
    if not isinstance(parsed, dict) or parsed.get("type") != "FeatureCollection":
        return Finding("sources.geojson-kind", "error", file)
    crs = json.dumps(parsed.get("crs") or "crs84").casefold()
    if not any(each in crs.replace(" ", "") for each in _WGS_84):
        return Finding("sources.geojson-crs", "error", file, params={"value": crs[:80]})
    features = parsed.get("features")
    if not isinstance(features, list) or not features:
        return Finding("sources.geojson-empty", "error", file)
    return features


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _features(
    features: Sequence[Any], table: Table, faults: _Faults
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    headings, seen = table.headings(), dict[str, int]()
    polygons, rows = {}, []
    for line, feature in enumerate(features, start=1):
        row = _properties(feature, headings)
        code = fold(str(row.get(_KEY) or ""))
        try:
            if not code:
                raise _Wrong("geojson-building-missing")
            if code in seen:
                raise _Wrong("geojson-building-twice", building=code, first=str(seen[code]))
            seen[code] = line
            polygons[code] = _polygon(feature, line, faults)
        except _Wrong as wrong:
            faults.add(wrong, line)
        else:
            rows.append({**row, "line": line})
    return polygons, rows


def _properties(feature: Any, headings: Mapping[str, str]) -> dict[str, Any]:
    """The properties that are columns of the table; a feature's own id may be the building."""
    if not isinstance(feature, dict):
        return {}
    given = feature.get("properties")
    found: dict[str, Any] = {}
    for name, value in (given if isinstance(given, dict) else {}).items():
        column = headings.get(fold(name))
        if column and isinstance(value, str | int | float) and value != "":
            found.setdefault(column, _plain(value))
    if _KEY not in found and isinstance(feature.get("id"), str | int):
        found[_KEY] = str(feature["id"])
    return found


def _plain(value: str | int | float) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def _polygon(feature: Any, line: int, faults: _Faults) -> Any:
    """The footprint of a feature, its rings turned as they should be."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise _Wrong("geojson-geometry-missing")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Wrong("geojson-geometry-kind", value=str(kind)[:40])
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        raise _Wrong("geojson-coordinates")
    shapes = shapely()
    turned = False
    made = []
    for part in parts:
        rings = _rings(part)
        turned |= not shapes.is_ccw(shapes.linearrings(rings[0]))
        made.append(shapes.Polygon(rings[0], rings[1:]))
    body = made[0] if len(made) == 1 else shapes.MultiPolygon(made)
    if not body.is_valid:
        raise _Wrong("geojson-crossing", place=shapes.is_valid_reason(body)[:80])
    if body.area < _LEAST_AREA_DEG2:
        raise _Wrong("geojson-area")
    if turned:
        faults.add(_Wrong("geojson-ring-order", "warning"), line)
    return shapes.orient_polygons(body)


def _rings(part: Any) -> list[Ring]:
    if not isinstance(part, list) or not part:
        raise _Wrong("geojson-coordinates")
    rings = [_ring(each) for each in part]
    points = np.concatenate(rings)
    if (np.abs(points[:, 0]) > 180).any() or (np.abs(points[:, 1]) > 90).any():
        raise _Wrong("geojson-metres", x=f"{points[0, 0]:.1f}", y=f"{points[0, 1]:.1f}")
    if _within(points, LATITUDES, LONGITUDES):
        raise _Wrong("geojson-swapped", x=f"{points[0, 0]:.5f}", y=f"{points[0, 1]:.5f}")
    return rings


def _within(points: Ring, x: tuple[float, float], y: tuple[float, float]) -> bool:
    inside = (points >= (x[0], y[0])) & (points <= (x[1], y[1]))
    return bool(inside.all())


def _ring(points: Any) -> Ring:
    try:
        ring = np.array([(float(each[0]), float(each[1])) for each in points])
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise _Wrong("geojson-coordinates") from None
    if len(ring) < 4:
        raise _Wrong("geojson-ring-short")
    if (ring[0] != ring[-1]).any():
        raise _Wrong("geojson-ring-open")
    return ring


def _far(polygons: Mapping[str, Any], faults: _Faults) -> None:
    """Footprints that no one city holds."""
    if not polygons:
        return
    bounds = shapely().bounds(np.asarray(list(polygons.values()), dtype=object))
    middle = np.median((bounds[:, :2] + bounds[:, 2:]) / 2, axis=0)
    apart = np.abs((bounds[:, :2] + bounds[:, 2:]) / 2 - middle).max(axis=1) > _CITY_DEG
    if apart.any():
        code = next(code for code, far in zip(polygons, apart, strict=True) if far)
        params = {"building": code, "count": int(apart.sum())}
        faults.lines["geojson-far"] = []
        faults.first["geojson-far"] = ("warning", params)


def _frame(
    rows: Sequence[Mapping[str, Any]], table: Table
) -> tuple[pl.DataFrame, dict[str, Style]]:
    """Text rows; a column of JSON numbers says so, for their point is always decimal."""
    named = [each.name for each in table.columns if any(each.name in row for row in rows)]
    columns: dict[str, Any] = {}
    styles: dict[str, Style] = {}
    for name in named:
        values = [row.get(name) for row in rows]
        if all(value is None or not isinstance(value, str) for value in values):
            styles[name] = "plain"
        columns[name] = pl.Series(
            name, [None if value is None else str(value) for value in values], dtype=pl.String
        )
    columns["line"] = pl.Series("line", [row["line"] for row in rows], dtype=pl.UInt32)
    return pl.DataFrame(columns), styles
