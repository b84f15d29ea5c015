"""What meters say of a block, beside what was computed before they were asked."""

from __future__ import annotations

from functools import lru_cache

from vatra.runs.calibrate import calibrate_stock
from vatra.runs.calibrate_block import NONE, Calibrated
from vatra.runs.calibrate_rows import meter_rows
from vatra.runs.retrofit import Renovation, place_of
from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.blocks.tables.stock import ROOM
from vatra.words import Language, say

NAME = "meters"
KEPT = 16
DRAWS = 512


@lru_cache(KEPT)
def calibrated(found: Renovation) -> Calibrated | None:
    """A block before and after the meters of its stock; None where there are no meters at all."""
    if not found.stock.readings:
        return None
    stated = found.stock.systems
    own = len(stated) and found.building.code in stated.get_column("building").to_list()
    made = calibrate_stock(
        found.stock,
        found.climate,
        [place_of(found.stock, found.building.code)],
        engine=found.engine,
        # The others are heated as this block is where neither states a system.
        usual=None if own else found.spent.systems,
        draws=DRAWS,
    )
    return made.blocks[0]


def known(found: Renovation) -> Calibrated | None:
    """A block by its meters, or by those of its type; None where none say anything of it."""
    block = calibrated(found)
    return None if block is None or block.origin == NONE else block


def meters_table(found: Renovation, lang: Language) -> Table | None:
    """One row a meter of the block itself; None where it has none that could be read."""
    block = calibrated(found)
    rows = meter_rows(block) if block else []
    if not rows:
        return None
    area = found.building.heated_m2
    return Table(
        NAME,
        say("web.blocks.table-meters", lang),
        (
            Column("metered", say("web.blocks.metered", lang)),
            Column("carrier", say("web.blocks.carrier", lang)),
            Column("years", say("web.blocks.years", lang)),
            Column("metered_kwh_m2", say("web.blocks.meter-says", lang), "given", 0),
            Column("modelled_kwh_m2_p10", say("web.blocks.model-p10", lang), "given", 0),
            Column("modelled_kwh_m2_p90", say("web.blocks.model-p90", lang), "given", 0),
            Column("used", say("web.blocks.meter-used", lang)),
        ),
        tuple(
            Row(
                (
                    Cell(label("metered", row["metered"], lang)),
                    Cell(label("carrier", row["carrier"], lang)),
                    Cell(", ".join(map(str, row["years"]))),
                    Cell(row["metered_kwh_m2"]),
                    Cell(round(row["modelled_kwh_before_p10"] / area, 1)),
                    Cell(round(row["modelled_kwh_before_p90"] / area, 1)),
                    Cell(say(f"web.blocks.{'used' if row['fitted'] else 'not-used'}", lang)),
                )
            )
            for row in rows
        ),
        say("web.blocks.meters-note", lang),
        ROOM,
        f"building={found.building.code}",
        ROOM,
    )


def meter_findings(found: Renovation, lang: Language) -> list[str]:
    """What does not fit between the meters of a block and what is known of it."""
    block = calibrated(found)
    return [each.message(lang) for each in block.findings] if block else []
