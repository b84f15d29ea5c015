"""What no single value of a zone can break, but several together."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vatra.plans.blocks.engines.rc5 import H_MS_W_M2K, MASS_AREA_SHARE
from vatra.plans.blocks.zone.tree import Reader

# Rooms are neither lower nor higher than this, unless somebody mistook a unit.
_LOW_M, _HIGH_M = 2.0, 8.0


def broken_rules(values: dict[str, Any], reader: Reader) -> None:
    """Note every rule that a zone breaks."""
    for rule in (
        _something_outside,
        _names_once,
        _u_or_layers,
        _steady_behind_something,
        _windows_fit,
        _setpoints_apart,
        _takes_up_heat,
        _height,
    ):
        rule(values, reader)


def _something_outside(values: dict[str, Any], reader: Reader) -> None:
    if not values["elements"]:
        reader.fault("no-elements", values["line"], "elements")


def _names_once(values: dict[str, Any], reader: Reader) -> None:
    count = Counter(each["name"] for each in values["elements"])
    for each in values["elements"]:
        if count[each["name"]] > 1:
            reader.fault("name-twice", each["line"], "name", name=each["name"])


def _u_or_layers(values: dict[str, Any], reader: Reader) -> None:
    for each in values["elements"]:
        if "u_w_m2k" not in each and not each.get("layers"):
            reader.fault("no-u", each["line"], "u_w_m2k", name=each["name"])


def _steady_behind_something(values: dict[str, Any], reader: Reader) -> None:
    for each in values["elements"]:
        if "beyond_c" in each and each["boundary"] in ("outside", "adjacent"):
            reader.fault("beyond", each["line"], "beyond_c", name=each["name"])


def _windows_fit(values: dict[str, Any], reader: Reader) -> None:
    """Windows stand in a wall that is there, and are no larger than it together."""
    walls = {each["name"]: each for each in values["elements"]}
    within: dict[str, float] = {}
    for each in values.get("windows", []):
        wall = each.get("in")
        if wall is not None and wall not in walls:
            params = {"name": each["name"], "wall": wall, "walls": list(walls)}
            reader.fault("no-such-wall", each["line"], "in", **params)
        elif wall is not None:
            within[wall] = within.get(wall, 0.0) + each["area_m2"]
        elif not _wall_beside(each, values):
            reader.fault("no-wall", each["line"], "in", "warning", name=each["name"])
    for wall, area in within.items():
        if area > walls[wall]["area_m2"]:
            params = {"name": wall, "windows": area, "wall": walls[wall]["area_m2"]}
            reader.fault("windows-larger", walls[wall]["line"], "area_m2", **params)


def _wall_beside(window: dict[str, Any], values: dict[str, Any]) -> bool:
    return any(
        each["boundary"] == "outside"
        and (each["tilt_deg"], each["azimuth_deg"] % 360)
        == (window["tilt_deg"], window["azimuth_deg"] % 360)
        for each in values["elements"]
    )


def _setpoints_apart(values: dict[str, Any], reader: Reader) -> None:
    if "heating" not in values or "cooling" not in values:
        return
    crossed = [
        (hour, heat, cool)
        for hour, (heat, cool) in enumerate(
            zip(values["heating"]["setpoint_c"], values["cooling"]["setpoint_c"], strict=True)
        )
        if heat is not None and cool is not None and heat > cool
    ]
    if crossed:
        hour, heat, cool = crossed[0]
        params = {"hour": hour, "heat": heat, "cool": cool, "count": len(crossed)}
        reader.fault("setpoints-crossed", values["cooling"]["line"], "setpoint_c", **params)


def _takes_up_heat(values: dict[str, Any], reader: Reader) -> None:
    """5R1C has no answer where opaque elements conduct more than the mass takes up (12.2.2)."""
    mass = values.get("mass", {})
    share = mass.get("area_share") or MASS_AREA_SHARE[mass.get("class", "medium")]
    most = H_MS_W_M2K * share * values["floor_m2"]
    conducts = sum(
        each["area_m2"] * each.get("u_w_m2k", 0.0)
        for each in values["elements"]
        if each["boundary"] != "adjacent"
    )
    conducts += sum(each["psi_w_mk"] * each["length_m"] for each in values.get("bridges", []))
    if conducts >= most:
        params = {"conducts": round(conducts), "most": round(most)}
        reader.fault("too-conductive", values["line"], "floor_m2", **params)


def _height(values: dict[str, Any], reader: Reader) -> None:
    height = values["volume_m3"] / values["floor_m2"]
    if not _LOW_M <= height <= _HIGH_M:
        reader.fault(
            "height", values["line"], "volume_m3", "warning", height=round(height, 2),
            low=_LOW_M, high=_HIGH_M,
        )  # fmt: skip
