"""Buildings of a city: what they are, how large, how old, who owns them."""

from vatra.tables.activity import ABOUT
from vatra.tables.columns import Column, Table

USES = (
    "block",
    "house",
    "school",
    "health",
    "office",
    "retail",
    "culture_sport",
    "other",
)
PERIODS = (
    "before_1945",
    "1945_1960",
    "1961_1972",
    "1973_1982",
    "1983_1990",
    "1991_2000",
    "2001_2010",
    "2011_2020",
    "from_2021",
)
TENURES = ("flat_owners", "one_owner", "city", "state", "company", "mixed")
ANSWERS = ("no", "yes")

TABLE = Table(
    name="buildings",
    file_name="buildings.csv",
    # Built long before the pack's years.
    history=True,
    columns=(
        Column("building", "code", required=True, key=True),
        Column("name", "text"),
        Column("quarter", "code"),
        Column("use", "choice", required=True, choices=USES, vocabulary="building_use",
               default="block"),
        Column("archetype", "code", vocabulary="archetype"),
        Column("period", "choice", choices=PERIODS, vocabulary="building_period"),
        Column("built", "year"),
        # The ground floor counts: P+4 has five.
        Column("storeys_count", "number"),
        Column("flats_count", "number"),
        Column("storey_height_m", "number"),
        Column("heated_m2", "number"),
        Column("footprint_m2", "number"),
        Column("perimeter_m", "number"),
        # Of the perimeter: what touches neighbours.
        Column("party_m", "number"),
        # Where the longest facade looks, from north by east.
        Column("azimuth_degrees", "number"),
        Column("tenure", "choice", choices=TENURES, vocabulary="tenure"),
        Column("association", "code"),
        Column("synthetic", "choice", choices=ANSWERS, vocabulary="building_answer", default="no"),
        *ABOUT,
    ),
)  # fmt: skip
