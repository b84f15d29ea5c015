"""Foreign layouts come in by a saved mapping: their columns become those of one of our tables.

Nothing is guessed in silence: the heading row, the unit and the way numbers are written are shown,
and every row keeps the file, line and column it came from.
"""

from __future__ import annotations

from vatra.sources.mapping.bring import Brought, bring_in
from vatra.sources.mapping.declaration import ColumnMapping
from vatra.sources.mapping.pack_file import add_to_pack
from vatra.sources.mapping.parse import open_mapping, parse_mapping, shipped
from vatra.sources.mapping.rank import Fit, rank
from vatra.sources.mapping.suggest import suggest

__all__ = [
    "Brought",
    "ColumnMapping",
    "Fit",
    "add_to_pack",
    "bring_in",
    "open_mapping",
    "parse_mapping",
    "rank",
    "shipped",
    "suggest",
]
