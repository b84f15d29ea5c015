"""What meters and bills of a building say, by month or year, in whatever unit they are in."""

from vatra.tables.activity import ABOUT
from vatra.tables.columns import Column, Table
from vatra.units import ENERGY, WH_PER_MWH

MONTHS = tuple(str(month) for month in range(1, 13))
METERED = ("heating", "hot_water", "heating_and_hot_water", "electricity", "all")

TABLE = Table(
    name="building_meters",
    file_name="building_meters.csv",
    # Bills of years before the base year tell of the building too.
    history=True,
    columns=(
        Column("building", "code", required=True, key=True),
        Column("year", "year", required=True, key=True, aliases=("an",)),
        # Blank: the whole year.
        Column("month", "choice", key=True, choices=MONTHS),
        Column("carrier", "code", required=True, key=True, vocabulary="carrier"),
        Column("metered", "choice", required=True, key=True, choices=METERED,
               vocabulary="metered"),
        Column("amount", "number", required=True, quantity=ENERGY, unit_column="unit",
               becomes="energy_wh", scale=WH_PER_MWH),
        Column("unit", "text", required=True),
        # Of the same period, base 20/12; blank where they are not known.
        Column("degree_days_kd", "number"),
        *ABOUT,
    ),
)  # fmt: skip
