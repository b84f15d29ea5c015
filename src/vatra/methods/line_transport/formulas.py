"""Energy of a line, divided at the limits of the city."""


def divided_mwh(
    energy_mwh: float, line_km: float, inside_km: float, outside_share: float
) -> tuple[float, float]:
    """Energy of a line inside the city, and the city's part of the energy outside.

    The energy is spread evenly along the line (GPC 1.1, Sections 7.4 and 7.5).

    Parameters
    ----------
    energy_mwh : energy that the line takes in a year [MWh]
    line_km, inside_km : length of the line, above zero, and of its part in the city [km]
    outside_share : part of the journeys outside that the city answers for [share]

    Returns
    -------
    Energy inside, and the city's part of the energy outside [MWh].
    """
    inside = energy_mwh * inside_km / line_km
    return inside, (energy_mwh - inside) * outside_share
