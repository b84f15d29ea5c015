"""How the emissions of a plant are shared, and the local factors of a city."""

KELVIN_AT_ZERO_C = 273.15


def heat_share_by_efficiency(
    heat_mwh: float, electricity_mwh: float, heat_efficiency: float, electric_efficiency: float
) -> float:
    """Part of the emissions that the heat carries, by the fuel each product would take alone.

    ``E_H = (H / eH) / (H / eH + P / eP) x E`` (GHG Protocol, Allocation of emissions from a
    combined heat and power plant, 2006; with efficiencies of 90 % and 40 % the rule of the
    Covenant of Mayors).

    Parameters
    ----------
    heat_mwh, electricity_mwh : net output, not both zero [MWh]
    heat_efficiency, electric_efficiency : of making each alone, above zero [share]

    Returns
    -------
    Share of the heat; the rest is the electricity's.
    """
    heat_fuel_mwh = heat_mwh / heat_efficiency
    return heat_fuel_mwh / (heat_fuel_mwh + electricity_mwh / electric_efficiency)


def heat_share_by_exergy(
    heat_mwh: float, electricity_mwh: float, heat_degrees_c: float, ambient_degrees_c: float
) -> float:
    """Part of the emissions that the heat carries, by the work it could do (Carnot).

    ``a = H (1 - T0 / Th) / (H (1 - T0 / Th) + P)``, temperatures in kelvin (GHG Protocol,
    Allocation of emissions from a combined heat and power plant, 2006, Appendix I).

    Parameters
    ----------
    heat_mwh, electricity_mwh : net output, not both zero [MWh]
    heat_degrees_c : temperature at which the heat is given, above the ambient [°C]
    ambient_degrees_c : temperature of the surroundings [°C]

    Returns
    -------
    Share of the heat; the rest is the electricity's.
    """
    ambient_k = ambient_degrees_c + KELVIN_AT_ZERO_C
    work_mwh = heat_mwh * (1 - ambient_k / (heat_degrees_c + KELVIN_AT_ZERO_C))
    return work_mwh / (work_mwh + electricity_mwh)


def local_heat_factor_t_per_mwh(
    local_t: float, imported_t: float, exported_t: float, consumed_mwh: float
) -> float:
    """Factor of the heat used in a city.

    ``EFH = (CO2LPH + CO2IH - CO2EH) / LHC`` (Covenant of Mayors, How to develop a Sustainable
    Energy Action Plan, Part II, Section 3.5).

    Parameters
    ----------
    local_t, imported_t, exported_t : emissions of heat made locally, brought in and sold out [t]
    consumed_mwh : heat used in the city [MWh]
    """
    return (local_t + imported_t - exported_t) / consumed_mwh


def local_electricity_factor_t_per_mwh(
    consumed_mwh: float,
    local_mwh: float,
    green_mwh: float,
    national_t_per_mwh: float,
    local_t: float,
    green_t: float,
) -> float:
    """Factor of the electricity used in a city.

    ``EFE = [(TCE - LPE - GEP) NEEFE + CO2LPE + CO2GEP] / TCE``, and for a city that makes more
    than it uses ``(CO2LPE + CO2GEP) / (LPE + GEP)`` (Covenant of Mayors, How to develop a
    Sustainable Energy Action Plan, Part II, Section 3.4).

    Parameters
    ----------
    consumed_mwh : electricity used in the city, TCE [MWh]
    local_mwh, green_mwh : made locally, LPE, and bought as certified green power, GEP [MWh]
    national_t_per_mwh : factor of the national or European network, NEEFE [t/MWh]
    local_t, green_t : emissions of what is made locally and of green power [t]
    """
    own_mwh = local_mwh + green_mwh
    if own_mwh > consumed_mwh:
        return (local_t + green_t) / own_mwh
    return ((consumed_mwh - own_mwh) * national_t_per_mwh + local_t + green_t) / consumed_mwh
