"""The inventory as the Global Protocol asks for it: a line per category, totals, what is blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from vatra.tables import Finding
from vatra.tables.gpc import TOTALS, Category, categories
from vatra.tables.vocabulary import BIOGENIC, GASES, MIXTURE, QUALITIES

# What a mixture published as CO2e stands for: the gases of burning fuel.
_MIXED = ("CO2", "CH4", "N2O")
COMPUTED, BLANK, IMPOSSIBLE = "computed", "blank", "impossible"


@dataclass(frozen=True)
class Notation:
    """Why a category, or one gas of it, is not reported; ``where`` it is included for IE."""

    category: str
    gas: str | None
    key: str
    where: str
    explanation: str
    line: int


@dataclass(frozen=True)
class GpcLine:
    """One category in one year.

    ``by_gas_mg`` mass of each gas that was computed [mg, families and mixtures in mg CO2e];
    ``co2e_mg`` their sum in CO2e, None when nothing was computed; ``notations`` by gas, None being
    the whole category; quality of activity and factor as H, M or L, empty when not known.
    """

    category: Category
    by_gas_mg: Mapping[str, int]
    by_gas_co2e_mg: Mapping[str, int]
    co2e_mg: int | None
    biogenic_mg: int
    notations: Mapping[str | None, Notation]
    quality_activity: str
    quality_factor: str
    methods: tuple[str, ...]
    rows_count: int

    def state(self, gas: str) -> str:
        """``computed``, a notation key, ``blank``, or ``impossible`` where the gas cannot arise."""
        if gas in self.by_gas_mg or (MIXTURE in self.by_gas_mg and gas in _MIXED):
            return COMPUTED
        found = self.notations.get(gas) or self.notations.get(None)
        if gas not in self.category.gases:
            return IMPOSSIBLE
        return found.key if found else BLANK

    @property
    def notation(self) -> Notation | None:
        """The key of the whole category, or the first of its gases, when nothing was computed."""
        if self.co2e_mg is not None:
            return None
        return self.notations.get(None) or next(iter(self.notations.values()), None)


@dataclass(frozen=True)
class Completeness:
    """How much of what could be reported is: cells of gas and category.

    ``computed`` with a figure, ``keyed`` with NO, IE or C and its reason, ``not_estimated`` with
    NE, ``blank`` without a word; ``possible`` all of them.
    """

    computed: int
    keyed: int
    not_estimated: int
    blank: int

    @property
    def possible(self) -> int:
        """Cells of gas and category in which something can arise."""
        return self.computed + self.keyed + self.not_estimated + self.blank

    @property
    def score(self) -> float:
        """Share of the cells that have a figure or a reason why there is none."""
        return (self.computed + self.keyed) / self.possible if self.possible else 1.0


@dataclass(frozen=True)
class GpcTable:
    """The GPC table of one year; ``outside_mg`` what has no category (rounding in print)."""

    year: int
    lines: tuple[GpcLine, ...]
    outside_mg: int = 0
    gases: tuple[str, ...] = field(default=GASES)

    def total_mg(self, total: str) -> int:
        """``BASIC``, ``BASIC+`` or ``TERRITORIAL`` in mg CO2e."""
        return sum(line.co2e_mg or 0 for line in self.lines if line.category.counts_in(total))

    def totals_mg(self) -> dict[str, int]:
        """The three totals in mg CO2e."""
        return {total: self.total_mg(total) for total in TOTALS}

    def by_gas_co2e_mg(self, total: str) -> dict[str, int]:
        """A total by gas, in mg CO2e."""
        found: dict[str, int] = {}
        for line in self.lines:
            if line.category.counts_in(total):
                for gas, mass in line.by_gas_co2e_mg.items():
                    found[gas] = found.get(gas, 0) + mass
        return found

    def completeness(self, total: str = "BASIC+") -> Completeness:
        """Over the categories of a total and the seven gases."""
        states = [
            line.state(gas)
            for line in self.lines
            if line.category.counts_in(total)
            for gas in GASES
        ]
        keyed = sum(state in ("NO", "IE", "C") for state in states)
        return Completeness(states.count(COMPUTED), keyed, states.count("NE"), states.count(BLANK))


def gpc_table(
    year: int,
    cells: pl.DataFrame,
    notations: Iterable[Notation],
    qualities: Mapping[str, tuple[str, str]],
) -> GpcTable:
    """Sums of one year by category.

    Parameters
    ----------
    cells : year, category, gas, method, emission_mg, co2e_mg, rows_count; territorial ones too
    notations : keys that hold in the year
    qualities : (of activity, of factor) by category
    """
    of_year = cells.filter(pl.col("year") == year)
    keyed: dict[str, dict[str | None, Notation]] = {}
    for each in notations:
        keyed.setdefault(each.category, {})[each.gas] = each
    groups = {key[0]: rows for key, rows in of_year.group_by("category", maintain_order=True)}
    lines = [
        _line(category, groups.get(code), keyed.get(code, {}), qualities.get(code, ("", "")))
        for code, category in categories().items()
    ]
    outside = groups.get("")
    return GpcTable(year, tuple(lines), 0 if outside is None else int(outside["co2e_mg"].sum()))


def _line(
    category: Category,
    rows: pl.DataFrame | None,
    notations: Mapping[str | None, Notation],
    qualities: tuple[str, str],
) -> GpcLine:
    if rows is None:
        return GpcLine(category, {}, {}, None, 0, notations, "", "", (), 0)
    sums = rows.group_by("gas").agg(pl.col("emission_mg", "co2e_mg").sum()).sort("gas")
    masses = {gas: mass for gas, mass, _ in sums.iter_rows() if gas != BIOGENIC}
    co2e = {gas: each for gas, _, each in sums.iter_rows() if gas != BIOGENIC}
    biogenic = {gas: mass for gas, mass, _ in sums.iter_rows()}.get(BIOGENIC, 0)
    families = {gas: co2e[gas] for gas in ("HFC", "PFC") if gas in co2e}
    return GpcLine(
        category,
        masses | families,
        co2e,
        sum(co2e.values()) if co2e else None,
        biogenic,
        notations,
        *qualities,
        tuple(rows["method"].unique().sort().to_list()),
        int(rows["rows_count"].sum()),
    )


def notations_of(rows: pl.DataFrame, year: int) -> list[Notation]:
    """Keys of ``notations.csv`` that hold in a year; rows without a year hold in all."""
    return [
        Notation(
            row["category"], row["gas"], row["key"], row["where"] or "", row["explanation"],
            row["line"],
        )
        for row in rows.iter_rows(named=True)
        if row["year"] is None or row["year"] == year
    ]  # fmt: skip


def notation_findings(
    rows: pl.DataFrame, computed: Iterable[tuple[int, str, str]], file: str
) -> list[Finding]:
    """Keys that say nothing, or say what the rows contradict.

    ``computed`` year, category and gas of every cell with a figure. IE must name another category;
    a key must not stand where a figure does.
    """
    findings = []
    cells = set(computed)
    for row in rows.iter_rows(named=True):
        params: dict[str, object] = {"category": row["category"], "key": row["key"]}
        if row["key"] == "IE" and not row["where"]:
            findings.append(_fault("notation-without-where", row, "where", file, params))
        elif row["where"] and row["where"] == row["category"]:
            findings.append(_fault("notation-in-itself", row, "where", file, params))
        years = sorted(
            year
            for year, category, gas in cells
            if category == row["category"]
            and row["gas"] in (None, gas)
            and row["year"] in (None, year)
        )
        if years:
            params["years"] = sorted({str(year) for year in years})
            findings.append(_fault("notation-beside-figure", row, "key", file, params))
    return findings


def _fault(
    code: str, row: Mapping[str, object], column: str, file: str, params: Mapping[str, object]
) -> Finding:
    lines = (int(str(row["line"])),)
    return Finding(f"plans.{code}", "error", file, lines, column, dict(params))


def weighted_quality(found: Sequence[tuple[str, int]]) -> str:
    """The quality that most of the mass has; of two alike the lower one."""
    weights: dict[str, int] = {}
    for quality, mass_mg in found:
        if quality:
            weights[quality] = weights.get(quality, 0) + abs(mass_mg)
    return max(weights, key=lambda each: (weights[each], QUALITIES.index(each)), default="")


def quality_of_set(set_id: str) -> str:
    """Quality of a factor by where it comes from (GPC 1.1, Table 5.3).

    High for the city's own, low for international defaults, medium for national ones.
    """
    if set_id in ("local", "override"):
        return "H"
    return "L" if set_id.startswith("ipcc") else "M"
