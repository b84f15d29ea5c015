"""Work and fuel of machines."""

KWH_PER_MWH = 1000
G_PER_KG = 1000


def work_mwh(machines_count: float, hours: float, power_kw: float, load_share: float) -> float:
    """Work of machines at the shaft, or the electricity of electric ones.

    ``N x H x P x LF`` (IPCC 2006, Volume 2, Chapter 3, Equation 3.3.3).

    Parameters
    ----------
    machines_count : machines
    hours : hours of one machine in a year [h]
    power_kw : rated power of one machine [kW]
    load_share : average load as part of the rated power [share]

    Returns
    -------
    Work [MWh].
    """
    return machines_count * hours * power_kw * load_share / KWH_PER_MWH


def fuel_mwh(shaft_mwh: float, consumption_g_per_kwh: float, mwh_per_kg: float) -> float:
    """Energy of the fuel behind work at the shaft.

    Parameters
    ----------
    shaft_mwh : work [MWh]
    consumption_g_per_kwh : fuel per work [g/kWh]
    mwh_per_kg : net calorific value of the fuel [MWh/kg]

    Returns
    -------
    Energy of the fuel, net calorific value [MWh].
    """
    return shaft_mwh * KWH_PER_MWH * consumption_g_per_kwh / G_PER_KG * mwh_per_kg
