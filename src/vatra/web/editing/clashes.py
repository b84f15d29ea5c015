"""Two people changed the same cell: what stood there, what each of them wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vatra.web.editing.cells import shown
from vatra.web.editing.ground import Ground
from vatra.web.editing.place import Place
from vatra.web.workspace.changes import Clash


@dataclass(frozen=True)
class ClashRow:
    """A cell that two people changed; the texts as people read them, and as they are written."""

    column: str
    words: str
    base: str
    theirs: str
    mine: str
    theirs_text: str
    mine_text: str
    line: int


def clash_rows(place: Place, clashes: Sequence[Clash]) -> list[ClashRow]:
    """Clashes of one table in words."""
    ground = place.ground()
    return [_row(place, ground, each) for each in clashes]


def _row(place: Place, ground: Ground, each: Clash) -> ClashRow:
    column = place.table.by_name.get(each.column)
    texts = (each.base, each.theirs, each.mine)
    if column is None:
        return ClashRow("", "", *texts, each.theirs, each.mine, each.line)
    style = ground.style(column.name)
    base, theirs, mine = (shown(column, text, style, place.lang) for text in texts)
    words = place.table.heading(column, place.lang)
    return ClashRow(each.column, words, base, theirs, mine, each.theirs, each.mine, each.line)
