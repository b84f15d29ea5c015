"""Which engines and skies there are, and the sun around some zones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from vatra.plans.blocks.climate.climate import Climate
from vatra.plans.blocks.engines.drive import Sun, Surroundings, planes_of
from vatra.plans.blocks.sun.perez import perez
from vatra.plans.blocks.sun.plane import isotropic
from vatra.plans.blocks.zone.zone import Zone

Engine = Literal["seasonal", "rc5", "modal"]
ENGINES: tuple[Engine, ...] = ("seasonal", "rc5", "modal")
Sky = Literal["perez", "isotropic"]
SKIES: tuple[Sky, ...] = ("perez", "isotropic")


def refuse_unknown(engine: str) -> None:
    """Raise ``ValueError`` for an engine that does not exist."""
    if engine not in ENGINES:
        raise ValueError(f"engine '{engine}' is not one of {', '.join(ENGINES)}")


def surroundings(zones: Sequence[Zone], climate: Climate, sky: Sky = "perez") -> Surroundings:
    """A climate and its sun on all planes of the zones."""
    sun: Sun = perez if sky == "perez" else isotropic
    planes = tuple(sorted({plane for zone in zones for plane in planes_of(zone)}))
    return Surroundings(climate, sun(climate, planes))
