"""Which part of a trip a city answers for, and where it lies."""


def kind(origin_side: str, destination_side: str) -> str:
    """``internal`` with both ends in the city, ``crossing`` with one, ``through`` with none."""
    ends = (origin_side, destination_side).count("inside")
    return ("through", "crossing", "internal")[ends]


def induced_km(
    trips_count: float, length_km: float, inside_km: float, share: float
) -> tuple[float, float]:
    """Kilometres of trips that a city answers for, inside it and outside.

    Trips with both ends in the city count whole, with one end by half, with none not at all
    (GPC 1.1, Section 7.3); each part is reported where it is driven.

    Parameters
    ----------
    trips_count : trips in a year
    length_km : length of one trip [km]
    inside_km : part of one trip that lies in the city, at most its length [km]
    share : part of the trips that the city answers for [share]

    Returns
    -------
    Kilometres inside the city and outside [km].
    """
    answered = trips_count * share
    return answered * inside_km, answered * (length_km - inside_km)
