"""Reads of an investment plan, all from the sealed contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.render.tables import tables
from vatra.contract.render.tables.investment import PARTS, part_of, payer_words
from vatra.web.base.tables import Table
from vatra.web.cities.rendered import as_page_table
from vatra.words import Language, euros, percent, say

# Tables that have their address in the room of contracts.
ROOM = "contracts"
_ABOVE = ("ip-uses", "ip-sources", "ip-actors")


@dataclass(frozen=True)
class Part:
    """A part of the template with its tables."""

    name: str
    title: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Plan:
    """An investment plan as its page shows it; amounts in cents.

    ``payers`` who pays how much, the largest first; ``warnings`` what is not known.
    """

    money: Mapping[str, Any]
    payers: tuple[tuple[str, str, str], ...]
    tables: tuple[Table, ...]
    parts: tuple[Part, ...]
    warnings: tuple[str, ...]

    @property
    def payers_words(self) -> str:
        """Who pays how much, in one line."""
        return "; ".join(f"{name} {amount} ({part})" for name, amount, part in self.payers)

    @property
    def total_cents(self) -> int:
        return int(self.money["total_cents"])

    @property
    def gap_cents(self) -> int:
        return int(self.money["total_gap_cents"])

    @property
    def found_cents(self) -> int:
        return self.total_cents - self.gap_cents

    @property
    def last_year(self) -> int:
        return int(self.money["years"][-1])


def investment_plan(document: Mapping[str, Any], lang: Language) -> Plan | None:
    """The plan, or None for a contract without costs."""
    money = document.get("investment")
    if not money:
        return None
    written = {each.id: each for each in tables(document, lang) if each.id.startswith("ip-")}
    templates = [each for each in written.values() if each.id.startswith("ip-t")]
    return Plan(
        money,
        _payers(money, lang),
        tuple(as_page_table(written[each], ROOM) for each in _ABOVE if each in written),
        tuple(
            Part(
                name,
                say(f"contract.render.ip-part-{name}", lang),
                tuple(as_page_table(each, ROOM) for each in templates if part_of(each) == name),
            )
            for name in PARTS
        ),
        tuple(each["message"][lang] for each in money["findings"]),
    )


def _payers(money: Mapping[str, Any], lang: Language) -> tuple[tuple[str, str, str], ...]:
    """Name, amount and share of everybody who has to find money."""
    whole = money["total_cents"]
    sums = {payer: sum(by_year.values()) for payer, by_year in money["need_cents"].items()}
    ranked = sorted(sums, key=lambda payer: (-sums[payer], payer))
    return tuple(
        (
            payer_words(payer, lang),
            euros(sums[payer], lang),
            percent(sums[payer] / whole if whole else 0.0, lang),
        )
        for payer in ranked
    )
