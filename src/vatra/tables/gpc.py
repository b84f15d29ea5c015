"""The sub-sectors of the Global Protocol for Community-Scale Inventories (GPC 1.1, Table 4.3).

A *sub-sector* is ``I.1``; a *category* is a sub-sector and a suffix, ``I.1.2``. In energy and
transport the suffix is the scope; in waste it is not: ``III.1.2`` is scope 3 (own waste treated
outside), ``III.1.3`` scope 1 (waste from outside treated here), which counts in the territorial
total only.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Level = Literal["BASIC", "BASIC+", "TERRITORIAL", "OTHER"]
NOTATION_KEYS = ("NO", "NE", "IE", "C")
# Which level of reporting holds which categories (GPC 1.1, Section 4.3); the total of all scope 1
# is territorial.
TOTALS = ("BASIC", "BASIC+", "TERRITORIAL")
_LEVELS_OF_TOTAL = {"BASIC": ("BASIC",), "BASIC+": ("BASIC", "BASIC+")}

# Where energy goes whose row names no sub-sector, by sector of a Climate City Contract.
_DEFAULT_SUB_SECTOR = {
    "buildings": "I.6",
    "transport": "II.1",
    "waste": "I.2",
    "industry": "I.3",
    "land": "I.5",
}


@dataclass(frozen=True)
class Category:
    """One line of the GPC table.

    ``scope`` 1, 2 or 3; ``level`` which total it belongs to; ``ccc_sector`` the sector of a Climate
    City Contract, empty for other scope 3; ``gases`` those that can arise there.
    """

    code: str
    sub_sector: str
    sector: str
    scope: int
    level: Level
    ccc_sector: str
    gases: tuple[str, ...]

    def counts_in(self, total: str) -> bool:
        """Whether the category enters ``BASIC``, ``BASIC+`` or ``TERRITORIAL``."""
        if total == "TERRITORIAL":
            return self.scope == 1
        return self.level in _LEVELS_OF_TOTAL[total]


@cache
def categories() -> Mapping[str, Category]:
    """All categories by code, in the order of the protocol."""
    text = (resources.files("vatra.tables") / "gpc.csv").read_text("utf-8")
    return {
        row["category"]: Category(
            row["category"],
            row["sub_sector"],
            row["sector"],
            int(row["scope"]),
            row["level"],  # type: ignore[arg-type]
            row["ccc_sector"],
            tuple(row["gases"].split()),
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def sub_sectors() -> tuple[str, ...]:
    """Codes of the sub-sectors, in the order of the protocol."""
    return tuple(dict.fromkeys(each.sub_sector for each in categories().values()))


def scopes_of(sub_sector: str) -> tuple[int, ...]:
    """Scopes that exist for a sub-sector."""
    return tuple(
        sorted({each.scope for each in categories().values() if each.sub_sector == sub_sector})
    )


def energy_category(sub_sector: str, sector: str, scope: str) -> str:
    """Category of energy used: the sub-sector given, or the default of its sector, and the scope.

    Empty when the scope does not exist for the sub-sector. Energy of the waste sector under scope 3
    is that of own waste treated outside.
    """
    if not sub_sector and (sector, scope) == ("waste", "3"):
        return "III.1.2"
    code = f"{sub_sector or _DEFAULT_SUB_SECTOR[sector]}.{scope}"
    return code if code in categories() else ""
