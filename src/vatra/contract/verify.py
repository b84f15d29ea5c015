"""Recompute a sealed contract and name every figure that does not hold.

Three checks, each stronger than the one before:

1. the seal and the section digests: was the text changed at all, and where;
2. the document's own arithmetic: do the totals still follow from the cells;
3. with the city pack: is every figure what the source files give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from vatra.contract.arithmetic import PLAN_SECTIONS, expected_of_plan
from vatra.contract.narrative import WRITTEN_SECTIONS
from vatra.contract.seal import ALGORITHM, FORMAT, altered_sections, seal_value
from vatra.contract.totals import plan_sums, totals
from vatra.tables.gpc import energy_category
from vatra.units import MG_PER_WH_AT_ONE_T_PER_MWH
from vatra.words import Language, say

Kind = Literal["format", "seal", "section", "arithmetic", "source"]
# What a recomputation must give again. Findings and the versions of software, methods and factor
# book may grow with a later Vatra; the figures and the factors they used may not change.
_RESULTS_OF_A_ROW = 100
_RECOMPUTED = ("city", "factors", "gwp", "cells", "totals", "plan", "measures")


@dataclass(frozen=True)
class Mismatch:
    """One figure or section that does not hold: where, what is written, what it should be."""

    kind: Kind
    path: str
    sealed: str
    recomputed: str

    def message(self, lang: Language) -> str:
        """The mismatch in words."""
        return say(
            f"contract.mismatch-{self.kind}",
            lang,
            path=self.path,
            sealed=self.sealed,
            recomputed=self.recomputed,
        )

    def as_dict(self, lang: Language) -> dict[str, str]:
        """Plain data for JSON output."""
        return {
            "kind": self.kind,
            "path": self.path,
            "sealed": self.sealed,
            "recomputed": self.recomputed,
            "message": self.message(lang),
        }


def verify(document: Any, recomputed: dict[str, Any] | None = None) -> list[Mismatch]:
    """Everything about a sealed contract that does not hold; empty when it is whole.

    Parameters
    ----------
    document : the contract as read from JSON
    recomputed : the contract computed again from the city pack, when there is one
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        found = document.get("format") if isinstance(document, dict) else type(document).__name__
        return [Mismatch("format", "format", str(found), FORMAT)]
    found = [*_seal(document), *_arithmetic(document)]
    if recomputed is not None:
        named = {each.path for each in found}
        found += [each for each in _against(document, recomputed) if each.path not in named]
    return found


def _seal(document: dict[str, Any]) -> Iterator[Mismatch]:
    try:
        expected = seal_value(document)
        sections = altered_sections(document)
    except TypeError as error:
        yield Mismatch("seal", "seal", str(error), ALGORITHM)
        return
    written = document.get("seal")
    value = written.get("value", "") if isinstance(written, dict) else str(written)
    if value != expected:
        yield Mismatch("seal", "seal", str(value), expected)
    for name in sections:
        yield Mismatch("section", name, "", "")


def _arithmetic(document: dict[str, Any]) -> Iterator[Mismatch]:
    """Cells from energy and factors, totals from cells, the plan's sums from its parts."""
    try:
        yield from _cells(document)
        expected: list[tuple[str, Any]] = [("totals", totals(document["cells"]))]
        if document.get("plan"):
            expected.append(("plan", plan_sums(document["plan"]) | _stages(document)))
        expected += expected_of_plan(document)
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        yield Mismatch("format", "cells", repr(error), FORMAT)
        return
    for section, values in expected:
        for path, right in _leaves(values, section):
            written = _get(document, path)
            if written != right:
                yield Mismatch("arithmetic", path, _text(written), _text(right))


def _cells(document: dict[str, Any]) -> Iterator[Mismatch]:
    """Each cell against its energy, factor and potential; rows are rounded one by one."""
    factors = {each["factor_id"]: Decimal(each["value_t_per_mwh"]) for each in document["factors"]}
    gwp = {gas: Decimal(value) for gas, value in document["gwp"].items()}
    for position, cell in enumerate(document["cells"]):
        potential = gwp.get(cell["gas"])
        if potential is None:
            # A family of gases: the potential belongs to the species, which the rows keep.
            continue
        if cell["factor_id"] == "":
            yield from _potential(cell, potential, position)
            continue
        mass_mg = cell["energy_wh"] * factors[cell["factor_id"]] * MG_PER_WH_AT_ONE_T_PER_MWH
        tolerance = cell["rows_count"] * (potential + 1)
        if abs(mass_mg * potential - cell["co2e_mg"]) > tolerance:
            path = f"cells[{_name(cell, position)}].co2e_mg"
            yield Mismatch(
                "arithmetic", path, _text(cell["co2e_mg"]), _text(round(mass_mg * potential))
            )


def _potential(cell: dict[str, Any], potential: Decimal, position: int) -> Iterator[Mismatch]:
    """A cell of activity against the potential of its gas; its method needs the pack's rows.

    One source row may give many results (a deposit by kind of waste), each rounded.
    """
    expected = cell["emission_mg"] * potential
    if abs(expected - cell["co2e_mg"]) > _RESULTS_OF_A_ROW * cell["rows_count"] + potential:
        path = f"cells[{_name(cell, position)}].co2e_mg"
        yield Mismatch("arithmetic", path, _text(cell["co2e_mg"]), _text(round(expected)))


def _stages(document: dict[str, Any]) -> dict[str, Any]:
    """The plan's two inventories are the totals of their years."""
    plan, by_sector = document["plan"], totals(document["cells"])["by_sector"]
    stages = (("base_mg", str(plan["base_year"])), ("before_mg", str(plan["target_year"])))
    return {
        name: {sector: by_sector.get(year, {}).get(sector, 0) for sector in plan[name]}
        for name, year in stages
    }


def _against(document: dict[str, Any], recomputed: dict[str, Any]) -> Iterator[Mismatch]:
    left = dict(_leaves(_recomputable(document), ""))
    # Contracts sealed before totals had ranges, or plans a path by year, have none to hold against.
    known = {name: each for name, each in recomputed.items() if name in document}
    right = dict(_leaves(_recomputable(known), ""))
    for path in sorted(left.keys() | right.keys()):
        if left.get(path) != right.get(path):
            yield Mismatch("source", path, _text(left.get(path)), _text(right.get(path)))


def _recomputable(document: dict[str, Any]) -> dict[str, Any]:
    versions = document.get("versions")
    files = versions.get("files") if isinstance(versions, dict) else None
    chosen = {name: document.get(name) for name in _RECOMPUTED}
    later = ("doubt", *PLAN_SECTIONS, *WRITTEN_SECTIONS)
    chosen |= {name: document[name] for name in later if name in document}
    return {**chosen, "versions": {"files": files}}


def _leaves(content: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(content, dict) and content:
        for key, value in content.items():
            yield from _leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(content, list) and content:
        for name, value in zip(_names(content), content, strict=True):
            yield from _leaves(value, f"{path}[{name}]")
    else:
        yield path, content


def _names(items: list[Any]) -> list[str]:
    """Names of the items of a list; those that share one are told apart by factor or place."""
    names = [_name(each, position) for position, each in enumerate(items)]
    counts = Counter(names)
    return [
        f"{name}.{_apart(item, position)}" if counts[name] > 1 else name
        for position, (name, item) in enumerate(zip(names, items, strict=True))
    ]


def _apart(item: Any, position: int) -> str:
    factor = item.get("factor_id") if isinstance(item, dict) else None
    return str(factor or position)


def _name(item: Any, position: int) -> str:
    """Cells, measures and factors are named by what they are, not by their place in the list."""
    if isinstance(item, dict):
        if "sector" in item and "carrier" in item:
            keys = ("year", "sector", "use", "carrier", "stream", "scope", "gas", "cause")
            parts = [str(item[key]) for key in keys if item.get(key) not in (None, "")]
            return ".".join([*parts, *_category(item)])
        for key in ("code", "factor_id"):
            if isinstance(item.get(key), str):
                return str(item[key])
    return str(position)


def _category(item: dict[str, Any]) -> list[str]:
    """The GPC category of a cell, where it is not the one its sector and scope stand for."""
    category = item.get("category") or ""
    try:
        usual = energy_category("", item["sector"], item["scope"])
    except KeyError:
        usual = ""
    return [category] if category not in ("", usual) else []


def _get(content: Any, path: str) -> Any:
    for part in path.split("."):
        if not isinstance(content, dict) or part not in content:
            return None
        content = content[part]
    return content


def _text(value: Any) -> str:
    return "" if value is None else str(value)
