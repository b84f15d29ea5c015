"""Which type a building is taken for, from its use, its age and its height."""

from __future__ import annotations

from vatra.plans.stock.archetypes import Archetype, archetypes

# First and last year of a period of ``buildings.csv``.
YEARS_OF_PERIOD = {
    "before_1945": (1800, 1944),
    "1945_1960": (1945, 1960),
    "1961_1972": (1961, 1972),
    "1973_1982": (1973, 1982),
    "1983_1990": (1983, 1990),
    "1991_2000": (1991, 2000),
    "2001_2010": (2001, 2010),
    "2011_2020": (2011, 2020),
    "from_2021": (2021, 2100),
}


def archetype_for(
    use: str, built: int | None, period: str | None, storeys_count: float | None
) -> Archetype | None:
    """The first type in the file that fits, or None where the age is not known.

    The year goes before the period, of which the middle year counts. Uses other than houses are
    taken for blocks: their envelopes are nearer to those. Without storeys the type whose
    reference block is lowest counts.
    """
    if built is None:
        if period is None:
            return None
        first, last = YEARS_OF_PERIOD[period]
        built = (first + last) // 2
    wanted = "house" if use == "house" else "block"
    fitting = [
        each
        for each in archetypes().values()
        if each.use == wanted and each.years[0] <= built <= each.years[1]
    ]
    if storeys_count is None:
        return min(fitting, key=lambda each: each.storeys[0], default=None)
    for each in fitting:
        if each.storeys[0] <= storeys_count <= each.storeys[1]:
            return each
    return None
