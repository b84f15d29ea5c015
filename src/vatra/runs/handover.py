"""Blocks meet the inventory and the pathway: compared, handed over once, and proved by the engine.

A stock's energy stands beside the inventory's; a choice of packages becomes actions on uses of
their own, taken out of the uses that the blocks belong to. So no measure counts a block that
another counts, and the engine saves exactly what the blocks save.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vatra.plans.blocks import Climate, Engine
from vatra.plans.retrofit import one_package
from vatra.runs.handover_cells import Ground, beyond, ground
from vatra.runs.handover_energy import Bought, energy_of
from vatra.runs.handover_files import changed_files, replace_all, tried, write_copy
from vatra.runs.handover_inventory import Compared, compare, findings_of
from vatra.runs.handover_members import Choice, members_of
from vatra.runs.handover_parts import Member, Part, parts_of
from vatra.runs.handover_proof import Proof, prove
from vatra.runs.handover_rows import BLOCKS_MARK, Rows, funding_code, part_name, rows_of
from vatra.runs.handover_told import told
from vatra.runs.inventory import Inventory
from vatra.runs.pack import Pack
from vatra.runs.retrofit import USUAL_HEAT
from vatra.runs.scenario import Scenario, open_scenario
from vatra.runs.stock import Stock
from vatra.tables import Finding, FindingsError, has_errors, order

STEM = "blocks"
# A code of actions and of uses alike.
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_SHOWN = 10


@dataclass(frozen=True, eq=False)
class HandOver:
    """A pack with and without its blocks as measures.

    Attributes
    ----------
    before, after : the scenario without and with the actions
    compared : bottom-up beside top-down, of the whole stock as it stands
    factor : by use and carrier, what energy was multiplied by; empty unless that was asked for
    files : what changes in the pack's folder
    synthetic : whether the buildings or their weather are made up
    """

    before: Scenario
    after: Scenario
    compared: tuple[Compared, ...]
    factor: Mapping[tuple[str, str], float]
    parts: tuple[Part, ...]
    ground: Ground
    rows: Rows
    proof: Proof
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = field(default=())
    synthetic: bool = False


def stock_energy(
    stock: Stock, climate: Climate, *, engine: Engine = "rc5", heat: str = USUAL_HEAT
) -> list[Bought]:
    """Energy of every building as it stands."""
    return energy_of(stock, climate, one_package({}), engine=engine, heat=heat)


def compared_with(
    pack: Pack, counted: Inventory, stock: Stock, bought: Sequence[Bought]
) -> tuple[tuple[Compared, ...], list[Finding]]:
    """The stock beside the inventory, and what cannot be."""
    found = tuple(compare(pack, counted, stock, bought))
    return found, findings_of(found)


def hand_over(
    folder: Path, choice: Choice, *, reconcile: bool = False, stem: str = STEM
) -> HandOver:
    """Turn a choice of packages into actions of a pack, and prove them; nothing is written.

    ``reconcile`` brings the blocks' energy to the inventory's by the factor of each carrier; where
    no factor is known the energy stays. Raises ``FindingsError`` with all faults at once: of the
    pack, of blocks that take more than the inventory has, that are handed over already, or whose
    works the pathway cannot say.
    """
    if not _CODE.fullmatch(stem):
        params = {"value": stem}
        raise FindingsError([Finding("runs.handover-stem", "error", params=params)])
    before = open_scenario(folder)
    members, left = members_of(choice)
    stock = choice.whole
    standing = stock_energy(stock, choice.climate, engine=choice.engine, heat=choice.heat)
    compared, findings = compared_with(before.pack, before.inventory, stock, standing)
    members, late = _in_time(members, before, left)
    parts = parts_of(members, stem)
    factor = _factors(compared) if reconcile else {}
    if reconcile:
        findings = [*_unknown(compared), *(each for each in findings if not _mended(each))]
        parts = tuple(part.scaled(_of_use(factor, part.of_use)) for part in parts)
    findings += [*late, *_unfit(choice)]
    faults = [*_none(parts), *_early(parts, before), *_wrong(parts), *_again(before, parts, stem)]
    if faults:
        raise FindingsError([*faults, *findings])
    made = planned(before, parts)
    findings += [*made.proof.findings(), *told(before, made.after, parts, made.ground, made.proof)]
    if has_errors(findings):
        raise FindingsError(findings)
    return HandOver(
        before,
        made.after,
        compared,
        factor,
        parts,
        made.ground,
        made.rows,
        made.proof,
        made.files,
        tuple(order(findings)),
        stock.synthetic or choice.climate.synthetic,
    )


@dataclass(frozen=True, eq=False)
class Planned:
    """Parts as actions of a pack, and the proof that nothing is counted twice."""

    ground: Ground
    rows: Rows
    files: Mapping[str, bytes]
    after: Scenario
    proof: Proof


def planned(before: Scenario, parts: Sequence[Part]) -> Planned:
    """Rows and files of a pack with the parts, read again and evaluated.

    Raises ``FindingsError`` where the parts take more than the inventory has, or the pack with
    them has faults.
    """
    on = ground(before, {part.of_use for part in parts})
    faults = beyond(parts, on)
    if faults:
        raise FindingsError(faults)
    rows = rows_of(before, parts, on)
    files = changed_files(before.pack, rows)
    with tried(before.pack, files) as copy:
        after = open_scenario(copy)
    return Planned(on, rows, files, after, prove(before, after, parts, on))


def write(done: HandOver, into: Path | None = None) -> list[Path]:
    """Write the pack with its actions: a copy in a new folder, or (``None``) the pack itself.

    All files or none. Raises ``FindingsError`` for a folder that is not empty.
    """
    pack = done.before.pack
    if into is None:
        replace_all(pack.folder, done.files)
        return [pack.folder / name for name in sorted(done.files)]
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        params = {"folder": into.name}
        raise FindingsError([Finding("runs.handover-full", "error", params=params)])
    write_copy(pack, done.files, into)
    return [into / name for name in sorted(done.files)]


def _factors(compared: Iterable[Compared]) -> dict[tuple[str, str], float]:
    return {(each.use, each.carrier): each.factor for each in compared if each.factor is not None}


def _of_use(factor: Mapping[tuple[str, str], float], use: str) -> dict[str, float]:
    return {carrier: each for (name, carrier), each in factor.items() if name == use}


def _unknown(compared: Iterable[Compared]) -> list[Finding]:
    return [
        Finding("runs.handover-unknown-factor", "warning", "stocks.csv", params={
            "use": f"@tables.use-{each.use}", "carrier": f"@tables.carrier-{each.carrier}"})
        for each in compared
        if each.factor is None and each.stock_wh > 0
    ]  # fmt: skip


def _mended(finding: Finding) -> bool:
    return finding.code == "runs.handover-over"


def _in_time(
    members: Sequence[Member], scenario: Scenario, left: Sequence[str]
) -> tuple[list[Member], list[Finding]]:
    """Blocks whose saving counts within the pathway, and a word on the others."""
    last = scenario.years[-1]
    kept = [each for each in members if each.start_year <= last]
    late = [*left, *(each.bought.building for each in members if each.start_year > last)]
    if not late:
        return kept, []
    params = {"count": str(len(late)), "last": str(last), "buildings": sorted(late)[:_SHOWN]}
    return kept, [Finding("runs.handover-late", "warning", "buildings.csv", params=params)]


def _unfit(choice: Choice) -> list[Finding]:
    others = [each.code for each in choice.others]
    return [
        Finding(f"runs.handover-{code}", "warning", "buildings.csv",
                params={"count": str(len(codes)), "buildings": list(codes[:_SHOWN])})
        for code, codes in (("unfit", choice.unfit), ("homes", others))
        if codes
    ]  # fmt: skip


def _none(parts: Sequence[Part]) -> list[Finding]:
    return [] if parts else [Finding("runs.handover-none", "error", "buildings.csv")]


def _early(parts: Sequence[Part], scenario: Scenario) -> list[Finding]:
    """Works whose saving the inventory of the base year holds already."""
    base = scenario.years[0]
    early = [part.start_year for part in parts if part.start_year <= base]
    if not early:
        return []
    params = {"year": str(min(early)), "base": str(base)}
    return [Finding("runs.handover-early", "error", "actions.csv", params=params)]


def _wrong(parts: Sequence[Part]) -> list[Finding]:
    return [
        Finding("runs.handover-more", "error", "buildings.csv", params={
            "part": part_name(part, "en"),
            "carriers": [f"@tables.carrier-{name}" for name in part.wrong_carriers],
            "buildings": list(part.blocks[:_SHOWN])})
        for part in parts
        if part.wrong_carriers
    ]  # fmt: skip


def _again(scenario: Scenario, parts: Sequence[Part], stem: str) -> list[Finding]:
    """Blocks and codes that the pack has already."""
    mine = {block for part in parts for block in part.blocks}
    twice: dict[str, list[str]] = {}
    for row in scenario.pack.rows["actions"].iter_rows(named=True):
        note = str(row["note"] or "")
        if note.startswith(BLOCKS_MARK):
            held = {each.strip() for each in note.removeprefix(BLOCKS_MARK).split(";")}
            if held & mine:
                twice[str(row["code"])] = sorted(held & mine)
    found = []
    if twice:
        blocks = sorted({block for each in twice.values() for block in each})
        params = {"actions": sorted(twice), "buildings": blocks[:_SHOWN]}
        found.append(Finding("runs.handover-twice", "error", "actions.csv", params=params))
    known = {str(row["code"]) for name in ("actions", "measures", "funding")
             for row in scenario.pack.rows[name].iter_rows(named=True)}  # fmt: skip
    known |= {cell.use for cell in scenario.model.base.cells}
    codes = sorted(({part.code for part in parts} | {funding_code("eu", stem)}) & known)
    if codes:
        params = {"codes": codes}
        found.append(Finding("runs.handover-code", "error", "actions.csv", params=params))
    return found
