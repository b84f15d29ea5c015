"""The surfaces of a room: how they share radiation, and the sun that came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.plans.blocks.engines.modal_elements import Chain
from vatra.plans.blocks.zone.zone import USUAL_ABSORPTANCE, USUAL_EMISSIVITY


@dataclass(frozen=True)
class Surface:
    """A surface in a room by its node. Glass has no chain and counts as a usual surface."""

    node: int
    area_m2: float
    chain: Chain | None = None

    @property
    def is_floor(self) -> bool:
        """Whether the sun falls on it first."""
        return self.chain is not None and self.chain.floor

    @property
    def radiant_m2(self) -> float:
        """Its area as it counts in radiation: by emissivity against a usual surface."""
        if self.chain is None:
            return self.area_m2
        return self.area_m2 * self.chain.inner_emissivity_share / USUAL_EMISSIVITY

    @property
    def absorptance_share(self) -> float:
        """Of the sun that reaches it."""
        return self.chain.inner_absorptance_share if self.chain else USUAL_ABSORPTANCE


def sun_shares(inner: Sequence[Surface]) -> list[float]:
    """How the sun that stays in a room falls to its surfaces; the shares add up to one.

    Glass takes what it takes in a usual room: what paler rooms throw back out through it is no
    sun in the room (``kept_share``).
    """
    usual = _taken([(each, USUAL_ABSORPTANCE) for each in inner])
    taken = _taken([(each, each.absorptance_share) for each in inner])
    glass = sum(share for each, share in zip(inner, usual, strict=True) if each.chain is None)
    solid = sum(share for each, share in zip(inner, taken, strict=True) if each.chain)
    scale = (1 - glass) / solid if solid else 0.0
    return [
        share * scale if each.chain else as_usual
        for each, share, as_usual in zip(inner, taken, usual, strict=True)
    ]


def kept_share(inner: Sequence[Surface]) -> float:
    """How much of the sun stays in a room, against a room of usual surfaces: pale ones throw more
    of it back out through the glass."""
    kept = [
        sum(
            share
            for each, share in zip(inner, _taken([(e, of(e)) for e in inner]), strict=True)
            if each.chain
        )
        for of in (lambda each: each.absorptance_share, lambda _: USUAL_ABSORPTANCE)
    ]
    return kept[0] / kept[1] if kept[1] else 1.0


def _taken(inner: Sequence[tuple[Surface, float]]) -> list[float]:
    """Sun falls on the floor first, which takes up its absorptance of it; the rest goes to and fro
    until all surfaces have it, by area and absorptance (as in the reference rooms of ANSI/ASHRAE
    140; ISO 52016-1 leaves it open)."""
    floors_m2 = sum(each.area_m2 for each, _ in inner if each.is_floor)
    taking_m2 = sum(each.area_m2 * share for each, share in inner)
    at_once = [each.area_m2 * share / floors_m2 if each.is_floor else 0.0 for each, share in inner]
    rest = 1 - sum(at_once)
    return [
        first + rest * each.area_m2 * share / taking_m2
        for first, (each, share) in zip(at_once, inner, strict=True)
    ]
