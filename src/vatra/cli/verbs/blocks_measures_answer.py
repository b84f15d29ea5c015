"""What blocks beside an inventory, and as measures, have to say in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from vatra.cli.output import Answer, Sheet, finding_sheets
from vatra.runs.handover import HandOver
from vatra.runs.handover_energy import Bought, service_rows
from vatra.runs.handover_inventory import Compared
from vatra.runs.handover_parts import Part
from vatra.runs.handover_proof import saved_paths
from vatra.runs.handover_rows import part_name
from vatra.tables import Finding, label
from vatra.words import Language, number, say

Row = dict[str, Any]
_GWH, _MWH, _T, _CENTS = 1e9, 1e6, 1e9, 100


def compared_answer(
    compared: Sequence[Compared],
    findings: Sequence[Finding],
    energy: Sequence[Bought],
    lang: Language,
) -> Answer:
    """The stock beside the inventory, by carrier; services of the stock in JSON."""
    rows = compared_rows(compared)
    data = {
        "compared": rows,
        "services": service_rows(energy).to_dicts(),
        "findings": [each.as_dict(lang) for each in findings],
    }
    return Answer(
        data,
        [compared_sheet(compared, lang), *finding_sheets(findings, lang)],
        say("cli.measures-compared", lang, buildings=number(len(energy), lang)),
        say("cli.measures-next", lang),
        rows=rows,
    )


def measures_answer(done: HandOver, written: Iterable[Path], lang: Language) -> Answer:
    """What was handed over, that it is exact, and where it was written."""
    paths = [str(each) for each in written]
    proof, year = done.proof, str(done.before.years[-1])
    actions = [part_row(done, each, lang) for each in done.parts]
    data = {
        "compared": compared_rows(done.compared),
        "factors": [
            {"use": use, "carrier": carrier, "factor": factor}
            for (use, carrier), factor in sorted(done.factor.items())
        ],
        "actions": actions,
        "proof": proof_rows(done),
        "worst_relative": proof.worst,
        "holds": proof.holds,
        "synthetic": done.synthetic,
        "findings": [each.as_dict(lang) for each in done.findings],
        "written": paths,
    }
    first = say(
        "cli.measures-first",
        lang,
        count=sum(len(each.blocks) for each in done.parts),
        actions=number(len(done.parts), lang),
        tonnes=number(proof.engine_mg[-1] / _T, lang, 0),
        gwh=number(sum(each[-1] for each in proof.engine_wh.values()) / _GWH, lang, 2),
        year=year,
        cost=number(sum(each.money.cost_cents for each in done.parts) / _CENTS / 1e6, lang, 2),
    )
    sheets = [
        compared_sheet(done.compared, lang),
        _parts_sheet(done, lang),
        _proof_sheet(done, lang),
        *finding_sheets(done.findings, lang),
    ]
    return Answer(data, sheets, first, _last(done, paths, lang), rows=actions)


def compared_rows(compared: Iterable[Compared]) -> list[Row]:
    """One row a use and carrier, for machines; None where nobody knows."""
    return [
        {
            "use": each.use,
            "carrier": each.carrier,
            "stock_wh": round(each.stock_wh),
            "inventory_wh": None if each.inventory_wh is None else round(each.inventory_wh),
            "covered_share": each.share,
            "homes_share": each.homes_share,
            "factor": each.factor,
        }
        for each in compared
    ]


def compared_sheet(compared: Iterable[Compared], lang: Language) -> Sheet:
    """The same for people."""
    rows = [
        (
            label("use", each.use, lang),
            label("carrier", each.carrier, lang),
            number(each.stock_wh / _GWH, lang, 2),
            _known(each.inventory_wh, 1 / _GWH, 2, lang),
            _known(each.share, 100.0, 2, lang),
            _known(each.homes_share, 100.0, 2, lang),
            _known(each.factor, 1.0, 2, lang),
        )
        for each in compared
    ]
    return _sheet("compared", "use carrier stock inventory covered homes factor", rows, 2, lang)


def part_row(done: HandOver, part: Part, lang: Language) -> Row:
    """One action: its blocks, money, and what it saves in the pathway's last year."""
    saved = {name: path[-1] for name, path in saved_paths(part, done.ground).items()}
    return {
        "action": part.code,
        "name": part_name(part, lang),
        "package": part.package,
        "start_year": part.start_year,
        "blocks_count": len(part.blocks),
        "flats_count": part.flats_count,
        "cost_cents": part.money.cost_cents,
        **{f"saved_{name}_wh": round(wh) for name, wh in sorted(saved.items())},
        "blocks": list(part.blocks),
    }


def proof_rows(done: HandOver) -> list[Row]:
    """What blocks save and what the engine takes off, by carrier and year [Wh]."""
    proof = done.proof
    return [
        {
            "year": year,
            "carrier": carrier,
            "stock_wh": float(stock[at]),
            "engine_wh": float(proof.engine_wh[carrier][at]) if carrier in proof.engine_wh else 0.0,
            "beside_wh": float(proof.beside_wh[carrier][at]) if carrier in proof.beside_wh else 0.0,
        }
        for at, year in enumerate(proof.years)
        for carrier, stock in proof.stock_wh.items()
    ]


def _parts_sheet(done: HandOver, lang: Language) -> Sheet:
    rows = []
    for part in done.parts:
        row = part_row(done, part, lang)
        wh = sum(value for name, value in row.items() if name.startswith("saved_"))
        rows.append(
            (
                part.code,
                row["name"],
                number(part.flats_count, lang),
                number(part.money.cost_cents / _CENTS, lang, 0),
                number(wh / _MWH, lang, 0),
            )
        )
    return _sheet("actions", "action name flats cost saved", rows, 2, lang)


def _proof_sheet(done: HandOver, lang: Language) -> Sheet:
    last = [row for row in proof_rows(done) if row["year"] == done.proof.years[-1]]
    rows = [
        (
            label("carrier", row["carrier"], lang),
            *(number(row[name] / _MWH, lang, 3) for name in ("stock_wh", "engine_wh", "beside_wh")),
        )
        for row in last
    ]
    return _sheet("proof", "carrier blocks engine beside", rows, 1, lang)


def _last(done: HandOver, written: Sequence[str], lang: Language) -> str:
    said = [say("cli.measures-exact", lang, worst=f"{done.proof.worst:.1e}")]
    if done.synthetic:
        said.append(say("cli.measures-synthetic", lang))
    if done.factor:
        said.append(say("cli.measures-reconciled", lang))
    key = "cli.measures-written" if written else "cli.measures-dry"
    said.append(say(key, lang, files=list(written)) if written else say(key, lang))
    return "\n".join(said)


def _sheet(
    name: str, columns: str, rows: Sequence[Sequence[Any]], left: int, lang: Language
) -> Sheet:
    names = columns.split()
    headings = [say(f"cli.measures-{each}", lang) for each in names]
    return Sheet(say(f"cli.measures-{name}-title", lang), headings, rows, range(left, len(names)))


def _known(value: float | None, scale: float, digits: int, lang: Language) -> str:
    return "–" if value is None else number(value * scale, lang, digits)
