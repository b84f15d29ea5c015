"""Rows of ``funding.csv``, ``budgets.csv`` and ``financing.csv``, and all that is wrong in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from vatra.plans.engine import Action
from vatra.plans.finance.debt import Terms
from vatra.plans.finance.sources import REPAID, Source
from vatra.tables import Finding
from vatra.tables.budgets import PAYERS
from vatra.tables.vocabulary import FIELDS, SECTORS

FUNDING, BUDGETS, FINANCING = "funding.csv", "budgets.csv", "financing.csv"
UNSTATED = "unstated"
# Shares typed with two decimals may miss 100 % by this much.
_SHARE_SLACK = 0.005


@dataclass(frozen=True)
class Stated:
    """What a pack says about money.

    Attributes
    ----------
    sources : rows of ``funding.csv``
    budgets, staff : by payer and year [cents; full-time equivalents]
    shares : by action, the share of each payer (together 1)
    fixed : rows of ``financing.csv`` that name a source
    """

    sources: tuple[Source, ...]
    budgets: Mapping[str, Mapping[int, int]]
    staff: Mapping[str, Mapping[int, float]]
    shares: Mapping[str, Mapping[str, float]]
    fixed: tuple[FixedRow, ...]


@dataclass(frozen=True)
class FixedRow:
    """A source fixed for an action: an amount, or a share of its capital."""

    action: str
    funding: str
    line: int
    amount_cents: int | None = None
    share: float | None = None


@dataclass
class _Faults:
    found: list[Finding] = field(default_factory=list)

    def add(
        self, code: str, file: str, lines: Iterable[int], column: str = "", **params: Any
    ) -> None:
        self.found.append(
            Finding(f"plans.finance.{code}", "error", file, tuple(lines), column, params)
        )


def read_stated(
    rows: Mapping[str, pl.DataFrame], actions: Sequence[Action], years: Sequence[int]
) -> tuple[Stated, list[Finding]]:
    """What the three tables of a pack say, and all that is wrong with them.

    Parameters
    ----------
    rows : typed rows by table name: ``funding``, ``budgets``, ``financing``
    actions : of the plan; their codes, fields, sectors and payers are what rows may name
    years : of the plan
    """
    faults = _Faults()
    payers = {*PAYERS, UNSTATED, *(each.economics.payer for each in actions if each.economics)}
    payers |= {str(name) for name in rows["financing"]["payer"].to_list() if name}
    sources = _sources(rows["funding"], actions, payers - {""}, years, faults)
    budgets, staff = _budgets(rows["budgets"], payers - {""}, faults)
    shares, fixed = _financing(rows["financing"], actions, sources, faults)
    stated = Stated(tuple(sources), budgets, staff, shares, tuple(fixed))
    return stated, faults.found


# funding.csv


def _sources(
    rows: pl.DataFrame,
    actions: Sequence[Action],
    payers: Collection[str],
    years: Sequence[int],
    faults: _Faults,
) -> list[Source]:
    codes = set(rows["code"].to_list())
    names = {each.code for each in actions} | set(FIELDS) | set(SECTORS)
    found = []
    for row in rows.sort("line").iter_rows(named=True):
        line = row["line"]
        lists = {name: listed(row[name]) for name in ("eligible", "payers", "excludes")}
        known: dict[str, Collection[str]] = {
            "eligible": names, "payers": payers, "excludes": codes,
        }  # fmt: skip
        for column, words in lists.items():
            for word in words:
                if word not in known[column]:
                    faults.add("unknown-name", FUNDING, [line], column, value=word, heading=column,
                               known=sorted(known[column]))  # fmt: skip
        if row["code"] in lists["excludes"]:
            faults.add("excludes-itself", FUNDING, [line], "excludes", value=row["code"])
        _percents(row, faults)
        _window(row, years, faults)
        found.append(
            Source(
                row["code"],
                row["name_en"],
                row["name_ro"],
                str(row["instrument"]),
                row["ceiling_cents"],
                row["first_year"],
                row["last_year"],
                1.0 if row["intensity_max_percent"] is None else row["intensity_max_percent"] / 100,
                lists["eligible"],
                lists["payers"],
                _terms(row, faults),
                lists["excludes"],
                None if row["stack_limit_percent"] is None else row["stack_limit_percent"] / 100,
                float("inf") if row["priority_count"] is None else row["priority_count"],
                row["source"],
                line,
            )
        )
    return found


def listed(text: object) -> tuple[str, ...]:
    """``a; b`` as its words; separated by semicolons, since codes may hold commas."""
    words = (each.strip() for each in str(text or "").split(";"))
    return tuple(dict.fromkeys(each for each in words if each))


def _percents(row: Mapping[str, Any], faults: _Faults) -> None:
    for column in ("intensity_max_percent", "interest_percent", "stack_limit_percent"):
        value = row[column]
        if value is not None and value > 100:
            faults.add(
                "percent-above", FUNDING, [row["line"]], column, value=f"{value:g}", heading=column
            )


def _window(row: Mapping[str, Any], years: Sequence[int], faults: _Faults) -> None:
    first, last = row["first_year"], row["last_year"]
    if first is not None and last is not None and first > last:
        faults.add("window-order", FUNDING, [row["line"]], "last_year",
                   first=str(first), last=str(last))  # fmt: skip
        return
    ends = (first is not None and first > years[-1]) or (last is not None and last < years[0])
    if ends:
        window = f"{first or ''}–{last or ''}"
        faults.add("window-outside", FUNDING, [row["line"]], "first_year", window=window,
                   first=str(years[0]), last=str(years[-1]))  # fmt: skip


def _terms(row: Mapping[str, Any], faults: _Faults) -> Terms | None:
    """Conditions of what is repaid; ``None`` where it is not, or where they cannot be read."""
    interest, term = row["interest_percent"], row["term_years"]
    if row["instrument"] not in REPAID:
        return None
    if interest is None or term is None:
        faults.add("terms-missing", FUNDING, [row["line"]], "term_years", funding=row["code"])
        return None
    # A bond is repaid at its end unless its row says otherwise.
    usual = term - 1 if row["instrument"] == "bond" else 0
    grace = usual if row["grace_years"] is None else row["grace_years"]
    if term < 1 or term != int(term) or grace != int(grace) or not 0 <= grace < term:
        faults.add("terms-wrong", FUNDING, [row["line"]], "term_years",
                   term=f"{term:g}", grace=f"{grace:g}")  # fmt: skip
        return None
    return Terms(min(interest, 100.0) / 100, int(term), int(grace))


# budgets.csv


def _budgets(
    rows: pl.DataFrame, payers: Collection[str], faults: _Faults
) -> tuple[dict[str, dict[int, int]], dict[str, dict[int, float]]]:
    money: dict[str, dict[int, int]] = {}
    staff: dict[str, dict[int, float]] = {}
    for row in rows.sort("line").iter_rows(named=True):
        payer, year = str(row["payer"]), row["year"]
        if payer not in payers:
            faults.add("unknown-name", BUDGETS, [row["line"]], "payer", value=payer,
                       heading="payer", known=sorted(payers))  # fmt: skip
        if row["capex_cents"] is not None:
            money.setdefault(payer, {})[year] = row["capex_cents"]
        if row["staff_count"] is not None:
            staff.setdefault(payer, {})[year] = row["staff_count"]
    return money, staff


# financing.csv


def _financing(
    rows: pl.DataFrame, actions: Sequence[Action], sources: Sequence[Source], faults: _Faults
) -> tuple[dict[str, dict[str, float]], list[FixedRow]]:
    by_code = {each.code: each for each in actions}
    funding = {each.code: each for each in sources}
    shares: dict[str, dict[str, float]] = {}
    lines: dict[str, list[int]] = {}
    fixed: list[FixedRow] = []
    for row in rows.sort("line").iter_rows(named=True):
        line, action = row["line"], row["action"]
        if action not in by_code:
            faults.add("action-unknown", FINANCING, [line], "action", value=action)
            continue
        if (row["payer"] is None) == (row["funding"] is None):
            faults.add("payer-or-funding", FINANCING, [line], "payer")
            continue
        if row["payer"] is not None:
            if row["share_percent"] is None or row["amount_cents"] is not None:
                faults.add("share-missing", FINANCING, [line], "share_percent")
                continue
            shares.setdefault(action, {})[str(row["payer"])] = row["share_percent"] / 100
            lines.setdefault(action, []).append(line)
            continue
        each = _fixed_row(row, by_code[action], funding, faults)
        if each is not None:
            fixed.append(each)
    for action, stated in shares.items():
        total = 100 * sum(stated.values())
        if abs(total - 100) > _SHARE_SLACK:
            faults.add("shares-total", FINANCING, lines[action], "share_percent", action=action,
                       total=f"{total:g}")  # fmt: skip
    _excluding(fixed, funding, faults)
    return {name: _whole(stated) for name, stated in shares.items()}, fixed


def _whole(stated: Mapping[str, float]) -> dict[str, float]:
    total = sum(stated.values()) or 1.0
    return {name: share / total for name, share in sorted(stated.items())}


def _fixed_row(
    row: Mapping[str, Any], action: Action, funding: Mapping[str, Source], faults: _Faults
) -> FixedRow | None:
    line, code = row["line"], row["funding"]
    if code not in funding:
        faults.add("funding-unknown", FINANCING, [line], "funding", value=code,
                   known=sorted(funding))  # fmt: skip
        return None
    if (row["share_percent"] is None) == (row["amount_cents"] is None):
        faults.add("share-or-amount", FINANCING, [line], "share_percent")
        return None
    source = funding[code]
    if source.eligible and not any(name in source.eligible for name in names_of(action)):
        faults.add("not-eligible", FINANCING, [line], "funding", action=action.code, funding=code)
    share = None if row["share_percent"] is None else row["share_percent"] / 100
    return FixedRow(action.code, code, line, row["amount_cents"], share)


def _excluding(fixed: Sequence[FixedRow], funding: Mapping[str, Source], faults: _Faults) -> None:
    """Two sources fixed for one action that may not stand together."""
    for number, each in enumerate(fixed):
        for other in fixed[:number]:
            together = other.action == each.action and other.funding != each.funding
            if together and (
                other.funding in funding[each.funding].excludes
                or each.funding in funding[other.funding].excludes
            ):
                faults.add("excluded-together", FINANCING, [other.line, each.line], "funding",
                           action=each.action, first=other.funding,
                           second=each.funding)  # fmt: skip


def names_of(action: Action) -> tuple[str, str, str]:
    """What the rows of a source may call an action."""
    return (action.code, action.field, action.sector)
