"""How sure the figures of a block are: P10 to P90 of what it needs and of what works promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from vatra.contract.charts import Chart
from vatra.runs.retrofit import Renovation
from vatra.runs.retrofit_doubt import Promises, promises
from vatra.runs.retrofit_picture import before_after, packages_chart
from vatra.web.base.tables import PPM, Cell, Column, Row, Table
from vatra.web.blocks.meters import known
from vatra.web.blocks.renovation import package_words
from vatra.web.blocks.tables.stock import ROOM
from vatra.words import Language, say

NAME = "package-doubt"
# The ends of eight chances in ten settle to some hundredths with these, in half a second.
DRAWS = 512
KEPT = 16
Ends = Mapping[str, Any]
# Figure of the draws, and how many of it one of its row is.
_FIGURES = (
    ("cost_cents", 100),
    ("owners_per_flat_cents", 100),
    ("heating_saved_percent", 1),
    ("bill_saved_cents", 100),
    ("co2_saved_kg", 1000),
    ("primary_kwh_m2", 1),
    ("payback_years", 1),
)


@lru_cache(KEPT)
def promised(found: Renovation) -> Promises:
    """The block as it stands and its packages under the same draws."""
    return promises(found, known=known(found), draws=DRAWS)


def package_ends(found: Renovation, name: str) -> Ends:
    """P10, P50 and P90 of one package that people look at."""
    return next(each for each in promised(found).rows if each["package"] == name)


def bars(found: Renovation, lang: Language) -> Chart:
    """What is bought before and after the works, with P10 to P90 over the bars."""
    return before_after(found, lang, promised(found).final_ends)


def doubt_table(found: Renovation, name: str, query: str, lang: Language) -> Table:
    """One row a promise: in one of ten draws less, in half, in nine of ten."""
    ends = package_ends(found, name)
    rows = [
        Row(
            (
                Cell(say(f"web.blocks.sure-{figure}", lang)),
                *(
                    Cell(None if (value := ends[f"{figure}_{at}"]) is None else value / scale)
                    for at in ("p10", "p50", "p90")
                ),
            )
        )
        for figure, scale in _FIGURES
    ]
    columns = (
        Column("promise", say("web.blocks.promise", lang)),
        *(
            Column(at, say(f"web.blocks.{at}", lang), "given", 0, say("web.blocks.never", lang))
            for at in ("p10", "p50", "p90")
        ),
    )
    note = say(f"web.blocks.known-{ends['known_by']}", lang, draws=ends["draws_count"])
    title = say("web.blocks.table-package-doubt", lang, package=package_words(name, lang))
    return Table(NAME, title, columns, tuple(rows), note, ROOM, query, ROOM)


def reached_ppm(ends: Ends, letter: str) -> int:
    """With which probability a class or a better one is reached, in parts per million."""
    return round(ends["or_better_percent"][letter] * PPM / 100)


# Pictures of a renovation by name.
CHARTS: Mapping[str, Callable[[Renovation, Language], Chart]] = {
    "packages": packages_chart,
    "before-after": bars,
}
