"""What no single value of a zone can break, but several together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations
from typing import Any

from vatra.plans.blocks.engines.rc5 import H_MS_W_M2K, MASS_AREA_SHARE
from vatra.plans.blocks.zone.behind import PLAIN, boundary_of
from vatra.plans.blocks.zone.tree import Reader

# Rooms are neither lower nor higher than this, unless somebody mistook a unit.
_LOW_M, _HIGH_M = 2.0, 8.0
Values = dict[str, Any]


def broken_rules(values: Values, reader: Reader) -> None:
    """Note every rule that a zone or one of its spaces breaks."""
    for rule in (_something_outside, _spaces_named, _setpoints_apart):
        rule(values, reader)
    for room in _rooms(values):
        for rule in (_names_once, _u_or_layers, _behind_fits, _windows_fit, _height):
            rule(room, reader)
        _rooms_behind(room, values, reader)
    _takes_up_heat(values, reader)


def rules_on_what_is_left(values: Values, reader: Reader) -> None:
    """Rules that can still be asked of a zone with faults; what had a fault is not in it."""
    with suppress(KeyError):
        _setpoints_apart(values, reader)
    for room in _rooms(values):
        for rule in (_names_once, _windows_fit):
            with suppress(KeyError):
                rule(room, reader)


def _rooms(values: Values) -> list[Values]:
    return [values, *values.get("spaces", [])]


def _something_outside(values: Values, reader: Reader) -> None:
    if not values["elements"]:
        reader.fault("no-elements", values["line"], "elements")


def _spaces_named(values: Values, reader: Reader) -> None:
    """Each space has its own name, and something leads to it."""
    spaces = values.get("spaces", [])
    taken = Counter([values["name"], *PLAIN, *(each["name"] for each in spaces)])
    reached = {each["boundary"] for room in _rooms(values) for each in room["elements"]}
    for each in spaces:
        if taken[each["name"]] > 1:
            reader.fault("space-name", each["line"], "name", name=each["name"])
        elif each["name"] not in reached and not each["air_from_zone_m3_h"]:
            reader.fault("space-apart", each["line"], "spaces", "warning", name=each["name"])


def _names_once(values: Values, reader: Reader) -> None:
    count = Counter(each["name"] for each in values["elements"])
    for each in values["elements"]:
        if count[each["name"]] > 1:
            reader.fault("name-twice", each["line"], "name", name=each["name"])


def _u_or_layers(values: Values, reader: Reader) -> None:
    for each in values["elements"]:
        if "u_w_m2k" not in each and not each.get("layers") and not each.get("ground"):
            reader.fault("no-u", each["line"], "u_w_m2k", name=each["name"])


def _rooms_behind(room: Values, values: Values, reader: Reader) -> None:
    """What is behind an element is one of the boundaries or another room's name. Each element
    between two rooms stands once, in the zone if it is one of them."""
    spaces = [each["name"] for each in values.get("spaces", [])]
    for each in room["elements"]:
        said = each["boundary"]
        if said in PLAIN or (said in spaces and said != room["name"]):
            continue
        if said == values["name"] and room is not values:
            params = {"name": each["name"], "space": room["name"], "zone": said}
            reader.fault("stands-in-zone", each["line"], "boundary", **params)
            continue
        params = {"value": said, "choices": [*PLAIN, *spaces]}
        reader.fault("choice", each["line"], "boundary", **params)


def _behind_fits(values: Values, reader: Reader) -> None:
    for each in values["elements"]:
        if "beyond_c" in each and each["boundary"] not in ("ground", "unheated"):
            reader.fault("beyond", each["line"], "beyond_c", name=each["name"])
        if "ground" not in each:
            continue
        if each["boundary"] != "ground":
            reader.fault("no-ground", each["line"], "ground", name=each["name"])
        elif "beyond_c" in each:
            reader.fault("ground-twice", each["line"], "ground", name=each["name"])


def _windows_fit(values: Values, reader: Reader) -> None:
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


def _wall_beside(window: Values, values: Values) -> bool:
    return any(
        each["boundary"] == "outside"
        and (each["tilt_deg"], each["azimuth_deg"] % 360)
        == (window["tilt_deg"], window["azimuth_deg"] % 360)
        for each in values["elements"]
    )


def _setpoints_apart(values: Values, reader: Reader) -> None:
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


def _takes_up_heat(values: Values, reader: Reader) -> None:
    """5R1C has no answer where opaque elements conduct more than the mass takes up (12.2.2), nor
    where what is between two rooms reaches further than both masses."""
    shares: dict[str, float] = {}
    for room in _rooms(values):
        most = _takes_up_w_k(room)
        conducts = sum(_conducts(each) for each in _around(room, values))
        conducts += sum(e["psi_w_mk"] * e["length_m"] for e in room.get("bridges", []))
        shares[room["name"]] = conducts / most
        if conducts >= most:
            params = {"conducts": round(conducts), "most": round(most)}
            reader.fault("too-conductive", room["line"], "floor_m2", **params)
    if max(shares.values()) >= 1:
        return
    for one, other in combinations(_rooms(values), 2):
        pair = (one["name"], other["name"])
        joined = any(each["boundary"] == pair[1] for each in one["elements"])
        joined |= any(each["boundary"] == pair[0] for each in other["elements"])
        if joined and sum(shares[each] for each in pair) >= 1:
            params = {"one": pair[0], "other": pair[1]}
            reader.fault("both-conductive", other["line"], "floor_m2", **params)


def _takes_up_w_k(room: Values) -> float:
    mass = room.get("mass", {})
    share = mass.get("area_share") or MASS_AREA_SHARE[mass.get("class", "medium")]
    return float(H_MS_W_M2K * share * room["floor_m2"])


def _around(room: Values, values: Values) -> Iterator[Values]:
    """The elements of a room, and those of others that it is behind of."""
    yield from room["elements"]
    for other in _rooms(values):
        if other is not room:
            yield from (each for each in other["elements"] if each["boundary"] == room["name"])


def _conducts(element: Values) -> float:
    if boundary_of(element)[0] == "adjacent":
        return 0.0
    return float(element["area_m2"] * element.get("u_w_m2k", 0.0))


def _height(values: Values, reader: Reader) -> None:
    height = values["volume_m3"] / values["floor_m2"]
    if not _LOW_M <= height <= _HIGH_M:
        reader.fault(
            "height", values["line"], "volume_m3", "warning", height=round(height, 2),
            low=_LOW_M, high=_HIGH_M,
        )  # fmt: skip
