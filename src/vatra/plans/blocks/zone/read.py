"""A zone from its YAML file; all faults at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.behind import (
    b_of_spaces,
    b_share_of,
    boundary_of,
    far_film,
    ground_of,
    on_soil,
    r_si,
    slab_u,
)
from vatra.plans.blocks.zone.rules import broken_rules, rules_on_what_is_left
from vatra.plans.blocks.zone.schema import ZONE
from vatra.plans.blocks.zone.tree import Reader, compose
from vatra.plans.blocks.zone.zone import (
    OFF,
    Air,
    Bridge,
    Control,
    Element,
    Layer,
    Mass,
    Night,
    Shade,
    Space,
    Window,
    Zone,
)
from vatra.sources.encodings import wrong_encoding
from vatra.sources.limits import BYTES_PER_MB, Limits, gate, unreadable
from vatra.tables import Finding, has_errors


def read_zone(path: Path) -> tuple[Zone | None, list[Finding]]:
    """Read a zone; None when a finding of severity error forbids to go on."""
    finding = gate(path, Limits(max_bytes=BYTES_PER_MB))
    if finding is not None:
        return None, [finding]
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [unreadable(path, error)]
    wrong = wrong_encoding(data, path.name)
    if wrong is not None:
        return None, [wrong]
    return parse_zone(data.decode("utf-8-sig"), path.name)


def parse_zone(text: str, file: str) -> tuple[Zone | None, list[Finding]]:
    """Read the text of a zone; see ``read_zone``."""
    reader = Reader(file)
    try:
        node = compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reader.fault("syntax", mark.line + 1 if mark else 1)
        return None, reader.findings
    except (yaml.YAMLError, RecursionError):
        reader.fault("syntax", 1)
        return None, reader.findings
    if node is None:
        reader.fault("keys-wanted", 1, "")
        return None, reader.findings
    values = reader.section(node, ZONE, "")
    if has_errors(reader.findings):
        rules_on_what_is_left(values, reader)
    else:
        broken_rules(values, reader)
    if has_errors(reader.findings):
        return None, reader.findings
    return _zone(values), reader.findings


def _zone(values: dict[str, Any]) -> Zone:
    zone = replace(
        _room(values),
        heating=_control(values.get("heating")),
        cooling=_control(values.get("cooling")),
        source=values["source"],
        synthetic=values["synthetic"],
    )
    spaces = tuple(
        Space(
            replace(_room(each, zone.air.density_share), synthetic=zone.synthetic),
            each["air_from_zone_m3_h"],
        )
        for each in values.get("spaces", [])
    )
    zone = replace(zone, spaces=spaces)
    behind = b_of_spaces(zone)
    said = {each["name"] for each in values["elements"] if "b_share" in each}
    elements = tuple(
        replace(each, b_share=behind[each.space]) if each.space and each.name not in said else each
        for each in zone.elements
    )
    return replace(zone, elements=elements)


def _room(values: dict[str, Any], density_share: float = 1.0) -> Zone:
    """What a zone and a space have in common, heating and cooling off."""
    walls = {each["name"]: each for each in values["elements"]}
    cut_m2: dict[str, float] = {}
    for each in values.get("windows", []):
        if "in" in each:
            cut_m2[each["in"]] = cut_m2.get(each["in"], 0.0) + each["area_m2"]
    mass = values.get("mass", {})
    return Zone(
        name=values["name"],
        floor_m2=values["floor_m2"],
        volume_m3=values["volume_m3"],
        elements=tuple(
            _element(each, cut_m2.get(each["name"], 0.0))
            for each in values["elements"]
            if each["area_m2"] > cut_m2.get(each["name"], 0.0)
        ),
        windows=tuple(_window(each, walls) for each in values.get("windows", [])),
        bridges=tuple(Bridge(**_without_line(each)) for each in values.get("bridges", [])),
        air=_air(values["air"], density_share),
        gains_w_m2=values["gains_w_m2"],
        gains_convective_share=values["gains_convective_share"],
        sun_convective_share=values["sun_convective_share"],
        heating=OFF,
        mass=Mass(mass.get("class", "medium"), mass.get("c_j_m2k"), mass.get("area_share")),
        h_is_w_m2k=values["h_is_w_m2k"],
        surfaces_share=values["surfaces_share"],
        inside_j_m2k=values["inside_j_m2k"],
    )


def _without_line(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "line"}


def plane_of(values: dict[str, Any]) -> Plane:
    """The plane of an element or window; north is 0 however it is written."""
    return Plane(values["tilt_deg"], values["azimuth_deg"] % 360)


def _element(values: dict[str, Any], cut_m2: float) -> Element:
    layers = tuple(Layer(**_without_line(each)) for each in values.get("layers", []))
    r_m2k_w = sum(each.r_m2k_w for each in layers)
    boundary, space = boundary_of(values)
    u_w_m2k = values.get("u_w_m2k") or _u(values, layers)
    below, ground_m2k_w = on_soil(values, layers, u_w_m2k)
    return Element(
        name=values["name"],
        area_m2=values["area_m2"] - cut_m2,
        u_w_m2k=u_w_m2k,
        plane=plane_of(values),
        boundary=boundary,
        b_share=b_share_of(values),
        beyond_c=values.get("beyond_c"),
        absorptance_share=values["absorptance_share"],
        mass=values["mass"],
        place=values["place"],
        layers=below,
        added_m2k_w=ground_m2k_w,
        emissivity_share=values["emissivity_share"],
        inner_absorptance_share=values["inner_absorptance_share"],
        inner_emissivity_share=values["inner_emissivity_share"],
        space=space,
        ground=ground_of(values, r_m2k_w),
    )


def _u(values: dict[str, Any], layers: Sequence[Layer]) -> float:
    if values.get("ground"):
        return slab_u(values, sum(each.r_m2k_w for each in layers))
    return u_of_layers(layers, values["tilt_deg"], far_film(values))


def u_of_layers(layers: Sequence[Layer], tilt_deg: float, far_m2k_w: float = 0.04) -> float:
    """U of layers with the surface resistances of ISO 6946 [W/m2K]."""
    return 1 / (r_si(tilt_deg) + sum(each.r_m2k_w for each in layers) + far_m2k_w)


def _window(values: dict[str, Any], walls: dict[str, Any]) -> Window:
    shade = Shade(**{name: values[name] for name in Shade.__dataclass_fields__})
    derived = ("plane", "shade", "space")
    kept = {name: values[name] for name in Window.__dataclass_fields__ if name not in derived}
    wall = walls.get(values.get("in", ""), values)
    space = boundary_of(wall)[1] if "boundary" in wall else ""
    return Window(plane=plane_of(wall), shade=shade, space=space, **kept)


def _air(values: dict[str, Any], density_share: float) -> Air:
    night = values.get("night")
    day = values.get("day")
    return Air(
        change_per_h=values["change_per_h"],
        heat_recovery_share=values["heat_recovery_share"],
        density_share=values.get("density_share", density_share),
        day=(1.0,) * 24 if day is None else tuple(each or 0.0 for each in day),
        night=None if night is None else _night(night),
    )


def _night(values: dict[str, Any]) -> Night:
    return Night(
        values["change_per_h"], int(values["from_h"]), int(values["to_h"]), values.get("above_c")
    )


def _control(values: dict[str, Any] | None) -> Control:
    if values is None:
        return OFF
    return Control(values["setpoint_c"], values.get("capacity_w", float("inf")))
