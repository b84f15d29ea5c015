"""What packages, prices and programmes ask about a building of the stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vatra.plans.blocks import Zone
from vatra.plans.blocks.bulk.changes import kind_of
from vatra.plans.retrofit import Applicant, Block, City, RetrofitError
from vatra.plans.stock import Archetype, Building

# Useful areas of all flats to the heated area: stairs may be heated, balconies may be counted.
FLATS_OF_HEATED_SHARE = (0.5, 1.3)
# Bases of prices by what is insulated.
_BASIS = {"wall": "wall_m2", "roof": "roof_m2", "floor": "basement_m2"}


@dataclass(frozen=True)
class Asked:
    """On which day, under which programmes, and what people know of a block beyond its tables.

    Attributes
    ----------
    programme_ids : programmes that may pay, in the order in which they are asked; None: every
        grant that takes applications on the day and excludes none before it
    design_year, seismic_class, has_eu_funds : of every block that is asked about
    flat_m2 : useful area of each flat; blank: equal flats
    own_eur_per_mwh : prices by carrier that come before the usual ones
    """

    on_date: date
    programme_ids: tuple[str, ...] | None = None
    region: str | None = None
    rank: str | None = None
    applicant: str | None = None
    design_year: int | None = None
    seismic_class: str | None = None
    has_eu_funds: bool | None = None
    has_association: bool | None = None
    flat_m2: tuple[float, ...] = ()
    own_eur_per_mwh: Mapping[str, float] | None = None

    @property
    def city(self) -> City:
        """The place, as programmes ask about it."""
        return City(rank=self.rank)

    @property
    def who_applies(self) -> Applicant:
        """The applicant, as programmes ask."""
        return Applicant(kind=self.applicant)


def block_of(building: Building, kind: Archetype, asked: Asked) -> Block:
    """A building as programmes ask about it.

    A year that no row states is the type's latest, so that no age is made up which would open a
    programme to a building that is younger; a design that nobody dates is taken to be of the
    building's year (``assumed_years``).
    """
    built = building.built or kind.years[1]
    return Block(
        kind=building.use if building.use in ("block", "house") else None,
        built_year=built,
        design_year=asked.design_year or built,
        region=asked.region,
        seismic_class=asked.seismic_class,
        has_association=True if building.association else asked.has_association,
        has_eu_funds=asked.has_eu_funds,
        floor_m2=building.heated_m2,
        built_m2=building.shape.footprint_m2 * building.shape.storeys_count,
        flat_m2=asked.flat_m2 or _equal_flats(building),
    )


def check_flats(building: Building, flat_m2: Sequence[float]) -> None:
    """Raise ``RetrofitError`` for areas of flats that are not those of the building: a share of
    the cost by them would be another's."""
    if not flat_m2:
        return
    total_m2, count = sum(flat_m2), building.flats_count
    counted = "flats_count" in building.assumed or len(flat_m2) == count
    low, high = FLATS_OF_HEATED_SHARE
    if not counted or not low * building.heated_m2 <= total_m2 <= high * building.heated_m2:
        raise RetrofitError(
            "flats-unlike",
            given=len(flat_m2),
            total=round(total_m2, 1),
            count=count,
            heated=round(building.heated_m2, 1),
        )


def assumed_years(building: Building, asked: Asked) -> list[str]:
    """Years of ``block_of`` that nobody stated."""
    stated = {"built_year": building.built, "design_year": asked.design_year}
    return [name for name, year in stated.items() if year is None]


def _equal_flats(building: Building) -> tuple[float, ...]:
    count = building.flats_count
    return (building.heated_m2 / count,) * count if count else ()


def quantities(zone: Zone, building: Building) -> dict[str, float]:
    """How much there is of what packages are priced by."""
    found = dict.fromkeys(_BASIS.values(), 0.0)
    for each in zone.elements:
        if each.boundary != "adjacent":
            found[_BASIS[kind_of(each.plane)]] += each.area_m2
    return {
        **found,
        "window_m2": sum(each.area_m2 for each in zone.windows),
        "floor_m2": building.heated_m2,
        "flat_count": float(building.flats_count),
    }
