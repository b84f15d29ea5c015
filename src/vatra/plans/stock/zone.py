"""A building of the stock as the zone that the engines take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.zone import (
    Air,
    Boundary,
    Bridge,
    Control,
    Element,
    Layer,
    Mass,
    MassClass,
    Window,
    Zone,
)
from vatra.plans.stock.archetypes import Archetype, BridgeRule, Construction
from vatra.plans.stock.building import Building
from vatra.plans.stock.elements import OwnElement, OwnKind
from vatra.plans.stock.shape import sector

HEATED_TO_C = 20.0
_UP, _DOWN = Plane(0.0), Plane(180.0)


def zone_of(
    building: Building,
    elements: Sequence[OwnElement],
    archetype: Archetype,
    *,
    air: Air | None = None,
) -> Zone:
    """The zone of a building.

    Outer walls carry the type's share of windows on every side alike. Walls shared with heated
    neighbours pass nothing and are left out. Measured elements come before the type's; ``air``
    before its air change, as after works that make it tight or recover heat.
    """
    windows = _windows(building, elements, archetype)
    glass_m2 = sum(each.area_m2 for each in windows)
    shape, mass = building.shape, archetype.mass
    roof_b, floor_b = archetype.of("roof_b_share"), archetype.of("floor_b_share")
    volume_m3 = building.heated_m2 * (shape.storey_height_m - archetype.of("slab_m"))
    return Zone(
        name=building.code,
        floor_m2=building.heated_m2,
        volume_m3=volume_m3,
        elements=(
            *_walls(building, elements, archetype, windows),
            *_level(building, elements, _UP, archetype.roof, roof_b, mass),
            *_level(building, elements, _DOWN, archetype.floor, floor_b, mass),
        ),
        windows=tuple(windows),
        bridges=_bridges(building, elements, archetype, glass_m2),
        air=air or Air(archetype.of("air_change_per_h")),
        gains_w_m2=(archetype.of("gains_w_m2"),) * 24,
        heating=Control((HEATED_TO_C,) * 24),
        mass=Mass(archetype.mass),
        source=building.source,
        synthetic=building.synthetic,
    )


def _of_kind(elements: Iterable[OwnElement], kind: OwnKind) -> list[OwnElement]:
    return [each for each in elements if each.kind == kind]


def _bearings(
    building: Building, area_m2: float, azimuth_deg: float | None
) -> list[tuple[float, float]]:
    """Pairs of bearing and area: the one stated, or all outer sides by their size."""
    if azimuth_deg is not None:
        return [(sector(azimuth_deg), area_m2)]
    whole = building.shape.outer_m2
    sides = [each for each in building.shape.facades if each.outer_m2 > 0]
    return [(each.azimuth_deg, area_m2 * each.outer_m2 / whole) for each in sides]


def _windows(
    building: Building, elements: Sequence[OwnElement], archetype: Archetype
) -> list[Window]:
    own = _of_kind(elements, "window")
    if not any(each.area_m2 is not None for each in own):
        area_m2 = archetype.window_share * building.shape.outer_m2
        merged = _changes(own, OwnElement("windows", "window", area_m2=area_m2))
        own = [merged]
    found = []
    for each in own:
        for azimuth, area_m2 in _bearings(building, each.area_m2 or 0.0, each.azimuth_deg):
            found.append(
                Window(
                    name=f"{each.code}-{azimuth:g}",
                    area_m2=area_m2,
                    u_w_m2k=_or(each.u_w_m2k, archetype.of("window_u_w_m2k")),
                    g_share=_or(each.g_share, archetype.of("window_g_share")),
                    plane=Plane(90.0, azimuth),
                    frame_share=_or(each.frame_share, archetype.of("frame_share")),
                    shading_share=_or(each.shading_share, archetype.of("shading_share")),
                )
            )
    return found


def _walls(
    building: Building,
    elements: Sequence[OwnElement],
    archetype: Archetype,
    windows: Sequence[Window],
) -> list[Element]:
    own = _of_kind(elements, "wall")
    built = (archetype.wall, 1.0, archetype.mass)
    if any(each.area_m2 is not None for each in own):
        return [
            _element(each, f"{each.code}-{azimuth:g}", area_m2, Plane(90.0, azimuth), *built)
            for each in own
            for azimuth, area_m2 in _bearings(building, each.area_m2 or 0.0, each.azimuth_deg)
        ]
    merged = _changes(own, OwnElement("wall", "wall"))
    glass: dict[float, float] = {}
    for window in windows:
        azimuth = window.plane.azimuth_deg
        glass[azimuth] = glass.get(azimuth, 0.0) + window.area_m2
    outer = building.shape.outer_m2
    # Windows that were measured on one side may be more than that side holds.
    left = {each.azimuth_deg: each.outer_m2 for each in building.shape.facades if each.outer_m2}
    fits = all(glass[azimuth] <= left.get(azimuth, 0.0) for azimuth in glass)
    solid_share = max(1 - sum(glass.values()) / outer, 0.0) if outer else 0.0
    found = []
    for azimuth, gross_m2 in left.items():
        area_m2 = gross_m2 - glass.get(azimuth, 0.0) if fits else gross_m2 * solid_share
        if area_m2 > 0:
            plane = Plane(90.0, azimuth)
            found.append(_element(merged, f"wall-{azimuth:g}", area_m2, plane, *built))
    return found


def _level(
    building: Building,
    elements: Sequence[OwnElement],
    plane: Plane,
    made: Construction,
    b_share: float,
    mass: MassClass,
) -> list[Element]:
    """Roof or lowest floor."""
    own = _of_kind(elements, made.kind)
    area_m2 = building.shape.footprint_m2
    if not any(each.area_m2 is not None for each in own):
        one = _changes(own, OwnElement(made.kind, made.kind))
        return [_element(one, one.code, area_m2, plane, made, b_share, mass)]
    return [
        _element(each, each.code, each.area_m2 or 0.0, plane, made, b_share, mass) for each in own
    ]


def _changes(own: Sequence[OwnElement], usual: OwnElement) -> OwnElement:
    """The type's element with what rows without areas say of it; the first row that says it."""
    if not own:
        return usual

    def first(name: str) -> float | None:
        return next((getattr(each, name) for each in own if getattr(each, name) is not None), None)

    return OwnElement(
        usual.code,
        usual.kind,
        usual.boundary,
        usual.area_m2,
        u_w_m2k=first("u_w_m2k"),
        g_share=first("g_share"),
        frame_share=first("frame_share"),
        shading_share=first("shading_share"),
        b_share=first("b_share"),
    )


def _element(
    own: OwnElement,
    name: str,
    area_m2: float,
    plane: Plane,
    made: Construction,
    b_share: float,
    mass: MassClass,
) -> Element:
    boundary: Boundary = own.boundary or made.behind
    usual_b = 1.0 if boundary == "outside" else b_share
    u = _or(own.u_w_m2k, made.u_w_m2k)
    # Layers whose U was measured otherwise are not what stands there: the class of mass is kept.
    layers: tuple[Layer, ...] = made.layers if own.u_w_m2k is None else ()
    return Element(
        name=name,
        area_m2=area_m2,
        u_w_m2k=u,
        plane=plane,
        boundary=boundary,
        b_share=_or(own.b_share, usual_b),
        mass=mass,
        layers=layers,
    )


def _bridges(
    building: Building, elements: Sequence[OwnElement], archetype: Archetype, glass_m2: float
) -> tuple[Bridge, ...]:
    own = _of_kind(elements, "bridge")
    if own:
        return tuple(Bridge(each.code, each.psi_w_mk or 0.0, each.length_m or 0.0) for each in own)
    return tuple(
        Bridge(each.code, each.psi_w_mk, bridge_m(each, building, glass_m2))
        for each in archetype.bridges
    )


def bridge_m(rule: BridgeRule, building: Building, glass_m2: float) -> float:
    """Length of a bridge in a building [m], by its rule."""
    shape = building.shape
    sizes = {
        "perimeter_storeys": shape.outer_perimeter_m * shape.storeys_count,
        "facade_m2": shape.outer_m2,
        "window_m2": glass_m2,
        "flats": float(building.flats_count),
    }
    return rule.length_m * sizes[rule.rule]


def _or(stated: float | None, usual: float) -> float:
    return usual if stated is None else stated
