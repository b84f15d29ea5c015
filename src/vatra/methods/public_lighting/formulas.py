"""Energy of lamps."""

from vatra.units import WH_PER_MWH


def energy_mwh(lamps_count: float, power_w: float, hours: float, dimmed_share: float) -> float:
    """Electricity of lamps in a year.

    ``W = n x P x t x (1 - d)``, the annual energy of EN 13201-5:2015 with one level of dimming.

    Parameters
    ----------
    lamps_count : lamps
    power_w : power of one luminaire with ballast or driver [W]
    hours : hours lit in a year [h]
    dimmed_share : part of the energy that dimming saves [share]

    Returns
    -------
    Electricity [MWh].
    """
    return lamps_count * power_w * hours * (1 - dimmed_share) / WH_PER_MWH
