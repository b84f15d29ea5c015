"""What a visitor asks of a quarter, read from the address of the page."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict

from vatra.plans.retrofit import LETTERS
from vatra.plans.retrofit.packages import KEPT
from vatra.runs.retrofit_facts import Asked
from vatra.runs.stock import Stock
from vatra.web.blocks.renovation import FACTS

if TYPE_CHECKING:
    from vatra.runs.quarter import Question

# Larger stocks are for the command line: nobody waits a minute for a page.
MOST_BLOCKS = 600
# Files of a plan and what they are.
FILE_TYPES: Mapping[str, str] = {
    "report.pdf": "application/pdf",
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "blueprint.zip": "application/zip",
    "plan.json": "application/json",
    "blocks.csv": "text/csv; charset=utf-8",
    "years.csv": "text/csv; charset=utf-8",
}
FIGURES = ("co2", "primary", "heating", "bill")
PRIORITIES = ("worst", "cheapest")
KINDS = ("target", "budget")
# Facts of all blocks of a quarter; what differs from block to block is left to the page of each.
QUARTER_FACTS = ("region", "rank", "applicant", "eu")
USUAL: Mapping[str, str] = {"kind": "target", "of": "co2", "percent": "40", "priority": "worst"}
_PERCENT, _CENTS = 100.0, 100
_MOST_EUR = 1e12
Read = Callable[[str], Any]


def _number(least: float, most: float) -> Read:
    def read(text: str) -> float | None:
        plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
        try:
            value = float(plain)
        except ValueError:
            return None
        return value if math.isfinite(value) and least <= value <= most else None

    return read


def _one_of(words: Sequence[str]) -> Read:
    return lambda text: text if text in words else None


_FIELDS: Mapping[str, Read] = {
    "kind": _one_of(KINDS),
    "of": _one_of(FIGURES),
    "percent": _number(1, 95),
    "euros": _number(1, _MOST_EUR),
    "class": _one_of(LETTERS),
    "flat": _number(0, 1e6),
    "block": _number(0, 90),
    "flats": _number(1, 1e6),
    "first": _number(2000, 2100),
    "priority": _one_of(PRIORITIES),
    "keep": _one_of(("1",)),
    **{name: _one_of(FACTS[name][1]) for name in QUARTER_FACTS},
}


@dataclass(frozen=True)
class Wished:
    """A question as asked: ``values`` by field, ``texts`` as typed, ``faults`` fields that could
    not be read. Without ``is_asked`` nothing is computed."""

    quarter: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict, quarters: Sequence[str], region: str | None = None) -> Wished:
        """The question of an address; fields left blank ask for nothing.

        ``region`` is the city's own, in force where the address says nothing of it.
        """
        usual = {"region": region or ""} if query.get("kind") else {}
        texts = {name: str(query.get(name, usual.get(name, ""))).strip()[:40] for name in _FIELDS}
        values: dict[str, Any] = {}
        faults = []
        for name, text in texts.items():
            found = _FIELDS[name](text) if text else None
            if text and found is None:
                faults.append(name)
            elif found is not None:
                values[name] = found
        kind = values.get("kind")
        faults += [each for each in ("euros",) if kind == "budget" and each not in values]
        faults += [each for each in ("percent",) if kind == "target" and each not in values]
        quarter = str(query.get("quarter", "")).strip()
        if quarter and quarter not in quarters:
            faults.append("quarter")
            quarter = ""
        kept = {name: text for name, text in texts.items() if text}
        return cls(quarter, values, kept, tuple(dict.fromkeys(faults)))

    @property
    def is_asked(self) -> bool:
        """Whether there is a question that can be answered."""
        return "kind" in self.values and not self.faults

    @property
    def query(self) -> str:
        """The question as an address."""
        place = {"quarter": self.quarter} if self.quarter else {}
        return urlencode({**place, **self.texts})

    @property
    def shown(self) -> Mapping[str, str]:
        """What the form holds: as typed, or as is usual."""
        return {**dict.fromkeys(_FIELDS, ""), **({} if self.texts else USUAL), **self.texts}

    @property
    def asked(self) -> Asked:
        """The facts as the run takes them."""
        eu = self.values.get("eu")
        return Asked(
            on_date=date.today(),
            region=self.values.get("region"),
            rank=self.values.get("rank"),
            applicant=self.values.get("applicant"),
            has_eu_funds=None if eu is None else eu == "yes",
        )

    def question(self) -> Question:
        """The question as the run takes it."""
        from vatra.plans.quarter import Aim, Capacity
        from vatra.runs.quarter import Question

        asked, values = self.asked, self.values
        figure = values.get("of", "co2")
        is_target = values["kind"] == "target"
        block, flat = values.get("block"), values.get("flat")
        aim = Aim(
            objective="cost" if is_target else figure,
            budget_cents=None if is_target else round(values["euros"] * _CENTS),
            target_share={figure: values["percent"] / _PERCENT} if is_target else {},
            class_least=values.get("class"),
            owners_flat_cents_most=None if flat is None else round(flat * _CENTS),
            block_share_least=None if block is None else block / _PERCENT,
            packages=_kept_heat() if "keep" in values else (),
        )
        capacity = Capacity(
            int(values.get("first", asked.on_date.year + 1)),
            values.get("flats"),
            priority=values.get("priority", "worst"),
        )
        return Question(aim, capacity, asked)


def _kept_heat() -> tuple[str, ...]:
    """Codes of the packages that leave the source of heat alone."""
    from vatra.plans.quarter import package_code, quarter_packages

    offered = quarter_packages()
    kept = offered.heat_carriers() == KEPT
    return tuple(package_code(offered, int(place)) for place in kept.nonzero()[0])


def quarters_of(stock: Stock) -> list[str]:
    """Quarters that buildings state, sorted."""
    return sorted({each.quarter for each in stock.buildings if each.quarter})


def blocks_in(stock: Stock, quarter: str) -> int:
    """How many buildings a question is about."""
    return sum(not quarter or each.quarter == quarter for each in stock.buildings)
