"""Energy as meters and bills count it."""

from __future__ import annotations

from collections.abc import Mapping

from vatra.plans.services.reading import Floats, value

GAS = "natural_gas"


def billed(by_carrier: Mapping[str, Floats]) -> Mapping[str, Floats]:
    """The same amounts as bills state them: gas at gross calorific value, all else as it is.

    What ``Bought`` holds is energy at net calorific value, as primary energy factors and emission
    factors take it.
    """
    gross = value("generators", "gross_per_net_share", "natural_gas")
    return {name: held * gross if name == GAS else held for name, held in by_carrier.items()}
