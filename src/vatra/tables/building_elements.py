"""Parts of a building's envelope that somebody measured; they come before the archetype's."""

from vatra.tables.activity import ABOUT
from vatra.tables.columns import Column, Table

KINDS = ("wall", "roof", "floor", "window", "bridge")
BOUNDARIES = ("outside", "ground", "unheated", "adjacent")

TABLE = Table(
    name="building_elements",
    file_name="building_elements.csv",
    columns=(
        Column("building", "code", required=True, key=True),
        Column("element", "code", required=True, key=True),
        Column("kind", "choice", required=True, choices=KINDS, vocabulary="building_element"),
        # Blank: as the type has it.
        Column("boundary", "choice", choices=BOUNDARIES, vocabulary="element_boundary"),
        Column("area_m2", "number"),
        Column("u_w_m2k", "number"),
        Column("azimuth_degrees", "number"),
        Column("g_share", "number"),
        Column("frame_share", "number"),
        Column("shading_share", "number"),
        # How much of the difference to outdoors is behind it (EN ISO 13789).
        Column("b_share", "number"),
        Column("psi_w_mk", "number", may_be_negative=True),
        Column("length_m", "number"),
        *ABOUT,
    ),
)  # fmt: skip
