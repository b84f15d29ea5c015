"""Methane of buried waste, year by year or all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import overload

import numpy as np
import numpy.typing as npt

# Mass of a molecule of methane over that of its atom of carbon.
CH4_PER_CARBON = 16 / 12
MONTHS_PER_YEAR = 12

Array = npt.NDArray[np.float64]


def degradable_carbon(
    share_by_type: Mapping[str, float], doc_by_type: Mapping[str, float]
) -> float:
    """Carbon that can rot in mixed waste.

    ``DOC = sum of share x DOC of the type`` (IPCC 2006, Volume 5, Chapter 3, Equation 3.7; GPC 1.1,
    Equation 8.1: ``0.15 A + 0.20 B + 0.40 C + 0.43 D + 0.24 E + 0.15 F``).

    Parameters
    ----------
    share_by_type : share of each type in the wet mass of the waste [t/t]
    doc_by_type : degradable organic carbon of each type [t/t]

    Returns
    -------
    Degradable organic carbon [t per t of wet waste].
    """
    return sum(share * doc_by_type[waste_type] for waste_type, share in share_by_type.items())


@overload
def decomposable_carbon_t(waste_t: float, doc: float, docf: float, mcf: float) -> float: ...
@overload
def decomposable_carbon_t(waste_t: Array, doc: Array, docf: Array, mcf: Array) -> Array: ...
def decomposable_carbon_t(
    waste_t: float | Array, doc: float | Array, docf: float | Array, mcf: float | Array
) -> float | Array:
    """Carbon that will rot without air.

    ``DDOCm = W x DOC x DOCf x MCF`` (IPCC 2006, Volume 5, Chapter 3, Equation 3.2).

    Parameters
    ----------
    waste_t : waste buried, wet [t]
    doc : degradable organic carbon [t/t]
    docf : part of it that decomposes [t/t]
    mcf : part of that which decomposes without air [t/t]

    Returns
    -------
    Decomposable carbon [t].
    """
    return waste_t * doc * docf * mcf


def decomposed_share(
    age_years: float | Array, decay_per_year: float | Array, start_month: float
) -> Array:
    """Part of the decomposable carbon that rots in one calendar year.

    Equations 3.4 and 3.5 with the delay of Annex 3A.1, Equations 3A1.10 to 3A1.13 (IPCC 2006,
    Volume 5, Chapter 3): in the year of burial ``1 - exp(-k (13 - M) / 12)``, of what is left then
    ``1 - exp(-k)`` in each year after.

    Parameters
    ----------
    age_years : years since the year of burial [years, 0 or more]
    decay_per_year : rate of decay k [1/year]
    start_month : month M in which decay begins, counted from January of the year of burial
        [1 to 13]

    Returns
    -------
    Part of the carbon buried [t/t]; over all years it adds up to 1.
    """
    age = np.asarray(age_years, dtype=np.float64)
    first_year = (MONTHS_PER_YEAR + 1 - start_month) / MONTHS_PER_YEAR
    begins = np.where(age > 0, first_year + age - 1, 0.0)
    ends = first_year + age
    decay = np.asarray(decay_per_year, dtype=np.float64)
    return np.asarray(np.exp(-decay * begins) - np.exp(-decay * ends))


@overload
def methane_generated_t(decomposed_t: float, methane_share: float) -> float: ...
@overload
def methane_generated_t(decomposed_t: Array, methane_share: Array) -> Array: ...
def methane_generated_t(decomposed_t: float | Array, methane_share: float | Array) -> float | Array:
    """Methane from carbon that rots without air.

    ``CH4 generated = DDOCm decomposed x F x 16/12`` (IPCC 2006, Volume 5, Chapter 3, Equation 3.6).

    Parameters
    ----------
    decomposed_t : carbon decomposed in the year [t]
    methane_share : methane in the gas F, by volume [m3/m3]

    Returns
    -------
    Methane [t].
    """
    return decomposed_t * methane_share * CH4_PER_CARBON


def methane_emitted_t(generated_t: float, recovered_t: float, oxidised_share: float) -> float:
    """Methane that leaves the site.

    ``CH4 = (generated - R) x (1 - OX)`` (IPCC 2006, Volume 5, Chapter 3, Equation 3.1): what is
    recovered does not pass the cover and is not oxidised.

    Parameters
    ----------
    generated_t : methane generated in the year [t]
    recovered_t : methane recovered in the year [t], not above ``generated_t``
    oxidised_share : part oxidised in the cover OX [t/t]

    Returns
    -------
    Methane [t].
    """
    return (generated_t - recovered_t) * (1 - oxidised_share)


def methane_potential(doc: float, docf: float, mcf: float, methane_share: float) -> float:
    """Methane that a tonne of waste will ever give.

    ``L0 = MCF x DOC x DOCf x F x 16/12`` (GPC 1.1, Equation 8.4).

    Parameters
    ----------
    doc, docf, mcf, methane_share : as in the functions above

    Returns
    -------
    Methane [t per t of waste].
    """
    return methane_generated_t(decomposable_carbon_t(1.0, doc, docf, mcf), methane_share)


def methane_commitment_t(
    waste_t: float, potential: float, recovered_share: float, oxidised_share: float
) -> float:
    """All the methane that waste will give, put into the year of burial.

    ``CH4 = MSW x L0 x (1 - f_rec) x (1 - OX)`` (GPC 1.1, Equation 8.3).

    Parameters
    ----------
    waste_t : waste buried in the year, wet [t]
    potential : methane potential L0 [t/t]
    recovered_share : part of the methane recovered [t/t]
    oxidised_share : part of the rest oxidised in the cover [t/t]

    Returns
    -------
    Methane [t].
    """
    return methane_emitted_t(
        waste_t * potential, waste_t * potential * recovered_share, oxidised_share
    )
