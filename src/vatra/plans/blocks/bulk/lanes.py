"""From zones and changes to the numbers of a kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.plans.blocks.bulk import modal, rc5
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.columns import columns
from vatra.plans.blocks.bulk.own_sun import OwnSun, own_hours, own_sun, with_own_sun
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines import rc5_fast
from vatra.plans.blocks.engines.asked import Engine
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.groups import Key, Shared, shared
from vatra.plans.blocks.zone.zone import Zone


@dataclass(frozen=True, eq=False)
class Hours:
    """The hours of a group, and the columns of sun of a zone that shares none."""

    known: Shared
    own: OwnSun | None = None


def hours_of(
    key: Key, zones: Sequence[Zone], around: Surroundings, engine: Engine, kept: bool = True
) -> Hours:
    """The hours of a group; ``kept``: nothing changes in them."""
    own = own_sun(zones[0], engine, kept) if key.own >= 0 else None
    if own is None:
        return Hours(shared(key, around))
    return Hours(shared(key, around, own_hours(zones[0], around, own, engine)), own)


def prepare(zones: Sequence[Zone], changes: Changes, hours: Hours, engine: Engine) -> Floats:
    """The kernel's numbers of zones in every state, zone after zone: (regimes, numbers, lanes)."""
    known, own = hours.known, hours.own
    if engine == "modal":
        return modal.numbers(zones, changes, known, own)
    read = columns(zones, known.place_of)
    return rc5.numbers(read if own is None else with_own_sun(read, own), changes, known)


def chunk_of(engine: Engine) -> int:
    """Lanes whose numbers stay in the cache while they are prepared: modes come of matrices."""
    return 4096 if engine == "rc5" else 512


def kernel_of(engine: Engine) -> rc5_fast.Kernel:
    """The compiled hours of an engine; ``ImportError`` without numba."""
    if engine == "rc5":
        from vatra.plans.blocks.engines import rc5_kernel

        return rc5_kernel
    from vatra.plans.blocks.engines import modal_kernel

    return modal_kernel
