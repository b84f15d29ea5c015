"""What escapes from gas and oil systems."""

KG_PER_T = 1000
T_PER_GG = 1000
M3_PER_MILLION_M3 = 1_000_000


def by_throughput_t(throughput_m3: float, factor_gg_per_million_m3: float) -> float:
    """Mass of a gas from what passes through a system.

    ``E = A x EF`` (IPCC 2006, Volume 2, Chapter 4, Equation 4.2.1).

    Parameters
    ----------
    throughput_m3 : gas or oil in a year [m3]
    factor_gg_per_million_m3 : mass of the gas per volume [Gg per million m3]

    Returns
    -------
    Mass of the gas [t].
    """
    return throughput_m3 * factor_gg_per_million_m3 * T_PER_GG / M3_PER_MILLION_M3


def by_leak_t(
    throughput_m3: float, leak_share: float, methane_share: float, density_kg_per_m3: float
) -> float:
    """Methane from the part of the gas that leaks.

    Parameters
    ----------
    throughput_m3 : gas delivered in a year [m3]
    leak_share : part of it that leaks [share]
    methane_share : methane in the gas, by volume [share]
    density_kg_per_m3 : of methane at the conditions of the gas [kg/m3]

    Returns
    -------
    Mass of methane [t].
    """
    return throughput_m3 * leak_share * methane_share * density_kg_per_m3 / KG_PER_T


def by_length_t(pipes_km: float, factor_t_per_km: float) -> float:
    """Methane from pipes of one material [t]; length in km, factor in t per km and year."""
    return pipes_km * factor_t_per_km
