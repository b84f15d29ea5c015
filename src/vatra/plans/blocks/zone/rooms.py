"""A zone and the rooms beside it, each with all the surfaces it has, also those of others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vatra.plans.blocks.sun.plane import Plane
from vatra.plans.blocks.zone.zone import Element, Place, Window, Zone

_TURNED: dict[Place, Place] = {"inside": "outside", "outside": "inside"}


@dataclass(frozen=True)
class Partition:
    """An element between two rooms: ``owner`` and ``other`` by their place among the rooms, the
    element's name in the owner and that of its back in the other."""

    owner: int
    other: int
    element: Element
    back: str


@dataclass(frozen=True)
class Pane:
    """A window between two rooms, by their place among the rooms."""

    owner: int
    other: int
    window: Window


@dataclass(frozen=True)
class Rooms:
    """The zone first, then its spaces. Each room lists what is its own and the backs of what
    others put between; windows between rooms stand in ``panes`` alone. ``air_m3_h`` passes
    between the zone and each other room."""

    rooms: tuple[Zone, ...]
    partitions: tuple[Partition, ...]
    panes: tuple[Pane, ...]
    air_m3_h: tuple[float, ...]


def rooms_of(zone: Zone) -> Rooms:
    """Rooms of a zone; ``KeyError`` where an element names a room that is not there."""
    rooms = (zone, *(each.room for each in zone.spaces))
    place = {each.name: number for number, each in enumerate(rooms)}
    partitions = tuple(
        Partition(owner, place[each.space], each, f"{room.name}: {each.name}")
        for owner, room in enumerate(rooms)
        for each in room.elements
        if each.boundary == "space"
    )
    panes = tuple(
        Pane(owner, place[each.space], each)
        for owner, room in enumerate(rooms)
        for each in room.windows
        if each.space
    )
    whole = tuple(
        replace(
            room,
            elements=(
                *room.elements,
                *(_turned(each) for each in partitions if each.other == number),
            ),
            windows=tuple(each for each in room.windows if not each.space),
            spaces=(),
        )
        for number, room in enumerate(rooms)
    )
    return Rooms(whole, partitions, panes, (0.0, *(each.air_m3_h for each in zone.spaces)))


def _turned(partition: Partition) -> Element:
    """An element as it is seen from behind."""
    front = partition.element
    plane = Plane(180.0 - front.plane.tilt_deg, (front.plane.azimuth_deg + 180.0) % 360)
    return replace(
        front,
        name=partition.back,
        plane=plane,
        place=_TURNED.get(front.place, front.place),
        layers=front.layers[::-1],
        inner_absorptance_share=front.absorptance_share,
        inner_emissivity_share=front.emissivity_share,
    )


def alone(zone: Zone) -> Zone:
    """The zone without the rooms beside it: elements towards them count by their ``b_share``, as
    EN ISO 13789 has it, and no light comes through panes between."""
    if not zone.spaces:
        return zone
    behind = {each.name: each.b_share for each in zone.elements if each.boundary == "space"}
    usual_b = sum(behind.values()) / len(behind) if behind else 1.0
    panes = tuple(
        Element(each.name, each.area_m2, each.u_w_m2k, each.plane, "unheated", usual_b)
        for each in zone.windows
        if each.space
    )
    walls = tuple(
        replace(each, boundary="unheated", space="") if each.boundary == "space" else each
        for each in zone.elements
    )
    return replace(
        zone,
        elements=(*walls, *panes),
        windows=tuple(each for each in zone.windows if not each.space),
        spaces=(),
    )
