"""Gas set free by coal."""

KG_PER_T = 1000


def escaped_t(
    coal_t: float, factor_m3_per_t: float, density_kg_per_m3: float, recovered_t: float
) -> float:
    """Gas set free by coal mined or handled, less what is recovered.

    ``E = coal x EF x density - recovered`` (IPCC 2006, Volume 2, Chapter 4, Equations 4.1.1,
    4.1.3 and 4.1.4 underground, 4.1.7 and 4.1.8 on the surface).

    Parameters
    ----------
    coal_t : coal mined [t]
    factor_m3_per_t : gas per coal [m3/t]
    density_kg_per_m3 : of the gas at 20 °C and one atmosphere [kg/m3]
    recovered_t : gas drained and used or flared [t]

    Returns
    -------
    Gas to the air [t], below zero where more is recovered than comes out.
    """
    return coal_t * factor_m3_per_t * density_kg_per_m3 / KG_PER_T - recovered_t
