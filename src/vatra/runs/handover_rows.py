"""Parts as rows of a pack: actions, their effects, who pays, and the uses they act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vatra.plans.retrofit.named import named
from vatra.plans.retrofit.packages import default_options
from vatra.runs.handover_cells import Ground, driver_rows, use_rows
from vatra.runs.handover_energy import RESIDENTIAL
from vatra.runs.handover_parts import ELECTRICITY, Part
from vatra.runs.scenario import Scenario
from vatra.tables import tables
from vatra.words import LANGUAGES, Language, say

Row = dict[str, Any]
BLOCKS_MARK = "blocks: "
# P10 to P90 of a normal distribution are 2.563 standard deviations.
_P10_TO_P90 = 2.5631031310892007
_HOUSEHOLDS, _CITY = "households", "city"
# Programmes of the Union are sources that households draw on, not payers of their own.
_GRANTED = {"eu": "eu_grant"}
_CENTS = 100
_WH_PER_MWH = 1e6


@dataclass(frozen=True)
class Rows:
    """Rows to append by table; ``instead`` rows of ``uses`` that replace or narrow stated ones."""

    new: Mapping[str, Sequence[Row]]
    instead: Sequence[Row] = field(default=())

    def of(self, table: str) -> list[Row]:
        """New rows of a table with all of its columns."""
        names = [each.name for each in tables()[table].columns]
        return [{name: row.get(name) for name in names} for row in self.new.get(table, ())]


def rows_of(scenario: Scenario, parts: Sequence[Part], on: Ground) -> Rows:
    """All rows that hand parts over to the pathway of a pack."""
    source = say("runs.handover-source", "en")
    uses, instead = use_rows(parts, on, source)
    new: dict[str, list[Row]] = {
        "actions": [_action(part, source) for part in parts],
        "action_effects": [row for part in parts for row in _effects(part, source)],
        "uses": uses,
        "drivers": driver_rows(scenario, parts, on, source),
        "financing": [row for part in parts for row in _payers(part, source)],
        "funding": _funding(parts, source),
    }
    return Rows({name: found for name, found in new.items() if found}, instead)


def _action(part: Part, source: str) -> Row:
    payer = _HOUSEHOLDS if part.of_use == RESIDENTIAL else _CITY
    return {
        "code": part.code,
        **{f"name_{lang}": part_name(part, lang) for lang in LANGUAGES},
        "sector": "buildings",
        "field": "built_environment",
        "lever": "technology",
        "start_year": part.start_year,
        "ramp_years": 1,
        "reach_percent": 100,
        "units_count": part.area_m2,
        "unit_capex": _capex(part),
        "lifetime_years": part.lifetime_years,
        "payer": payer,
        "source": source,
        "note": BLOCKS_MARK + "; ".join(part.blocks),
    }


def part_name(part: Part, lang: Language) -> str:
    """``Moderate: whole envelope: 12 blocks, from 2028 on``."""
    return say(
        "runs.handover-name", lang, package=package_name(part.package, lang),
        count=len(part.blocks), year=str(part.start_year),
    )  # fmt: skip


def package_name(code: str, lang: Language) -> str:
    """A package in people's words: the name that it has, else its options one after the other."""
    ids = set(code.split("+"))
    for each in named().values():
        done = {option.id for found in default_options().values() for option in found
                if option.items and each.options.get(option.axis) == option.id}  # fmt: skip
        if done == ids or each.name == code:
            return each.said.text(lang)
    options = [each for found in default_options().values() for each in found]
    said = [each.name.text(lang) for each in options if each.id in ids]
    return ", ".join(said) or code


def _capex(part: Part) -> str:
    """EUR per heated m2 with the range of prices; the mean is exactly the cost."""
    mean = part.money.cost_cents / _CENTS / part.area_m2
    low, high = part.money.low_cents, part.money.high_cents
    if low is None or high is None or high <= low:
        return repr(mean)
    spread = (high - low) / _CENTS / part.area_m2 / _P10_TO_P90
    return f"normal({mean!r}; {spread!r})"


def _effects(part: Part, source: str) -> list[Row]:
    """Heat that is no longer needed, heat that another carrier serves, power of panels."""
    found: list[Row] = []
    for carrier, wh in sorted(part.before.items()):
        saved = 1.0 - part.kept[carrier] / wh
        if saved > 0:
            found.append({"operator": "efficiency", "carrier": carrier, "strength": repr(saved)})
    moves = part.moves
    several = len({each.to_carrier for each in moves}) > 1
    for move in moves:
        row: Row = {
            "operator": "shift_carrier",
            "carrier": move.carrier,
            "to_carrier": move.to_carrier,
            "strength": repr(min(move.share, 1.0)),
            "ratio": repr(move.ratio),
        }
        if several:
            row |= {"group": f"{part.code}_{move.carrier}", "combine": "exclusive"}
        found.append(row)
    if part.made_wh > 0:
        found.append(
            {
                "operator": "own_generation",
                "carrier": ELECTRICITY,
                "strength": repr(part.own_wh / part.made_wh),
                "amount_per_unit": repr(part.made_wh / _WH_PER_MWH / part.area_m2),
            }
        )
    return [
        {"code": part.code, "effect": str(number), "use": part.use, **row, "source": source}
        for number, row in enumerate(found, start=1)
    ]


def _payers(part: Part, source: str) -> list[Row]:
    """The share of each payer; what a programme of the Union gives is fixed as an amount."""
    whole = part.money.cost_cents
    if whole <= 0 or not part.money.paid_cents:
        return []
    owner = _HOUSEHOLDS if part.of_use == RESIDENTIAL else _CITY
    shares: dict[str, int] = {}
    for payer, cents in part.money.paid_cents.items():
        name = owner if payer == "owners" or payer in _GRANTED else payer
        shares[name] = shares.get(name, 0) + cents
    rows: list[Row] = [
        {"action": part.code, "payer": payer, "share_percent": cents / whole * 100,
         "source": source}
        for payer, cents in sorted(shares.items())
        if cents
    ]  # fmt: skip
    rows += [
        {"action": part.code, "funding": funding_code(payer, _stem(part)),
         "amount_eur": cents / _CENTS,
         "source": source}
        for payer, cents in sorted(part.money.paid_cents.items())
        if payer in _GRANTED and cents
    ]  # fmt: skip
    return rows


def funding_code(payer: str, stem: str) -> str:
    """The source of funding that blocks draw on."""
    return f"{stem}_{payer}"


def _stem(part: Part) -> str:
    """The beginning of the code of a part, before its year and number."""
    return part.code.rsplit("_", 2)[0]


def _funding(parts: Sequence[Part], source: str) -> list[Row]:
    rows = []
    for payer, instrument in _GRANTED.items():
        given = [part for part in parts if part.money.paid_cents.get(payer, 0)]
        if given:
            cents = sum(part.money.paid_cents[payer] for part in given)
            rows.append(
                {
                    "code": funding_code(payer, _stem(given[0])),
                    **{f"name_{lang}": say("runs.handover-grant", lang) for lang in LANGUAGES},
                    "instrument": instrument,
                    "ceiling_eur": cents / _CENTS,
                    "eligible": "; ".join(part.code for part in given),
                    "source": source,
                }
            )
    return rows
