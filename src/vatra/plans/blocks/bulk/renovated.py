"""One changed state of a zone as a zone of its own: the plain way, for hours and for reference."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vatra.plans.blocks.bulk.changes import WINDOW, Changes, kind_of
from vatra.plans.blocks.zone.zone import Air, Control, Element, Window, Zone

# A chain keeps at least this much of its layers' resistance [m2K/W].
LEAST_LAYERS_M2K_W = 1e-4


def renovated(zone: Zone, changes: Changes, place: int) -> Zone:
    """The zone in the state at ``place``.

    Layers stay where they are: what U gains or loses by scaling changes all of them alike, what
    is added lies outside of them without mass of its own.
    """
    return replace(
        zone,
        elements=tuple(_element(each, changes, place) for each in zone.elements),
        windows=tuple(_window(each, changes, place) for each in zone.windows),
        bridges=tuple(
            replace(each, psi_w_mk=each.psi_w_mk * float(changes.bridge(each.name)[place]))
            for each in zone.bridges
        ),
        air=_air(zone.air, changes, place),
        gains_w_m2=tuple(
            None if each is None else each * float(changes.gains_scale[place])
            for each in zone.gains_w_m2
        ),
        heating=_heating(zone.heating, float(changes.inside_k[place])),
    )


def _element(element: Element, changes: Changes, place: int) -> Element:
    if element.boundary == "adjacent":
        return element
    kind = kind_of(element.plane)
    scaled = element.u_w_m2k * float(changes.scale(kind)[place])
    added = float(changes.added_m2k_w(kind)[place])
    u_w_m2k = 1 / (1 / scaled + added)
    if not element.layers:
        return replace(element, u_w_m2k=u_w_m2k)
    layers = sum(each.r_m2k_w for each in element.layers)
    kept = max(layers + 1 / scaled - 1 / element.u_w_m2k, LEAST_LAYERS_M2K_W)
    return replace(
        element,
        u_w_m2k=u_w_m2k,
        layers_share=element.layers_share * kept / layers,
        added_m2k_w=element.added_m2k_w + added,
    )


def _window(window: Window, changes: Changes, place: int) -> Window:
    present = window.u_w_m2k * float(changes.scale(WINDOW)[place])
    u, g = float(changes.window_u_w_m2k[place]), float(changes.window_g_share[place])
    replaced = np.isnan(u) or u < present
    return replace(
        window,
        u_w_m2k=u if u < present else present,
        g_share=g if replaced and not np.isnan(g) else window.g_share,
    )


def _air(air: Air, changes: Changes, place: int) -> Air:
    change, kept = (
        float(changes.air_change_per_h[place]),
        float(changes.heat_recovery_share[place]),
    )
    usual = air.change_per_h if np.isnan(change) else change
    return replace(
        air,
        change_per_h=usual * float(changes.air_scale[place]),
        heat_recovery_share=air.heat_recovery_share if np.isnan(kept) else kept,
    )


def _heating(heating: Control, more_k: float) -> Control:
    day = tuple(None if each is None else each + more_k for each in heating.day_c)
    return replace(heating, day_c=day)
