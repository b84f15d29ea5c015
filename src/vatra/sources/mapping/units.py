"""Which unit the headings of a file name, where no column holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vatra.sources.mapping.declaration import KNOWN_UNITS, ColumnMapping, ForeignUnit
from vatra.tables import Column, fold
from vatra.units import FUEL_UNITS

# A unit stands in brackets, or behind the last comma of a heading.
_BRACKETED = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def unit_in(text: str, column: Column, mapping: ColumnMapping) -> str:
    """The unit that a heading names for a quantity, as it is written there; empty if none."""
    places = [*_BRACKETED.findall(text), text.rpartition(",")[2], text]
    for place in places:
        for piece in (place, place.split("/")[0], place.rpartition(" ")[2]):
            if is_unit(piece, column, mapping):
                return piece.strip()
    return ""


def unit_among(texts: Iterable[str], column: Column, mapping: ColumnMapping) -> str:
    """The one unit that several texts name; empty when they name none, or different ones."""
    found = {unit for text in texts if (unit := unit_in(text, column, mapping))}
    return found.pop() if len({fold(each) for each in found}) == 1 else ""


def is_unit(text: str, column: Column, mapping: ColumnMapping) -> bool:
    """Whether a text is a unit of the quantity of a column, in our spelling or in theirs."""
    assert column.quantity is not None
    bare = text.strip()
    if not bare:
        return False
    theirs: ForeignUnit | None = mapping.units.get(fold(bare)) or KNOWN_UNITS.get(fold(bare))
    ours = theirs.unit if theirs else bare
    return column.quantity.size(ours) is not None or _is_fuel_unit(ours)


def _is_fuel_unit(text: str) -> bool:
    return text.casefold() in {each.casefold() for each in FUEL_UNITS}
