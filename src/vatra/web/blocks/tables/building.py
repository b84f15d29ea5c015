"""What one building is made of: areas, U, what they let through, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vatra.plans.blocks import Element, Window
from vatra.plans.stock import Archetype, Building, OwnElement, archetypes
from vatra.tables import tables
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.blocks.folders import BlockYear, Held
from vatra.web.blocks.heat import conductance_w_k, conductances_w_k, part_of
from vatra.web.blocks.tables.stock import ROOM
from vatra.words import Language, has, say

NAME = "elements"
_FILE = "building_elements.csv"


def elements_table(held: Held, year: BlockYear, lang: Language) -> Table:
    """Every element of a building; what its type was asked for is marked as assumed."""
    own = held.stock.elements.get(year.building.code, ())
    kind = archetypes()[year.building.archetype]
    return Table(
        NAME,
        say("web.blocks.table-elements", lang),
        (
            Column("element", say("web.blocks.element", lang)),
            Column("amount", say("web.blocks.amount", lang), "given", None),
            Column("unit", say("web.blocks.unit", lang), width="short"),
            Column("u_w_m2k", say("web.blocks.u", lang), "given", 2),
            Column("conductance_w_k", say("web.blocks.conductance", lang), "given", 0),
            Column("known", say("web.blocks.known", lang)),
            Column("source", say("web.blocks.source", lang), width="wide"),
        ),
        tuple(_rows(year, own, kind, lang)),
        say("web.blocks.elements-note", lang),
        ROOM,
        f"building={year.building.code}",
        ROOM,
    )


def _rows(
    year: BlockYear, own: Sequence[OwnElement], kind: Archetype, lang: Language
) -> Iterator[Row]:
    zone = year.zone
    for name in ("wall", "roof", "floor"):
        found = [each for each in zone.elements if part_of(each) == name]
        for u in sorted({each.u_w_m2k for each in found}):
            same = [each for each in found if each.u_w_m2k == u]
            yield _opaque(name, same, own, kind, lang)
    for u in sorted({each.u_w_m2k for each in zone.windows}):
        yield _glass([each for each in zone.windows if each.u_w_m2k == u], own, kind, lang)
    rules = {each.code: each for each in kind.bridges}
    for bridge in zone.bridges:
        rule = rules.get(bridge.name)
        said = say("web.blocks.bridge-named", lang, name=_bridge_words(bridge.name, lang))
        source = f"{rule.psi_source} ({rule.doubt})" if rule else _own_place(own, "bridge")
        yield _row(
            said, bridge.length_m, "m", bridge.psi_w_mk,
            bridge.psi_w_mk * bridge.length_m * bridge.b_share, rule is None, source, lang,
        )  # fmt: skip
    value = kind.values["air_change_per_h"]
    yield _row(
        say("web.blocks.part-air", lang), zone.air.change_per_h, "1/h", None,
        conductances_w_k(zone)["air"], False, f"{value.source} ({value.doubt})", lang,
    )  # fmt: skip


def _bridge_words(code: str, lang: Language) -> str:
    key = f"web.blocks.bridge-{code}"
    return say(key, lang) if has(key) else code.replace("_", " ")


def _opaque(
    name: str, found: Sequence[Element], own: Sequence[OwnElement], kind: Archetype, lang: Language
) -> Row:
    made = {"wall": kind.wall, "roof": kind.roof, "floor": kind.floor}[name]
    measured = any(each.kind == name and each.u_w_m2k == found[0].u_w_m2k for each in own)
    source = _own_place(own, name) if measured else f"{made.source} ({made.doubt})"
    area = sum(each.area_m2 for each in found)
    through = sum(conductance_w_k(each) for each in found)
    words = say(f"web.blocks.part-{name}", lang)
    return _row(words, area, "m²", found[0].u_w_m2k, through, measured, source, lang)


def _glass(
    found: Sequence[Window], own: Sequence[OwnElement], kind: Archetype, lang: Language
) -> Row:
    measured = any(each.kind == "window" and each.u_w_m2k == found[0].u_w_m2k for each in own)
    value = kind.values["window_u_w_m2k"]
    source = _own_place(own, "window") if measured else f"{value.source} ({value.doubt})"
    area = sum(each.area_m2 for each in found)
    words = say("web.blocks.part-window", lang)
    u = found[0].u_w_m2k
    return _row(words, area, "m²", u, area * u, measured, source, lang)


def _own_place(own: Sequence[OwnElement], kind: str) -> str:
    lines = sorted({each.line for each in own if each.kind == kind and each.line})
    return f"{_FILE}:{', '.join(map(str, lines))}"


def _row(
    words: str,
    amount: float,
    unit: str,
    u: float | None,
    conductance: float,
    measured: bool,
    source: str,
    lang: Language,
) -> Row:
    known = say("web.blocks.measured" if measured else "web.blocks.assumed", lang)
    return Row(
        (
            Cell(words),
            Cell(round(amount, 2 if amount < 10 else 0)),
            Cell(unit),
            Cell(None if u is None else round(u, 3)),
            Cell(round(conductance, 1)),
            Cell(known),
            Cell(source),
        )
    )


def assumed_words(building: Building, lang: Language) -> str:
    """Columns that nobody filled in, as people call them."""
    table = tables()["buildings"]
    return ", ".join(table.heading(table.by_name[each], lang) for each in building.assumed)
