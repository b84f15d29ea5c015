"""What the buildings of a city need, by type and by quarter."""

from __future__ import annotations

from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.blocks.filters import Filter
from vatra.web.blocks.folders import Held
from vatra.web.blocks.queries import Sums, grouped, quarter_words, sums
from vatra.words import Language, say

ROOM = "blocks"
# Table -> column of the buildings it adds up, and the scope of its numbers.
KINDS = {"types": "archetype", "quarters": "quarter"}
SCOPES = {"types": "type", "quarters": "quarter"}


def stock_table(name: str, held: Held, wished: Filter, lang: Language) -> Table:
    """``types`` or ``quarters``: sums over the buildings that fit."""
    places = wished.places(held)
    rows = [
        Row(_cells(_words(name, code, lang), _scope(name, code, wished), sums(held, found)))
        for code, found in grouped(held, places, KINDS[name]).items()
    ]
    total = say("web.blocks.all", lang)
    rows.append(Row(_cells(total, "" if wished.is_asked else "all", sums(held, places)), "total"))
    return Table(
        name,
        say(f"web.blocks.table-{name}", lang),
        (
            Column(name.removesuffix("s"), say(f"web.blocks.{name.removesuffix('s')}", lang)),
            Column("buildings_count", say("web.blocks.buildings", lang), "given"),
            Column("flats_count", say("web.blocks.flats", lang), "given"),
            Column("heated_m2", say("web.blocks.heated", lang), "given"),
            Column("heating_mwh", say("web.blocks.heating", lang), "energy"),
            Column("heating_kwh_m2", say("web.blocks.per-area", lang), "given", 1),
            Column("peak_heating_kw", say("web.blocks.peak", lang), "given", 0),
        ),
        tuple(rows),
        say("web.blocks.peak-note", lang) if name == "types" else "",
        ROOM,
        wished.query,
        ROOM,
    )


def _words(name: str, code: str, lang: Language) -> str:
    if name == "types":
        return label("archetype", code, lang)
    return quarter_words(code) or say("web.blocks.no-quarter", lang)


def _scope(name: str, code: str, wished: Filter) -> str:
    """Numbers open where they are those of the whole type or quarter."""
    return "" if wished.is_asked or not code else f"{SCOPES[name]}-{code}"


def _cells(words: str, scope: str, found: Sums) -> tuple[Cell, ...]:
    def path(quantity: str) -> str:
        return f"{scope}.{quantity}" if scope else ""

    return (
        Cell(words),
        Cell(found.buildings_count),
        Cell(found.flats_count),
        Cell(round(found.heated_m2, 2)),
        Cell(found.heating_wh, path("heating")),
        Cell(round(found.kwh_m2, 1), path("per-area")),
        Cell(round(found.peak_w / 1e3, 1), path("peak")),
    )
