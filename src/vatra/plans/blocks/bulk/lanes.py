"""From zones and changes to the numbers of a kernel."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.plans.blocks.bulk import modal, rc5
from vatra.plans.blocks.bulk.changes import Changes
from vatra.plans.blocks.bulk.columns import columns
from vatra.plans.blocks.climate.climate import Floats
from vatra.plans.blocks.engines import modal_fast, rc5_fast
from vatra.plans.blocks.engines.asked import Engine
from vatra.plans.blocks.engines.drive import Surroundings
from vatra.plans.blocks.engines.groups import Key, Shared, own_sun, shared
from vatra.plans.blocks.zone.zone import Zone


def hours_of(key: Key, zones: Sequence[Zone], around: Surroundings, engine: Engine) -> Shared:
    """The hours of a group."""
    if key.own < 0:
        return shared(key, around)
    own = own_sun if engine == "rc5" else modal_fast.own_sun
    return shared(key, around, own(zones[0], around))


def prepare(zones: Sequence[Zone], changes: Changes, known: Shared, engine: Engine) -> Floats:
    """The kernel's numbers of zones in every state, zone after zone: (regimes, numbers, lanes)."""
    if engine == "rc5":
        return rc5.numbers(columns(zones, known.place_of), changes, known)
    return modal.numbers(zones, changes, known)


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
