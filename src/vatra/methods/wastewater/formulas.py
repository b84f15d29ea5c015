"""Methane and nitrous oxide of the wastewater of people."""

from vatra.units import MASS

T_PER_KG = MASS.accepted["kg"]
T_PER_G = T_PER_KG * T_PER_KG
# As the guidelines print it, leap years too.
DAYS_PER_YEAR = 365
# Mass of a molecule of nitrous oxide over that of its two atoms of nitrogen.
N2O_PER_NITROGEN = 44 / 28


def organic_load_t(
    people_count: float, bod_g_per_person_day: float, industrial_factor: float
) -> float:
    """Organic matter in the wastewater of a year.

    ``TOW = P x BOD x 0.001 x I x 365`` (IPCC 2006, Volume 5, Chapter 6, Equation 6.3; in tonnes
    here).

    Parameters
    ----------
    people_count : people P
    bod_g_per_person_day : biochemical oxygen demand of a person [g/day]
    industrial_factor : I, for industry that discharges into the same sewer [1]

    Returns
    -------
    Biochemical oxygen demand [t in the year].
    """
    return people_count * bod_g_per_person_day * T_PER_G * industrial_factor * DAYS_PER_YEAR


def methane_generated_t(load_t: float, sludge_t: float, capacity: float, mcf: float) -> float:
    """Methane that a treatment generates.

    ``(TOW - S) x Bo x MCF`` (IPCC 2006, Volume 5, Chapter 6, Equations 6.1 and 6.2), the load
    already multiplied by the shares U and T of the people who use the treatment.

    Parameters
    ----------
    load_t : organic matter that reaches the treatment [t BOD]
    sludge_t : organic matter removed with the sludge S [t BOD]
    capacity : methane that the matter can give Bo [t/t BOD]
    mcf : part of it that the treatment gives [1]

    Returns
    -------
    Methane [t].
    """
    return (load_t - sludge_t) * capacity * mcf


def nitrogen_t(
    people_count: float,
    protein_kg_per_person_year: float,
    nitrogen_in_protein: float,
    household_factor: float,
    non_consumed_factor: float,
    industrial_factor: float,
) -> float:
    """Nitrogen in the wastewater of a year.

    ``N = P x protein x F_NPR x N_HH x F_NON-CON x F_IND-COM`` (IPCC 2006, Volume 5, Chapter 6,
    Equation 6.8, without N_HH; IPCC 2019 Refinement, Equation 6.10).

    Parameters
    ----------
    people_count : people P
    protein_kg_per_person_year : protein eaten by a person [kg/year], not a day's
    nitrogen_in_protein : F_NPR [kg/kg]
    household_factor : N_HH, for household products [1]
    non_consumed_factor : F_NON-CON, for protein that is not eaten [1]
    industrial_factor : F_IND-COM, for industry in the same sewer [1]

    Returns
    -------
    Nitrogen [t in the year].
    """
    eaten_t = people_count * protein_kg_per_person_year * nitrogen_in_protein * T_PER_KG
    return eaten_t * household_factor * non_consumed_factor * industrial_factor


def effluent_nitrogen_t(load_t: float, removed_share: float, sludge_t: float) -> float:
    """Nitrogen that is discharged.

    ``N x (1 - N_REM) - N_sludge`` (IPCC 2006, Volume 5, Chapter 6, Equation 6.8, without N_REM;
    IPCC 2019 Refinement, Equation 6.8).

    Parameters
    ----------
    load_t : nitrogen in the wastewater [t]
    removed_share : part that the treatment takes out [t/t]
    sludge_t : nitrogen removed with the sludge [t]

    Returns
    -------
    Nitrogen [t].
    """
    return load_t * (1 - removed_share) - sludge_t


def nitrous_oxide_t(nitrogen_t: float, factor: float) -> float:
    """Nitrous oxide of nitrogen treated or discharged.

    ``N x EF x 44/28`` (IPCC 2006, Volume 5, Chapter 6, Equation 6.7).

    Parameters
    ----------
    nitrogen_t : nitrogen [t]
    factor : nitrogen of nitrous oxide per nitrogen [t N2O-N/t N]

    Returns
    -------
    Nitrous oxide [t].
    """
    return nitrogen_t * factor * N2O_PER_NITROGEN
